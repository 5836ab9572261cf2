package register

import (
	"testing"

	"custos/internal/calendar"
)

func TestWhoIsARecipientAtAll(t *testing.T) {
	p := &Profile{Recipients: []Recipient{{ID: "agency", Name: "The agency", Role: "controller"}}}
	r := &Request{Ref: "ER-2026-0001", Right: calendar.Erasure}
	made := func(change func(*DisclosureMade)) DisclosureMade {
		m := DisclosureMade{To: DisclosedTo{Disclosure: "X1", Recipient: "agency", Fields: []string{"name"}}}
		change(&m)
		return m
	}
	for _, tt := range []struct {
		name string
		m    DisclosureMade
		want string
	}{
		{"a list", made(func(*DisclosureMade) {}), "agency"},
		{"a letter that names them", made(func(m *DisclosureMade) { m.To.Recipient = "The agency" }), "agency"},
		{"a draft", made(func(m *DisclosureMade) { m.Draft = true }), ""},
		{"what stayed here", made(func(m *DisclosureMade) { m.To.Recipient = "internal" }), ""},
		{"what the person got", made(func(m *DisclosureMade) { m.To.Recipient = "data subject" }), ""},
		{"a letter of this case", made(func(m *DisclosureMade) { m.Request = r.Ref }), ""},
		{"a letter of another", made(func(m *DisclosureMade) { m.Request = "AR-2026-0001" }), "agency"},
	} {
		got := ""
		for _, row := range r.RecipientsOf(&Delegate{}, []DisclosureMade{tt.m}, p) {
			got += row.Recipient
		}
		if got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

// A statement completes all that is held, so that everybody who had any of it
// is to be told.
func TestAStatementConcernsEverybodyBefore(t *testing.T) {
	r := opened(t, calendar.Rectification, "2026-03-02")
	r.Events = append(r.Events, RequestEvent{
		Seq: 2, Kind: Rectified, On: day(t, "2026-03-09"), Recorded: calendar.LondonStart(day(t, "2026-03-09")),
		Change: &ValueChange{Field: FieldStatement, After: "x"},
	})
	at := func(s string) DisclosureMade {
		return DisclosureMade{To: DisclosedTo{Recipient: s, At: calendar.LondonStart(day(t, s)), Fields: []string{"phone"}}}
	}
	rows := r.RecipientsOf(&Delegate{}, []DisclosureMade{at("2026-03-04"), at("2026-03-10")}, &Profile{})
	if len(rows) != 1 || rows[0].Recipient != "2026-03-04" {
		t.Errorf("%+v", rows)
	}
}
