package sshd

import (
	"context"
	"sync"
	"time"

	"custos/internal/desk"
	"custos/internal/register"
	"custos/tui"
)

// patientEnough is how long a console waits for the round trip of its line to be known.
const patientEnough = 100 * time.Millisecond

// delay is the round trip of a line, once it is measured.
type delay struct {
	done chan struct{}
	trip time.Duration
}

// roundTrip is what a request and its answer take on this line; 0 where it is not known.
func (s *Server) roundTrip(g *guest) time.Duration {
	d, ok := g.Context().Value(delayKey{}).(*delay)
	if !ok {
		return 0
	}
	select {
	case <-d.done:
		return d.trip
	case <-s.cfg.After(patientEnough):
		return 0
	}
}

// show shows the console until the guest leaves, the line drops, or they are put out.
func (s *Server) show(g *guest) int {
	pty, _, _ := g.Pty()
	env := s.cfg.Console
	env.Getenv = g.getenv
	env.Theme, env.Accessible = g.getenv("CUSTOS_THEME"), g.getenv("CUSTOS_ACCESSIBLE") == "1"
	env.Exists, env.Operator = true, g.operator
	env.Copy = nil
	env.Folder = "your drop folder"
	env.ReadFile = func(name string) ([]byte, error) { return g.files.Read(name, largestFile) }
	env.SaveText = func(name, text string) error { return g.files.Create(name, []byte(text)) }
	env.Notices = g.notices
	env.Resume = s.locks.place(g.operator)
	env.Leaving = func(p *tui.Place) { s.locks.keep(g.operator, p) }
	k := &keeper{server: s, guest: g}
	defer k.stop()
	env.Session = s.cfg.Session(g.seat, k.locked)
	env.Unlock = k.unlock
	err := s.console(env, tui.Terminal{
		In: g.channel, Out: g.channel, Width: cells(uint32(max(0, pty.Window.Width))), Height: cells(uint32(max(0, pty.Window.Height))),
		Resized: g.channel.resized, Gone: g.gone, Delay: s.roundTrip(g),
	})
	if g.broke(err) {
		g.log.Error("failed", "what", "console") // what is said of it may name somebody
	}
	if err != nil {
		return exitError
	}
	return exitOK
}

// largestFile is what a console reads of one file, in bytes; tables are the largest.
const largestFile = 256 << 20

// keeper locks the console of one guest, opens it again for them alone, and puts them out where it stays locked as long
// as it took to lock.
type keeper struct {
	server *Server
	guest  *guest

	mu    sync.Mutex
	tries int
	rung  chan struct{} // closed when the lock is opened; nil while it is not locked
}

// mostTries is how many passphrases in a row may be wrong before the line ends.
const mostTries = 5

// locked begins to count the time after which nobody is expected back.
func (k *keeper) locked() error {
	settings := k.guest.seat.Settings()
	most := settings.LockAfter()
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.rung != nil || most <= 0 {
		return nil
	}
	k.rung = make(chan struct{})
	go func(opened <-chan struct{}, over <-chan time.Time) {
		select {
		case <-over:
			k.guest.putOut(parting{
				"idle", "The console was locked and left alone: the line is ended. What was unfinished is kept.",
			})
		case <-opened:
		case <-k.guest.gone:
		}
	}(k.rung, k.server.cfg.After(most))
	return nil
}

// stop ends the count.
func (k *keeper) stop() {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.rung != nil {
		close(k.rung)
		k.rung = nil
	}
}

// unlock lets the guest go on. Nobody else unlocks a line that is not theirs. Each wrong passphrase of an operator makes
// the next one wait, whichever line it comes on. Errors: Denied, Refused.
func (k *keeper) unlock(ctx context.Context, operator string, passphrase []byte, _ tui.Tell) (tui.Session, error) {
	if operator != k.guest.operator {
		return nil, register.Errorf(register.Denied, "operator", "only %s goes on here: the key of this line is theirs", k.guest.operator)
	}
	s := k.server
	if err := s.locks.wait(ctx, operator, s.cfg.After); err != nil {
		return nil, err
	}
	if err := s.cfg.Desk.Prove(ctx, operator, passphrase); err != nil {
		if register.KindOf(err) == register.Refused {
			s.locks.wrong(operator)
			k.wrong()
		}
		return nil, err
	}
	s.locks.right(operator)
	k.mu.Lock()
	k.tries = 0
	k.mu.Unlock()
	k.stop()
	seat, err := s.cfg.Desk.As(operator, desk.SSH, desk.In(k.guest.files))
	if err != nil {
		return nil, err
	}
	return s.cfg.Session(seat, k.locked), nil
}

// wrong counts a wrong passphrase on this line.
func (k *keeper) wrong() {
	k.mu.Lock()
	k.tries++
	over := k.tries >= mostTries
	k.mu.Unlock()
	k.guest.log.Warn("wrong passphrase")
	if over {
		k.guest.putOut(parting{"wrong passphrases", "Too many wrong passphrases: the line is ended."})
	}
}
