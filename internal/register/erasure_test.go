package register

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"custos/internal/calendar"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func texts(all []Needle, class NeedleClass) []string {
	var found []string
	for _, n := range all {
		if n.Class == class {
			found = append(found, n.Text)
		}
	}
	return found
}

func TestNeedlesOfAPerson(t *testing.T) {
	all := NeedlesOf(&Delegate{
		Name: "Dr Mary Ann Lee", Email: "mal@example.org", Phone: "01632 960123", JobTitle: "Teacher",
		Fields: map[string]string{
			"home_address": "Flat 2, 12 Elm Road\nSpringfield\nZZ1 1ZZ", "date_of_birth": "1990-02-03", "login_name": "mlee90",
			"postcode": "ZZ1 1ZZ", "emergency_contact": "Tom Hale 01632 960999", "gender": "female", "feedback": "good course",
		},
	})
	for class, want := range map[NeedleClass][]string{
		NeedleEmail: {"mal@example.org"}, NeedlePhone: {"01632 960123"}, NeedleLogin: {"mlee90"},
		NeedleAddress: {"Flat 2", "12 Elm Road", "ZZ1 1ZZ"},
		NeedleBirth:   {"1990-02-03", "03/02/1990", "03.02.1990", "03-02-1990"},
	} {
		if diff := cmp.Diff(want, texts(all, class)); diff != "" {
			t.Errorf("%s: -want +got\n%s", class, diff)
		}
	}
	names := texts(all, NeedleName)
	for _, want := range []string{
		"Mary Ann Lee", "Lee, Mary Ann", "Lee Mary Ann", "Mary Lee", "Lee, Mary", "M. Lee", "M.A. Lee", "MA Lee", "Mrs Lee", "Lee M",
	} {
		if !slices.Contains(names, want) {
			t.Errorf("no needle %q in %q", want, names)
		}
	}
	for _, n := range all {
		if !strings.Contains(n.Text, " ") && characters(n.Text) < shortest {
			t.Errorf("%q alone stands in any text", n.Text)
		}
		if (n.Class == NeedleBirth || n.Text == "ZZ1 1ZZ") != n.Beside {
			t.Errorf("%q beside: %v", n.Text, n.Beside)
		}
		if (n.What == "initials and surname" || n.What == "title and surname") != n.Cased {
			t.Errorf("%q cased: %v", n.Text, n.Cased)
		}
	}
	if got := NeedlesOf(&Delegate{Name: "Bo"}); len(got) != 0 {
		t.Errorf("two letters are looked for: %+v", got)
	}
}

func TestAPostcodeCountsOnlyBesideAName(t *testing.T) {
	all := []Needle{{Text: "Ada Lee", Class: NeedleName}, {Text: "ZZ1 1ZZ", Class: NeedleAddress, Beside: true}}
	text := "Ada Lee, ZZ1 1ZZ"
	name, code := NeedleFind{0, 0, 7}, NeedleFind{1, 9, 16}
	if got := Counting(all, "ZZ1 1ZZ", []NeedleFind{{1, 0, 7}}); got != nil {
		t.Errorf("a postcode alone counts: %+v", got)
	}
	if got := MaskFinds(text, Counting(all, text, []NeedleFind{code, name})); got != "[erased], [erased]" {
		t.Errorf("%q", got)
	}
}

// Masking takes out exactly what was found, however finds overlap.
func TestMaskingLeavesWhatWasNotFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`[a-z]{0,20}`).Draw(t, "text")
		var finds []NeedleFind
		hidden := make([]bool, len(text))
		for range rapid.IntRange(0, 4).Draw(t, "finds") {
			from := rapid.IntRange(0, len(text)).Draw(t, "from")
			to := rapid.IntRange(from, len(text)).Draw(t, "to")
			if from == to {
				continue
			}
			finds = append(finds, NeedleFind{From: from, To: to})
			for i := from; i < to; i++ {
				hidden[i] = true
			}
		}
		want := ""
		for i := range text {
			if !hidden[i] {
				want += text[i : i+1]
			}
		}
		if got := strings.ReplaceAll(MaskFinds(text, finds), erasedMark, ""); got != want {
			t.Fatalf("%q %v: %q, want %q", text, finds, got, want)
		}
	})
}

