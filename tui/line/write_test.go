package line

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// slot is a terminal that takes one write at a time, when it is let.
type slot struct {
	mu     sync.Mutex
	writes []string
	let    chan struct{} // nil: at once
	err    error
}

func (s *slot) Write(p []byte) (int, error) {
	if s.let != nil {
		<-s.let
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.writes = append(s.writes, string(p))
	return len(p), s.err
}

func TestOfFramesThatComeTooFastTheLastIsWritten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		out := &slot{let: make(chan struct{})}
		p := NewPainter(out, Knows("xterm"))
		for _, text := range []string{"first", "second", "third"} {
			synctest.Wait()
			p.Show(text, 20, 2)
		}
		if err := p.Tell("\x1b]52;c;eA==\a"); err != nil {
			t.Error(err)
		}
		close(out.let)
		synctest.Wait()
		all := strings.Join(out.writes, "|")
		if len(out.writes) != 2 || !strings.HasSuffix(all, "third") || strings.Contains(all, "second") {
			t.Errorf("the terminal got %q", out.writes)
		}
		if at := strings.Index(all, "\x1b]52"); at < 0 || at > strings.Index(all, "third") {
			t.Errorf("the sequence is not between two frames: %q", all)
		}
		p.Show("third", 20, 2)
		synctest.Wait()
		if len(out.writes) != 2 {
			t.Errorf("the same frame was written twice: %q", out.writes)
		}
		p.Repaint()
		synctest.Wait()
		if n := len(out.writes); n != 3 || !strings.Contains(out.writes[2], eraseAll) || !strings.Contains(out.writes[2], "third") {
			t.Errorf("painting anew wrote %q", out.writes[2:])
		}
		p.Close(nil)
	})
}

func TestATerminalIsGivenBackAsItWas(t *testing.T) {
	for name, want := range map[string][]string{
		"xterm-256color": {secondOn, pasteOn, cursorOff, wrapOff, eraseAll, wrapOn, cursorOn, pasteOff, secondOff},
		"linux":          {cursorOff, wrapOff, eraseAll, wrapOn, cursorOn},
		"vt100":          {cursorOff, wrapOff, eraseAll, wrapOn, cursorOn},
	} {
		t.Run(name, func(t *testing.T) {
			out := &slot{}
			p := NewPainter(out, Knows(name))
			p.Show("personal", 20, 2)
			p.Close(nil)
			all := strings.Join(out.writes, "")
			for _, s := range want {
				if !strings.Contains(all, s) {
					t.Errorf("%q was not written: %q", s, all)
				}
			}
			if len(want) < 9 && (strings.Contains(all, "1049") || strings.Contains(all, "2004")) {
				t.Errorf("%q is not for this terminal", all)
			}
			after := all[strings.LastIndex(all, "personal")+1:]
			if strings.Contains(all, "personal") && !strings.Contains(after, eraseAll) {
				t.Errorf("something stays on the screen: %q", after)
			}
			if err := p.Tell("x"); !errors.Is(err, ErrClosed) {
				t.Errorf("a terminal that was given back takes a sequence: %v", err)
			}
		})
	}
}

func TestALostTerminalHoldsNothingUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := NewPainter(&slot{err: errors.New("broken pipe")}, Knows("xterm"))
		p.Show("a", 20, 2)
		synctest.Wait()
		select {
		case <-p.Lost():
		default:
			t.Error("nobody is told that the terminal is gone")
		}
		p.Show("b", 20, 2)
		p.Close(nil)
	})
	synctest.Test(t, func(t *testing.T) {
		out := &slot{let: make(chan struct{})}
		p, gone, began := NewPainter(out, Knows("xterm")), make(chan struct{}), time.Now()
		close(gone)
		if p.Close(gone); time.Since(began) != patience {
			t.Errorf("closing took %v", time.Since(began))
		}
		close(out.let)
	})
}

func TestWhatTerminalsCanDo(t *testing.T) {
	all := Abilities{Place: true, Alternate: true, Paste: true, Clipboard: true}
	for name, want := range map[string]Abilities{
		"": {}, "dumb": {}, "unknown": {}, "linux": {Place: true}, "linux-16color": {Place: true}, "vt100": {Place: true},
		"vt220-8": {Place: true}, "screen": all, "screen-256color": all, "tmux-256color": all, "xterm": all, "vte": all,
		"foot": all, "DUMB": {},
	} {
		if got := Knows(name); got != want {
			t.Errorf("%q can do %+v, want %+v", name, got, want)
		}
	}
}
