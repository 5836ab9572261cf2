package tui_test

import (
	"io"
	"math/rand/v2"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"custos/tui"
)

// way is one direction of a line. The clock is that of a synctest bubble: nothing depends on the machine.
type way struct {
	delay  time.Duration
	rate   int                // bytes a second; 0: any number
	split  func(left int) int // how much of what is sent goes in one piece; nil: all of it
	lost   func() bool        // whether a piece has to be sent again; nil: none
	hold   chan struct{}      // nothing is taken before it is closed; nil: nothing is held up
	pieces chan piece         // under way
	cut    chan struct{}      // closed when the line is dropped
	rest   []byte             // arrived and not read
	free   time.Time          // when the last piece will have left
	last   time.Time          // when the last piece will have arrived
}

type piece struct {
	bytes  []byte
	arrive time.Time
}

// again is how much later a piece arrives that has to be sent twice.
const again = 800 * time.Millisecond

func newWay(delay time.Duration, rate int) *way {
	return &way{delay: delay, rate: rate, pieces: make(chan piece, 8), cut: make(chan struct{})}
}

func (w *way) Write(p []byte) (int, error) {
	for n := 0; n < len(p); {
		size := len(p) - n
		if w.split != nil {
			size = w.split(size)
		}
		if err := w.send(append([]byte(nil), p[n:n+size]...)); err != nil {
			return n, err
		}
		n += size
	}
	return len(p), nil
}

func (w *way) send(b []byte) error {
	if w.hold != nil {
		<-w.hold
	}
	now := time.Now()
	if w.free.Before(now) {
		w.free = now
	}
	if w.rate > 0 {
		w.free = w.free.Add(time.Duration(len(b)) * time.Second / time.Duration(w.rate))
	}
	at := w.free.Add(w.delay)
	if w.lost != nil && w.lost() {
		at = at.Add(again)
	}
	if at.Before(w.last) {
		at = w.last // in order
	}
	w.last = at
	time.Sleep(w.free.Sub(now)) // the sender's end holds one piece
	select {
	case w.pieces <- piece{b, at}:
		return nil
	case <-w.cut:
		return io.ErrClosedPipe
	}
}

func (w *way) Read(p []byte) (int, error) {
	if len(w.rest) == 0 {
		select {
		case next := <-w.pieces:
			time.Sleep(time.Until(next.arrive))
			w.rest = next.bytes
		case <-w.cut:
			return 0, io.EOF
		}
	}
	n := copy(p, w.rest)
	w.rest = w.rest[n:]
	return n, nil
}

// far is a console at one end of a line and its terminal at the other.
type far struct {
	t       *testing.T
	up      *way
	down    *way
	screen  *glass
	resized chan tui.Size
	gone    chan struct{}
	over    chan struct{}
	err     error
	written func() int // bytes the console has written
}

// distant starts a console on a line; both ways may still be changed. It belongs in a bubble.
func distant(t *testing.T, env tui.Env, size tui.Size, up, down *way) *far {
	t.Helper()
	if env.Getenv == nil {
		env.Getenv = func(name string) string {
			return map[string]string{"LANG": "en_GB.UTF-8", "TERM": "xterm-256color"}[name]
		}
	}
	if env.Now == nil {
		env.Now = time.Now
	}
	out := &meter{to: down}
	f := &far{
		t: t, up: up, down: down, screen: newGlass(size), resized: make(chan tui.Size), gone: make(chan struct{}),
		over: make(chan struct{}), written: out.count,
	}
	go f.look()
	go func() {
		defer close(f.over)
		f.err = tui.Run(env, tui.Terminal{
			In: up, Out: out, Width: size.Width, Height: size.Height, Resized: f.resized, Gone: f.gone,
			Delay: up.delay + down.delay,
		})
	}()
	f.settle()
	return f
}

// settle waits until nothing is on its way any more.
func (f *far) settle() {
	synctest.Wait()
	if f.up.delay > 0 {
		time.Sleep(30 * time.Second)
	}
	synctest.Wait()
}

func (f *far) look() {
	b := make([]byte, 4096)
	for {
		n, err := f.down.Read(b)
		if err != nil {
			return
		}
		f.screen.write(string(b[:n]))
	}
}

// types sends what a terminal sends.
func (f *far) types(keys ...string) {
	f.t.Helper()
	for _, k := range keys {
		if _, err := f.up.Write([]byte(k)); err != nil {
			f.t.Fatal(err)
		}
	}
	f.settle()
}

// drop cuts the line, and waits for the console to end.
func (f *far) drop() {
	close(f.up.cut)
	close(f.down.cut)
	close(f.gone)
	<-f.over
	synctest.Wait()
}

// leave ends the console by its key.
func (f *far) leave() {
	f.t.Helper()
	f.types("\x03")
	<-f.over
	close(f.up.cut)
	close(f.down.cut)
	if f.err != nil {
		f.t.Error(f.err)
	}
	synctest.Wait()
}

