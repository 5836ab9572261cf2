package line

import (
	"io"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// typist sends pieces one after the other, each after a while.
type typist struct {
	pieces []string
	after  time.Duration
	ended  chan struct{} // nothing is sent any more; the line stays open
}

func (p *typist) Read(b []byte) (int, error) {
	if len(p.pieces) == 0 {
		<-p.ended
		return 0, io.EOF
	}
	if p.after > 0 {
		time.Sleep(p.after)
	}
	n := copy(b, p.pieces[0])
	if p.pieces[0] = p.pieces[0][n:]; p.pieces[0] == "" {
		p.pieces = p.pieces[1:]
	}
	return n, nil
}

// listener notes keys. Letters and pasted text that came in several pieces count as one.
type listener struct{ heard *[]string }

func (l listener) Init() tea.Cmd { return nil }
func (l listener) View() string  { return "" }

func (l listener) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	key, ok := msg.(tea.KeyMsg)
	if !ok {
		return l, nil
	}
	word := key.String()
	if key.Paste {
		word = "paste " + string(key.Runes)
	}
	if n := len(*l.heard) - 1; n >= 0 {
		last := (*l.heard)[n]
		switch {
		case key.Paste && strings.HasPrefix(last, "paste "):
			(*l.heard)[n] += string(key.Runes)
			return l, nil
		case !key.Paste && !key.Alt && key.Type == tea.KeyRunes && strings.HasPrefix(last, "text "):
			(*l.heard)[n] += string(key.Runes)
			return l, nil
		}
	}
	if !key.Paste && !key.Alt && key.Type == tea.KeyRunes {
		word = "text " + word
	}
	*l.heard = append(*l.heard, word)
	return l, nil
}

// heard is what the program loop makes of pieces that come so long after each other on such a line.
func heard(delay, after time.Duration, pieces ...string) []string {
	var all []string
	in := &typist{pieces: slices.Clone(pieces), after: after, ended: make(chan struct{})}
	keys := NewKeys(in, delay)
	p := tea.NewProgram(listener{&all}, tea.WithInput(keys), tea.WithOutput(io.Discard), tea.WithoutRenderer(),
		tea.WithoutSignalHandler())
	over := make(chan struct{})
	go func() {
		defer close(over)
		_, _ = p.Run() // it ends when told to
	}()
	time.Sleep(5 * time.Minute)
	p.Quit()
	<-over
	keys.Close()
	close(in.ended)
	return all
}

func TestKeysAreTheSameInWhateverPiecesTheyArrive(t *testing.T) {
	known := []string{
		"a", "J", "é", "日", " ", "\r", "\t", "\x7f", "\x13", "\x1b[A", "\x1bOA", "\x1b[1;5C", "\x1b[3~", "\x1b[[A", "\x1bOH", "\x1b[Z",
		"\x1bx", "\x1bé", "\x1b\r", "\x1b[200~Ada\r\nq\x1b[A日\x1b[201~", "\x1b[200~\x1b[201~", "\x1b[15~", "\x1b[?62;1c", "\x1b[7$",
		"\x1b[200~" + strings.Repeat("long text\r\n", 60) + "\x1b[201~", "\x1b[M !!", "\xff", "\x1b\x1b[B", "\x1bOj",
		"\x1b[" + strings.Repeat("1;", 100) + "A",
	}
	rapid.Check(t, func(rt *rapid.T) {
		all := strings.Join(rapid.SliceOfN(rapid.SampledFrom(known), 1, 8).Draw(rt, "keys"), "")
		var split []string
		for rest := all; rest != ""; {
			n := rapid.IntRange(1, min(len(rest), 7)).Draw(rt, "n")
			split, rest = append(split, rest[:n]), rest[n:]
		}
		var whole, quick, slow []string
		synctest.Test(t, func(*testing.T) {
			whole, quick = heard(0, 0, all), heard(0, 0, split...)
			slow = heard(300*time.Millisecond, 49*time.Millisecond, split...)
		})
		if d := cmp.Diff(whole, quick); d != "" {
			rt.Fatalf("%q in pieces %q: -whole +split\n%s", all, split, d)
		}
		if d := cmp.Diff(whole, slow); d != "" {
			rt.Fatalf("%q in slow pieces %q: -whole +split\n%s", all, split, d)
		}
	})
}

