package line

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// emulator is a terminal that understands what the painter sends and nothing else.
type emulator struct {
	cells       [][]cell // the first of two columns has the text; the second has width 0
	x, y        int
	style       style
	top, bottom int
	byRune      bool // it counts characters one by one, as old terminals do
	apart       bool // the cursor was moved: nothing joins what stands before it
	failed      string
	modes       map[string]bool
}

func newEmulator(width, height int, byRune bool) *emulator {
	e := &emulator{byRune: byRune, modes: map[string]bool{}}
	e.resize(width, height)
	return e
}

// resize leaves rubbish on the screen, as terminals do.
func (e *emulator) resize(width, height int) {
	e.cells = newFrame(width, height).lines
	for _, line := range e.cells {
		for x := range line {
			line[x] = cell{text: "#", width: 1, sure: true}
		}
	}
	e.top, e.bottom, e.x, e.y = 0, height-1, 0, 0
}

func (e *emulator) Write(p []byte) (int, error) {
	for s := string(p); s != ""; {
		s = s[e.step(s):]
	}
	return len(p), nil
}

func (e *emulator) fail(format string, args ...any) { e.failed += fmt.Sprintf(format, args...) + "\n" }

func (e *emulator) step(s string) int {
	switch {
	case strings.HasPrefix(s, "\x1b["):
		end := strings.IndexFunc(s[2:], func(r rune) bool { return r >= 0x40 && r <= 0x7e }) + 2
		e.sequence(s[2:end], s[end])
		return end + 1
	case strings.HasPrefix(s, "\x1bM"):
		e.scroll(-1)
		return 2
	case s[0] == '\n' && e.y != e.bottom && e.y < len(e.cells)-1:
		e.y, e.apart = e.y+1, true
		return 1
	case s[0] == '\n':
		e.scroll(1)
		return 1
	case s[0] == '\r':
		e.x, e.apart = 0, true
		return 1
	case s[0] < 0x20 || s[0] == 0x7f:
		e.fail("a control character %q", s[0])
		return 1
	}
	if e.byRune {
		r, n := utf8.DecodeRuneInString(s)
		e.put(s[:n], ansi.StringWidthWc(string(r)))
		return n
	}
	c, n := first(s)
	e.put(c.text, int(c.width))
	return n
}

func (e *emulator) put(text string, width int) {
	line := e.cells[e.y]
	if width == 0 {
		for x := e.x - 1; x >= 0 && !e.apart; x-- {
			if line[x].width > 0 {
				line[x].text += text
				return
			}
		}
		return
	}
	if e.x+width > len(line) { // no wrapping
		return
	}
	for x := e.x; x < e.x+width; x++ {
		e.split(line, x)
	}
	line[e.x] = cell{text: text, style: e.style, width: int8(width)}
	if width == 2 {
		line[e.x+1] = cell{style: e.style}
	}
	e.x += width
	e.apart = false
}

// split blanks both halves of a wide character of which one is overwritten.
func (e *emulator) split(line []cell, x int) {
	if line[x].width == 0 && x > 0 {
		line[x-1] = space
	}
	if line[x].width == 2 && x+1 < len(line) {
		line[x+1] = space
	}
	line[x] = space
}

func (e *emulator) scroll(by int) {
	switch {
	case by > 0 && e.y == e.bottom:
		e.move(by)
	case by < 0 && e.y == e.top:
		e.move(by)
	default:
		e.fail("a scroll away from the margin at line %d", e.y)
	}
}

func (e *emulator) move(by int) {
	if e.style != (style{}) {
		e.fail("a scroll in a style")
	}
	f := frame{width: len(e.cells[0]), height: len(e.cells), lines: e.cells}
	f.shift(shift{top: e.top, bottom: e.bottom, by: by})
}

func (e *emulator) sequence(parameters string, final byte) {
	numbers := [2]int{}
	for i, p := range strings.SplitN(parameters, ";", 2) {
		numbers[i], _ = strconv.Atoi(p)
	}
	height, width := len(e.cells), len(e.cells[0])
	e.apart = e.apart || final == 'H' || final == 'C'
	switch final {
	case 'm':
		e.style = e.style.apply(parameters)
	case 'H':
		e.y, e.x = min(max(numbers[0], 1), height)-1, min(max(numbers[1], 1), width)-1
	case 'C':
		e.x = min(e.x+max(numbers[0], 1), width-1)
	case 'K':
		e.erase(e.y, min(e.x, width-1))
	case 'J':
		for y := range e.cells {
			e.erase(y, 0)
		}
	case 'r':
		e.top, e.bottom = 0, height-1
		if parameters != "" {
			e.top, e.bottom = numbers[0]-1, numbers[1]-1
		}
		e.x, e.y = 0, 0
	case 'h', 'l':
		e.modes[parameters] = final == 'h'
	default:
		e.fail("an unknown sequence %q", parameters+string(final))
	}
}

func (e *emulator) erase(y, from int) {
	if e.style != (style{}) {
		e.fail("an erasing in a style")
	}
	line := e.cells[y]
	for x := from; x < len(line); x++ {
		e.split(line, x)
	}
}
