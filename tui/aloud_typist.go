package tui

import (
	"unicode"
	"unicode/utf8"

	tea "github.com/charmbracelet/bubbletea"
)

// typist makes lines of what a terminal sends.
type typist struct {
	voice   *voice
	line    []rune
	part    []byte // of a letter
	escape  byte   // what a sequence of a key began with; 0: none
	carried bool   // the last was a carriage return
}

const longestLine = 1 << 16

// The keys that mean something while a line is typed.
const (
	keyLeave  = 3
	keyEnd    = 4
	keyErase  = 8
	keyDrop   = 21
	keyEscape = 27
	keyDelete = 127
)

// take takes a byte: a line comes of the last of it.
func (t *typist) take(b byte) tea.Msg {
	after := t.carried
	t.carried = b == '\r'
	switch {
	case t.escape != 0:
		t.inKey(b)
	case b == '\n' && after:
	case b == '\n' || b == '\r':
		return t.enter()
	case b == keyLeave:
		return tea.QuitMsg{}
	case b == keyEnd && len(t.line) == 0:
		return endMsg{}
	case b == keyErase || b == keyDelete:
		t.erase(1)
	case b == keyDrop:
		t.erase(len(t.line))
	case b == keyEscape:
		t.escape = b
	case b == '\t':
		t.add(' ')
	case b < ' ':
	default:
		t.letter(b)
	}
	return nil
}

// inKey skips what a key sends that is no letter: ESC, then one byte, or up to the end of a sequence.
func (t *typist) inKey(b byte) {
	switch {
	case t.escape == keyEscape && (b == '[' || b == 'O'):
		t.escape = b
	case t.escape == keyEscape, b >= '@' && b <= '~':
		t.escape = 0
	}
}

func (t *typist) letter(b byte) {
	t.part = append(t.part, b)
	if !utf8.FullRune(t.part) {
		return
	}
	r, size := utf8.DecodeRune(t.part)
	t.part = t.part[size:]
	t.add(r)
}

func (t *typist) add(r rune) {
	if len(t.line) >= longestLine || unicode.IsControl(r) {
		return
	}
	t.line = append(t.line, r)
	t.voice.show(r)
}

func (t *typist) erase(n int) {
	for ; n > 0 && len(t.line) > 0; n-- {
		t.line = t.line[:len(t.line)-1]
		t.voice.unshow()
	}
}

func (t *typist) enter() tea.Msg {
	line := string(t.line)
	t.line, t.part = nil, nil
	t.voice.entered()
	return lineMsg{line}
}

// rest is a last line that was not ended.
func (t *typist) rest() string { return string(t.line) }