func TestWhatIsHeldIsGivenUpInTime(t *testing.T) {
	const slow = 600 * time.Millisecond
	for name, tt := range map[string]struct {
		delay, after time.Duration
		pieces, want []string
	}{
		"Esc":                                 {0, time.Second, []string{"\x1b", "j"}, []string{"esc", "text j"}},
		"Esc twice":                           {0, 0, []string{"\x1b\x1b"}, []string{"esc", "esc"}},
		"an arrow in two pieces":              {0, 40 * time.Millisecond, []string{"\x1b", "[A"}, []string{"up"}},
		"Esc and brackets by hand":            {0, 60 * time.Millisecond, []string{"\x1b", "[A"}, []string{"esc", "text [A"}},
		"an arrow on a slow line":             {slow, 900 * time.Millisecond, []string{"\x1b", "[A"}, []string{"up"}},
		"an arrow in three slow pieces":       {slow, 900 * time.Millisecond, []string{"\x1b", "[", "A"}, []string{"up"}},
		"Esc and a letter on a slow line":     {slow, 60 * time.Millisecond, []string{"\x1b", "j"}, []string{"esc", "text j"}},
		"Alt and a letter on a slow line":     {slow, 40 * time.Millisecond, []string{"\x1b", "j"}, []string{"alt+j"}},
		"Esc alone on a slow line":            {slow, 3 * time.Second, []string{"\x1b", "[A"}, []string{"esc", "text [A"}},
		"half an arrow":                       {0, 3 * time.Second, []string{"\x1b[1;", "A"}, []string{"text A"}},
		"the second half after a while":       {0, 1900 * time.Millisecond, []string{"\x1b[1;", "5A"}, []string{"ctrl+up"}},
		"Alt and a bracket":                   {0, 3 * time.Second, []string{"\x1b[", "x"}, []string{"alt+[", "text x"}},
		"Alt and O":                           {0, 3 * time.Second, []string{"\x1bO"}, []string{"alt+O"}},
		"half a letter":                       {0, 3 * time.Second, []string{"\xc3", "x"}, []string{"text x"}},
		"a letter in two pieces":              {0, time.Second, []string{"\xc3", "\xa9"}, []string{"text é"}},
		"pasted text that stops":              {0, 20 * time.Second, []string{"\x1b[200~ab\r", "\r\x1b", "q", "\x1b[201~q"}, []string{"paste ab\r\r\x1bq", "text q"}},
		"pasted text that never ends":         {0, 40 * time.Second, []string{"\x1b[200~ab", "q"}, []string{"paste ab", "text q"}},
		"pasted text with a mark in pieces":   {0, time.Second, []string{"\x1b[200~ab\x1b[2", "01~", "q"}, []string{"paste ab", "text q"}},
		"the beginning of a paste in pieces":  {0, time.Second, []string{"\x1b[20", "0~q\r", "\x1b[201~"}, []string{"paste q\r"}},
		"a report nobody asked for":           {0, 0, []string{"\x1b[?1;2c", "q"}, []string{"text q"}},
		"a sequence of ten thousand bytes":    {0, 0, []string{"\x1b[" + strings.Repeat("1;", 5000) + "A", "q"}, []string{"text q"}},
		"a keypad":                            {0, 0, []string{"\x1bOq\x1bOM\x1bOH"}, []string{"text 1", "enter", "home"}},
		"something a sequence may not hold":   {0, 0, []string{"\x1b[1\rq"}, []string{"enter", "text q"}},
		"a key right behind Esc in one piece": {0, 0, []string{"\x1b\x1b[A"}, []string{"esc", "up"}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				if d := cmp.Diff(tt.want, heard(tt.delay, tt.after, tt.pieces...)); d != "" {
					t.Errorf("-want +got\n%s", d)
				}
			})
		})
	}
}

// Nothing wakes up while nothing is held: time passes in a bubble only when somebody waits for it.
func TestNothingIsWaitedForWhileNothingIsHeld(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		in := &typist{pieces: []string{"a", "\x1b[A"}, ended: make(chan struct{})}
		keys, began := NewKeys(in, 0), time.Now()
		var got []string
		go func() {
			b := make([]byte, 256)
			for {
				n, err := keys.Read(b)
				if err != nil {
					return
				}
				got = append(got, string(b[:n]))
			}
		}()
		synctest.Wait()
		if !slices.Equal(got, []string{"a", "\x1b[A"}) || !time.Now().Equal(began) {
			t.Errorf("read %q after %v", got, time.Since(began))
		}
		close(in.ended)
		synctest.Wait()
	})
}

func FuzzKeys(f *testing.F) {
	f.Add([]byte("\x1b[200~a\x1b[201~\x1b[A"), 3)
	f.Add([]byte("\x1b[1;\x1bO\xc3"), 1)
	f.Fuzz(func(t *testing.T, all []byte, n int) {
		if n <= 0 {
			return
		}
		in := &typist{pieces: []string{string(all[:min(n, len(all))]), string(all[min(n, len(all)):])}, ended: make(chan struct{})}
		in.pieces = slices.DeleteFunc(in.pieces, func(s string) bool { return s == "" })
		close(in.ended)
		keys, total := NewKeys(in, 0), 0
		for b := make([]byte, 64); ; {
			n, err := keys.Read(b)
			if err != nil {
				break
			}
			if total += n; n == 0 || n >= len(b) {
				t.Fatalf("a read of %d bytes", n)
			}
		}
		if total > 20*len(all) {
			t.Fatalf("%d bytes became %d", len(all), total)
		}
	})
}
