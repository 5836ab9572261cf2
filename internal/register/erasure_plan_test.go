package register

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"custos/internal/calendar"
)

// partly is an erasure of which the office keeps what it may.
func partly(t *testing.T, keeps ...ErasureChoice) ErasureFacts {
	t.Helper()
	f := erasureFacts(t)
	f.Case.Events[3].Outcome, f.Case.Keeps = Partly, keeps
	f.Held = append(f.Held, Holding{Collection: "consents", Entries: make([]Record, 1)}, Holding{Collection: "memberships"},
		Holding{Collection: "disclosed", Entries: make([]Record, 1)}, Holding{Collection: "requests", Entries: []Record{{ID: "ER-2026-0001"}, {ID: "AR-9"}}})
	return f
}

// fates are the lines of a plan in short.
func fates(p ErasurePlan) []string {
	var all []string
	for _, l := range p.Lines {
		all = append(all, strings.Join(strings.Fields(string(l.Fate)+" "+l.Collection+" "+l.Record+" "+l.Field+" "+l.Law), " "))
	}
	return all
}

// TestAPlanSaysWhatBecomesOfEverythingHeld holds to UK GDPR Art 17.
func TestAPlanSaysWhatBecomesOfEverythingHeld(t *testing.T) {
	p := PlanErasure(partly(t, ErasureChoice{Collection: "bookings", Fate: ErasureKeeps, Ground: "claims", Reason: "a claim", Until: "2027"}))
	a := "UK GDPR Art 17(1)(a)"
	want := []string{
		"remove delegates " + a, "remove consents " + a, "remove disclosed " + a, "mask requests ER-2026-0001 UK GDPR Art 5(2)",
		"mask requests AR-9 UK GDPR Art 5(2)", "keep bookings UK GDPR Art 17(3)(e)",
	}
	if diff := cmp.Diff(want, fates(p)); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	kept := p.Lines[5]
	if kept.Why != "legal claims require it: a claim" || kept.Ground != "claims" || kept.Until != "2027" || kept.Count != 3 {
		t.Errorf("%+v", kept)
	}
	if !p.Partly || p.Ref != "ER-2026-0001" || p.Delegate != "D0" || p.Name != "Ada Lee" || len(p.Blocked) != 0 {
		t.Errorf("%+v", p)
	}
	if !strings.Contains(p.Lines[0].What, "but for kind and name") {
		t.Errorf("what is kept needs a name: %q", p.Lines[0].What)
	}
	if w := p.Words(ErasureKeeps); len(w) != 1 || !strings.HasSuffix(w[0], ": legal claims require it: a claim (UK GDPR Art 17(3)(e)), until 2027") {
		t.Errorf("%q", w)
	}
	if n := p.Count(ErasureRemoves); n != 3 || p.Counts(ErasureMasks)["requests"] != 2 || p.Count(ErasureKeeps) != 3 {
		t.Errorf("%d removed", n)
	}

	f := partly(t, ErasureChoice{Collection: "bookings", Fate: ErasureKeeps, Ground: GroundHold, Reason: "a hold"})
	f.Case.Events[3].Grounds = []string{"claims"} // the ground of a refusal erases nothing
	p = PlanErasure(f)
	if p.Lines[0].Law != "UK GDPR Art 17(1)" || p.Lines[0].Why != "the person asked for it" {
		t.Errorf("%+v", p.Lines[0])
	}
	if l := p.Lines[5]; l.Why != "a hold" || l.Law != "UK GDPR Art 17(3)" || l.Ground != GroundHold {
		t.Errorf("%+v", l)
	}
	if !partly(t, ErasureChoice{Collection: "bookings", Fate: ErasureKeeps}).Case.KeepsOwn() ||
		partly(t, ErasureChoice{Collection: "courses", Record: "C1", Fate: ErasureKeeps}).Case.KeepsOwn() ||
		partly(t, ErasureChoice{Collection: "bookings", Fate: ErasureMasks}).Case.KeepsOwn() {
		t.Error("another's record, or what is masked, is taken for the person's own that is kept")
	}
}

