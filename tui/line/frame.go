package line

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// cell is one column of a line. A character of two columns has a second cell with neither text nor width.
type cell struct {
	text  string
	style style
	width int8
	sure  bool // every terminal agrees about its width
}

var space = cell{text: " ", width: 1, sure: true}

// empty reports whether a cell shows nothing: erasing makes the same of it.
func (c cell) empty() bool { return c.text == " " && c.style.blank() }

// frame is what a screen shows, every line of it as wide as the screen.
type frame struct {
	width, height int
	lines         [][]cell
}

func newFrame(width, height int) *frame {
	f := &frame{width: width, height: height, lines: make([][]cell, height)}
	all := make([]cell, width*height)
	for y := range f.lines {
		f.lines[y] = all[y*width : (y+1)*width : (y+1)*width]
	}
	f.wipe()
	return f
}

func (f *frame) wipe() {
	for _, line := range f.lines {
		for x := range line {
			line[x] = space
		}
	}
}

// draw takes a text over: its lines from the top, with their styles. What does not fit is left out, and so is every
// control character and every sequence that is no style.
func (f *frame) draw(text string) {
	f.wipe()
	var now style
	for y := 0; y < f.height && text != ""; y++ {
		line, rest, _ := strings.Cut(text, "\n")
		now = drawLine(f.lines[y], line, now)
		text = rest
	}
}

// drawLine fills a line from the left and returns the style the text ends in.
func drawLine(to []cell, text string, now style) style {
	for x := 0; text != ""; {
		switch c := text[0]; {
		case c == 0x1b:
			var n int
			if n, now = control(text, now); n > 0 {
				text = text[n:]
				continue
			}
			text = text[1:]
		case c < 0x20 || c == 0x7f:
			text = text[1:]
		default:
			one, n := first(text)
			text = text[n:]
			one.style = now
			if one.width == 0 || x+int(one.width) > len(to) {
				continue
			}
			to[x] = one
			if x++; one.width == 2 {
				to[x] = cell{style: now, sure: one.sure}
				x++
			}
		}
	}
	return now
}

// control takes a control sequence off the front of a text: how long it is, and the style after it.
func control(text string, now style) (int, style) {
	if len(text) < 2 || text[1] != '[' {
		return 0, now
	}
	for i := 2; i < len(text); i++ {
		switch c := text[i]; {
		case c == 'm' && strings.Trim(text[2:i], "0123456789;:") == "":
			return i + 1, now.apply(text[2:i])
		case c >= 0x40 && c <= 0x7e:
			return i + 1, now
		case c < 0x20 || c > 0x7e:
			return i, now
		}
	}
	return len(text), now
}

const printable = " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~"

// first is the character at the front of a text with all that belongs to it, and how many bytes that are.
func first(text string) (cell, int) {
	c := text[0]
	if c < 0x7f && (len(text) == 1 || text[1] < 0x80) {
		return cell{text: printable[c-' ' : c-' '+1], width: 1, sure: true}, 1
	}
	cluster, width := ansi.FirstGraphemeCluster(text, ansi.GraphemeWidth)
	if r, size := utf8.DecodeRuneInString(cluster); r == utf8.RuneError && size <= 1 {
		return cell{text: "?", width: 1, sure: true}, 1
	}
	for i := range len(cluster) {
		if cluster[i] < 0x20 || cluster[i] == 0x7f {
			return cell{}, len(cluster) // such as a line break of Windows
		}
	}
	width = min(width, 2)
	return cell{text: cluster, width: int8(width), sure: settled(cluster, width)}, len(cluster)
}

// settled reports whether every terminal draws a character in as many columns: single letters of the scripts terminals
// always knew, lines and blocks, and the ideographs and syllables that are wide everywhere.
func settled(cluster string, width int) bool {
	r, size := utf8.DecodeRuneInString(cluster)
	if size != len(cluster) {
		return false
	}
	switch {
	case r < 0x80:
		return true
	case width == 1:
		return r >= 0xa1 && r < 0x300 && r != 0xad || r >= 0x370 && r < 0x483 || r >= 0x2010 && r <= 0x2027 ||
			r >= 0x2400 && r <= 0x2421 || r >= 0x2500 && r < 0x25fd || r == 0xfffd
	case width == 2:
		return r >= 0x3041 && r <= 0x3096 || r >= 0x30a1 && r <= 0x30fa || r >= 0x4e00 && r <= 0x9fa5 ||
			r >= 0xac00 && r <= 0xd7a3
	}
	return false
}