func (f *far) shows(wants ...string) {
	f.t.Helper()
	for _, want := range wants {
		if text := f.screen.text(); !strings.Contains(text, want) {
			f.t.Errorf("the terminal does not show %q:\n%s", want, text)
		}
	}
}

// meter counts what passes.
type meter struct {
	to io.Writer
	mu sync.Mutex
	n  int
}

func (m *meter) Write(p []byte) (int, error) {
	m.mu.Lock()
	m.n += len(p)
	m.mu.Unlock()
	return m.to.Write(p)
}

func (m *meter) count() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.n
}

// glass is the screen of a terminal, without colours.
type glass struct {
	mu          sync.Mutex
	lines       [][]string
	x, y        int
	top, bottom int
	rest        string
	told        strings.Builder // what was for the terminal itself
}

func newGlass(size tui.Size) *glass {
	g := &glass{lines: make([][]string, size.Height), bottom: size.Height - 1}
	for y := range g.lines {
		g.lines[y] = make([]string, size.Width)
	}
	return g
}

// become gives the screen another size, with rubbish on it.
func (g *glass) become(size tui.Size) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.lines, g.top, g.bottom = make([][]string, size.Height), 0, size.Height-1
	for y := range g.lines {
		g.lines[y] = strings.Split(strings.Repeat("#", size.Width), "")
	}
}

func (g *glass) text() string {
	g.mu.Lock()
	defer g.mu.Unlock()
	var b strings.Builder
	for _, line := range g.lines {
		for x := 0; x < len(line); x++ {
			b.WriteString(line[x])
			if line[x] == "" {
				b.WriteString(" ")
			}
			x += max(0, ansi.StringWidth(line[x])-1)
		}
		b.WriteString("\n")
	}
	return b.String()
}

func (g *glass) write(s string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for s = g.rest + s; s != ""; {
		n := g.step(s)
		if n == 0 {
			break
		}
		s = s[n:]
	}
	g.rest = s
}

// step takes one part of what is written; 0: it is not all there yet.
func (g *glass) step(s string) int {
	switch {
	case s == "\x1b", !utf8.FullRuneInString(s):
		return 0
	case strings.HasPrefix(s, "\x1b["):
		end := strings.IndexFunc(s[2:], func(r rune) bool { return r >= 0x40 && r <= 0x7e })
		if end < 0 {
			return 0
		}
		g.sequence(s[2:end+2], s[end+2])
		return end + 3
	case strings.HasPrefix(s, "\x1b]"), strings.HasPrefix(s, "\x1bP"):
		end := strings.IndexAny(s, "\a")
		if end < 0 {
			return 0
		}
		g.told.WriteString(s[:end+1])
		return end + 1
	case strings.HasPrefix(s, "\x1bM"):
		copy(g.lines[g.top+1:g.bottom+1], g.lines[g.top:g.bottom])
		g.lines[g.top] = make([]string, len(g.lines[0]))
		return 2
	case s[0] == '\r':
		g.x = 0
		return 1
	case s[0] == '\n' && g.y != g.bottom:
		g.y = min(g.y+1, len(g.lines)-1)
		return 1
	case s[0] == '\n':
		copy(g.lines[g.top:g.bottom], g.lines[g.top+1:g.bottom+1])
		g.lines[g.bottom] = make([]string, len(g.lines[0]))
		return 1
	}
	cluster, width := ansi.FirstGraphemeCluster(s, ansi.GraphemeWidth)
	if g.x < len(g.lines[g.y]) {
		g.lines[g.y][g.x] = cluster
	}
	g.x += width
	return len(cluster)
}

func (g *glass) sequence(parameters string, final byte) {
	first, second, _ := strings.Cut(parameters, ";")
	a, _ := strconv.Atoi(first)
	b, _ := strconv.Atoi(second)
	switch final {
	case 'H':
		// A terminal that was made smaller meanwhile stops at its edge.
		g.y, g.x = min(max(a, 1), len(g.lines))-1, min(max(b, 1), len(g.lines[0]))-1
	case 'C':
		g.x += max(a, 1)
	case 'K':
		clear(g.lines[g.y][min(g.x, len(g.lines[g.y])):])
	case 'J':
		for y := range g.lines {
			clear(g.lines[y])
		}
	case 'r':
		g.top, g.bottom = min(max(a, 1), len(g.lines))-1, len(g.lines)-1
		if b > 0 {
			g.bottom = min(b, len(g.lines)) - 1
		}
	}
}

// unsteady splits at random and has one piece in a hundred sent again.
func (w *way) unsteady(seed uint64, most int) *way {
	r := rand.New(rand.NewPCG(seed, seed))
	w.split = func(left int) int { return 1 + r.IntN(min(left, most)) }
	w.lost = func() bool { return r.IntN(100) == 0 }
	return w
}
