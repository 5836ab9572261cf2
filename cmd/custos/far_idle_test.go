package main

import (
	"net"
	"runtime/metrics"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// A server with five people at the home screen sends nothing, asks for no time and wakes nobody up in a month. The month
// passes at once: the clock of the test goes on when everybody in it sleeps.
func TestNobodyWakesUpWhereNothingHappens(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const people, month = 5, 30 * 24 * time.Hour
		o, l := fill(t, 0), newHall()
		var asked, sent atomic.Int64
		l.sent = &sent
		o.dial = l.dial
		o.config.Now = counted(&asked, time.Now)
		o.config.Console.Now = counted(&asked, o.config.Console.Now)
		never := func(time.Duration) <-chan time.Time { asked.Add(1); return nil }
		o.config.After, o.config.Console.After = never, never
		o.open(t, l)
		for range people {
			s := o.sit(t)
			defer s.leave()
			s.sees(t, o.last)
		}
		synctest.Wait()
		sent.Store(0)
		asked.Store(0)
		before := wokenUp()
		time.Sleep(month)
		synctest.Wait()
		if n := sent.Load(); n != 0 {
			t.Errorf("%d bytes were sent", n)
		}
		if n := asked.Load(); n != 0 {
			t.Errorf("the time was asked for, or waited for, %d times", n)
		}
		// Of those woken up one in eight is noted, and the system has some of its own. Once a minute, of one alone, would be 5,400.
		if n := wokenUp() - before; n > 500 {
			t.Errorf("somebody woke up again and again: %d were noted", n)
		}
	})
}

func counted(n *atomic.Int64, now func() time.Time) func() time.Time {
	return func() time.Time {
		n.Add(1)
		return now()
	}
}

// wokenUp is how often the runtime noted that something began to run.
func wokenUp() (n uint64) {
	latencies := []metrics.Sample{{Name: "/sched/latencies:seconds"}}
	metrics.Read(latencies)
	for _, c := range latencies[0].Value.Float64Histogram().Counts {
		n += c
	}
	return n
}

// hall is a network within the test, whose lines are waited for as its clock needs it.
type hall struct {
	knocks chan net.Conn
	shut   chan struct{}
	once   sync.Once
	sent   *atomic.Int64 // bytes, both ways
}

func newHall() *hall { return &hall{knocks: make(chan net.Conn), shut: make(chan struct{})} }

func (h *hall) dial() (net.Conn, error) {
	here, there := net.Pipe()
	h.knocks <- h.buffered(there)
	return h.buffered(here), nil
}

func (h *hall) Accept() (net.Conn, error) {
	select {
	case c := <-h.knocks:
		return c, nil
	case <-h.shut:
		return nil, net.ErrClosed
	}
}

func (h *hall) Close() error {
	h.once.Do(func() { close(h.shut) })
	return nil
}

func (h *hall) Addr() net.Addr { return &net.UnixAddr{Name: "hall"} }

// buffered is a connection on which both ends may begin with writing, as those of SSH do.
func (h *hall) buffered(c net.Conn) net.Conn {
	b := &bufferedConn{Conn: c, sent: h.sent, out: make(chan []byte, 1024), closed: make(chan struct{})}
	go func() {
		for {
			select {
			case p := <-b.out:
				_, _ = c.Write(p) // a line that has gone takes nothing
			case <-b.closed:
				return
			}
		}
	}()
	return b
}

type bufferedConn struct {
	net.Conn
	sent   *atomic.Int64
	out    chan []byte
	closed chan struct{}
	once   sync.Once
}

func (b *bufferedConn) Write(p []byte) (int, error) {
	b.sent.Add(int64(len(p)))
	select {
	case b.out <- append([]byte(nil), p...):
		return len(p), nil
	case <-b.closed:
		return 0, net.ErrClosed
	}
}

func (b *bufferedConn) Close() error {
	b.once.Do(func() { close(b.closed) })
	return b.Conn.Close()
}
