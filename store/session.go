package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"sync"
	"time"

	"custos/internal/vault"
)

// A verification may take so long, and longer the bigger the file.
const (
	verifyBase  = 30 * time.Second
	verifySpeed = 10 << 20 // bytes a second that even a slow disk manages
)

// session is the asking side of a verification.
type session struct {
	ctx    context.Context
	in     io.WriteCloser
	out    *json.Decoder
	opts   *Options
	step   string // the last one heard of
	found  []Finding
	wait   func() error
	cancel context.CancelFunc
	once   sync.Once
}

// startSession starts a verification of the store in a folder: in a child where there is one, else in this process.
func startSession(ctx context.Context, dir string, size int64, o *Options) (*session, error) {
	limit := verifyBase + time.Duration(size/verifySpeed)*time.Second
	if o.verifyLimit > 0 {
		limit = o.verifyLimit
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	s := &session{ctx: ctx, cancel: cancel, opts: o, step: "start"}
	start := s.startHere
	if len(o.Verifier) > 0 {
		start = s.startChild
	}
	if err := start(); err != nil {
		cancel()
		return nil, fmt.Errorf("starting the verification: %w", err)
	}
	if err := s.ask(question{Dir: dir, AcceptOlder: o.AcceptOlder, Next: o.verifyNext}); err != nil {
		return nil, s.end(err)
	}
	return s, nil
}

func (s *session) startChild() error {
	argv := s.opts.Verifier
	cmd := exec.CommandContext(s.ctx, argv[0], argv[1:]...)
	in, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	s.in, s.out, s.wait = in, json.NewDecoder(out), cmd.Wait
	return cmd.Start()
}

func (s *session) startHere() error {
	childIn, in := io.Pipe()
	out, childOut := io.Pipe()
	code := make(chan int, 1)
	go func() {
		code <- VerifyMain(childIn, childOut)
		_ = childOut.Close()
		_ = childIn.Close()
	}()
	stop := context.AfterFunc(s.ctx, func() { _ = childIn.Close(); _ = out.Close() })
	s.in, s.out = in, json.NewDecoder(out)
	s.wait = func() error {
		defer stop()
		_ = out.Close()
		if n := <-code; n != 0 {
			return fmt.Errorf("exit code %d", n)
		}
		return nil
	}
	return nil
}

func (s *session) ask(q question) error { return json.NewEncoder(s.in).Encode(q) }

// hear returns the next answer that is more than progress.
func (s *session) hear() (answer, error) {
	for {
		var a answer
		if err := s.out.Decode(&a); err != nil {
			return a, err
		}
		switch {
		case a.Step != "":
			s.step = a.Step
			s.opts.progress(a.Step, a.Done, a.Total)
		case a.Found != nil:
			s.found = append(s.found, *a.Found)
		default:
			return a, nil
		}
	}
}

// opening returns what is readable in the store.
func (s *session) opening() (*opening, error) {
	a, err := s.hear()
	switch {
	case err != nil:
		return nil, s.end(err)
	case a.Held:
		_ = s.end(nil)
		return nil, errHeld
	case a.Report != nil:
		_ = s.end(nil)
		return nil, newDamage(a.Report.Findings...)
	case a.Open == nil || a.Open.ID == "":
		_ = s.end(nil)
		return nil, errNotStore
	}
	return a.Open, nil
}

// verify hands the key over and returns the report.
func (s *session) verify(root *vault.Key) (*CheckReport, error) {
	key := question{Key: append([]byte(nil), root[:]...)}
	go func() {
		_ = s.ask(key) // the verifier may be talking; should this fail, so does hearing
		clear(key.Key)
	}()
	a, err := s.hear()
	if err != nil || a.Report == nil {
		return nil, s.end(errors.Join(err, errors.New("no report")))
	}
	_ = s.end(nil)
	return a.Report, nil
}

// end stops the verification, and says in one sentence how it ended when it did not end well.
func (s *session) end(err error) error {
	s.once.Do(func() {
		_ = s.in.Close()
		if err == nil && s.ctx.Err() == nil {
			_ = s.wait()
			s.cancel()
			return
		}
		timeout := errors.Is(s.ctx.Err(), context.DeadlineExceeded)
		cancelled := errors.Is(s.ctx.Err(), context.Canceled)
		s.cancel()
		waitErr := s.wait()
		switch {
		case err == nil:
		case cancelled:
			err = fmt.Errorf("opening was cancelled: %w", context.Canceled)
		case timeout:
			err = s.damage("the verification did not come to an end in time while at: " + s.step)
		default:
			err = s.damage(fmt.Sprintf("the verification broke off while at: %s (%v)", s.step, waitErr))
		}
	})
	return err
}

// abandon ends a verification nobody waits for any longer.
func (s *session) abandon() {
	s.cancel()
	_ = s.end(context.Canceled)
}

func (s *session) damage(what string) error {
	return newDamage(append([]Finding{{Where: "pages", What: what}}, s.found...)...)
}
