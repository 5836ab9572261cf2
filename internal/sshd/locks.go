package sshd

import (
	"context"
	"sync"
	"time"

	"custos/tui"
)

// longestDelay is how long the most persistent guesser waits for each try.
const longestDelay = time.Minute

// locks remember, for each operator, the wrong passphrases and the place they were cut off at. Operators are few, so
// this is small.
type locks struct {
	now func() time.Time

	mu     sync.Mutex
	wrongs map[string]wrongs
	places map[string]*tui.Place
}

// wrongs are passphrases of an operator that were wrong, since the last right one.
type wrongs struct {
	times int
	last  time.Time
}

func newLocks(now func() time.Time) *locks {
	return &locks{now: now, wrongs: map[string]wrongs{}, places: map[string]*tui.Place{}}
}

// wait holds a try back: a second after one that was wrong, and twice as long after each further one.
func (l *locks) wait(ctx context.Context, operator string, after func(time.Duration) <-chan time.Time) error {
	l.mu.Lock()
	w := l.wrongs[operator]
	l.mu.Unlock()
	if w.times == 0 {
		return nil
	}
	left := min(time.Second<<min(w.times-1, 16), longestDelay) - l.now().Sub(w.last)
	if left <= 0 {
		return nil
	}
	select {
	case <-after(left):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (l *locks) wrong(operator string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.wrongs[operator] = wrongs{l.wrongs[operator].times + 1, l.now()}
}

func (l *locks) right(operator string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.wrongs, operator)
}

// keep remembers where an operator was; nil forgets it. place takes what is remembered.
func (l *locks) keep(operator string, p *tui.Place) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if p == nil {
		delete(l.places, operator)
		return
	}
	l.places[operator] = p
}

func (l *locks) place(operator string) *tui.Place {
	l.mu.Lock()
	defer l.mu.Unlock()
	p := l.places[operator]
	delete(l.places, operator)
	return p
}
