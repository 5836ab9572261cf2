package sshd_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"

	"custos/internal/desk"
	"custos/internal/register"
	"custos/internal/sshd"
	"custos/tui"
)

// watching is a console that says what it is told, until it has to end.
func watching(env tui.Env, term tui.Terminal) error {
	_, _ = term.Out.Write([]byte("inside."))
	for {
		select {
		case text := <-env.Notices:
			_, _ = term.Out.Write([]byte(text))
		case <-term.Gone:
			_, _ = term.Out.Write([]byte("=ended="))
			return nil
		}
	}
}

func TestWhoIsTakenAwayIsPutOut(t *testing.T) {
	for name, take := range map[string]func(*inn, ssh.Signer) error{
		"the operator": func(o *inn, _ ssh.Signer) error { return o.office.RemoveOperator(t.Context(), "kim") },
		"the key": func(o *inn, key ssh.Signer) error {
			return o.office.RemoveKey(t.Context(), "kim", ssh.FingerprintSHA256(key.PublicKey()))
		},
	} {
		o := openInn(t, nil)
		o.server.ShowWith(watching)
		kim, sam := o.hire("kim", register.Officer), o.hire("sam", register.Officer)
		line := o.enter(kim)
		out, in := sit(t, line, nil), sit(t, o.enter(sam), nil)
		out.sees(t, "inside.")
		in.sees(t, "inside.")
		if err := take(o, kim); err != nil {
			t.Fatal(err)
		}
		if got := code(t, <-out.done); got != 4 || !strings.Contains(out.seen.String(), "=ended=") ||
			!strings.Contains(out.seen.String(), "taken away") {
			t.Errorf("%s: %d, %q", name, got, out.seen)
		}
		// The line is still there, and lets nobody in.
		if got := run(t, line, "operator list"); got.code != 4 || got.out != "" {
			t.Errorf("%s: %+v", name, got)
		}
		if strings.Contains(in.seen.String(), "=ended=") {
			t.Errorf("%s: another was put out too", name)
		}
	}
}

func TestACommandOfWhoIsTakenAwayIsBrokenOff(t *testing.T) {
	begun := make(chan struct{})
	o := openInn(t, func(c *sshd.Config) {
		c.Commands = func(ctx context.Context, _ *desk.Seat, _ sshd.Streams, _ []string) int {
			close(begun)
			<-ctx.Done()
			return 130
		}
	})
	c := o.enter(o.hire("kim", register.Officer))
	done := make(chan outcome)
	go func() { done <- run(t, c, "long work") }()
	<-begun
	if err := o.office.RemoveOperator(t.Context(), "kim"); err != nil {
		t.Fatal(err)
	}
	if got := <-done; got.code != 4 || !strings.Contains(got.err, "taken away") {
		t.Errorf("%+v", got)
	}
}

func TestAClosingServerTellsEverybodyAndWaits(t *testing.T) {
	const grace = 30 * time.Second
	o := openInn(t, func(c *sshd.Config) { c.Grace = grace })
	o.server.ShowWith(watching)
	kim := o.hire("kim", register.Officer)
	c := o.enter(kim)
	p := sit(t, c, nil)
	p.sees(t, "inside.")
	o.stop()
	p.sees(t, "The server closes in 30 seconds")
	if got := run(t, c, "operator list"); got.code != 4 || !strings.Contains(got.err, "closing") {
		t.Errorf("somebody came in meanwhile: %+v", got)
	}
	if strings.Contains(p.seen.String(), "=ended=") {
		t.Error("nobody waited")
	}
	o.bells.ring(grace)
	if got := code(t, <-p.done); got != 4 || !strings.Contains(p.seen.String(), "=ended=") {
		t.Errorf("%d, %q", got, p.seen)
	}
}

func TestACommandUnderWayIsFinished(t *testing.T) {
	const grace = 30 * time.Second
	begun, finish := make(chan struct{}), make(chan struct{})
	o := openInn(t, func(c *sshd.Config) {
		c.Grace = grace
		c.Commands = func(ctx context.Context, _ *desk.Seat, _ sshd.Streams, _ []string) int {
			close(begun)
			<-finish
			if ctx.Err() != nil {
				return 130
			}
			return 0
		}
	})
	c := o.enter(o.hire("kim", register.Officer))
	done := make(chan outcome)
	go func() { done <- run(t, c, "import") }()
	<-begun
	o.stop()
	o.bells.ring(grace)
	close(finish)
	if got := <-done; got.code != 0 {
		t.Errorf("%+v", got)
	}
}

// The log says of every session why it is over.
func TestTheLogSaysWhyASessionIsOver(t *testing.T) {
	const grace = 30 * time.Second
	for name, tt := range map[string]struct {
		why string
		end func(*inn, *sitting, *ssh.Client)
	}{
		"left":         {"code=0 why=left", func(_ *inn, p *sitting, _ *ssh.Client) { _, _ = p.keys.Write([]byte("q")) }},
		"line dropped": {`code=1 why="line dropped"`, func(_ *inn, _ *sitting, c *ssh.Client) { _ = c.Close() }},
		"idle": {"code=4 why=idle", func(o *inn, _ *sitting, _ *ssh.Client) {
			_ = (<-o.leave)() // the console locks
			o.bells.ring(register.DefaultLockMinutes * time.Minute)
		}},
		"put out": {`code=4 why="the key counts no more"`, func(o *inn, _ *sitting, _ *ssh.Client) {
			_ = o.office.RemoveOperator(o.t.Context(), "kim")
		}},
		"closing": {"code=4 why=closing", func(o *inn, _ *sitting, _ *ssh.Client) {
			o.stop()
			o.bells.ring(grace)
		}},
	} {
		o := openInn(t, func(c *sshd.Config) { c.Grace = grace })
		o.server.ShowWith(dropped)
		c := o.enter(o.hire("kim", register.Officer))
		p := sit(t, c, nil)
		p.sees(t, "inside.")
		tt.end(o, p, c)
		<-p.done
		for !strings.Contains(o.log.String(), "msg=left") {
			time.Sleep(time.Millisecond)
		}
		if log := o.log.String(); !strings.Contains(log, tt.why+"\n") || strings.Contains(log, "level=ERROR") {
			t.Errorf("%s: %s", name, log)
		}
	}
}

