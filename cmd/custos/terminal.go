package main

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"sync"
	"sync/atomic"

	"golang.org/x/term"

	"custos/tui"
)

// ownTerminal is the terminal the program was started on, for as long as ctx lasts. release ends what watches it.
func ownTerminal(ctx context.Context) (t tui.Terminal, release func()) {
	o := &watched{resized: make(chan tui.Size, 1), gone: make(chan struct{}), over: make(chan struct{})}
	t = tui.Terminal{In: os.Stdin, Out: os.Stdout, Resized: o.resized, Gone: o.gone, Raw: o.raw}
	t.Width, t.Height, _ = term.GetSize(int(os.Stdout.Fd())) // 0, 0 where nobody knows
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, hangUp...)
	go func() {
		select {
		case <-signals:
		case <-ctx.Done():
		case <-o.over:
		}
		close(o.gone)
	}()
	go o.watch()
	return t, sync.OnceFunc(func() {
		signal.Stop(signals)
		close(o.over)
	})
}

// watched is the terminal of this machine while the console is on it.
type watched struct {
	resized chan tui.Size
	gone    chan struct{}
	over    chan struct{} // closed when nobody watches any more
	handed  atomic.Bool   // every key is handed over as it is typed
}

// raw hands over every key as it is typed. Ctrl+Z is a key like any other then: an office's data does not stay on a
// screen in the care of a stopped program.
func (o *watched) raw() (func() error, error) {
	in, out := int(os.Stdin.Fd()), int(os.Stdout.Fd())
	before, err := term.MakeRaw(in)
	if err != nil {
		return nil, err
	}
	plain, err := understandSequences(out)
	if err != nil {
		return nil, errors.Join(err, term.Restore(in, before))
	}
	o.handed.Store(true)
	return func() error {
		o.handed.Store(false)
		return errors.Join(plain(), term.Restore(in, before))
	}, nil
}

// tell passes the size on; one nobody has taken yet is out of date.
func (o *watched) tell() {
	width, height, err := term.GetSize(int(os.Stdout.Fd()))
	if err != nil {
		return
	}
	for {
		select {
		case o.resized <- tui.Size{Width: width, Height: height}:
			return
		default:
		}
		select {
		case <-o.resized:
		default:
		}
	}
}
