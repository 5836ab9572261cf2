package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"custos/internal/calendar"
	"custos/internal/register"

	"github.com/google/go-cmp/cmp"
)

func needles(t testing.TB, all ...Needle) Needles {
	t.Helper()
	n, err := NewNeedles(all)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func word(text string) Needle   { return Needle{Text: text, Kind: TextNeedle} }
func number(text string) Needle { return Needle{Text: text, Kind: DigitsNeedle} }

func search(t testing.TB, db *DB, n Needles) []Hit {
	t.Helper()
	hits, err := db.Search(context.Background(), n, nil)
	if err != nil {
		t.Fatal(err)
	}
	return hits
}

func rawSearchOf(t testing.TB, db *DB, n Needles) []RawHit {
	t.Helper()
	hits, err := db.RawSearch(context.Background(), n, nil)
	if err != nil {
		t.Fatal(err)
	}
	return hits
}

// where says in short where hits are.
func where(hits []Hit) []string {
	var all []string
	for _, h := range hits {
		all = append(all, fmt.Sprintf("%s %s: %s", h.Bucket, h.Field, h.Value))
	}
	return all
}

func TestSearchSaysWhere(t *testing.T) {
	db := newStore(t)
	on := calendar.NewDate(2026, 3, 2)
	d := someone(1)
	d.Fields = map[string]string{"notes": "sits with ZOË ash-grove", "other": "Ashgrover"}
	change(t, db, byTester(), func(tx *Tx) error {
		return errors.Join(
			tx.Delegates().Put(d),
			tx.Requests().Put(register.Request{Ref: "AR-2026-0001", Delegate: d.ID, Right: calendar.Access,
				Nation: calendar.EnglandAndWales, Events: []register.RequestEvent{
					{Seq: 1, Kind: register.Received, On: on, By: testLogin},
					{Seq: 2, Kind: register.Noted, On: on, By: testLogin, Text: "Zoe Ash Grove rang on 0044 1632 960 123"}}}),
			tx.Drafts().Put(register.Draft{Operator: testLogin, Form: "person",
				Values: map[string]string{"Zoe Ashgrove": "a value"}}))
	})
	undo := put(t, db, undoable(), renamed(d, "Another name"))
	n := needles(t, word("Zoë Ash-Grove"), number("01632 960123"), word("name"))
	hits := search(t, db, n)
	want := []string{
		"delegates fields.notes: sits with ZOË ash-grove",
		"delegates name: Another name",
		"drafts values{}: Zoe Ashgrove",
		"requests events[1].text: Zoe Ash Grove rang on 0044 1632 960 123",
		"requests events[1].text: Zoe Ash Grove rang on 0044 1632 960 123",
		"undo fields.notes: sits with ZOË ash-grove",
	}
	if diff := cmp.Diff(want, where(hits)); diff != "" {
		t.Errorf("found (-want +got):\n%s", diff)
	}
	former := hits[len(hits)-1]
	if former.Operation() != undo.Operation || former.Of != "delegates" || former.Subject != d.ID {
		t.Errorf("the former version is of %s, %s about %s", former.Operation(), former.Of, former.Subject)
	}
	if hits[0].Key != string(d.ID) || hits[0].Operation() != "" || hits[0].Needle != 0 {
		t.Errorf("the first hit is %+v", hits[0])
	}
	if raw := rawSearchOf(t, db, n); len(raw) != 0 {
		t.Errorf("sealed values show in the file: %v", raw)
	}
}

func TestSearchReadsTheAuditTrailAndUndoHeaders(t *testing.T) {
	db := newStore(t)
	c := undoable()
	c.Note = "for Zoe Ashgrove"
	put(t, db, c, someone(1))
	got := where(search(t, db, needles(t, word("Ashgrove"))))
	want := []string{"audit note: for Zoe Ashgrove", "undo note: for Zoe Ashgrove"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("found (-want +got):\n%s", diff)
	}
}

func TestSearchSeesWhatTheChangeWrote(t *testing.T) {
	db := newStore(t)
	put(t, db, byTester(), renamed(someone(1), "Zoe Ashgrove"), renamed(someone(2), "Zoe Ashgrove"))
	n := needles(t, word("Ashgrove"))
	change(t, db, byTester(), func(tx *Tx) error {
		if err := tx.Delegates().Put(someone(1)); err != nil {
			return err
		}
		hits, err := tx.Search(context.Background(), n, nil)
		if len(hits) != 1 || hits[0].Subject != someone(2).ID {
			t.Errorf("found %v", where(hits))
		}
		return err
	})
}

// A field written by a newer program, or a type that has changed, is searched all the same.
func TestSearchReadsFieldsItDoesNotKnow(t *testing.T) {
	plain, err := records.encode(map[string]any{"id": "D1", "from_later": map[string]any{"Ashgrove": []any{"x", "Ashgrove"}},
		"bytes": []byte("Ashgrove"), "n": 1, "on": "2026-03-02"})
	if err != nil {
		t.Fatal(err)
	}
	hits, err := needles(t, word("Ashgrove")).inRecord(&Raw{Bucket: "delegates", Of: "delegates", Plain: plain})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, h := range hits {
		got = append(got, h.Field)
	}
	if want := []string{"bytes", "from_later{}", "from_later.Ashgrove[1]"}; !slices.Equal(got, want) {
		t.Errorf("found in %v, want %v", got, want)
	}
}

// Dates are not texts: a number that happens to be one is no trace of a person.
func TestDatesAreNoTexts(t *testing.T) {
	db := newStore(t)
	d := someone(1)
	d.StatusSince = calendar.NewDate(2026, 3, 2)
	d.StatusReason = "since 2026-03-02"
	put(t, db, byTester(), d)
	got := where(search(t, db, needles(t, number("20260302"))))
	if want := []string{"delegates status_reason: since 2026-03-02"}; !slices.Equal(got, want) {
		t.Errorf("found %v, want %v", got, want)
	}
}

func TestSearchCanBeCancelled(t *testing.T) {
	db := newStore(t)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	n := needles(t, word("Ashgrove"))
	if _, err := db.Search(ctx, n, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled search says %v", err)
	}
	if _, err := db.RawSearch(ctx, n, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled search of the files says %v", err)
	}
}

func TestNeedlesMustHoldSomething(t *testing.T) {
	if _, err := NewNeedles([]Needle{word("")}); register.KindOf(err) != register.Invalid {
		t.Errorf("an empty needle: %v", err)
	}
}

func TestRawSearchReadsEveryFile(t *testing.T) {
	db := newStore(t)
	put(t, db, byTester(), someone(1))
	var wide []byte
	for _, u := range utf16.Encode([]rune("ZOË ASH-GROVE")) {
		wide = append(wide, byte(u), byte(u>>8))
	}
	if err := os.Mkdir(filepath.Join(db.Path(), "left"), 0o700); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string][]byte{
		filepath.Join("left", "note.txt"): append([]byte("..."), wide...), "other": []byte("xZoe  Ashgrovex +44 1632 960123"),
	} {
		if err := os.WriteFile(filepath.Join(db.Path(), name), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	tail := appendTo(t, filepath.Join(db.Path(), dbFile), "Zoë Ashgrove")
	n := needles(t, word("Zoë Ash-Grove"), number("01632 960123"), word(testLogin))
	done, total := 0, 0
	hits, err := db.RawSearch(context.Background(), n, func(d, of int) { done, total = d, of })
	if err != nil {
		t.Fatal(err)
	}
	want := []RawHit{{filepath.Join("left", "note.txt"), 3, 0}, {"other", 1, 0}, {"other", 20, 1}, {dbFile, tail, 0}}
	hits = slices.DeleteFunc(hits, func(h RawHit) bool { return h.File == lockFile && h.Needle == 2 })
	if diff := cmp.Diff(want, hits); diff != "" {
		t.Errorf("found (-want +got):\n%s", diff)
	}
	if done == 0 || done > total || total-done > holderAt {
		t.Errorf("%d of %d bytes were read", done, total)
	}
}

// appendTo writes a text far beyond the end of a file, and returns where it begins.
func appendTo(t *testing.T, path, text string) int64 {
	t.Helper()
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	at := (info.Size()/readChunkSize+3)*readChunkSize - 4 // across two pieces
	if _, err := f.WriteAt([]byte(text), at); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return at
}

// Sealed bytes are noise, and noise holds any three letters somewhere: what is found there while the value stands is no
// hit; what is found in a page that was freed is, until it is scrubbed.
func TestChanceInSealedBytesIsNoHit(t *testing.T) {
	db := newStore(t)
	d := someone(1)
	d.StatusReason = strings.Repeat("long ", 1000)
	letters := ""
	for i := 0; i < 100 && letters == ""; i++ {
		put(t, db, byTester(), d)
		letters = byChance(t, db, d.ID)
	}
	if letters == "" {
		t.Fatal("no three letters stand by themselves in so many random bytes")
	}
	n := needles(t, word(letters))
	if _, err := db.Scrub(context.Background()); err != nil {
		t.Fatal(err)
	}
	if hits := rawSearchOf(t, db, n); len(hits) != 0 {
		t.Errorf("chance is told as %v", hits)
	}
	change(t, db, byTester(), func(tx *Tx) error { return tx.Forget(d.ID) })
	if hits := rawSearchOf(t, db, n); len(hits) == 0 {
		t.Error("nothing is found in the page that was freed: the test sees nothing")
	}
	if _, err := db.Scrub(context.Background()); err != nil {
		t.Fatal(err)
	}
	if hits := rawSearchOf(t, db, n); len(hits) != 0 {
		t.Errorf("after a scrub there is %v", hits)
	}
}

// byChance returns three letters that stand by themselves in the sealed bytes of a record.
func byChance(t *testing.T, db *DB, id register.ID) string {
	t.Helper()
	alone := regexp.MustCompile(`[!-&(-,:-@{-~]([A-Za-z]{3})[!-&(-,:-@{-~]`)
	var found string
	err := db.View(func(tx *Tx) error {
		_, sealed, err := splitEnvelope(tx.raw(delegates.name, string(id)))
		if m := alone.FindSubmatch(sealed[nearby : len(sealed)-nearby]); m != nil {
			found = string(m[1])
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}
