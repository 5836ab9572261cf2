package sshd

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"slices"
	"sync"
	"time"

	"github.com/charmbracelet/ssh"

	"custos/internal/desk"
	"custos/internal/register"
)

// guest is one session of an operator who came in.
type guest struct {
	ssh.Session
	channel  *channel
	operator string
	key      string // as SSHKey.Key has it
	seat     *desk.Seat
	files    desk.Files
	drop     *os.Root
	log      *slog.Logger
	swept    string // what is told of old files that went; empty: nothing

	notices chan string   // said in the console
	out     chan struct{} // closed when they have to leave
	gone    chan struct{} // closed when they have to leave, or the far end has gone

	mu      sync.Mutex
	put     parting // not empty: they have to leave
	command bool    // a command is under way
	cut     bool    // the console says that its line was dropped
}

// tell says something in the console; a guest who does not read is told no more.
func (g *guest) tell(text string) {
	select {
	case g.notices <- text:
	default:
	}
}

// parting is why a guest is put out: in a few words for the log, and in a sentence for them.
type parting struct{ why, words string }

// putOut has a guest leave, at once. The first reason stands.
func (g *guest) putOut(p parting) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.put == (parting{}) {
		g.put = p
		g.log.Info("put out", "why", p.why)
		close(g.out)
	}
}

// ending is why a session is over, for the log.
func (g *guest) ending() string {
	g.mu.Lock()
	defer g.mu.Unlock()
	switch {
	case g.put != (parting{}):
		return g.put.why
	case g.cut, g.Context().Err() != nil:
		return "line dropped"
	}
	select {
	case <-g.channel.gone:
		return "line dropped"
	default:
		return "left"
	}
}

// broke notes how a console ended, and reports whether more went wrong than that its line was dropped.
func (g *guest) broke(err error) bool {
	g.mu.Lock()
	g.cut = errors.Is(err, context.Canceled)
	g.mu.Unlock()
	return worse(err)
}

// worse reports whether there is more in an error than a dropped line.
func worse(err error) bool {
	var several interface{ Unwrap() []error }
	if errors.As(err, &several) {
		return slices.ContainsFunc(several.Unwrap(), worse)
	}
	return err != nil && !errors.Is(err, context.Canceled)
}

// working reports whether a command is under way.
func (g *guest) working() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.command
}

func (g *guest) works() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.command = true
}

// follow closes gone on whichever comes first.
func (g *guest) follow(left <-chan struct{}) {
	select {
	case <-g.out:
	case <-g.channel.gone:
	case <-g.Context().Done():
	case <-left:
		return
	}
	close(g.gone)
}

// during is the time a guest is inside, for what is done for them. The far end may ask for an end too.
func (g *guest) during() (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(context.WithoutCancel(g.Context()))
	go func() {
		select {
		case <-g.gone:
		case <-g.channel.stopped:
		case <-ctx.Done():
		}
		cancel()
	}()
	return ctx, cancel
}

// farewell says why a guest was put out, if the far end still listens, and drops the line of one whose key counts no more.
func (g *guest) farewell() int {
	g.mu.Lock()
	words := g.put.words
	g.mu.Unlock()
	if words == "" {
		return exitOK
	}
	cut := time.AfterFunc(lastWords, func() { _ = g.Close() })
	defer cut.Stop()
	_, _ = g.Stderr().Write([]byte("custos: " + words + "\n"))
	return exitRefused
}

// watch puts out whoever is removed while inside, or whose key is.
func (s *Server) watch() (mute func()) {
	notes, mute := s.cfg.Desk.Notes()
	go func() {
		for n := range notes {
			switch n.Verb { //nolint:exhaustive // of all there is these touch who may come in
			case register.OperatorRemove, register.OperatorKey:
				s.rooms.each(s.stillIn)
			default:
			}
		}
	}()
	return mute
}

func (s *Server) stillIn(g *guest) {
	if who, err := s.cfg.Desk.OperatorOfKey(g.key); err != nil || who != g.operator {
		g.putOut(parting{"the key counts no more", "Your way in was taken away."})
	}
}
