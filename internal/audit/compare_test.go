package audit

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// told is what comparisons say, in short.
func told(list []Comparison) string {
	var words []string
	for _, c := range list {
		word := fmt.Sprintf("%d %s", c.Anchor.Seq, c.Outcome)
		if c.Found > 0 {
			word += fmt.Sprintf(" %d", c.Found)
		}
		words = append(words, word)
	}
	return strings.Join(words, ", ")
}

// relink makes a sound chain of entries, as somebody who has the store and all its keys could.
func relink(t testing.TB, entries []Entry) []Entry {
	t.Helper()
	head, linked := Start(testStore), []Entry{}
	for _, e := range entries {
		e, next, err := head.Link(e)
		if err != nil {
			t.Fatal(err)
		}
		head, linked = next, append(linked, e)
	}
	return linked
}

func headOf(entries []Entry) Head {
	if len(entries) == 0 {
		return Start(testStore)
	}
	last := entries[len(entries)-1]
	return Head{last.Seq, last.Hash()}
}

// exported is a sound export of some entries.
func exported(t testing.TB, entries []Entry) []byte {
	t.Helper()
	var b bytes.Buffer
	h := Header{Store: testStore, From: Start(testStore), Head: headOf(entries)}
	if err := WriteExport(&b, h, sequence(entries)); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// signedAt returns anchors of a chain at some of its places, signed at the time of the entry there.
func signedAt(entries []Entry, at ...int) []Anchor {
	var all []Anchor
	for _, i := range at {
		all = append(all, headOf(entries[:i]).Sign(&testSeed, testStore, entries[i-1].At))
	}
	return all
}

// What a chain cannot show by itself: each of these trails is sound, and its export verifies.
func TestCompareLocatesWhatTheChainCannotShow(t *testing.T) {
	event := func(verb, note string, after int64) func([]Entry) []Entry {
		return func(e []Entry) []Entry {
			e = slices.Clone(e[:4])
			for range 4 {
				e = append(e, Entry{At: e[3].At + after, Operator: "op-1", Door: "cli", Verb: "delegate.add"})
			}
			e[4].Verb, e[4].Note = verb, note
			return e
		}
	}
	for _, c := range []struct {
		name   string
		change func([]Entry) []Entry
		want   string
	}{
		{"nothing", func(e []Entry) []Entry { return e }, "2 holds, 5 holds, 8 holds"},
		{"more since", func(e []Entry) []Entry { return append(e, e[0]) }, "2 holds, 5 holds, 8 holds"},
		{"cut off", func(e []Entry) []Entry { return e[:6] }, "2 holds, 5 holds, 8 truncated 6"},
		{"emptied", func([]Entry) []Entry { return nil }, "2 truncated, 5 truncated, 8 truncated"},
		{"one changed", func(e []Entry) []Entry { e[3].Note = "other"; return e }, "2 holds, 5 rewritten, 8 rewritten"},
		{"one removed", func(e []Entry) []Entry { return slices.Delete(e, 3, 4) }, "2 holds, 5 rewritten, 8 truncated 7"},
		{"two swapped", func(e []Entry) []Entry { e[5], e[6] = e[6], e[5]; return e }, "2 holds, 5 holds, 8 rewritten"},
		{"one put in", func(e []Entry) []Entry { return slices.Insert(e, 2, e[7]) }, "2 holds, 5 rewritten, 8 rewritten"},
		{"all written anew", func(e []Entry) []Entry { e[0].Operator = "op-1"; return e },
			"2 rewritten, 5 rewritten, 8 rewritten"},
		{"a restore", event("store.restore", "", 100), "2 holds, 5 restored 5, 8 restored 5"},
		{"a repair", event("store.repair", "", 100), "2 holds, 5 restored 5, 8 restored 5"},
		{"an older state", event("store.open", "older state accepted: x", 100), "2 holds, 5 restored 5, 8 restored 5"},
		{"another opening", event("store.open", "", 100), "2 holds, 5 rewritten, 8 rewritten"},
		{"a restore before it was signed", event("store.restore", "", 2), "2 holds, 5 restored 5, 8 rewritten"},
		{"a restore, then cut off", func(e []Entry) []Entry { return event("store.restore", "", 100)(e)[:6] },
			"2 holds, 5 restored 5, 8 restored 5"},
		{"a restore that was refused", func(e []Entry) []Entry {
			e = event("store.restore", "", 100)(e)
			e[4].Refused = true
			return e
		}, "2 holds, 5 rewritten, 8 rewritten"},
	} {
		entries, heads := chainOf(t, 8)
		anchors := signedAt(entries, 2, 5, 8)
		entries = relink(t, c.change(entries))
		got, err := Compare(Trail{Store: testStore, From: heads[0], Entries: sequence(entries)}, anchors...)
		if told(got) != c.want || err != nil {
			t.Errorf("%s: the store tells %q, %v, want %q", c.name, told(got), err, c.want)
		}
		_, got, err = CompareExport(bytes.NewReader(exported(t, entries)), anchors...)
		if told(got) != c.want || err != nil {
			t.Errorf("%s: its export tells %q, %v, want %q", c.name, told(got), err, c.want)
		}
	}
}

func TestCompareKnowsStoreAndSigner(t *testing.T) {
	entries, heads := chainOf(t, 3)
	signer, other := Signer(&testSeed), [32]byte{9}
	trail := Trail{Store: testStore, Signer: &signer, From: heads[0], Entries: sequence(entries)}
	anchors := []Anchor{
		heads[2].Sign(&testSeed, testStore, 0), heads[2].Sign(&other, testStore, 0), heads[2].Sign(&testSeed, "store-2", 0),
	}
	got, err := Compare(trail, anchors...)
	if want := "2 holds, 2 other-signer, 2 other-store"; told(got) != want || err != nil {
		t.Errorf("Compare = %q, %v, want %q", told(got), err, want)
	}
	anchors[1].Hash[0]++
	if _, err := Compare(trail, anchors...); !errors.Is(err, ErrSignature) {
		t.Errorf("a changed anchor: %v", err)
	}
	if _, _, err := CompareExport(bytes.NewReader(exportOf(t, 3, 0)), anchors...); !errors.Is(err, ErrSignature) {
		t.Errorf("a changed anchor, held against an export: %v", err)
	}
	trail.Entries = sequence(slices.Delete(entries, 1, 2))
	var gap *BreakError
	if _, err := Compare(trail); !errors.As(err, &gap) {
		t.Errorf("a broken trail was compared: %v", err)
	}
}

func TestCompareWhatTheTrailDoesNotHold(t *testing.T) {
	trail, heads := repaired(t)
	var anchors []Anchor
	for _, h := range heads[1:] {
		anchors = append(anchors, anchorOf(h))
	}
	want := "1 holds, 2 holds, 3 holds, 4 untold 7, 5 untold 7, 6 holds, 7 holds, 8 holds, 9 holds"
	got, err := Compare(trail, anchors...)
	if told(got) != want || err != nil {
		t.Errorf("Compare = %q, %v, want %q", told(got), err, want)
	}
	if _, got, err = CompareExport(bytes.NewReader(gappedExport(t)), anchors...); told(got) != want || err != nil {
		t.Errorf("CompareExport = %q, %v, want %q", told(got), err, want)
	}
	want = "1 untold 3, 2 holds, 3 holds, 4 holds, 5 truncated 4"
	if _, got, err = CompareExport(bytes.NewReader(exportOf(t, 4, 2)), anchors[:5]...); told(got) != want || err != nil {
		t.Errorf("of a later part: CompareExport = %q, %v, want %q", told(got), err, want)
	}
	want = "1 untold 5, 4 holds, 5 truncated 4"
	_, got, err = CompareExport(bytes.NewReader(exportOf(t, 4, 4)), anchors[0], anchors[3], anchors[4])
	if told(got) != want || err != nil {
		t.Errorf("of no entry: CompareExport = %q, %v, want %q", told(got), err, want)
	}
}

// Whatever is done to a trail and to its export, by somebody who can make both sound again or who cannot, it is found
// and located: by the chain where it is not sound, and by anchors between the last that holds and the first that does
// not where it is.
func TestAnyManipulationIsFoundAndLocated(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.IntRange(2, 14).Draw(rt, "n")
		entries, heads := chainOf(t, n)
		anchors := signedAt(entries, numbersTo(n)...)
		changed, first := manipulate(rt, slices.Clone(entries))
		_, err := Verify(sequence(changed), heads[0], heads[n])
		var fault *BreakError
		if !errors.As(err, &fault) || fault.Seq+1 < uint64(first) || fault.Seq > uint64(first) {
			rt.Fatalf("changed from entry %d on: %v", first, err)
		}
		sound := relink(t, changed)
		got, err := Compare(Trail{Store: testStore, From: heads[0], Entries: sequence(sound)}, anchors...)
		if err != nil {
			rt.Fatal(err)
		}
		_, offline, err := CompareExport(bytes.NewReader(exported(t, sound)), anchors...)
		if diff := cmp.Diff(got, offline); diff != "" || err != nil {
			rt.Fatalf("store and export tell different things: %v\n%s", err, diff)
		}
		for _, c := range got {
			want := Rewritten
			switch {
			case c.Anchor.Seq < uint64(first):
				want = Holds
			case c.Anchor.Seq > uint64(len(sound)):
				want = CutOff
			}
			if c.Outcome != want {
				rt.Fatalf("changed from entry %d of %d on, %d are left: %s", first, n, len(sound), told(got))
			}
		}
	})
}

