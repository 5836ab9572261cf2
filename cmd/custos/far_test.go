package main

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"log/slog"
	"net"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	wishssh "github.com/charmbracelet/ssh"
	"github.com/charmbracelet/wish"
	"golang.org/x/crypto/ssh"

	"custos/internal/calendar"
	"custos/internal/cli"
	"custos/internal/desk"
	"custos/internal/profile"
	"custos/internal/sample"
	"custos/internal/sshd"
	"custos/store"
	"custos/store/storetest"
)

// farDoor is a server, and how to come in.
type farDoor struct {
	dial func() (net.Conn, error)
	key  ssh.Signer
	last string // what stands at the end of the first screen
}

// sit comes in and opens a console of 80 by 24.
func (d farDoor) sit(t testing.TB) *sitting {
	t.Helper()
	conn, err := d.dial()
	if err != nil {
		t.Fatal(err)
	}
	c, channels, requests, err := ssh.NewClientConn(conn, "custos", &ssh.ClientConfig{
		User: "anybody", Auth: []ssh.AuthMethod{ssh.PublicKeys(d.key)},
		HostKeyCallback: ssh.InsecureIgnoreHostKey(), //nolint:gosec // a server of this test
	})
	if err != nil {
		t.Fatal(err)
	}
	line := ssh.NewClient(c, channels, requests)
	s, err := line.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	p := &sitting{line: line, came: make(chan time.Time, 64)}
	p.expect()
	s.Stdout = p
	if p.keys, err = s.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	if err := s.RequestPty("xterm", 24, 80, ssh.TerminalModes{}); err != nil {
		t.Fatal(err)
	}
	if err := s.Shell(); err != nil {
		t.Fatal(err)
	}
	return p
}

// inn is a server as the program starts it, on a store with so many people.
type inn struct {
	farDoor
	seat   *desk.Seat
	config sshd.Config
	kind   string // of person
}

// newInn starts a server on this machine's own network.
func newInn(t testing.TB, people int) *inn {
	t.Helper()
	o := fill(t, people)
	l := listen(t)
	o.dial = dialler(l)
	o.open(t, l)
	return o
}

// fill makes a store with so many people, and what a server on it works with.
func fill(t testing.TB, people int) *inn {
	t.Helper()
	kinds, err := profile.Load("teaching-school")
	if err != nil {
		t.Fatal(err)
	}
	setup, o := storetest.Setup(), storetest.Options()
	setup.Settings.Profile, setup.Settings.Nation = kinds, calendar.EnglandAndWales
	dir := filepath.Join(t.TempDir(), "store")
	db, _, err := store.Create(dir, setup, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { storetest.Close(t, db) })
	d := desk.Open(db, o.Now)
	filling, err := d.As(storetest.Operator, desk.SetUp)
	if err != nil {
		t.Fatal(err)
	}
	if people > 0 {
		if _, err := sample.Fill(t.Context(), filling, sample.Options{Delegates: people, Seed: 1}, nil); err != nil {
			t.Fatal(err)
		}
	}
	in := &inn{kind: kinds.Kinds[0].ID, farDoor: farDoor{key: newKey(t), last: "actions"}}
	if in.seat, err = d.As(storetest.Operator, desk.Console); err != nil {
		t.Fatal(err)
	}
	if _, err := in.seat.AddKey(t.Context(), storetest.Operator, ssh.MarshalAuthorizedKey(in.key.PublicKey()), ""); err != nil {
		t.Fatal(err)
	}
	place, err := serverFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	key, err := place.hostKey()
	if err != nil {
		t.Fatal(err)
	}
	m := machine{options: o}
	in.config = m.serverConfig(cli.Serving{Desk: d, Seat: in.seat, Dir: dir}, place, key, slog.New(slog.DiscardHandler))
	in.config.Each = sshd.MostGuests
	return in
}

// open serves until the test ends.
func (o *inn) open(t testing.TB, l net.Listener) {
	t.Helper()
	server, err := sshd.New(o.config)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(ctx, l) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
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

func listen(t testing.TB) net.Listener {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func dialler(l net.Listener) func() (net.Conn, error) {
	return func() (net.Conn, error) { return net.Dial("tcp", l.Addr().String()) }
}

// still is a program of one screen that never changes.
type still struct{}

func (still) Init() tea.Cmd                         { return nil }
func (s still) Update(tea.Msg) (tea.Model, tea.Cmd) { return s, nil }
func (still) View() string {
	return strings.Repeat(strings.Repeat("row ", 20)+"\n", 23) + "the last row"
}

// newBare starts the least of a server: the libraries alone, with a program that does nothing.
func newBare(t testing.TB) farDoor {
	t.Helper()
	host, err := sshd.NewHostKey()
	if err != nil {
		t.Fatal(err)
	}
	server, err := wish.NewServer(wish.WithHostKeyPEM(host), wish.WithMiddleware(showStill),
		wish.WithPublicKeyAuth(func(wishssh.Context, wishssh.PublicKey) bool { return true }))
	if err != nil {
		t.Fatal(err)
	}
	l := listen(t)
	go func() { _ = server.Serve(l) }() // it ends with an error that says it was closed
	t.Cleanup(func() { _ = server.Close() })
	return farDoor{dial: dialler(l), key: newKey(t), last: "the last row"}
}

// showStill shows it until the line ends.
func showStill(wishssh.Handler) wishssh.Handler {
	return func(sess wishssh.Session) {
		p := tea.NewProgram(still{}, tea.WithInput(sess), tea.WithOutput(sess), tea.WithAltScreen(),
			tea.WithoutSignalHandler())
		defer context.AfterFunc(sess.Context(), p.Quit)()
		_, _ = p.Run() // a line that ends is an error of its output
	}
}
