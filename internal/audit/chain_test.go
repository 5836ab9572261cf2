package audit

import (
	"errors"
	"iter"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// chainOf returns n linked entries and the head after each, the start first.
func chainOf(t interface {
	Helper()
	Fatal(...any)
}, n int,
) ([]Entry, []Head) {
	t.Helper()
	entries, heads := []Entry{}, []Head{Start(testStore)}
	for i := range n {
		e := sample()
		e.At += int64(i)
		e, head, err := heads[i].Link(e)
		if err != nil {
			t.Fatal(err)
		}
		entries, heads = append(entries, e), append(heads, head)
	}
	return entries, heads
}

func sequence(entries []Entry) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		for _, e := range entries {
			if !yield(e, nil) {
				return
			}
		}
	}
}

// Verify checks entries that have no recorded gaps.
func Verify(entries iter.Seq2[Entry, error], from Head, marks ...Head) (Head, error) {
	t := Trail{From: from, Entries: entries, Marks: marks}
	return t.Verify()
}

func TestVerifySoundChain(t *testing.T) {
	entries, heads := chainOf(t, 5)
	for from := range heads {
		head, err := Verify(sequence(entries[from:]), heads[from], heads...)
		if err != nil || head != heads[5] {
			t.Errorf("from %d: Verify = %d, %v", from, head.Seq, err)
		}
	}
}

func TestVerifyLocatesFaults(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func([]Entry) []Entry
		want   BreakError
		says   string
	}{
		{
			"one missing", func(e []Entry) []Entry { return slices.Delete(e, 2, 3) }, BreakError{Missing, 3, 4},
			"audit entry 3 is missing: entry 4 comes instead",
		},
		{
			"two missing", func(e []Entry) []Entry { return slices.Delete(e, 0, 2) }, BreakError{Missing, 1, 3},
			"audit entries 1 to 2 are missing: entry 3 comes instead",
		},
		{
			"swapped", func(e []Entry) []Entry { e[1], e[2] = e[2], e[1]; return e }, BreakError{Reordered, 2, 3},
			"audit entry 2 is not in its place: entry 3 comes before it",
		},
		{
			"last first", func(e []Entry) []Entry { return []Entry{e[4], e[1], e[2], e[3], e[0]} }, BreakError{Reordered, 1, 5},
			"audit entry 1 is not in its place: entry 5 comes before it",
		},
		{
			"altered", func(e []Entry) []Entry { e[1].Note = "nothing"; return e }, BreakError{Altered, 2, 3},
			"audit entry 2 or 3 has been altered: entry 3 does not name the hash of entry 2",
		},
		{
			"altered first link", func(e []Entry) []Entry { e[0].Prev[0]++; return e }, BreakError{Altered, 0, 1},
			"audit entry 1 has been altered or belongs to another store: it does not follow this store's beginning",
		},
		{
			"altered last", func(e []Entry) []Entry { e[4].At++; return e }, BreakError{Altered, 5, 0},
			"audit entry 5 has been altered: its hash is not the one that was noted",
		},
		{
			"truncated", func(e []Entry) []Entry { return e[:3] }, BreakError{Truncated, 4, 5},
			"the audit trail is cut off: entries 4 to 5 are missing at its end",
		},
		{
			"emptied", func([]Entry) []Entry { return nil }, BreakError{Truncated, 1, 5},
			"the audit trail is cut off: entries 1 to 5 are missing at its end",
		},
		{
			"repeated", func(e []Entry) []Entry { return slices.Insert(e, 3, e[2]) }, BreakError{Repeated, 3, 3},
			"audit entry 3 comes again after entry 3",
		},
		{
			"renumbered", func(e []Entry) []Entry {
				e = slices.Delete(e, 2, 3)
				e[2].Seq, e[3].Seq = 3, 4
				return e
			}, BreakError{Altered, 2, 3}, "audit entry 2 or 3 has been altered: entry 3 does not name the hash of entry 2",
		},
	} {
		entries, heads := chainOf(t, 5)
		_, err := Verify(sequence(c.change(entries)), heads[0], heads[5])
		var got *BreakError
		if !errors.As(err, &got) || *got != c.want || err.Error() != c.says {
			t.Errorf("%s: Verify = %v (%+v), want %+v", c.name, err, got, c.want)
		}
	}
}