func TestDialledPrefixesGoWithTheNumber(t *testing.T) {
	for text, want := range map[string]string{
		"01632 960123": "01632 960123", "+44 1632 960123": "+44 1632 960123", "on +44 (0)1632 960123": "+44 (0)1632 960123",
		"0044 1632 960123": "0044 1632 960123", "7 01632 960123": "01632 960123", "x 1632 960123": "1632 960123",
	} {
		from := strings.Index(text, "1632")
		if got := text[dialled(text, from):]; got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func erasureRequest(t *testing.T) *Request {
	t.Helper()
	day := calendar.NewDate(2026, time.March, 2)
	r := &Request{
		Ref: "ER-2026-0001", Right: calendar.Erasure, Delegate: "D0", Name: "Ada Lee", Requester: "Tom Lee", Relation: "son",
		Owner: "office", Documents: []Document{{Title: "a letter of Ada Lee"}},
	}
	for _, e := range []RequestEvent{
		{Kind: Received, On: day, Text: "Ada Lee wrote", By: "office"}, {Kind: Noted, On: day, Text: "rang Ada"},
		{Kind: Assigned, On: day, To: "dora", Text: "please"},
		{Kind: Decided, On: day, Outcome: Fulfil, Grounds: []string{"not-needed"}, Text: "Ada left", By: "office"},
		{Kind: Approved, On: day, By: "dora"},
	} {
		if err := r.Add(e); err != nil {
			t.Fatal(err)
		}
	}
	r.Events[4].Covers = r.SelectionDigest()
	return r
}

func TestASkeletonShowsHowTheCaseWasDealtWithAndNothingElse(t *testing.T) {
	r := erasureRequest(t)
	s := r.Skeleton()
	text, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	for _, gone := range []string{"Ada", "Lee", "Tom", "son", "rang", "left", "letter of"} {
		if strings.Contains(string(text), `"`+gone) || strings.Contains(string(text), gone+" ") {
			t.Errorf("%q is left in %s", gone, text)
		}
	}
	if s.State() != r.State() || s.Received() != r.Received() || len(s.Events) != len(r.Events) || s.Events[2].To != "dora" {
		t.Errorf("%s", text)
	}
	if !s.Covered() {
		t.Error("the approval does not cover the skeleton: the case could not be replied to")
	}
	for i, e := range s.Events {
		if e.Kind != r.Events[i].Kind || e.On != r.Events[i].On || e.By != r.Events[i].By {
			t.Errorf("event %d: %+v", i, e)
		}
	}
}

func erasureFacts(t *testing.T) ErasureFacts {
	return ErasureFacts{
		Case: erasureRequest(t), Person: &Delegate{ID: "D0", Name: "Ada Lee", Email: "ada@example.org"},
		On: calendar.NewDate(2026, time.March, 2), Settings: &Settings{},
		Needles: []Needle{
			{Text: "Ada Lee", Class: NeedleName, What: "full name"}, {Text: "ada@example.org", Class: NeedleEmail, What: "email"},
		},
		Held: []Holding{{Collection: "delegates", Entries: make([]Record, 1)}, {Collection: "bookings", Entries: make([]Record, 3)}},
	}
}

func named(collection, record string, who ID, field string) ErasureHit {
	return ErasureHit{Collection: collection, Record: record, Subject: who, Field: field, Text: "Ada Lee", Finds: []NeedleFind{{0, 0, 7}}}
}

func TestThePlanTellsWhoseATextIs(t *testing.T) {
	f := erasureFacts(t)
	f.Staff = []string{"Ada Lee"}
	mail := ErasureHit{Text: "ada@example.org", Finds: []NeedleFind{{1, 0, 15}}, Collection: "organisations", Record: "O1", Field: "email"}
	loud := named("courses", "C1", "", "title")
	loud.Text, loud.Finds = "with Ada Lee", []NeedleFind{{0, 5, 12}}
	f.Hits = []ErasureHit{loud, mail, named("courses", "C2", "", "venue")}
	p := PlanErasure(f)
	got := map[string]ErasureFate{}
	for _, l := range p.Lines {
		got[l.Collection+l.Record] = l.Fate
	}
	want := map[string]ErasureFate{
		"delegates": ErasureRemoves, "bookings": ErasureRemoves, "coursesC1": ErasureMasks, "organisationsO1": ErasureKeeps,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if len(p.Suppress) != 0 || !strings.Contains(strings.Join(p.Notes, " "), "not barred") {
		t.Errorf("the organisation's own mailbox is barred: %+v", p.Suppress)
	}
	if !strings.Contains(p.Backups, "has not said") {
		t.Errorf("%q", p.Backups)
	}
	f.Settings.BackupDays = 30
	if p := PlanErasure(f); p.BackupsUntil != calendar.NewDate(2026, time.April, 1) || !strings.Contains(p.Backups, "1 April 2026") {
		t.Errorf("%s, %q", p.BackupsUntil, p.Backups)
	}
}

func TestThePlansDigestCoversWhatIsKeptAndMasked(t *testing.T) {
	f := erasureFacts(t)
	before := PlanErasure(f)
	f.Case.ErasurePlan = before.Digest
	if p := PlanErasure(f); !p.Approved {
		t.Error("the plan that was approved is not")
	}
	f.Held[1].Entries = make([]Record, 4) // one more to remove changes nothing for the approver
	if p := PlanErasure(f); p.Digest != before.Digest || !p.Approved {
		t.Error("what is removed is part of what was approved")
	}
	f.Hits = []ErasureHit{named("courses", "C1", "", "title")}
	masked := PlanErasure(f)
	if masked.Digest == before.Digest || masked.Approved {
		t.Error("another mask is not another plan")
	}
	f.Case.Keeps = []ErasureChoice{{Collection: "courses", Record: "C1", Fate: ErasureKeeps, Ground: "claims", Reason: "a claim"}}
	if kept := PlanErasure(f); kept.Digest == masked.Digest || len(kept.Blocked) != 1 {
		t.Errorf("kept: %q", kept.Blocked)
	}
}

func TestWhatBlocksAnErasure(t *testing.T) {
	f := erasureFacts(t)
	f.Holds = []Hold{{ID: "H1", Kind: "claim"}, {ID: "H2", Kind: "claim", Released: f.On}}
	f.Cases = []RequestRow{{Ref: "ER-2026-0001"}, {Ref: "AR-2026-0001", State: InProgress}, {Ref: "AR-2026-0002", State: ClosedCase}}
	f.Nameless = []RequestRow{{Ref: "EN-2026-0001"}}
	blocked := PlanErasure(f).Blocked
	for i, want := range []string{"H1", "AR-2026-0001", "EN-2026-0001"} {
		if len(blocked) != 3 || !strings.Contains(blocked[i], want) {
			t.Fatalf("%q", blocked)
		}
	}
}

func TestANoOutlastsItsRecord(t *testing.T) {
	for _, c := range []struct {
		e    ConsentEvent
		want []SuppressionInput
	}{
		{ConsentEvent{Act: Given, Purpose: "news", Channel: "email"}, nil},
		{ConsentEvent{Act: Withdrawn, Purpose: "news", Channel: "post"}, nil},
		{ConsentEvent{Act: Withdrawn, Purpose: "news", Channel: "email"}, []SuppressionInput{{Email: "a@b.c", Channel: "email", Scope: "news"}}},
		{ConsentEvent{Act: RefusedIt, Purpose: "news", Channel: "sms"}, []SuppressionInput{{Phone: "1", Channel: "sms", Scope: "news"}}},
		{ConsentEvent{Act: Objected, Purpose: AnyMarketing, Channel: AnyChannel}, []SuppressionInput{
			{Phone: "1", Scope: ScopeMarketing}, {Email: "a@b.c", Scope: ScopeMarketing},
		}},
	} {
		if diff := cmp.Diff(c.want, Outlasting(&c.e, "a@b.c", "1")); diff != "" {
			t.Errorf("%s by %s: -want +got\n%s", c.e.Act, c.e.Channel, diff)
		}
	}
}
