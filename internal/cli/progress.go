package cli

import (
	"fmt"
	"io"
	"time"

	"custos/internal/display"
)

// shownAfter is how long work goes on in silence.
const shownAfter = 150 * time.Millisecond

// progress shows how far work is on one line of standard error, where that is a terminal.
type progress struct {
	out   io.Writer // nil: nobody is looking
	now   func() time.Time
	begun time.Time
	drawn bool
}

func (a *app) progress() *progress {
	p := &progress{now: a.env.Now}
	if a.env.Terminal.Err {
		p.out, p.begun = a.env.Stderr, a.env.Now()
	}
	return p
}

// told is a Progress.
func (p *progress) told(step string, done, total int) {
	if p.out == nil || p.now().Sub(p.begun) < shownAfter {
		return
	}
	p.drawn = true
	fmt.Fprintf(p.out, "\r\x1b[K%s: %d of %d", display.Cleaner{}.Clean(step), done, total)
}

// end takes the line away.
func (p *progress) end() {
	if p.drawn {
		fmt.Fprint(p.out, "\r\x1b[K")
	}
	p.drawn = false
}

// step tells of one step by its counts alone.
func (p *progress) step(name string) func(done, total int) {
	return func(done, total int) { p.told(name, done, total) }
}
