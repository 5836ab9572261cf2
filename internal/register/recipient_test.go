package register

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"custos/internal/calendar"
)

func gave(to string, id ID, at time.Time, fields ...string) DisclosureMade {
	return DisclosureMade{
		Disclosure: Disclosure{Role: "processor"},
		To:         DisclosedTo{Disclosure: id, At: at, What: "list", Recipient: to, Fields: fields},
	}
}

// heads are rows in short: who, and by which disclosures.
func heads(rows []RecipientRow) map[string][]ID {
	got := map[string][]ID{}
	for _, row := range rows {
		for _, h := range row.Had {
			got[row.Recipient+" "+row.Name+" "+row.Role] = append(got[row.Recipient+" "+row.Name+" "+row.Role], h.Disclosure)
		}
	}
	return got
}

// TestWhoHadDataIsToldOfAnErasure holds to UK GDPR Art 19.
func TestWhoHadDataIsToldOfAnErasure(t *testing.T) {
	at := time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)
	p := &Profile{Recipients: []Recipient{{ID: "board", Name: "Exam Board", Role: "controller"}}}
	draft, own := gave("venue", "X4", at), gave("venue", "X5", at)
	draft.Draft, own.Request = true, "ER-1"
	made := []DisclosureMade{
		gave("venue", "X1", at), gave("", "X2", at), gave("internal", "X3", at), draft, own, gave("data subject", "X6", at),
		gave("Exam Board", "X7", at.AddDate(0, 0, 3)), gave("board", "X8", at), gave("board", "X8", at),
	}
	r := Request{Ref: "ER-1", Right: calendar.Erasure, Recipients: []RecipientRow{
		{Recipient: "board", Name: "Exam Board", Had: []RecipientHad{{Disclosure: "X8"}, {Disclosure: "X9"}}},
		{Recipient: "agency", Name: "Agency", Had: []RecipientHad{{Disclosure: "X0"}}},
	}}
	told := march(RecipientTold, 9)
	told.To, told.Text = "board", "by letter"
	cannot := grounded(told, "impossible")
	cannot.To, cannot.Text = "venue", "closed down"
	r.Events = []RequestEvent{told, cannot}
	rows := r.RecipientsOf(&Delegate{}, made, p)
	want := map[string][]ID{
		"agency Agency ": {"X0"}, "board Exam Board controller": {"X9", "X8", "X7"}, "venue venue processor": {"X1"},
	}
	if diff := cmp.Diff(want, heads(rows)); diff != "" {
		t.Fatalf("-want +got\n%s", diff)
	}
	if rows[0].Name != "Agency" || rows[0].Settled() {
		t.Errorf("%+v", rows[0])
	}
	if x := rows[1]; x.Told != told.On || x.How != "by letter" || x.Unable != "" || !x.Settled() {
		t.Errorf("%+v", x)
	}
	if x := rows[2]; !x.Told.IsZero() || x.Unable != "impossible" || !x.Settled() || x.Had[0].On.String() != "2026-01-05" {
		t.Errorf("%+v", x)
	}
	if len(r.Recipients[0].Had) != 2 {
		t.Error("the rows of the case itself were written to")
	}
}

