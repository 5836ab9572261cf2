package desk_test

import (
	"bytes"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"custos/internal/audit"
	"custos/internal/desk"
	"custos/internal/register"
	"custos/store"
)

// anchored returns an anchor of an office as a file.
func anchored(t *testing.T, o *office) (register.Anchor, []byte) {
	t.Helper()
	to := filepath.Join(t.TempDir(), "anchor.json")
	a, err := o.Anchor(t.Context(), to)
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(to)
	if err != nil {
		t.Fatal(err)
	}
	return a, b
}

// exportedTrail returns an export of the audit trail as a file.
func exportedTrail(t *testing.T, o *office) []byte {
	t.Helper()
	to := filepath.Join(t.TempDir(), "trail.jsonl")
	if _, err := o.ExportTrail(t.Context(), to); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(to)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestAnAnchorHoldsWhileTheTrailGrows(t *testing.T) {
	o := newOffice(t)
	a, file := anchored(t, o)
	rows, err := o.Trail(1)
	if err != nil || rows[0].Verb != register.AnchorMake || rows[0].Seq != a.Seq {
		t.Fatalf("the head is not the entry about the anchor: %+v, %+v, %v", a, rows, err)
	}
	if signer := o.db.Signer(); a.Signer != hex.EncodeToString(signer[:]) || a.Store != o.db.ID() || !a.At.Equal(o.now) {
		t.Errorf("it says %+v", a)
	}
	o.person(t, "Ada Sample", "ada@example.org")
	v, err := o.CompareAnchor(file)
	if err != nil || !v.Holds || v.Outcome != "holds" || v.Anchor != a {
		t.Errorf("the store says %+v, %v", v, err)
	}
	whole, v, err := desk.CompareExport(bytes.NewReader(exportedTrail(t, o)), file)
	if err != nil || !v.Holds || !whole.Intact || whole.Entries <= a.Seq {
		t.Errorf("an export says %+v, %+v, %v", whole, v, err)
	}
}

func TestWhatAnAnchorTellsOfAnotherTrail(t *testing.T) {
	o, other := newOffice(t), newOffice(t)
	_, foreign := anchored(t, other)
	v, err := o.CompareAnchor(foreign)
	wantKind(t, err, register.Invalid)
	if v.Outcome != "other-store" || v.Holds {
		t.Errorf("of another store: %+v", v)
	}
	for _, c := range []struct {
		outcome string
		kind    register.Kind
		head    func(audit.Head) audit.Head
		sign    func(audit.Head) audit.Anchor
	}{
		{"truncated", register.Internal, func(h audit.Head) audit.Head { h.Seq += 9; return h }, nil},
		{"rewritten", register.Internal, func(h audit.Head) audit.Head { h.Hash[0]++; return h }, nil},
		{"other-signer", register.Internal, nil, func(h audit.Head) audit.Anchor {
			return h.Sign(&[32]byte{1}, o.db.ID(), o.now.UnixMilli())
		}},
	} {
		h := o.db.AuditHead()
		if c.head != nil {
			h = c.head(h)
		}
		a := o.db.Sign(h, o.now)
		if c.sign != nil {
			a = c.sign(h)
		}
		b, err := a.Encode()
		if err != nil {
			t.Fatal(err)
		}
		v, err := o.CompareAnchor(b)
		wantKind(t, err, c.kind)
		if v.Outcome != c.outcome || v.Holds || v.Words != err.Error() {
			t.Errorf("%s: %+v, %v", c.outcome, v, err)
		}
		_, v, err = desk.CompareExport(bytes.NewReader(exportedTrail(t, o)), b)
		if c.outcome == "rewritten" && (v.Outcome != c.outcome || register.KindOf(err) != c.kind) {
			t.Errorf("%s, offline: %+v, %v", c.outcome, v, err)
		}
	}
}

// A restore and a repair give numbers anew, and say so: here the entry is
// written as they write it.
func TestAnAnchorTellsOfARestore(t *testing.T) {
	o := newOffice(t)
	h := o.db.AuditHead()
	later := audit.Head{Seq: h.Seq + 1, Hash: [32]byte{1}} // of the trail that was lost
	a := o.db.Sign(later, o.now)
	b, err := a.Encode()
	if err != nil {
		t.Fatal(err)
	}
	o.now = o.now.Add(time.Hour)
	_, err = o.db.Update(t.Context(), store.Change{Operator: "office", Door: "store", Verb: register.StoreRestore},
		func(*store.Tx) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	for name, compare := range map[string]func() (register.AnchorVerdict, error){
		"store": func() (register.AnchorVerdict, error) { return o.CompareAnchor(b) },
		"export": func() (register.AnchorVerdict, error) {
			_, v, err := desk.CompareExport(bytes.NewReader(exportedTrail(t, o)), b)
			return v, err
		},
	} {
		v, err := compare()
		wantKind(t, err, register.Conflict)
		if v.Outcome != "restored" || v.Found != h.Seq+1 || !v.FoundAt.Equal(o.now) {
			t.Errorf("%s: %+v, %v", name, v, err)
		}
	}
}

func TestAnAnchorThatWasChangedIsNone(t *testing.T) {
	o := newOffice(t)
	_, file := anchored(t, o)
	for name, bad := range map[string]string{
		"signature": strings.Replace(string(file), `"at": "20`, `"at": "19`, 1),
		"cut":       string(file[:len(file)-2]),
		"nothing":   "",
	} {
		_, err := o.CompareAnchor([]byte(bad))
		wantKind(t, err, register.Invalid)
		if _, _, err := desk.CompareExport(strings.NewReader(""), []byte(bad)); register.KindOf(err) != register.Invalid {
			t.Errorf("%s: an export was compared: %v", name, err)
		}
	}
	_, _, err := desk.CompareExport(strings.NewReader("{}\n"), file)
	wantKind(t, err, register.Internal)
}

func TestWhoMayMakeAndCompareAnchors(t *testing.T) {
	o := newOffice(t)
	_, file := anchored(t, o)
	viewer := o.hire(t, "kim", register.Viewer)
	_, err := viewer.Anchor(t.Context(), filepath.Join(t.TempDir(), "anchor.json"))
	wantKind(t, err, register.Denied)
	_, err = viewer.CompareAnchor(file)
	wantKind(t, err, register.Denied)
}

// A disclosure names the head of the trail just before its own entry.
func TestADisclosureNamesTheHeadOfTheTrail(t *testing.T) {
	o := newOffice(t)
	o.person(t, "Ada Sample", "ada@example.org")
	before := o.db.AuditHead()
	d, _, err := o.export(t, "list.csv", desk.ExportInput{Noun: "delegates"})
	if err != nil {
		t.Fatal(err)
	}
	if d.AuditSeq != before.Seq || d.AuditHead != hex.EncodeToString(before.Hash[:]) {
		t.Errorf("it names entry %d, %s", d.AuditSeq, d.AuditHead)
	}
	rows, err := o.Trail(1)
	if err != nil || rows[0].Seq != before.Seq+1 {
		t.Errorf("its own entry is %+v, %v", rows, err)
	}
}
