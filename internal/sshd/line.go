package sshd

import (
	"net"
	"sync"
	"time"
)

type lineKey struct{}

// line is a connection. It is cut where nobody asks anything of it: before a key has counted, and between two sessions. A
// line on which somebody works has no timer.
type line struct {
	net.Conn
	patience time.Duration
	leave    func(welcome bool) // told once, when a key has counted or the line has ended

	mu     sync.Mutex
	timer  *time.Timer
	busy   int // sessions at work
	known  bool
	closed bool
}

// begin stops the clock for a session, and end starts it again after the last.
func (l *line) begin() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.busy++
	l.timer.Stop()
}

func (l *line) end() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.busy--; l.busy == 0 && !l.closed {
		l.timer.Reset(l.patience)
	}
}

// enter notes that a key has counted: the line is a stranger's no more.
func (l *line) enter() { l.settle(true) }

func (l *line) settle(welcome bool) {
	l.mu.Lock()
	stranger := !l.known
	l.known = true
	l.mu.Unlock()
	if stranger {
		l.leave(welcome)
	}
}

// Close ends the line.
func (l *line) Close() error {
	l.settle(false)
	l.mu.Lock()
	l.closed = true
	l.timer.Stop()
	l.mu.Unlock()
	return l.Conn.Close()
}
