package sshd_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"

	"custos/internal/register"
	"custos/internal/sshd"
	"custos/tui"
)

func TestNothingIsForwarded(t *testing.T) {
	o := openInn(t, nil)
	c := o.enter(o.hire("kim", register.Officer))
	to := ssh.Marshal(struct {
		Host string
		Port uint32
		From string
		By   uint32
	}{"127.0.0.1", 22, "127.0.0.1", 1})
	for _, kind := range []string{"direct-tcpip", "direct-streamlocal@openssh.com", "tun@openssh.com", "x11"} {
		if _, _, err := c.OpenChannel(kind, to); err == nil {
			t.Errorf("%s was opened", kind)
		}
	}
	for _, kind := range []string{"tcpip-forward", "streamlocal-forward@openssh.com", "no-more-sessions@openssh.com"} {
		if ok, _, err := c.SendRequest(kind, true, ssh.Marshal(struct {
			Host string
			Port uint32
		}{"127.0.0.1", 0})); ok || err != nil {
			t.Errorf("%s: %v, %v", kind, ok, err)
		}
	}
	s, err := c.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range []string{"auth-agent-req@openssh.com", "x11-req"} {
		if ok, err := s.SendRequest(kind, true, nil); ok || err != nil {
			t.Errorf("%s: %v, %v", kind, ok, err)
		}
	}
	if err := s.RequestSubsystem("netconf"); err == nil {
		t.Error("another subsystem was started")
	}
}

func TestACommandHasItsStreamsAndItsCode(t *testing.T) {
	o := openInn(t, nil)
	c := o.enter(o.hire("kim", register.Officer))
	for line, want := range map[string]struct {
		code     int
		out, err string
	}{
		"operator list --json":          {0, `"name": "kim"`, ""},
		"custos operator list":          {0, "office", ""},
		"delegate show D0000000000000":  {3, "", "custos: "},
		"delegate show":                 {2, "", "Run 'custos delegate show --help'"},
		"operator remove kim":           {4, "", "may not do this"},
		"delegate add --name 'Ada":      {2, "", "quotation mark"},
		"serve":                         {4, "", "office's own machine"},
		"operator list --store /tmp/xy": {4, "", "--store"},
	} {
		got := run(t, c, line)
		if got.code != want.code || !strings.Contains(got.out, want.out) || !strings.Contains(got.err, want.err) ||
			want.out == "" && got.out != "" {
			t.Errorf("%s: %+v", line, got)
		}
	}
}

func TestNeitherATerminalNorACommandIsAMistake(t *testing.T) {
	o := openInn(t, nil)
	s, err := o.enter(o.hire("kim", register.Officer)).NewSession()
	if err != nil {
		t.Fatal(err)
	}
	said := &lockedText{}
	s.Stderr = said
	if err := s.Shell(); err != nil {
		t.Fatal(err)
	}
	if got := code(t, s.Wait()); got != 2 || !strings.Contains(said.String(), "needs a terminal") {
		t.Errorf("%d, %s", got, said)
	}
}

func TestOfTheEnvironmentOnlyHowThingsShowIsTaken(t *testing.T) {
	o := openInn(t, nil)
	o.server.ShowWith(func(env tui.Env, term tui.Terminal) error {
		_, err := fmt.Fprintf(term.Out, "%s|%s|%s|%s|%v|%dx%d.", env.Getenv("TERM"), env.Getenv("LC_ALL"), env.Getenv("HOME"), env.Theme,
			env.Accessible, term.Width, term.Height)
		return err
	})
	c := o.enter(o.hire("kim", register.Officer))
	sit(t, c, map[string]string{"LC_ALL": "en_GB.UTF-8", "CUSTOS_THEME": "mono", "CUSTOS_ACCESSIBLE": "1"}).
		sees(t, "xterm|en_GB.UTF-8||mono|true|80x24.")
	s, err := c.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"HOME", "LD_PRELOAD", "CUSTOS_STORE", "CUSTOS_PASSPHRASE_FILE", "PATH", "LANGUAGE"} {
		if err := s.Setenv(name, "x"); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
	if err := s.Setenv("LANG", strings.Repeat("x", 300)); err == nil {
		t.Error("a variable of any length was taken")
	}
}

