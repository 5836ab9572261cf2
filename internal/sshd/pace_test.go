package sshd

import (
	"fmt"
	"net"
	"net/netip"
	"testing"
	"time"
)

func from(address string) net.Addr {
	return net.TCPAddrFromAddrPort(netip.MustParseAddrPort(address))
}

func TestFailuresAndLinesAreCountedByAddress(t *testing.T) {
	now := time.Date(2026, 3, 16, 12, 0, 0, 0, time.UTC)
	p := newPace(func() time.Time { return now })
	here, there := from("192.0.2.1:5000"), from("192.0.2.2:5000")
	for range failsAtOnce {
		if why := p.enter(here); why != "" {
			t.Fatal(why)
		}
		p.fail(here)
		p.leave(here, false)
	}
	if p.enter(here) == "" {
		t.Error("one failure too many")
	}
	if why := p.enter(there); why != "" {
		t.Errorf("somebody else: %s", why)
	}
	now = now.Add(failEach)
	if why := p.enter(here); why != "" {
		t.Errorf("after a while: %s", why)
	}
	p.leave(here, false)
	p.leave(here, false)
	now = now.Add(time.Hour)
	for range linesAtOnce {
		if why := p.enter(here); why != "" {
			t.Fatal(why)
		}
		p.leave(here, false)
	}
	if p.enter(here) == "" {
		t.Error("one line too many")
	}
	now = now.Add(time.Hour)
	for range 2 * linesAtOnce { // whoever has a key comes as often as they like
		if why := p.enter(here); why != "" {
			t.Fatal(why)
		}
		p.leave(here, true)
	}
}

func TestStrangersAreFewAtOnce(t *testing.T) {
	p := newPace(func() time.Time { return time.Time{} })
	for n := range mostStrange {
		if why := p.enter(from(fmt.Sprintf("192.0.2.%d:1", n))); why != "" {
			t.Fatal(why)
		}
	}
	if p.enter(from("198.51.100.1:1")) == "" {
		t.Error("one too many")
	}
	p.leave(from("192.0.2.1:1"), false)
	if why := p.enter(from("198.51.100.1:1")); why != "" {
		t.Error(why)
	}
}

func TestWhatIsRememberedOfAddressesIsBounded(t *testing.T) {
	p := newPace(func() time.Time { return time.Date(2026, 3, 16, 12, 0, 0, 0, time.UTC) })
	for n := range 3 * mostAddress {
		p.fail(from(fmt.Sprintf("[2001:db8:%x::1]:1", n)))
	}
	if len(p.seen) > mostAddress {
		t.Errorf("%d are remembered", len(p.seen))
	}
	q := newPace(p.now) // a neighbour of IPv6 is the same
	q.fail(from("[2001:db8::1]:1"))
	q.fail(from("[2001:db8::ffff:1]:2"))
	q.fail(from("[2001:db8:0:1::1]:2"))
	q.fail(from("[::ffff:192.0.2.1]:2"))
	q.fail(from("192.0.2.1:3"))
	if len(q.seen) != 3 {
		t.Errorf("%v", q.seen)
	}
}
