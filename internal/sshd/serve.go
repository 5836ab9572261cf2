package sshd

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"strings"

	"github.com/charmbracelet/ssh"
	"golang.org/x/term"

	"custos/internal/desk"
	"custos/internal/register"
)

// What a session ends with where the commands did not say; they are those of the command line.
const (
	exitOK      = 0
	exitError   = 1
	exitUsage   = 2
	exitRefused = 4
)

// catch keeps what goes wrong with one guest from everybody else.
func (s *Server) catch(next ssh.Handler) ssh.Handler {
	return func(sess ssh.Session) {
		defer func() {
			if p := recover(); p != nil {
				s.cfg.Log.Error("failed", "address", sess.RemoteAddr().String(), "kind", fmt.Sprintf("%T", p), "stack", where())
				_, _ = io.WriteString(sess.Stderr(), "custos: something went wrong here; what you kept is safe\n")
				_ = sess.Exit(exitError)
			}
		}()
		next(sess)
	}
}

// where is the stack without what was passed along it.
func where() string {
	var lines []string
	for line := range strings.Lines(string(debug.Stack())) {
		if strings.HasPrefix(line, "\t") {
			at, _, _ := strings.Cut(strings.TrimSpace(line), " ")
			lines = append(lines, at)
		}
	}
	return strings.Join(lines, " ")
}

// admit seats whoever the key belongs to, where there is room.
func (s *Server) admit(next ssh.Handler) ssh.Handler {
	return func(sess ssh.Session) {
		g, err := s.welcome(sess)
		if err != nil {
			s.cfg.Log.Warn("refused", "address", sess.RemoteAddr().String(), "why", string(kindOf(err)))
			_, _ = fmt.Fprintf(sess.Stderr(), "custos: %s\n", err)
			_ = sess.Exit(exitRefused)
			return
		}
		l, _ := sess.Context().Value(lineKey{}).(*line)
		l.begin()
		left := make(chan struct{})
		defer func() {
			close(left)
			s.rooms.leave(g)
			l.end()
			if g.drop != nil {
				_ = g.drop.Close()
			}
		}()
		go g.follow(left)
		next(g)
	}
}

// kindOf tells in a word what is the matter; sentences may be read by anybody who reads the log.
func kindOf(err error) string {
	if register.KindOf(err) == register.Denied {
		return "no operator"
	}
	return "no room"
}

// welcome makes a guest of a session and counts them in.
func (s *Server) welcome(sess ssh.Session) (*guest, error) {
	c, ok := sess.Context().Value(channelKey{}).(*channel)
	if !ok {
		return nil, register.Errorf(register.Internal, "", "a session without a channel")
	}
	who, key, err := s.whoIs(sess)
	if err != nil {
		return nil, err
	}
	g := &guest{
		Session: sess, channel: c, operator: who, key: key,
		log:     s.cfg.Log.With("operator", who, "address", sess.RemoteAddr().String()),
		notices: make(chan string, 4), out: make(chan struct{}), gone: make(chan struct{}),
	}
	if err := s.rooms.enter(g); err != nil {
		return nil, err
	}
	if err := s.seat(g); err != nil {
		s.rooms.leave(g)
		return nil, err
	}
	// A key taken away between the look and the entry was told to those inside, of whom this one was none.
	s.stillIn(g)
	return g, nil
}

// seat seats a guest with their files; what they write and read goes through the session.
func (s *Server) seat(g *guest) (err error) {
	if s.cfg.Drop != nil {
		if g.drop, err = s.cfg.Drop(g.operator); err != nil {
			return err
		}
	}
	g.files = desk.DropFolder(g.drop, g.Session, g.Session)
	g.swept = s.sweep(g)
	g.seat, err = s.cfg.Desk.As(g.operator, desk.SSH, desk.In(g.files))
	if err != nil && g.drop != nil {
		err = errors.Join(err, g.drop.Close())
	}
	return err
}

// serve gives a guest what they came for, and ends the session with its exit code.
func (s *Server) serve(ssh.Handler) ssh.Handler {
	return func(sess ssh.Session) {
		g, ok := sess.(*guest)
		if !ok {
			return
		}
		what, code := "nothing", exitUsage
		_, _, terminal := g.Pty()
		switch {
		case g.Subsystem() != "":
			what, code = "files", s.files(g.Context(), g)
		case g.RawCommand() != "":
			what, code = "command", s.command(g, terminal)
		case terminal:
			g.log.Info("came in", "what", "console")
			if g.swept != "" {
				g.tell(g.swept)
			}
			what, code = "console", s.show(g)
		default:
			_, _ = io.WriteString(g.Stderr(), "custos: the console needs a terminal (ssh -t), or give a command, such as: request list --json\n")
		}
		if put := g.farewell(); put != exitOK {
			code = put
		}
		g.log.Info("left", "what", what, "code", code, "why", g.ending())
		_ = g.Exit(code)
	}
}

// subsystem is the way in for files.
func (s *Server) subsystem(sess ssh.Session) {
	if s.files == nil {
		_ = sess.Exit(exitUsage)
		return
	}
	s.ssh.Handler(sess)
}

// command carries out what was asked for in words. The program's own name before it does no harm.
func (s *Server) command(g *guest, terminal bool) int {
	args, err := words(g.RawCommand())
	if len(args) > 0 && args[0] == "custos" {
		args = args[1:]
	}
	switch {
	case err != nil:
	case len(args) == 0:
		err = errors.New("there is none")
	case args[0] == "scp":
		err = errors.New("files come and go by sftp; leave -O away, or take an scp that is not so old")
	}
	if err != nil {
		_, _ = fmt.Fprintf(g.Stderr(), "custos: the command cannot be read: %s\n", err)
		return exitUsage
	}
	g.sayOnce(g.swept)
	g.works()
	ctx, cancel := g.during()
	defer cancel()
	return s.cfg.Commands(ctx, g.seat, g.streams(terminal), args)
}

// streams are those of a session, with a terminal's line at the far end where there is one.
func (g *guest) streams(terminal bool) Streams {
	o := Streams{In: g.Session, Out: g.Session, Err: g.Stderr(), Terminal: terminal, Getenv: g.getenv}
	if !terminal {
		return o
	}
	o.Err = g.Session // there is one terminal
	t := term.NewTerminal(g.Session, "")
	o.In = &typed{from: t}
	o.Secret = func(_ context.Context, prompt string) ([]byte, error) {
		text, err := t.ReadPassword(prompt)
		return []byte(text), err
	}
	return o
}

// typed is what is typed at a terminal that shows nothing by itself, line by line.
type typed struct {
	from *term.Terminal
	rest []byte
}

// Read returns no more than is left of one line.
func (t *typed) Read(p []byte) (int, error) {
	if len(t.rest) == 0 {
		line, err := t.from.ReadLine()
		if err != nil {
			return 0, err
		}
		t.rest = []byte(line + "\n")
	}
	n := copy(p, t.rest)
	t.rest = t.rest[n:]
	return n, nil
}

// getenv is the environment the far end sent.
func (g *guest) getenv(name string) string {
	value := ""
	for _, v := range g.Environ() {
		if k, text, ok := strings.Cut(v, "="); ok && k == name {
			value = text
		}
	}
	return value
}
