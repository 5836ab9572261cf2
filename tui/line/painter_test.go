package line

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// shows compares the screen of a terminal with a frame. Of what terminals disagree about only the place counts.
func (e *emulator) shows(want *frame) error {
	if e.failed != "" {
		return fmt.Errorf("the terminal got %s", e.failed)
	}
	for y, line := range want.lines {
		for x := 0; x < len(line); x++ {
			got, c := e.cells[y][x], line[x]
			switch {
			case c.width == 0:
				continue
			case !c.sure && e.byRune:
				if strings.Trim(got.text, c.text+" ") != "" {
					return fmt.Errorf("line %d column %d shows %q of %q", y, x, got.text, c.text)
				}
				continue
			case got.text != c.text || got.style != c.style && !(got.empty() && c.empty()) || got.width != c.width:
				return fmt.Errorf("line %d column %d shows %+v, want %+v", y, x, got, c)
			}
		}
	}
	return nil
}

// text draws frames that have a lot in common with those before, as those of a console do.
type scene struct {
	lines []string
}

func (s *scene) String() string { return strings.Join(s.lines, "\n") }

func scrap() *rapid.Generator[string] {
	return rapid.OneOf(
		rapid.SampledFrom([]string{
			" ", "     ", "Ada Sample", "ada@example.org", "> ", "│", "─────", "日本語", "한국", "e\u0301", "👩‍👧", "🇬🇧", "✂️", "\u0301",
			"\x1b[m", "\x1b[7m", "\x1b[1;31m", "\x1b[0;2m", "\x1b[38;5;200m", "\x1b[48;2;1;2;3m", "\x1b[22;27m", "\x1b[4;9m",
			"\x1b[2J", "\x1b[5;5H", "\x1b]52;c;eA==\a", "\x1b", "\r", "\t", "\x07", "\u202e", "\u200d", "\xff", "ﷺ", "🏻", "\x9b", "¨", "±",
		}),
		rapid.String(),
	)
}

func (s *scene) next(t *rapid.T, height int) {
	for len(s.lines) < height {
		s.lines = append(s.lines, "")
	}
	s.lines = s.lines[:height]
	switch rapid.IntRange(0, 4).Draw(t, "what") {
	case 0:
		for i := range s.lines {
			s.lines[i] = s.line(t)
		}
	case 1, 2:
		top, bottom := rapid.IntRange(0, height-1).Draw(t, "top"), rapid.IntRange(0, height-1).Draw(t, "bottom")
		if top > bottom {
			top, bottom = bottom, top
		}
		by := rapid.IntRange(0, bottom-top).Draw(t, "by")
		block := append([]string(nil), s.lines[top:bottom+1]...)
		for i := range block {
			s.lines[top+(i+by)%len(block)] = block[i]
		}
		fallthrough
	default:
		for range rapid.IntRange(0, 3).Draw(t, "lines") {
			s.lines[rapid.IntRange(0, height-1).Draw(t, "y")] = s.line(t)
		}
	}
}

func (s *scene) line(t *rapid.T) string {
	return strings.ReplaceAll(strings.Join(rapid.SliceOfN(scrap(), 0, 6).Draw(t, "line"), ""), "\n", "")
}

// Whatever frames follow each other, the terminal shows the last, and a change hardly takes more than painting it whole.
func TestTheTerminalShowsTheLastFrame(t *testing.T) {
	for _, byRune := range []bool{false, true} {
		t.Run(fmt.Sprintf("byRune=%t", byRune), func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) { follow(t, byRune) })
		})
	}
}

func follow(t *rapid.T, byRune bool) {
	width, height := rapid.IntRange(1, 40).Draw(t, "width"), rapid.IntRange(1, 12).Draw(t, "height")
	e, p, s := newEmulator(width, height, byRune), &Painter{}, &scene{}
	for range rapid.IntRange(1, 12).Draw(t, "frames") {
		anew := rapid.IntRange(0, 9).Draw(t, "anew") == 0
		if rapid.IntRange(0, 9).Draw(t, "resize") == 0 {
			anew = true
			width, height = rapid.IntRange(1, 40).Draw(t, "width"), rapid.IntRange(1, 12).Draw(t, "height")
			e.resize(width, height)
		}
		s.next(t, height)
		text := s.String()
		out := p.frame(text, width, height, anew)
		want := newFrame(width, height)
		want.draw(text)
		var whole writer
		whole.paint(want)
		if len(out) > len(whole.bytes)+width {
			t.Fatalf("%d bytes where the whole frame takes %d", len(out), len(whole.bytes))
		}
		_, _ = e.Write(out) // it never fails
		if err := e.shows(want); err != nil {
			t.Fatalf("%v\nafter %q\nof %q", err, out, text)
		}
	}
	if out := p.frame(s.String(), width, height, false); len(out) > 0 {
		t.Fatalf("an unchanged frame takes %q", out)
	}
}
