// Package line knows terminals and the lines they hang on: which control sequences a terminal understands, how a frame
// is put on its screen with as few bytes as will do, and how what is typed is read whatever pieces it arrives in. It
// knows nothing of what is shown or of what a key is for, opens nothing, reads no environment, and wakes nobody while
// nothing happens.
package line

import "strings"

// Abilities are what a terminal can do beyond writing a line below the last.
type Abilities struct {
	Place     bool // put text anywhere on its screen; without it no frame can be shown
	Alternate bool // a second screen, under which the first stays as it was
	Paste     bool // tell pasted text from typed keys
	Clipboard bool // take text for the clipboard of the machine it runs on
}

// Knows is what the terminal can do that calls itself name, the value of TERM. Only what is known of old terminals is
// held against them: one nobody has heard of is taken for a new one.
func Knows(name string) Abilities {
	kind, _, _ := strings.Cut(strings.ToLower(name), "-")
	switch kind {
	case "", "dumb", "unknown", "network", "dialup", "emacs":
		return Abilities{}
	case "linux", "ansi", "cons25", "pcansi", "sun":
		return Abilities{Place: true}
	}
	if digits := strings.TrimPrefix(kind, "vt"); digits != kind && strings.Trim(digits, "0123456789") == "" {
		return Abilities{Place: true}
	}
	return Abilities{Place: true, Alternate: true, Paste: true, Clipboard: true}
}

// The control sequences written, all of them understood since the VT102, but for those only sent to terminals that are
// able: see Abilities. Lines never wrap: a character a terminal takes for wider than it is may then push nothing over
// the edge.
const (
	plain       = "\x1b[m"
	eraseAll    = "\x1b[H\x1b[2J"
	eraseRest   = "\x1b[K"
	reverseFeed = "\x1bM"
	noMargins   = "\x1b[r"
	wrapOff     = "\x1b[?7l"
	wrapOn      = "\x1b[?7h"
	cursorOff   = "\x1b[?25l"
	cursorOn    = "\x1b[?25h"
	secondOn    = "\x1b[?1049h"
	secondOff   = "\x1b[?1049l"
	pasteOn     = "\x1b[?2004h"
	pasteOff    = "\x1b[?2004l"
)

// enter readies a terminal for frames.
func (a Abilities) enter() string {
	s := wrapOff + cursorOff + noMargins + plain + eraseAll
	if a.Paste {
		s = pasteOn + s
	}
	if a.Alternate {
		s = secondOn + s
	}
	return s
}

// leave gives a terminal back, with nothing left of what was shown.
func (a Abilities) leave() string {
	s := noMargins + plain + eraseAll + wrapOn + cursorOn
	if a.Paste {
		s += pasteOff
	}
	if a.Alternate {
		s += secondOff
	}
	return s
}
