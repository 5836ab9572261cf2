package sshd

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"sync"
	"time"

	"github.com/charmbracelet/ssh"
	"github.com/charmbracelet/wish"
	gossh "golang.org/x/crypto/ssh"

	"custos/internal/desk"
	"custos/internal/register"
	"custos/tui"
)

// Config is what a server works with; nothing in it is opened or closed here.
type Config struct {
	Desk    *desk.Desk
	HostKey []byte                                             // PEM, as NewHostKey makes it
	Now     func() time.Time                                   // for pace and delays alone
	After   func(time.Duration) <-chan time.Time               // rings once a while is over
	Log     *slog.Logger                                       // who came, from where, and what became of it
	Console tui.Env                                            // what every console has; what is a guest's own is filled in
	Session func(s *desk.Seat, leave func() error) tui.Session // leave is the session's Close
	// Commands carries out a command line at a seat and returns its exit code.
	Commands func(ctx context.Context, s *desk.Seat, o Streams, args []string) int
	// Drop opens the folder of files an operator brings and takes; the caller of Drop closes it.
	Drop func(operator string) (*os.Root, error)

	Most      int           // guests inside at once; 0: MostGuests
	Each      int           // of them of one operator; 0: MostOfOne
	Handshake time.Duration // how long a line may take until something is asked for; 0: LongestHandshake
	Grace     time.Duration // how long a closing server waits for who is inside
}

// The limits where a Config sets none.
const (
	MostGuests       = 50
	MostOfOne        = 10
	LongestHandshake = 20 * time.Second
)

// Streams are what a command of a guest works with.
type Streams struct {
	In       io.Reader
	Out, Err io.Writer
	Terminal bool // there is a terminal at the far end of all three
	Getenv   func(string) string
	// Secret asks on the terminal without showing what is typed; nil without one.
	Secret func(ctx context.Context, prompt string) ([]byte, error)
}

// Server lets operators in.
type Server struct {
	cfg      Config
	ssh      *ssh.Server
	doors    *pace
	rooms    *rooms
	locks    *locks
	closed   chan struct{} // closed as the server begins to close
	once     sync.Once
	sweeping sync.Mutex
	untold   map[string]int // old files that went, by operator, until they are told

	files func(ctx context.Context, g *guest) int // the SFTP subsystem; nil where there is none

	console func(tui.Env, tui.Terminal) error // tui.Run
}

// New makes a server. Errors: Invalid for a host key that cannot be read.
func New(cfg Config) (*Server, error) {
	if cfg.Most <= 0 {
		cfg.Most = MostGuests
	}
	if cfg.Each <= 0 {
		cfg.Each = min(MostOfOne, cfg.Most)
	}
	if cfg.Handshake <= 0 {
		cfg.Handshake = LongestHandshake
	}
	s := &Server{
		cfg: cfg, doors: newPace(cfg.Now), rooms: newRooms(cfg.Most, cfg.Each), locks: newLocks(cfg.Now), untold: map[string]int{},
		closed: make(chan struct{}), console: tui.Run,
	}
	s.files = s.guestFiles
	var err error
	s.ssh, err = wish.NewServer(
		wish.WithHostKeyPEM(cfg.HostKey),
		wish.WithVersion("custos"),
		wish.WithPublicKeyAuth(s.letIn),
		wish.WithMiddleware(s.serve, s.admit, s.catch), // the last comes first
		wish.WithSubsystem("sftp", s.subsystem),
		s.rules,
	)
	if err != nil {
		return nil, register.Errorf(register.Invalid, "host-key", "the server's own key cannot be read: %w", err)
	}
	return s, nil
}

// rules are what SSH offers here, which is little: sessions by key, and nothing that leads on.
func (s *Server) rules(srv *ssh.Server) error {
	srv.ConnCallback = s.connect
	srv.ServerConfigCallback = func(ssh.Context) *gossh.ServerConfig {
		return &gossh.ServerConfig{MaxAuthTries: 6, PublicKeyAuthAlgorithms: keyAlgorithms()}
	}
	srv.ConnectionFailedCallback = s.failed
	srv.ChannelHandlers = map[string]ssh.ChannelHandler{"session": s.open}
	srv.RequestHandlers = map[string]ssh.RequestHandler{}
	return nil
}

// Serve lets operators in until ctx ends, then closes as gracefully as Config.Grace allows, and the listener with it.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	mute := s.watch()
	defer mute()
	done := make(chan error, 1)
	go func() { done <- s.ssh.Serve(l) }()
	select {
	case err := <-done:
		return errors.Join(fmt.Errorf("the server stopped listening: %w", err), s.ssh.Close())
	case <-ctx.Done():
	}
	s.close(l)
	<-done //nolint:errcheck // ErrServerClosed: that was asked for
	return nil
}