func TestChainStaysAtTheLastGoodEntry(t *testing.T) {
	entries, heads := chainOf(t, 3)
	c := NewChain(heads[0])
	if err := errors.Join(c.Add(entries[0]), c.Add(entries[1])); err != nil {
		t.Fatal(err)
	}
	if err := c.Add(entries[1]); err == nil || c.head != heads[2] {
		t.Fatalf("after a repeated entry (%v) the chain is at %d", err, c.head.Seq)
	}
	if err := c.Add(entries[2]); err != nil || c.head != heads[3] {
		t.Fatalf("the chain did not go on: %v", err)
	}
}

func TestVerifyMarks(t *testing.T) {
	entries, heads := chainOf(t, 3)
	wrong := heads[2]
	wrong.Hash[0]++
	for name, from := range map[string]Head{"passed on the way": heads[0], "at the beginning": heads[2]} {
		_, err := Verify(sequence(entries[from.Seq:]), from, heads[3], wrong)
		var got *BreakError
		if !errors.As(err, &got) || *got != (BreakError{Altered, 2, 0}) {
			t.Errorf("%s: a wrong mark gave %v", name, err)
		}
	}
}

func TestVerifyOtherStore(t *testing.T) {
	entries, _ := chainOf(t, 2)
	if _, err := Verify(sequence(entries), Start("store-2")); err == nil {
		t.Fatal("a chain fits another store")
	}
}

func TestVerifyPassesOnReadErrors(t *testing.T) {
	entries, heads := chainOf(t, 3)
	broken := errors.New("disk")
	head, err := Verify(func(yield func(Entry, error) bool) {
		_ = yield(entries[0], nil) && yield(Entry{}, broken)
	}, heads[0])
	if !errors.Is(err, broken) || head != heads[1] {
		t.Errorf("Verify = %d, %v", head.Seq, err)
	}
	var gap *BreakError
	if _, err = Verify(func(yield func(Entry, error) bool) {
		_ = yield(entries[1], nil) && yield(Entry{}, broken)
	}, heads[0]); !errors.As(err, &gap) || gap.Kind != Missing {
		t.Errorf("a read error hides the gap before it: %v", err)
	}
}

func TestLinkRefusesBadEntries(t *testing.T) {
	start := Start(testStore)
	if _, head, err := start.Link(Entry{}); err == nil || head != start {
		t.Fatalf("Link = %v, %v", head, err)
	}
}

// Whatever single entry changes, moves or goes, a chain with its head noted does not verify.
func TestVerifyFindsAnyChange(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		entries, heads := chainOf(t, rapid.IntRange(1, 12).Draw(t, "n"))
		i := rapid.IntRange(0, len(entries)-1).Draw(t, "at")
		changed := slices.Clone(entries)
		switch rapid.IntRange(0, 3).Draw(t, "change") {
		case 0:
			changed = slices.Delete(changed, i, i+1)
		case 1:
			changed = slices.Insert(changed, rapid.IntRange(0, len(entries)).Draw(t, "to"), changed[i])
		case 2:
			changed[i].Changes[rapid.IntRange(0, 31).Draw(t, "byte")]++
		case 3:
			j := rapid.IntRange(0, len(entries)-1).Draw(t, "with")
			if i == j {
				return
			}
			changed[i], changed[j] = changed[j], changed[i]
		}
		if _, err := Verify(sequence(changed), heads[0], heads[len(heads)-1]); err == nil {
			t.Fatal("a changed chain verified")
		}
	})
}

func BenchmarkChain(b *testing.B) {
	entries, heads := chainOf(b, 1000)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Verify(sequence(entries), heads[0], heads[1000]); err != nil {
			b.Fatal(err)
		}
	}
}