func TestAPlanSaysWhoseAMentionIs(t *testing.T) {
	f := partly(t)
	f.Staff = []string{"ada@example.org"}
	former, again := named("undo", "U1", "", ""), named("undo", "U2", "", "")
	former.Operation, again.Operation = "O1", "O1"
	login := ErasureHit{Text: "ada@example.org", Finds: []NeedleFind{{1, 0, 15}}, Collection: "courses", Record: "C9", Field: "by"}
	f.Hits = []ErasureHit{
		named("courses", "C1", "", "notes"), named("audit", "7", "", "target"), former, again, named("undo", "U3", "D0", ""),
		named("delegates", "D0", "D0", "name"), named("delegates", "D7", "D7", "name"), login,
		named("courses", "C2", "", "notes"), named("delegates", "D8", "D8", "notes"),
	}
	f.Case.Keeps = []ErasureChoice{{Collection: "courses", Record: "C2", Fate: ErasureKeeps, Ground: "archiving", Reason: "history"}}
	p := PlanErasure(f)
	want := []string{
		"remove undo UK GDPR Art 17(1)", "mask courses C1 notes UK GDPR Art 17(1)", "mask delegates D8 notes UK GDPR Art 17(1)",
		"keep audit 7 target UK GDPR Arts 5(2), 17(3)(e)", "keep courses C2 notes UK GDPR Art 17(3)(d)",
	}
	var got []string
	for i, l := range fates(p) {
		if x := p.Lines[i]; x.Record != "" && x.Collection != "requests" || x.Collection == "undo" {
			got = append(got, l)
		}
		if x := p.Lines[i]; x.Collection == "undo" && x.Count != 2 {
			t.Errorf("two changes hold former versions: %+v", x)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if diff := cmp.Diff([]Namesake{{Delegate: "D7", Shares: []string{"name"}}}, p.Namesakes); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	for _, l := range p.Lines {
		if l.Record == "C1" && !strings.Contains(l.Why, "somebody else on record has the same") {
			t.Errorf("a namesake may be meant: %q", l.Why)
		}
	}
	if !p.Masks(&f.Hits[0]) || p.Masks(&f.Hits[8]) {
		t.Error("what is masked is another text than the plan says")
	}
	changed := f.Hits[0]
	if changed.Text += "!"; p.Masks(&changed) {
		t.Error("a text that changed since is masked unread")
	}
}

func TestOnlyWhatNobodyElseUsesIsBarred(t *testing.T) {
	f := partly(t)
	f.Person.Phone = "01632 960123"
	f.Needles = append(f.Needles, Needle{Text: "01632 960123", Digits: true, Class: NeedlePhone, What: "phone"})
	f.Hits = []ErasureHit{{Collection: "delegates", Record: "D7", Subject: "D7", Field: "phone", Text: "01632 960123", Finds: []NeedleFind{{2, 0, 12}}}}
	f.Noes = []ConsentEvent{
		{Act: Withdrawn, Purpose: "news", Channel: "email"}, {Act: Withdrawn, Purpose: "news", Channel: "email"},
		{Act: Withdrawn, Purpose: "news", Channel: "sms"}, {Act: Given, Purpose: "talks", Channel: "email"},
	}
	p := PlanErasure(f)
	want := []ErasureSuppression{
		{"email", AnyChannel, ScopeErased, "nobody is added again under it", "ada@example.org"},
		{"email", "email", "news", "they said no: withdrawn", "ada@example.org"},
		{"phone", "sms", "news", "they said no: withdrawn", "01632 960123"},
	}
	if diff := cmp.Diff(want, p.Suppress); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if notes := strings.Join(p.Notes, "\n"); !strings.Contains(notes, "The phone number of the person is also another's") ||
		!strings.Contains(notes, "Others on record share a value") || strings.Contains(notes, "restricted") || strings.Contains(notes, "is short") {
		t.Errorf("%q", p.Notes)
	}
}

func TestAPlanTellsItsApproverWhatToKnow(t *testing.T) {
	f := partly(t)
	f.Person.Name, f.Person.Status = "Adal", Restricted
	f.Settings.Profile.Recipients = []Recipient{{ID: "board", Name: "Exam Board"}}
	at := time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)
	for _, who := range []string{"data subject", "internal", "board", "venue"} {
		f.Had = append(f.Had, DisclosedTo{Recipient: who, Disclosure: "X1", What: "list", At: at})
	}
	f.Grounds = []Ground{{Title: "an account"}}
	p := PlanErasure(f)
	want := []ErasureRecipient{{"board", "Exam Board", "list", at, "X1"}, {"venue", "venue", "list", at, "X1"}}
	if diff := cmp.Diff(want, p.Recipients); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	for _, say := range []string{"The contact details for the reply go", "recipients have to be told", "The name is short", "The record is restricted"} {
		if !strings.Contains(strings.Join(p.Notes, "\n"), say) {
			t.Errorf("no note says %q", say)
		}
	}
	if f.Person.Name = "Adala"; strings.Contains(strings.Join(PlanErasure(f).Notes, "\n"), "is short") {
		t.Error("a name of five letters is short")
	}
	if f.Case.Right = calendar.Withdrawal; len(p.Blocked) != 0 || len(PlanErasure(f).Blocked) != 1 {
		t.Errorf("%q: a withdrawal erases what is held for an account", PlanErasure(f).Blocked)
	}
}

func TestWhatAnErasureMayKeep(t *testing.T) {
	plan := &ErasurePlan{Lines: []ErasureLine{
		{Collection: "bookings"}, {Collection: "consents"}, {Collection: "disclosed"}, {Collection: "memberships"}, {Collection: "delegates"},
		{Collection: "courses", Record: "C1", Field: "notes"}, {Collection: "requests", Record: "AR-1"},
		{Collection: "requests", Record: "AR-2", Field: "text"}, {Collection: "audit", Record: "7", Field: "target"}, {Collection: "undo", Record: "U"},
	}}
	keep := func(collection, record, ground string) ErasureChoice {
		return ErasureChoice{Collection: collection, Record: record, Fate: ErasureKeeps, Ground: ground, Reason: " duty "}
	}
	mask := func(collection, record string) ErasureChoice {
		return ErasureChoice{Collection: collection, Record: record, Fate: ErasureMasks, Reason: "theirs"}
	}
	unsaid, nothing := keep("bookings", "", "claims"), keep("bookings", "", "claims")
	unsaid.Reason, nothing.Fate = " ", "forget"
	for _, tt := range []struct {
		c    ErasureChoice
		want Kind
	}{
		{keep("bookings", "", "claims"), allowed}, {keep("consents", "", "legal-duty"), allowed}, {keep("disclosed", "", "archiving"), allowed},
		{keep("memberships", "", GroundHold), allowed}, {keep("courses", "C1", "claims"), allowed}, {mask("courses", "C1"), allowed},
		{mask("requests", "AR-2"), allowed}, {mask("requests", "AR-1"), Refused}, {mask("audit", "7"), Refused}, {mask("undo", "U"), Refused},
		{keep("delegates", "", "claims"), Refused}, {keep("courses", "C2", "claims"), NotFound}, {keep("bookings", "C1", "claims"), NotFound},
		{keep("bookings", "", "whim"), Invalid}, {keep("bookings", "", "not-needed"), Invalid}, {mask("bookings", ""), Invalid},
		{unsaid, Invalid}, {nothing, Invalid},
	} {
		var r Request
		err := r.KeepInErasure(plan, []ErasureChoice{tt.c})
		if (err == nil) != (tt.want == allowed) || err != nil && (KindOf(err) != tt.want || r.Keeps != nil) {
			t.Errorf("%+v: %v", tt.c, err)
		}
	}
	var r Request
	for _, c := range []ErasureChoice{
		keep("bookings", "", "claims"), keep("courses", "C1", "claims"), keep("consents", "", "claims"), keep("bookings", "", GroundHold),
		{Collection: "courses", Record: "C1", Fate: ErasureRemoves},
	} {
		if err := r.KeepInErasure(plan, []ErasureChoice{c}); err != nil {
			t.Fatal(err)
		}
	}
	first, last := keep("consents", "", "claims"), keep("bookings", "", GroundHold)
	first.Reason, last.Reason = "duty", "duty"
	if diff := cmp.Diff([]ErasureChoice{first, last}, r.Keeps); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}
