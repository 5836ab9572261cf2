package sshd

import (
	"net"
	"net/netip"
	"sync"
	"time"
)

// How fast lines may come from one address: so many at once, and one more after each while.
const (
	linesAtOnce  = 120
	lineEach     = 50 * time.Millisecond
	failsAtOnce  = 10
	failEach     = 10 * time.Second
	mostStrange  = 64   // lines at once on which no key has counted yet
	mostAddress  = 4096 // addresses remembered
	longestPrune = 16   // addresses looked at to forget one
)

// pace keeps count of lines by where they come from. What it remembers is bounded: an address that has been quiet is
// forgotten, and so is any other where there are too many.
type pace struct {
	now func() time.Time

	mu      sync.Mutex
	strange int
	seen    map[netip.Prefix]*visits
}

// visits are moments until which an address has used up what it may.
type visits struct{ lines, fails time.Time }

func newPace(now func() time.Time) *pace { return &pace{now: now, seen: map[netip.Prefix]*visits{}} }

// enter takes a line in, or says why not. One that is taken leaves once, when a key has counted or it has ended.
func (p *pace) enter(from net.Addr) (why string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.now()
	v := p.visits(from, now)
	switch {
	case p.strange >= mostStrange:
		return "too many lines without a key"
	case v.fails.Sub(now) > (failsAtOnce-1)*failEach:
		return "too many failures"
	case v.lines.Sub(now) > (linesAtOnce-1)*lineEach:
		return "too many lines"
	}
	p.strange++
	v.lines = later(v.lines, now).Add(lineEach)
	return ""
}

// leave ends a line's time as a stranger's. One on which a key has counted is not held against its address.
func (p *pace) leave(from net.Addr, welcome bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.strange--
	if welcome {
		v := p.visits(from, p.now())
		v.lines = v.lines.Add(-lineEach)
	}
}

// fail notes that a line came to nothing.
func (p *pace) fail(from net.Addr) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.now()
	v := p.visits(from, now)
	v.fails = later(v.fails, now).Add(failEach)
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// visits is what is known of an address; a neighbourhood of IPv6 is one.
func (p *pace) visits(from net.Addr, now time.Time) *visits {
	where := neighbourhood(from)
	if v, ok := p.seen[where]; ok {
		return v
	}
	if len(p.seen) >= mostAddress {
		p.forget(now)
	}
	v := &visits{}
	p.seen[where] = v
	return v
}

// forget drops an address that has nothing against it, or else any.
func (p *pace) forget(now time.Time) {
	looked := 0
	var victim netip.Prefix
	for where, v := range p.seen {
		victim = where
		looked++
		if !v.fails.After(now) && !v.lines.After(now) || looked == longestPrune {
			break
		}
	}
	delete(p.seen, victim)
}

func neighbourhood(from net.Addr) netip.Prefix {
	at, err := netip.ParseAddrPort(from.String())
	if err != nil {
		return netip.Prefix{}
	}
	ip, bits := at.Addr().Unmap(), 32
	if ip.Is6() {
		bits = 64
	}
	where, _ := ip.WithZone("").Prefix(bits) // so many bits are in every address
	return where
}