func TestAConsoleFollowsItsWindow(t *testing.T) {
	o := openInn(t, nil)
	o.server.ShowWith(func(_ tui.Env, term tui.Terminal) error {
		key := make([]byte, 1)
		for {
			if _, err := term.In.Read(key); err != nil || key[0] == 'q' {
				return err
			}
			size := <-term.Resized
			_, _ = fmt.Fprintf(term.Out, "now %dx%d\n", size.Width, size.Height)
		}
	})
	p := sit(t, o.enter(o.hire("kim", register.Officer)), nil)
	for n := range 40 { // nobody looks: the newest is kept
		if err := p.WindowChange(30+n, 100+n); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := p.SendRequest("env", true, nil); err != nil { // what was sent before it has arrived
		t.Fatal(err)
	}
	_, _ = p.keys.Write([]byte("k"))
	p.sees(t, "now 139x69\n") // as it was written, without a return put in
	if strings.Contains(p.seen.String(), "\r") {
		t.Errorf("%q", p.seen)
	}
	_, _ = p.keys.Write([]byte("q"))
	if got := code(t, <-p.done); got != 0 {
		t.Errorf("left with %d", got)
	}
}

func TestACommandOnATerminalAsksThere(t *testing.T) {
	o := openInn(t, nil)
	s, err := o.enter(o.hire("kim", register.Officer)).NewSession()
	if err != nil {
		t.Fatal(err)
	}
	seen := &lockedText{}
	s.Stdout = seen
	keys, err := s.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.RequestPty("xterm", 24, 80, ssh.TerminalModes{}); err != nil {
		t.Fatal(err)
	}
	if err := s.Start("passphrase change"); err != nil {
		t.Fatal(err)
	}
	for _, typed := range []string{passphrase + "kim", "marble ladder cloud teapot", "marble ladder cloud teapot"} {
		_, _ = keys.Write([]byte(typed + "\r"))
	}
	if got := code(t, s.Wait()); got != 0 || strings.Contains(seen.String(), "marble") {
		t.Fatalf("%d, %q", got, seen)
	}
	if err := o.desk.Prove(t.Context(), "kim", []byte("marble ladder cloud teapot")); err != nil {
		t.Error(err)
	}
}

func TestWhatGoesWrongWithOneLeavesTheOthersBe(t *testing.T) {
	o := openInn(t, nil)
	o.server.ShowWith(func(tui.Env, tui.Terminal) error { panic("Ada Sample") })
	c := o.enter(o.hire("kim", register.Officer))
	p := sit(t, c, nil)
	if got := code(t, <-p.done); got != 1 || !strings.Contains(p.seen.String(), "something went wrong") {
		t.Errorf("%d, %q", got, p.seen)
	}
	if got := run(t, c, "operator list"); got.code != 0 {
		t.Errorf("%+v", got)
	}
	if strings.Contains(o.log.String(), "Ada") || !strings.Contains(o.log.String(), "msg=failed") {
		t.Errorf("%s", o.log)
	}
}

func TestTwentyAtOnce(t *testing.T) {
	o := openInn(t, func(c *sshd.Config) { c.Now = time.Now })
	const people, each = 20, 3
	var keys []ssh.Signer
	for n := range people {
		keys = append(keys, o.hire(fmt.Sprintf("kim%d", n), register.Officer))
	}
	before, err := o.office.Trail(0)
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for n, key := range keys {
		all.Go(func() {
			c, err := o.knock("x", ssh.PublicKeys(key))
			if err != nil {
				t.Error(err)
				return
			}
			for i := range each {
				if got := run(t, c, fmt.Sprintf("delegate add --name 'Person %d %d'", n, i)); got.code != 0 {
					t.Errorf("%+v", got)
				}
			}
		})
	}
	all.Wait()
	after, err := o.office.Trail(0)
	if err != nil || len(after)-len(before) != people*each {
		t.Errorf("%d entries, want %d: %v", len(after)-len(before), people*each, err)
	}
}
