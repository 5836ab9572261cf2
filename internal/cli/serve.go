package cli

import (
	"context"
	"net"
	"strings"
	"time"

	"custos/internal/desk"
	"custos/internal/register"

	"github.com/spf13/cobra"
)

// Serving is a store that is to be served.
type Serving struct {
	Desk     *desk.Desk
	Seat     *desk.Seat // of the admin who opened it
	Dir      string     // the store
	Listen   string     // host:port; port 0 for any
	Sessions int        // at once; 0 for the usual
	Grace    time.Duration
	Quiet    bool               // no line for every event
	Started  func(Served) error // told once people can come in
}

// Served says where people come in.
type Served struct {
	Address     string `json:"address"`
	Fingerprint string `json:"fingerprint"` // of the host key, as a client shows it
	HostKey     string `json:"host_key"`    // the file
	Files       string `json:"files"`       // the folder of the drop folders
}

// serveFlags are those of serve, which its unit passes on.
type serveFlags struct {
	listen   string
	sessions int
	grace    time.Duration
	beyond   bool
	quiet    bool
}

const serveHelp = `Serve the store to several people at once: the same console and the same commands,
over SSH. It opens the store with an admin's passphrase and keeps it open until
Ctrl-C or SIGTERM; nobody else opens it meanwhile.

  ssh -p 2222 HOST                          the console
  ssh -p 2222 HOST request list --json      a command, with its exit code
  ssh -p 2222 HOST delegate import - < new.csv
  scp -P 2222 list.csv HOST:                into your drop folder

People come in with SSH keys alone: 'custos operator key add NAME FILE'. The key
says who somebody is, so the login name given to ssh may be anything. There are no
passwords, no shell, no forwarded ports, no agent and no X11. Of the environment
only TERM, COLORTERM, LANG, LC_*, NO_COLOR, CUSTOS_THEME and CUSTOS_ACCESSIBLE are
taken. Who is removed, or whose key is, is put out at once.

Beside the store lies a folder of the server's own, named like the store with
.server behind it: its host key, made the first time (host_ed25519, for its owner's
eyes only), and in files/ the drop folder of each operator.

A console that nobody touches locks as the office has set it, and asks for the
operator's own passphrase; a second wrong one waits, the fifth ends the line, and a
console that stays locked as long again is ended too. Whoever is cut off finds the
place and every unfinished form again. The daily backup is made by the server.

Each event is one line on standard error, without personal data. On standard output
stands where people come in, as JSON with --json.`

func (a *app) serveCommand() *cobra.Command {
	var f serveFlags
	cmd := &cobra.Command{
		Use: "serve", Short: "Serve the console and the commands to several people over SSH", Long: serveHelp,
		Args: takes(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error { return a.serve(cmd.Context(), f) },
	}
	flags := cmd.PersistentFlags()
	flags.StringVar(&f.listen, "listen", "127.0.0.1:2222", "address to listen on, HOST:PORT")
	flags.IntVar(&f.sessions, "sessions", 50, "how many may be inside at once")
	flags.DurationVar(&f.grace, "grace", 30*time.Second, "how long a closing server waits for those inside")
	flags.BoolVar(&f.beyond, "beyond-this-machine", false, "listen where other machines reach it, without asking")
	flags.BoolVar(&f.quiet, "quiet", false, "no line for every event")
	cmd.AddCommand(a.serveUnit(&f))
	return cmd
}

func (a *app) serve(ctx context.Context, f serveFlags) error {
	switch {
	case a.env.Serve == nil:
		return usagef("nothing is served from here")
	case a.flags.readOnly || a.flags.salvage || !a.flags.asOf.IsZero():
		return usagef("serve takes neither --read-only, --salvage nor --as-of")
	case f.sessions < 1 || f.grace < 0:
		return usagef("--sessions is 1 or more, --grace 0 or more")
	}
	if err := a.mayListen(ctx, f); err != nil {
		return err
	}
	return a.atDesk(ctx, func(s *desk.Seat) error { return a.serveAt(ctx, s, f) })
}

func (a *app) serveAt(ctx context.Context, s *desk.Seat, f serveFlags) error {
	if !s.May(register.ServeStore) {
		return register.Errorf(register.Denied, "", "%s may not serve the store: it takes an admin", s.Operator().Name)
	}
	dir, err := a.storeDir()
	if err != nil {
		return err
	}
	return a.env.Serve(ctx, Serving{
		Seat: s, Desk: s.Desk(), Dir: dir, Listen: f.listen, Sessions: f.sessions, Grace: f.grace, Quiet: f.quiet,
		Started: func(at Served) error {
			return a.show(at, func(p *page) {
				p.line("Serving on %s; Ctrl-C ends it.", at.Address)
				p.line("Host key %s", at.Fingerprint)
				p.line("It lies in %s", at.HostKey)
				p.line("Drop folders are in %s", at.Files)
			})
		},
	})
}

// mayListen has somebody say yes to an address that other machines reach.
func (a *app) mayListen(ctx context.Context, f serveFlags) error {
	host, _, err := net.SplitHostPort(f.listen)
	if err != nil {
		return usagef("--listen %s is not HOST:PORT", f.listen)
	}
	if f.beyond || loopback(host) {
		return nil
	}
	if !a.mayAsk() {
		return register.Errorf(register.Refused, "listen",
			"other machines reach %s: say --beyond-this-machine if that is meant", f.listen)
	}
	a.say("Other machines reach %s. Only operators with a key come in, but everybody who reaches it may knock.", f.listen)
	word, err := a.ask(ctx, "Type yes to listen there: ")
	if err == nil && !strings.EqualFold(word, "yes") {
		err = register.Errorf(register.Refused, "listen", "nothing is served: %s was not confirmed", f.listen)
	}
	return err
}

// loopback reports whether only this machine reaches an address. A name is not looked up, save the one everybody has.
func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
