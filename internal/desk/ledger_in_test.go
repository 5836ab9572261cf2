package desk_test

import (
	"bytes"
	"context"
	"io"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"custos/internal/desk"
	"custos/internal/exchange/consentfile"
	"custos/internal/register"
)

// ledgerFile writes events as a file of records.
func ledgerFile(t testing.TB, form consentfile.Format, events ...register.ConsentEvent) []byte {
	t.Helper()
	p := sendingProfile()
	var b bytes.Buffer
	w, err := consentfile.NewWriter(form, &b, consentfile.Office{Controller: "Elm School", Profile: &p, At: noon})
	for _, e := range events {
		if err == nil {
			err = w.Write(e)
		}
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func (o *office) readBack(t testing.TB, form consentfile.Format, data []byte, dry bool) register.LedgerImport {
	t.Helper()
	got, err := o.ImportLedger(t.Context(), desk.LedgerSource{Name: "x", Format: string(form), Read: bytes.NewReader(data)}, dry)
	if err != nil {
		t.Fatal(err)
	}
	if got.Rows != got.New+got.Same+got.Refused || got.Refused != len(got.Problems) {
		t.Errorf("the rows do not add up: %+v", got)
	}
	return got
}

// event is what somebody said a while before now, as their record has it.
func event(id, who register.ID, key register.ConsentKey, does register.ConsentAct, day int) register.ConsentEvent {
	at := time.Date(2026, 2, day, 9, 0, 0, 123_000_000, time.UTC)
	return register.ConsentEvent{
		ID: id, Delegate: who, Purpose: key.Purpose, Channel: key.Channel, Brand: key.Brand, Act: does, At: at,
		Recorded: at.Add(time.Hour), RecordedBy: "clerk", Method: "paper", Notice: "news", NoticeVersion: "1",
	}
}

func eventID(c byte) register.ID {
	return register.ID("K" + strings.Repeat(string(c), register.IDLen-1))
}

// TestTheLedgerComesBack: what was exported is read back into a store that has
// lost it, in every standard, and a second time changes nothing.
func TestTheLedgerComesBack(t *testing.T) {
	for _, form := range consentfile.Formats() {
		t.Run(string(form), func(t *testing.T) {
			o := newOfficeWith(t, sendingProfile())
			ada := o.somebody(t, "teacher", "name", "Ada", "email", "ada@example.org")
			want := []register.ConsentEvent{
				event(eventID('1'), ada, newsByEmail, register.Asked, 2), event(eventID('2'), ada, newsByEmail, register.Given, 3),
				event(eventID('3'), ada, newsByEmail, register.Withdrawn, 4), event(eventID('4'), ada, newsByPhone, register.Given, 5),
			}
			data := ledgerFile(t, form, want...)
			if dry := o.readBack(t, form, data, true); dry.New != 4 || dry.Batch != nil {
				t.Fatalf("%+v", dry)
			}
			if history, _ := o.ConsentHistory(ada); len(history) > 0 {
				t.Fatal("a dry run wrote")
			}
			got := o.readBack(t, form, data, false)
			if got.New != 4 || got.Batch == nil || got.Batch.State != register.BatchDone {
				t.Fatalf("%+v", got)
			}
			history, err := o.ConsentHistory(ada)
			if err != nil || !slices.Equal(history, want) {
				t.Fatalf("%+v, %v", history, err)
			}
			if a := mayContact(t, o.Seat, ada, newsByEmail); a.Allowed || a.State != register.Withdrawn {
				t.Errorf("%+v", a)
			}
			if again := o.readBack(t, form, data, false); again.Same != 4 || again.Batch != nil {
				t.Errorf("%+v", again)
			}
			undone, err := o.UndoImport(t.Context(), got.Batch.ID)
			if err != nil || undone.Restored != 2 || undone.Kept != 2 {
				t.Errorf("%+v, %v", undone, err)
			}
			if a := mayContact(t, o.Seat, ada, newsByPhone); a.State == register.Given {
				t.Errorf("a yes counts although its import was taken back: %+v", a)
			}
		})
	}
}

// TestARecordThatCannotStandIsNamed: each is refused for its own reason, and the
// good one beside it taken.
func TestARecordThatCannotStandIsNamed(t *testing.T) {
	o := newOfficeWith(t, sendingProfile())
	ada := o.somebody(t, "teacher", "name", "Ada", "email", "ada@example.org")
	child := o.somebody(t, "student", "name", "Cy", "date_of_birth", "2015-01-01")
	o.somebody(t, "teacher", "name", "Two", "email", "two@example.org")
	o.somebody(t, "teacher", "name", "Twin", "email", "two@example.org")
	held := o.says(t, ada, newsByPhone, register.Given)
	shut := o.somebody(t, "teacher", "name", "Shut")
	o.put(t, shut, register.Restricted)
	for name, c := range map[string]struct {
		field  string
		change func(*register.ConsentEvent)
	}{
		"unknown person":         {"delegate", func(e *register.ConsentEvent) { e.Delegate = "D0000000000000" }},
		"unknown address":        {"delegate", func(e *register.ConsentEvent) { e.Delegate = "no@example.org" }},
		"an address of two":      {"delegate", func(e *register.ConsentEvent) { e.Delegate = "two@example.org" }},
		"restricted":             {"delegate", func(e *register.ConsentEvent) { e.Delegate = shut }},
		"held and different":     {"id", func(e *register.ConsentEvent) { e.ID = held.ID }},
		"unknown purpose":        {"purpose", func(e *register.ConsentEvent) { e.Purpose = "party" }},
		"unknown channel":        {"channel", func(e *register.ConsentEvent) { e.Channel = "post" }},
		"unknown method":         {"method", func(e *register.ConsentEvent) { e.Method = "telex" }},
		"the future":             {"at", func(e *register.ConsentEvent) { e.At = e.At.AddDate(1, 0, 0); e.Recorded = e.At }},
		"recorded in the future": {"recorded", func(e *register.ConsentEvent) { e.Recorded = e.At.AddDate(1, 0, 0) }},
		"recorded before":        {"recorded", func(e *register.ConsentEvent) { e.Recorded = e.At.Add(-time.Second) }},
		"no wording":             {"notice", func(e *register.ConsentEvent) { e.Notice, e.NoticeVersion = "", "" }},
		"another wording":        {"notice_version", func(e *register.ConsentEvent) { e.NoticeVersion = "9" }},
		"before the wording":     {"at", func(e *register.ConsentEvent) { e.At = noon.AddDate(-1, 0, 0) }},
		"half a digest":          {"wording_digest", func(e *register.ConsentEvent) { e.WordingDigest = "abc" }},
		"a child alone":          {"given_by", func(e *register.ConsentEvent) { e.Delegate = child }},
		"an employer":            {"authority", func(e *register.ConsentEvent) { e.GivenBy, e.Authority = "Elm", "their employer" }},
		"corrects nothing":       {"corrects", func(e *register.ConsentEvent) { e.Corrects = eventID('9') }},
	} {
		t.Run(name, func(t *testing.T) {
			bad := event(eventID('7'), ada, newsByEmail, register.Given, 3)
			c.change(&bad)
			good := event(eventID('8'), ada, newsByEmail, register.Asked, 2)
			for _, form := range []consentfile.Format{consentfile.CSV, consentfile.JSON, consentfile.ISO27560, consentfile.Kantara} {
				got := o.readBack(t, form, ledgerFile(t, form, bad, good), true)
				if got.New != 1 || got.Refused != 1 || got.Problems[0].Field != c.field || got.Problems[0].Line == 0 {
					t.Errorf("%s: %+v", form, got)
				}
			}
		})
	}
}

// TestAnImportNeverTurnsANoIntoAYes: not by a later yes, not by taking the no
// back as a mistake, not through a wider no.
func TestAnImportNeverTurnsANoIntoAYes(t *testing.T) {
	o := newOfficeWith(t, sendingProfile())
	ada := o.somebody(t, "teacher", "name", "Ada", "email", "ada@example.org")
	no := o.says(t, ada, newsByEmail, register.Withdrawn)
	bob := o.somebody(t, "teacher", "name", "Bob", "email", "bob@example.org")
	o.records(t, register.ConsentInput{
		Delegate: bob, Purpose: register.AnyMarketing, Channel: register.AnyChannel, Act: register.Objected, Method: "email",
	})
	o.now = o.now.AddDate(0, 0, 9)
	later := event(eventID('1'), ada, newsByEmail, register.Given, 1)
	later.At, later.Recorded = o.now.Add(-time.Hour), o.now.Add(-time.Hour)
	takenBack := event(eventID('2'), ada, newsByEmail, register.Asked, 2)
	takenBack.Corrects = no.ID
	wide := later
	wide.ID, wide.Delegate = eventID('3'), bob
	old := event(eventID('4'), ada, newsByEmail, register.Given, 1)
	other := event(eventID('5'), ada, newsByPhone, register.Given, 1)

	got := o.readBack(t, consentfile.JSON, ledgerFile(t, consentfile.JSON, later, takenBack, old, other, wide), false)
	if got.New != 2 || got.Refused != 3 {
		t.Fatalf("%+v", got)
	}
	for i, place := range []int{1, 2, 5} {
		if p := got.Problems[i]; p.Line != place || p.Field != "state" {
			t.Errorf("%+v", p)
		}
	}
	for who, state := range map[register.ID]register.ConsentAct{ada: register.Withdrawn, bob: register.Objected} {
		if a := mayContact(t, o.Seat, who, newsByEmail); a.Allowed || a.State != state {
			t.Errorf("%+v", a)
		}
	}
}

// TestANoOfTheFileIsTaken, also of somebody who may no longer be used.
func TestANoOfTheFileIsTaken(t *testing.T) {
	o := newOfficeWith(t, sendingProfile())
	ada := o.somebody(t, "teacher", "name", "Ada", "email", "ada@example.org")
	o.put(t, ada, register.Restricted)
	everything := register.ConsentKey{Purpose: register.AnyMarketing, Channel: register.AnyChannel}
	no := event(eventID('1'), ada, everything, register.Objected, 1)
	no.Notice, no.NoticeVersion = "", ""
	got := o.readBack(t, consentfile.ISO27560, ledgerFile(t, consentfile.ISO27560, no), false)
	if got.New != 1 {
		t.Fatalf("%+v", got)
	}
	if all, err := o.Suppressions(); err != nil || len(all) != 1 {
		t.Errorf("the address is not suppressed: %v, %v", all, err)
	}
}

// TestRecordsOfAnotherMaker are matched by address, and known again.
func TestRecordsOfAnotherMaker(t *testing.T) {
	o := newOfficeWith(t, sendingProfile())
	ada := o.somebody(t, "teacher", "name", "Ada", "email", "Ada@example.org")
	file := []byte("email,purpose,channel,state,at,method\nada@EXAMPLE.org,news,email,given,2026-02-03T10:00:00Z,app\n" +
		"nobody@example.org,news,email,given,2026-02-03T10:00:00Z,web\n")
	got := o.readBack(t, consentfile.CSV, file, false)
	if got.New != 1 || got.Refused != 1 || got.Problems[0].Line != 3 {
		t.Fatalf("%+v", got)
	}
	history, _ := o.ConsentHistory(ada)
	e := history[0]
	if e.Method != "imported" || e.Evidence != "app" || e.RecordedBy != "office" || len(e.ID) != register.IDLen || e.Notice != "" {
		t.Errorf("%+v", e)
	}
	o.now = o.now.Add(time.Hour)
	if again := o.readBack(t, consentfile.CSV, file, false); again.Same != 1 || again.New != 0 {
		t.Errorf("%+v", again)
	}
}

func TestImportLedgerIsRefusedAsAWhole(t *testing.T) {
	o := newOfficeWith(t, sendingProfile())
	ada := o.somebody(t, "teacher", "name", "Ada")
	data := ledgerFile(t, consentfile.JSON, event(eventID('1'), ada, newsByEmail, register.Given, 1))
	try := func(s *desk.Seat, form string, r io.Reader) error {
		_, err := s.ImportLedger(t.Context(), desk.LedgerSource{Name: "x.json", Format: form, Read: r}, false)
		return err
	}
	wantRefusal(t, try(o.Seat, "yaml", bytes.NewReader(data)), register.Invalid, "as")
	wantRefusal(t, try(o.Seat, "json", bytes.NewReader(data[:len(data)-9])), register.Invalid, "file")
	wantRefusal(t, try(o.hire(t, "vera", register.Viewer), "json", bytes.NewReader(data)), register.Denied, "")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := o.ImportLedger(ctx, desk.LedgerSource{Format: "json", Read: bytes.NewReader(data)}, false); err == nil {
		t.Error("a cancelled import went through")
	}
	if history, _ := o.ConsentHistory(ada); len(history) > 0 {
		t.Errorf("%+v", history)
	}
	if err := try(o.Seat, "json", io.MultiReader(bytes.NewReader(data))); err != nil { // not to be read twice
		t.Error(err)
	}
}

// TestManyRecordsAreOneBatch: several transactions, each in the trail by counts
// alone.
func TestManyRecordsAreOneBatch(t *testing.T) {
	o := newOfficeWith(t, sendingProfile())
	var all []register.ConsentEvent
	ids := register.NewIDs(rand.NewChaCha8([32]byte{1}))
	for range 4 {
		who := o.somebody(t, "teacher", "name", "Hidden Name", "email", "hidden@example.org")
		for i := range 2000 {
			id, err := ids.Next(register.ConsentPrefix)
			if err != nil {
				t.Fatal(err)
			}
			e := event(id, who, newsByEmail, register.Given, 1+i%20)
			e.Evidence = "box " + string(id)
			all = append(all, e)
		}
	}
	got := o.readBack(t, consentfile.CSV, ledgerFile(t, consentfile.CSV, all...), false)
	if got.Batch == nil || len(got.Batch.Operations) != 2 || got.Batch.State != register.BatchDone || got.New != 8000 {
		t.Fatalf("%+v", got.Batch)
	}
	trail := t.TempDir() + "/trail.jsonl"
	if _, err := o.ExportTrail(t.Context(), trail); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(trail)
	if err != nil || !bytes.Contains(b, []byte("consents, ")) {
		t.Errorf("the trail does not say how many: %v", err)
	}
	if bytes.Contains(b, []byte("Hidden")) || bytes.Contains(b, []byte("hidden@")) {
		t.Error("the trail holds personal data")
	}
}
