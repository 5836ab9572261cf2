package sshd

import (
	"fmt"
	"net"
	"time"
)

// lastWords is how long a line may take to be told why it ends.
const lastWords = 2 * time.Second

// close tells everybody inside, waits for them, and puts out who is still there. Commands under way are waited for once
// more as long.
func (s *Server) close(l net.Listener) {
	s.once.Do(func() { close(s.closed) })
	_ = l.Close()
	s.rooms.shut()
	if n := s.rooms.count(); n > 0 && s.cfg.Grace > 0 {
		s.cfg.Log.Info("closing", "inside", n, "grace", s.cfg.Grace)
		s.rooms.each(func(g *guest) {
			g.tell(fmt.Sprintf("The server closes in %d seconds. What is unfinished is kept.",
				int(s.cfg.Grace.Seconds())))
		})
		s.wait(s.cfg.Grace)
	}
	s.rooms.each(func(g *guest) {
		if !g.working() {
			g.putOut(closing())
		}
	})
	s.wait(max(s.cfg.Grace, lastWords))
	s.rooms.each(func(g *guest) { g.putOut(closing()) })
	s.wait(2 * lastWords)
	_ = s.ssh.Close()
}

// wait waits for everybody to leave, but not for ever.
func (s *Server) wait(most time.Duration) {
	select {
	case <-s.rooms.empty():
	case <-s.cfg.After(most):
	}
}

func closing() parting { return parting{"closing", "The server has closed."} }
