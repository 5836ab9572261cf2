package sshd_test

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"io"
	"log/slog"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"

	"custos/internal/calendar"
	"custos/internal/cli"
	"custos/internal/desk"
	"custos/internal/profile"
	"custos/internal/register"
	"custos/internal/sshd"
	"custos/internal/vault"
	"custos/store"
	"custos/tui"
)

const passphrase = "gravel teacup lantern otter"

var noon = time.Date(2026, 3, 16, 12, 0, 0, 0, time.UTC)

// inn is a server on a store of its own, on this machine.
type inn struct {
	t       testing.TB
	desk    *desk.Desk
	office  *desk.Seat // an admin's
	server  *sshd.Server
	address string
	bells   *bells
	log     *lockedText
	leave   chan func() error // the Close of every session the console was given
	stop    context.CancelFunc
	stopped chan error
}

// bells ring when a test says so.
type bells struct {
	mu   sync.Mutex
	out  map[time.Duration][]chan time.Time
	over bool // nobody rings any more
}

func (b *bells) after(d time.Duration) <-chan time.Time {
	b.mu.Lock()
	defer b.mu.Unlock()
	c := make(chan time.Time, 1)
	b.out[d] = append(b.out[d], c)
	return c
}

// ring rings whatever waits for so long, and waits until something does.
func (b *bells) ring(d time.Duration) {
	for {
		b.mu.Lock()
		waiting := b.out[d]
		b.out[d] = nil
		over := b.over
		b.mu.Unlock()
		for _, c := range waiting {
			c <- noon
		}
		if len(waiting) > 0 || over {
			return
		}
		time.Sleep(time.Millisecond)
	}
}

type lockedText struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedText) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedText) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// openInn starts a server; change changes what it works with.
func openInn(t testing.TB, change func(*sshd.Config)) *inn {
	t.Helper()
	now := func() time.Time { return noon }
	kinds, err := profile.Load("teaching-school")
	if err != nil {
		t.Fatal(err)
	}
	db, _, err := store.Create(t.TempDir()+"/store", store.Setup{
		Operator: register.Operator{
			Name: "office", Created: noon, Roles: []register.Role{register.Officer, register.DPO, register.Admin},
		},
		Passphrase: []byte(passphrase),
		Settings:   register.Settings{Office: "Elm School", Nation: calendar.EnglandAndWales, Profile: kinds, Created: noon},
	}, store.Options{Now: now, Params: vault.Params{MemoryKiB: 8, Time: 1, Threads: 1}, CheapKDF: true})
	if err != nil {
		t.Fatal(err)
	}
	o := &inn{
		t: t, desk: desk.Open(db, now), bells: &bells{out: map[time.Duration][]chan time.Time{}}, log: &lockedText{},
		leave: make(chan func() error, 100), stopped: make(chan error, 1),
	}
	if o.office, err = o.desk.As("office", desk.Console); err != nil {
		t.Fatal(err)
	}
	cfg := sshd.Config{
		Desk: o.desk, Now: now, After: o.bells.after, Log: slog.New(slog.NewTextHandler(o.log, nil)), Commands: command,
		Session: func(_ *desk.Seat, leave func() error) tui.Session { o.leave <- leave; return nil },
	}
	if cfg.HostKey, err = sshd.NewHostKey(); err != nil {
		t.Fatal(err)
	}
	if change != nil {
		change(&cfg)
	}
	if o.server, err = sshd.New(cfg); err != nil {
		t.Fatal(err)
	}
	o.listen()
	t.Cleanup(o.close)
	return o
}

func (o *inn) listen() {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		o.t.Fatal(err)
	}
	o.address = l.Addr().String()
	ctx, stop := context.WithCancel(context.Background())
	o.stop = stop
	go func() { o.stopped <- o.server.Serve(ctx, l) }()
}

func (o *inn) close() {
	o.stop()
	go func() { // whatever still waits for somebody is not waited for
		for _, d := range []time.Duration{2 * time.Second, 4 * time.Second} {
			o.bells.ring(d)
		}
	}()
	if err := <-o.stopped; err != nil {
		o.t.Error(err)
	}
	o.bells.mu.Lock()
	o.bells.over = true
	o.bells.mu.Unlock()
	if err := o.desk.Close(); err != nil {
		o.t.Error(err)
	}
}