// TestWhoHadWhatWasWrongIsToldOfItsCorrection and nobody else.
func TestWhoHadWhatWasWrongIsToldOfItsCorrection(t *testing.T) {
	at := func(day int) time.Time { return time.Date(2026, 3, day, 9, 0, 0, 0, time.UTC) }
	on := func(day int) calendar.Date { return calendar.NewDate(2026, 3, day) }
	put := march(Rectified, 12)
	put.Recorded, put.Change = at(12), &ValueChange{Field: "email"}
	d := &Delegate{Sources: []Provenance{
		{How: "import", On: on(1)}, {Fields: []string{"email"}, On: on(4)}, {Fields: []string{"phone"}, On: on(8)},
		{Fields: []string{"email"}, Detail: "RC-1", On: on(12)},
	}}
	stated := put
	stated.Change = &ValueChange{Field: FieldStatement}
	bare := put
	bare.Change = nil
	for _, tt := range []struct {
		name   string
		events []RequestEvent
		made   DisclosureMade
		want   bool
	}{
		{"the wrong value", []RequestEvent{put}, gave("board", "X1", at(5), "email"), true},
		{"on the day it came in", []RequestEvent{put}, gave("board", "X1", at(4), "email"), true},
		{"an earlier value", []RequestEvent{put}, gave("board", "X1", at(3), "email"), false},
		{"another field", []RequestEvent{put}, gave("board", "X1", at(5), "phone"), false},
		{"everything", []RequestEvent{put}, gave("board", "X1", at(5)), true},
		{"when it was put right", []RequestEvent{put}, gave("board", "X1", at(12), "email"), true},
		{"what was put right", []RequestEvent{put}, gave("board", "X1", at(13), "email"), false},
		{"what a statement completes", []RequestEvent{stated}, gave("board", "X1", at(3), "phone"), true},
		{"the second change", []RequestEvent{bare, stated}, gave("board", "X1", at(3), "phone"), true},
		{"no change", []RequestEvent{bare}, gave("board", "X1", at(5), "email"), false},
		{"nothing put right yet", nil, gave("board", "X1", at(5), "email"), false},
	} {
		r := Request{Ref: "RC-1", Right: calendar.Rectification, Events: tt.events}
		if got := len(r.RecipientsOf(d, []DisclosureMade{tt.made}, &Profile{})) == 1; got != tt.want {
			t.Errorf("%s: %t", tt.name, got)
		}
	}
	if since := d.heldSince("email", "RC-9"); since != on(12) {
		t.Errorf("before another case it is held since %s", since)
	}
	if since := d.heldSince("town", "RC-1"); since != on(1) {
		t.Errorf("what the import brought is held since %s", since)
	}
}

func TestTellingARecipientSaysHow(t *testing.T) {
	for _, tt := range []struct {
		in   TellInput
		want bool
	}{
		{TellInput{Recipient: "board", How: "by letter"}, true},
		{TellInput{Recipient: "board", How: " "}, false},
		{TellInput{How: "by letter"}, false},
		{TellInput{Recipient: "board", Unable: "tedious", How: "x"}, false},
		{TellInput{Recipient: "board", Unable: "impossible"}, false},
		{TellInput{Recipient: "board", Unable: "impossible", How: "closed down"}, true},
		{TellInput{Recipient: "board", Unable: "disproportionate", How: "thousands"}, true},
	} {
		if err := tt.in.Validate(); (err == nil) != tt.want {
			t.Errorf("%+v: %v", tt.in, err)
		}
	}
}

func TestRecipientsAreToldOnceThereIsSomethingToTell(t *testing.T) {
	told := march(RecipientTold, 14)
	told.To = "board"
	put := then(granted(Fulfil), march(Rectified, 12))
	rules(t, []ruling{
		{"before anything is put right", calendar.Rectification, granted(Fulfil), told, Refused, "put the data right first"},
		{"what was put right", calendar.Rectification, put, told, allowed, ""},
		{"what is restricted while it is checked", calendar.Rectification,
			[]RequestEvent{grounded(march(RestrictionSet, 3), "accuracy")}, told, allowed, ""},
		{"before the erasure is decided", calendar.Erasure, nil, told, Refused, "nothing is erased yet"},
		{"before it is approved", calendar.Erasure, granted(Fulfil)[:1], told, Refused, "nothing is erased yet"},
		{"no erasure", calendar.Erasure, granted(Refuse), told, Refused, "nothing is erased yet"},
		{"an erasure", calendar.Erasure, granted(Fulfil), told, allowed, ""},
		{"a restriction instead of an erasure", calendar.Erasure,
			then([]RequestEvent{grounded(march(RestrictionSet, 3), "claims")}, granted(Refuse)...), told, allowed, ""},
		{"no restriction", calendar.Restriction, nil, told, Refused, "nobody is told"},
		{"an access request", calendar.Access, granted(Fulfil), told, Refused, "nobody is told"},
	})
}
