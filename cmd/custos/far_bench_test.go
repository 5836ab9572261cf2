package main

import (
	"io"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"

	"custos/internal/register"
)

// BenchmarkFirstFrame compares what passes from dialling until the whole of the first screen has come, of the console and
// of a bare program.
func BenchmarkFirstFrame(b *testing.B) {
	console, least := newInn(b, 1000), newBare(b)
	var took, leastTook []time.Duration
	for b.Loop() {
		for _, way := range []struct {
			farDoor
			took *[]time.Duration
		}{{least, &leastTook}, {console.farDoor, &took}} {
			began := time.Now()
			s := way.sit(b)
			s.sees(b, way.last)
			*way.took = append(*way.took, time.Since(began))
			s.leave()
		}
	}
	b.ReportMetric(percentile(leastTook, 50), "ms/bare")
	b.ReportMetric(percentile(took, 50), "ms/console")
	b.ReportMetric(percentile(took, 50)/percentile(leastTook, 50), "of-bare(goal<=3)")
}

// BenchmarkIdleSession compares what twenty people at the home screen hold in memory with twenty at a bare program. Both
// ends of the line are counted in both.
func BenchmarkIdleSession(b *testing.B) {
	const people = 20
	console, least := newInn(b, 1000), newBare(b)
	for b.Loop() {
		bare, held := idle(b, least, people), idle(b, console.farDoor, people)
		b.ReportMetric(bare, "KiB/bare-session")
		b.ReportMetric(held, "KiB/session")
		b.ReportMetric(held-bare, "KiB/session-beyond-bare(goal<=1024)")
	}
}

// idle is what each of so many sessions holds, in KiB. One has come and gone before, for what is made once for all.
func idle(b *testing.B, d farDoor, people int) float64 {
	b.Helper()
	first := d.sit(b)
	first.sees(b, d.last)
	first.leave()
	before := held()
	var all []*sitting
	for range people {
		s := d.sit(b)
		s.sees(b, d.last)
		all = append(all, s)
	}
	after := held()
	for _, s := range all {
		s.leave()
	}
	return (float64(after) - float64(before)) / float64(people) / 1024
}

// held is the memory of heap and stacks in use, in bytes.
func held() uint64 {
	for range 3 { // what pools keep goes with the second
		runtime.GC()
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapInuse + m.StackInuse
}

// BenchmarkKeyToFrameBusy measures, on 10,000 people, what passes from a key written to the line until the first of its
// frame is read: alone, and while twenty others each move in a list every 100 ms and something is kept every second.
func BenchmarkKeyToFrameBusy(b *testing.B) {
	const keys, others, every = 400, 20, 100 * time.Millisecond
	o := newInn(b, 10_000)
	s := o.list(b)
	var alone, among []time.Duration
	for b.Loop() {
		for range keys {
			alone = append(alone, s.press(b, time.Millisecond))
		}
		stop := o.busy(b, others, every)
		for range keys {
			among = append(among, s.press(b, 20*time.Millisecond))
		}
		stop()
	}
	s.leave()
	b.ReportMetric(percentile(alone, 50), "ms/alone-p50")
	b.ReportMetric(percentile(alone, 99), "ms/alone-p99")
	b.ReportMetric(percentile(among, 50), "ms/busy-p50")
	b.ReportMetric(percentile(among, 99), "ms/busy-p99")
	b.ReportMetric(percentile(among, 50)/percentile(alone, 50), "p50-of-alone")
	b.ReportMetric(percentile(among, 99)/percentile(alone, 99), "p99-of-alone(goal<=2)")
}

// list is somebody in the list of people.
func (o *inn) list(b *testing.B) *sitting {
	b.Helper()
	s := o.sit(b)
	s.sees(b, o.last)
	s.types(b, "2")
	s.sees(b, "All people")
	return s
}

// busy has others move in the list, and keeps something every second, until it is stopped.
func (o *inn) busy(b *testing.B, others int, every time.Duration) (stop func()) {
	b.Helper()
	over := make(chan struct{})
	var all sync.WaitGroup
	for range others {
		s := o.list(b)
		all.Go(func() {
			defer s.leave()
			for at := 0; waited(over, every); at++ {
				if _, err := io.WriteString(s.keys, []string{"\x1b[B", "\x1b[A"}[at/50%2]); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	all.Go(func() {
		for waited(over, time.Second) {
			in := register.DelegateInput{Kind: o.kind, Values: map[string]string{register.FieldName: "Ada Sample"}}
			if _, err := o.seat.AddDelegate(b.Context(), in); err != nil {
				b.Error(err)
				return
			}
		}
	})
	return func() {
		close(over)
		all.Wait()
	}
}

// waited waits a while; false where it is over before.
func waited(over <-chan struct{}, d time.Duration) bool {
	select {
	case <-over:
		return false
	case <-time.After(d):
		return true
	}
}

// percentile is what so many of a hundred took at most, in milliseconds.
func percentile(took []time.Duration, percent int) float64 {
	sorted := slices.Sorted(slices.Values(took))
	return float64(sorted[(len(sorted)-1)*percent/100].Nanoseconds()) / 1e6
}

// sitting is somebody at a console at the far end of a line.
type sitting struct {
	line *ssh.Client
	keys io.Writer
	came chan time.Time // something was sent

	mu   sync.Mutex
	want string // empty: what comes is dropped
	text strings.Builder
	seen chan struct{} // closed when want has come
	down bool
}

// Write takes what is sent.
func (s *sitting) Write(p []byte) (int, error) {
	select {
	case s.came <- time.Now():
	default:
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.seen == nil {
		return len(p), nil
	}
	s.text.Write(p)
	if s.want != "" && strings.Contains(s.text.String(), s.want) {
		s.text = strings.Builder{}
		close(s.seen)
		s.seen, s.want = nil, ""
	}
	return len(p), nil
}

// expect has what comes kept until a text has come; types does so before it writes.
func (s *sitting) expect() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seen = make(chan struct{})
}

func (s *sitting) types(b *testing.B, keys string) {
	b.Helper()
	s.expect()
	if _, err := io.WriteString(s.keys, keys); err != nil {
		b.Fatal(err)
	}
}

// sees waits until a text has come since the last keys.
func (s *sitting) sees(t testing.TB, want string) {
	t.Helper()
	s.mu.Lock()
	s.want = want
	seen := s.seen
	s.mu.Unlock()
	_, _ = s.Write(nil)
	select {
	case <-seen:
	case <-time.After(20 * time.Second):
		s.mu.Lock()
		defer s.mu.Unlock()
		t.Fatalf("never saw %q in %q", want, s.text.String())
	}
}

// press moves down or up in a list, and tells how long the answer took. It waits before, until the line is quiet.
func (s *sitting) press(b *testing.B, quiet time.Duration) time.Duration {
	b.Helper()
	time.Sleep(quiet)
	for len(s.came) > 0 {
		<-s.came
	}
	s.down = !s.down
	key := "\x1b[A"
	if s.down {
		key = "\x1b[B"
	}
	began := time.Now()
	if _, err := io.WriteString(s.keys, key); err != nil {
		b.Fatal(err)
	}
	return (<-s.came).Sub(began)
}

func (s *sitting) leave() { _ = s.line.Close() }