// command is the command tree as the program runs it for a guest.
func command(ctx context.Context, s *desk.Seat, o sshd.Streams, args []string) int {
	return cli.Run(ctx, cli.Env{
		Stdin: o.In, Stdout: o.Out, Stderr: o.Err, Getenv: o.Getenv, Seat: s, Files: s.Files(), ReadPassphrase: o.Secret,
		Terminal: cli.Terminal{In: o.Terminal, Out: o.Terminal, Err: o.Terminal}, Now: func() time.Time { return noon },
	}, args)
}

// hire adds an operator with a key, and returns the key.
func (o *inn) hire(name string, roles ...register.Role) ssh.Signer {
	o.t.Helper()
	if err := o.office.AddOperator(o.t.Context(), register.Operator{Name: name, Roles: roles}, []byte(passphrase+name)); err != nil {
		o.t.Fatal(err)
	}
	return o.give(name)
}

// give gives an operator one more key.
func (o *inn) give(name string) ssh.Signer {
	o.t.Helper()
	key := newKey(o.t)
	if _, err := o.office.AddKey(o.t.Context(), name, ssh.MarshalAuthorizedKey(key.PublicKey()), ""); err != nil {
		o.t.Fatal(err)
	}
	return key
}

func newKey(t testing.TB) ssh.Signer {
	t.Helper()
	_, secret, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	key, err := ssh.NewSignerFromKey(secret)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// knock tries to come in.
func (o *inn) knock(login string, how ...ssh.AuthMethod) (*ssh.Client, error) {
	o.t.Helper()
	c, err := ssh.Dial("tcp", o.address, &ssh.ClientConfig{
		User: login, Auth: how, HostKeyCallback: ssh.InsecureIgnoreHostKey(), //nolint:gosec // a server of this test
	})
	if err == nil {
		o.t.Cleanup(func() { _ = c.Close() })
	}
	return c, err
}

// enter comes in with a key.
func (o *inn) enter(key ssh.Signer) *ssh.Client {
	o.t.Helper()
	c, err := o.knock("anybody", ssh.PublicKeys(key))
	if err != nil {
		o.t.Fatal(err)
	}
	return c
}

// outcome is what a command came to.
type outcome struct {
	out, err string
	code     int
}

func run(t testing.TB, c *ssh.Client, line string) outcome {
	t.Helper()
	s, err := c.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	var out, errs bytes.Buffer
	s.Stdout, s.Stderr = &out, &errs
	return outcome{out.String(), errs.String(), code(t, s.Run(line))}.with(&out, &errs)
}

func (o outcome) with(out, errs *bytes.Buffer) outcome {
	o.out, o.err = out.String(), errs.String()
	return o
}

func code(t testing.TB, err error) int {
	t.Helper()
	var ended *ssh.ExitError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &ended):
		return ended.ExitStatus()
	}
	t.Logf("the session broke off: %v", err)
	return -1
}

// sitting is somebody at a console.
type sitting struct {
	*ssh.Session
	keys io.Writer
	seen *lockedText
	done chan error
}

// sit opens a console at the far end of a line.
func sit(t testing.TB, c *ssh.Client, env map[string]string) *sitting {
	t.Helper()
	s, err := c.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	p := &sitting{Session: s, seen: &lockedText{}, done: make(chan error, 1)}
	s.Stdout, s.Stderr = p.seen, p.seen
	if p.keys, err = s.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	for name, value := range env {
		if err := s.Setenv(name, value); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.RequestPty("xterm", 24, 80, ssh.TerminalModes{}); err != nil {
		t.Fatal(err)
	}
	if err := s.Shell(); err != nil {
		t.Fatal(err)
	}
	go func() { p.done <- s.Wait() }()
	return p
}

// sees waits until a text was shown.
func (p *sitting) sees(t testing.TB, want string) {
	t.Helper()
	for !strings.Contains(p.seen.String(), want) {
		select {
		case <-t.Context().Done():
			t.Fatalf("never saw %q in %q", want, p.seen.String())
		case err := <-p.done:
			p.done <- err
			if strings.Contains(p.seen.String(), want) {
				return
			}
			t.Fatalf("ended (%v) before %q was seen in %q", err, want, p.seen.String())
		case <-time.After(time.Millisecond):
		}
	}
}
