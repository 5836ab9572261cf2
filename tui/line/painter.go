package line

import (
	"errors"
	"io"
	"strings"
	"sync"
	"time"
)

// ErrClosed is returned where something is to be written to a terminal that was given back or is gone.
var ErrClosed = errors.New("the terminal is gone")

// Painter keeps a terminal showing the newest frame. One goroutine of its own writes, one write at a time: frames that
// come while the line is busy are passed over but for the last. It writes nothing where nothing has changed, and sleeps
// until there is something to write.
type Painter struct {
	out  io.Writer
	able Abilities

	mu     sync.Mutex
	next   string // the newest frame
	width  int
	height int
	unseen bool     // next has not been taken
	anew   bool     // whatever is on the screen is painted over
	told   []string // sequences to be written before next
	closed bool

	wake chan struct{}
	done chan struct{} // closed when nothing more is written
	lost chan struct{} // closed when a write has failed

	shown *frame // as the terminal has it; nil: not known
	draft *frame
	write writer
}

// NewPainter takes over a terminal that is able to place text. Call Close to give it back.
func NewPainter(out io.Writer, able Abilities) *Painter {
	p := &Painter{
		out: out, able: able, told: []string{able.enter()},
		wake: make(chan struct{}, 1), done: make(chan struct{}), lost: make(chan struct{}),
	}
	go p.run()
	return p
}

// Show has the terminal show a frame: the lines of a text from the top, styles included. It never waits.
func (p *Painter) Show(text string, width, height int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if text == p.next && width == p.width && height == p.height && !p.anew {
		return
	}
	p.next, p.width, p.height, p.unseen = text, width, height, true
	p.rouse()
}

// Repaint has the newest frame painted whole, as after something else has written to the terminal.
func (p *Painter) Repaint() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.anew, p.unseen = true, true
	p.rouse()
}

// Tell writes a control sequence that leaves the screen as it is, between two frames. It does not wait until it is
// written. The error is ErrClosed.
func (p *Painter) Tell(sequence string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return ErrClosed
	}
	p.told = append(p.told, sequence)
	p.rouse()
	return nil
}

// Lost is closed when the terminal takes nothing any more.
func (p *Painter) Lost() <-chan struct{} { return p.lost }

// patience is how long a terminal that may be gone has to take the last it is sent.
const patience = time.Second

// Close writes what is still to be written, leaves the screen empty and gives the terminal back. It waits for that, but
// not for long once gone is closed.
func (p *Painter) Close(gone <-chan struct{}) {
	p.mu.Lock()
	p.closed, p.unseen = true, false
	p.rouse()
	p.mu.Unlock()
	select {
	case <-p.done:
		return
	case <-gone:
	}
	late := time.NewTimer(patience)
	defer late.Stop()
	select {
	case <-p.done:
	case <-late.C:
	}
}

// rouse has the goroutine look. The lock is held.
func (p *Painter) rouse() {
	select {
	case p.wake <- struct{}{}:
	default:
	}
}

func (p *Painter) run() {
	defer close(p.done)
	for range p.wake {
		bytes, last := p.take()
		if len(bytes) > 0 {
			if _, err := p.out.Write(bytes); err != nil {
				p.mu.Lock()
				p.closed = true
				p.mu.Unlock()
				close(p.lost)
				return
			}
		}
		if last {
			return
		}
	}
}

// take makes the bytes of what is to be written now, and says whether they are the last.
func (p *Painter) take() ([]byte, bool) {
	p.mu.Lock()
	before := strings.Join(p.told, "")
	text, width, height := p.next, p.width, p.height
	unseen, anew, last := p.unseen && p.width > 0 && p.height > 0, p.anew, p.closed
	p.told, p.unseen = nil, false
	if unseen {
		p.anew = false
	}
	p.mu.Unlock()
	if last {
		return append([]byte(before), p.able.leave()...), true
	}
	if !unseen {
		return []byte(before), false
	}
	return append([]byte(before), p.frame(text, width, height, anew)...), false
}

// frame makes the bytes that turn the screen into a text.
func (p *Painter) frame(text string, width, height int, anew bool) []byte {
	if p.draft == nil || p.draft.width != width || p.draft.height != height {
		p.draft, p.shown = newFrame(width, height), nil
	}
	now := p.draft
	now.draw(text)
	if anew || p.shown == nil {
		p.write.paint(now)
	} else {
		p.write.change(p.shown, now)
	}
	p.draft, p.shown = p.shown, now
	if p.draft == nil {
		p.draft = newFrame(width, height)
	}
	return p.write.bytes
}