func numbersTo(n int) []int {
	var all []int
	for i := range n {
		all = append(all, i+1)
	}
	return all
}

// manipulate returns the entries changed somehow, and the number of the first that is not what it was.
func manipulate(t *rapid.T, e []Entry) ([]Entry, int) {
	i := rapid.IntRange(0, len(e)-1).Draw(t, "at")
	switch rapid.IntRange(0, 5).Draw(t, "change") {
	case 0:
		return e[:i], i + 1
	case 1:
		return slices.Delete(e, i, i+1), i + 1
	case 2:
		j := rapid.IntRange(0, len(e)-2).Draw(t, "with")
		if j >= i {
			j++
		}
		e[i], e[j] = e[j], e[i]
		return e, min(i, j) + 1
	case 3:
		e[i].Changes[rapid.IntRange(0, 31).Draw(t, "byte")]++
		return e, i + 1
	case 4:
		return slices.Insert(e, i, Entry{Seq: uint64(i + 1), Operator: "op-1", Door: "cli", Verb: "other"}), i + 1
	default:
		e[i] = Entry{Seq: uint64(i + 1), Prev: e[i].Prev, Operator: "op-1", Door: "cli", Verb: "other"}
		return e, i + 1
	}
}

func TestComparisonsInWords(t *testing.T) {
	a := anchorOf(Head{Seq: 8})
	for _, c := range []struct {
		c    Comparison
		want string
	}{
		{Comparison{Anchor: a, Outcome: Holds}, "the trail holds: up to entry 8 it is as it was signed"},
		{Comparison{Anchor: a, Outcome: CutOff, Found: 6}, "the trail is cut off: it ends with entry 6, and entry 8 was signed"},
		{Comparison{Anchor: a, Outcome: Rewritten},
			"the trail was written anew: entry 8, or one before it, is not the one that was signed"},
		{Comparison{Anchor: a, Outcome: OtherStore}, "the anchor is of another store, store-1"},
		{Comparison{Anchor: a, Outcome: OtherSigner}, "the anchor was not signed by this store"},
		{Comparison{Anchor: a, Outcome: Restored, Found: 5}, "the trail is not the one that was signed at entry 8, " +
			"and gives a reason: entry 5 tells of a restore or a repair since"},
		{Comparison{Anchor: a, Outcome: Untold, Found: 9},
			"entry 8, which was signed, is not in this trail: it goes on with entry 9"},
		{Comparison{}, "the trail was not compared"},
	} {
		if got := c.c.String(); got != c.want {
			t.Errorf("%s: %q, want %q", c.c.Outcome, got, c.want)
		}
	}
}