// dropped is a console that ends at the first key, or by a dropped line as the console does.
func dropped(_ tui.Env, term tui.Terminal) error {
	_, _ = term.Out.Write([]byte("inside."))
	left := make(chan struct{})
	go func() {
		if _, err := term.In.Read(make([]byte, 1)); err == nil {
			close(left)
		}
	}()
	select {
	case <-left:
		return nil
	case <-term.Gone:
		return errors.Join(fmt.Errorf("the line was dropped: %w", context.Canceled))
	}
}

func TestTheLogSaysThatAConsoleFailed(t *testing.T) {
	o := openInn(t, nil)
	o.server.ShowWith(func(tui.Env, tui.Terminal) error {
		return errors.Join(context.Canceled, errors.New("the disk is full of Ada Sample"))
	})
	p := sit(t, o.enter(o.hire("kim", register.Officer)), nil)
	if got := code(t, <-p.done); got != 1 || !strings.Contains(o.log.String(), "msg=failed") || strings.Contains(o.log.String(), "Ada") {
		t.Errorf("%d, %s", got, o.log)
	}
}

func TestNoMoreComeInThanThereIsRoomFor(t *testing.T) {
	o := openInn(t, func(c *sshd.Config) { c.Most, c.Each = 3, 2 })
	o.server.ShowWith(watching)
	kim, sam := o.enter(o.hire("kim", register.Officer)), o.enter(o.hire("sam", register.Officer))
	for range 2 {
		sit(t, kim, nil).sees(t, "inside.")
	}
	if got := run(t, kim, "operator list"); got.code != 4 || !strings.Contains(got.err, "kim is inside 2 times already") {
		t.Errorf("%+v", got)
	}
	last := sit(t, sam, nil)
	last.sees(t, "inside.")
	if got := run(t, sam, "operator list"); got.code != 4 || !strings.Contains(got.err, "the server is full: 3 are inside") {
		t.Errorf("%+v", got)
	}
	_ = last.Close()
	for run(t, sam, "operator list").code != 0 { // as soon as the place is free
		time.Sleep(time.Millisecond)
	}
}

func TestALockedConsoleThatIsLeftAloneIsEnded(t *testing.T) {
	o := openInn(t, nil)
	o.server.ShowWith(watching)
	p := sit(t, o.enter(o.hire("kim", register.Officer)), nil)
	p.sees(t, "inside.")
	if err := (<-o.leave)(); err != nil { // the console locks
		t.Fatal(err)
	}
	o.bells.ring(register.DefaultLockMinutes * time.Minute)
	if got := code(t, <-p.done); got != 4 || !strings.Contains(p.seen.String(), "locked and left alone") {
		t.Errorf("%d, %q", got, p.seen)
	}
}

// unlocking is a console that locks and tries passphrases, one for each line typed.
func unlocking(o *inn) func(tui.Env, tui.Terminal) error {
	return func(env tui.Env, term tui.Terminal) error {
		_ = (<-o.leave)()
		lines := make(chan string)
		go func() {
			typed := make([]byte, 64)
			for {
				n, err := term.In.Read(typed)
				if err != nil {
					return
				}
				lines <- string(typed[:n])
			}
		}()
		for {
			select {
			case line := <-lines:
				who, pass, _ := strings.Cut(line, ":")
				said := "open."
				if _, err := env.Unlock(o.t.Context(), who, []byte(pass), nil); err != nil {
					said = err.Error() + "."
				}
				_, _ = term.Out.Write([]byte(said))
			case <-term.Gone:
				return nil
			}
		}
	}
}

func TestOnlyTheOperatorOfALineUnlocksIt(t *testing.T) {
	o := openInn(t, nil)
	o.server.ShowWith(unlocking(o))
	p := sit(t, o.enter(o.hire("kim", register.Officer)), nil)
	_, _ = p.keys.Write([]byte("office:" + passphrase))
	p.sees(t, "only kim goes on here")
	_, _ = p.keys.Write([]byte("kim:" + passphrase + "kim"))
	p.sees(t, "open.")
}

func TestGuessingAPassphraseTakesLongerEachTimeAndEnds(t *testing.T) {
	o := openInn(t, nil)
	o.server.ShowWith(unlocking(o))
	kim := o.hire("kim", register.Officer)
	p := sit(t, o.enter(kim), nil)
	for n := range 5 {
		_, _ = p.keys.Write([]byte("kim:wrong"))
		if n > 0 {
			o.bells.ring(time.Second << (n - 1))
		}
		for strings.Count(p.seen.String(), "wrong passphrase") <= n {
			time.Sleep(time.Millisecond)
		}
	}
	if got := code(t, <-p.done); got != 4 || !strings.Contains(p.seen.String(), "Too many wrong passphrases") {
		t.Errorf("%d, %q", got, p.seen)
	}
	again := sit(t, o.enter(kim), nil) // another line waits as long
	_, _ = again.keys.Write([]byte("kim:" + passphrase + "kim"))
	o.bells.ring(16 * time.Second)
	again.sees(t, "open.")
}
