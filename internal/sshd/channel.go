package sshd

import (
	"slices"
	"strings"
	"sync"

	"github.com/charmbracelet/ssh"
	gossh "golang.org/x/crypto/ssh"

	"custos/tui"
)

// What a session may send along.
const (
	mostVariables = 32
	longestValue  = 256
	longestAsked  = 64 << 10 // of a request, in bytes
)

type channelKey struct{}

// channel is the far end of a session: what is typed there, and what happens to its window.
type channel struct {
	gossh.Channel
	resized chan tui.Size // the newest alone
	stopped chan struct{} // closed when the far end asks for an end, as with Ctrl-C
	gone    chan struct{} // closed when there is no far end any more
	stop    sync.Once
	vars    int
}

// open takes a session channel with a filter before it: the library would take agents, any variable, and signals
// nobody waits for.
func (s *Server) open(srv *ssh.Server, conn *gossh.ServerConn, asked gossh.NewChannel, ctx ssh.Context) {
	l, _ := ctx.Value(lineKey{}).(*line)
	if l == nil {
		_ = asked.Reject(gossh.Prohibited, "")
		return
	}
	l.enter()
	go s.measure(ctx, conn)
	c := &channel{resized: make(chan tui.Size, 1), stopped: make(chan struct{}), gone: make(chan struct{})}
	ssh.DefaultSessionHandler(srv, conn, &opening{asked, c}, sessionContext{ctx, c})
}

// opening is a channel that has not been accepted yet.
type opening struct {
	gossh.NewChannel
	c *channel
}

// Accept hands the channel over with those of its requests that are served here.
func (o *opening) Accept() (gossh.Channel, <-chan *gossh.Request, error) {
	ch, all, err := o.NewChannel.Accept()
	if err != nil {
		return nil, nil, err
	}
	o.c.Channel = ch
	served := make(chan *gossh.Request)
	go func() {
		defer close(served)
		defer close(o.c.gone)
		for req := range all {
			if ok, mine := o.c.take(req); mine {
				_ = req.Reply(ok, nil) // a line that has gone needs no answer
			} else {
				served <- req
			}
		}
	}()
	return o.c, served, nil
}

// take answers what the library is not asked: mine says so, ok whether it is granted.
func (c *channel) take(req *gossh.Request) (ok, mine bool) {
	if len(req.Payload) > longestAsked {
		return false, true
	}
	switch req.Type {
	case "exec", "shell", "subsystem", "pty-req":
		return false, false
	case "env":
		return false, !c.allows(req.Payload)
	case "window-change":
		return c.resize(req.Payload), true
	case "signal":
		c.stop.Do(func() { close(c.stopped) })
		return true, true
	}
	return false, true
}

// allows reports whether a variable is one of those that say how the far end shows things.
func (c *channel) allows(payload []byte) bool {
	var v struct{ Name, Value string }
	if gossh.Unmarshal(payload, &v) != nil || c.vars == mostVariables || len(v.Value) > longestValue {
		return false
	}
	c.vars++
	return allowed(v.Name)
}

func allowed(name string) bool {
	return strings.HasPrefix(name, "LC_") ||
		slices.Contains([]string{"TERM", "COLORTERM", "LANG", "NO_COLOR", "CUSTOS_THEME", "CUSTOS_ACCESSIBLE"}, name)
}

// resize keeps the newest size for whoever looks next; nobody needs to.
func (c *channel) resize(payload []byte) bool {
	var w struct{ Width, Height, X, Y uint32 }
	if gossh.Unmarshal(payload, &w) != nil {
		return false
	}
	select {
	case <-c.resized:
	default:
	}
	c.resized <- tui.Size{Width: cells(w.Width), Height: cells(w.Height)} // only this goroutine sends
	return true
}

// cells is a size no terminal is beyond.
func cells(n uint32) int { return int(min(n, 1000)) }

// sessionContext is that of a line, with the channel of one session of it.
type sessionContext struct {
	ssh.Context
	channel *channel
}

// Value finds the channel, and everything else where it was.
func (c sessionContext) Value(key any) any {
	if _, ok := key.(channelKey); ok {
		return c.channel
	}
	return c.Context.Value(key)
}

type delayKey struct{}

// measure takes the round trip of a line once: a request every client answers, though with no.
func (s *Server) measure(ctx ssh.Context, conn *gossh.ServerConn) {
	ctx.Lock()
	_, begun := ctx.Value(delayKey{}).(*delay)
	d := &delay{done: make(chan struct{})}
	if !begun {
		ctx.SetValue(delayKey{}, d)
	}
	ctx.Unlock()
	if begun {
		return
	}
	from := s.cfg.Now()
	if _, _, err := conn.SendRequest("keepalive@openssh.com", true, nil); err == nil {
		d.trip = s.cfg.Now().Sub(from)
	}
	close(d.done)
}
