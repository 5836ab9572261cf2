package register

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"custos/internal/calendar"
)

func TestAnObjectionIsTurnedDownOnceWeighed(t *testing.T) {
	weighed := func(out Weighing) []RequestEvent {
		e := march(Balanced, 4)
		e.Balance = &Balancing{Interests: "x", Impact: "y", Outcome: out}
		return []RequestEvent{e}
	}
	rules(t, []ruling{
		{"refused unweighed", calendar.Objection, nil, decidedOn(5, Refuse), Refused, "weigh the interests first"},
		{"refused on a compelling ground", calendar.Objection, nil, decidedOn(5, Refuse, "compelling"), Refused, "weigh"},
		{"refused for claims", calendar.Objection, nil, decidedOn(5, Refuse, "claims"), Refused, "weigh"},
		{"upheld in part", calendar.Objection, nil, decidedOn(5, Partly, "upheld"), Refused, "weigh"},
		{"refused as unproved", calendar.Objection, nil, decidedOn(5, Refuse, "unproved"), allowed, ""},
		{"refused as unproved and for claims", calendar.Objection, nil, decidedOn(5, Refuse, "unproved", "claims"), Refused, "weigh"},
		{"upheld", calendar.Objection, nil, decidedOn(5, Fulfil), allowed, ""},
		{"refused after weighing", calendar.Objection, weighed(AgainstPerson), decidedOn(5, Refuse, "compelling"), allowed, ""},
		{"refused against the weighing", calendar.Objection, weighed(ForPerson), decidedOn(5, Refuse, "compelling"), Refused, "came out for"},
		{"upheld in part after weighing", calendar.Objection, weighed(ForPerson), decidedOn(5, Partly, "upheld"), allowed, ""},
		{"an erasure needs none", calendar.Erasure, nil, decidedOn(5, Refuse, "claims"), allowed, ""},
		{"weighing an erasure", calendar.Erasure, nil, march(Balanced, 4), Refused, "no objection"},
		{"weighing what is decided", calendar.Objection, []RequestEvent{decidedOn(3, Fulfil)}, march(Balanced, 4), Refused, "comes before"},
		{"weighing without words", calendar.Objection, nil, silent(march(Balanced, 4)), Invalid, "write down"},
	})
}

// TestOnlyTasksAndInterestsAreObjectedTo holds to UK GDPR Art 21(1).
func TestOnlyTasksAndInterestsAreObjectedTo(t *testing.T) {
	p := &Profile{Name: "office", Purposes: []Purpose{
		{ID: "task", Bases: []BasisRule{{Basis: PublicTask}}}, {ID: "interest", Bases: []BasisRule{{Basis: LegitimateInterests}}},
		{ID: "news", Bases: []BasisRule{{Basis: Consent}}}, {ID: "booking", Bases: []BasisRule{{Basis: Contract}}},
	}}
	if diff := cmp.Diff([]string{"task", "interest"}, p.Objectable("worker", "")); diff != "" {
		t.Error(diff)
	}
	full := BalanceInput{Interests: " a ", Impact: " b ", Outcome: AgainstPerson, Text: " c ", Purposes: []string{"task", "interest"}}
	with := func(change func(*BalanceInput)) BalanceInput {
		in := full
		change(&in)
		return in
	}
	for _, tt := range []struct {
		in    BalanceInput
		field string
	}{
		{full, ""},
		{with(func(in *BalanceInput) { in.Outcome = ForPerson }), ""},
		{with(func(in *BalanceInput) { in.Interests = " " }), "interests"},
		{with(func(in *BalanceInput) { in.Impact = " " }), "impact"},
		{with(func(in *BalanceInput) { in.Outcome = "" }), "outcome"},
		{with(func(in *BalanceInput) { in.Text = " " }), "text"},
		{with(func(in *BalanceInput) { in.Purposes = []string{"dreams"} }), "no purpose"},
		{with(func(in *BalanceInput) { in.Purposes = []string{"task", "news"} }), "news rests on neither"},
	} {
		err := tt.in.Validate(p)
		if (err == nil) != (tt.field == "") || err != nil && !strings.Contains(err.Error(), tt.field) {
			t.Errorf("%+v: %v", tt.in, err)
		}
	}
	want := RequestEvent{Kind: Balanced, Text: "c", Balance: &Balancing{"a", "b", AgainstPerson, full.Purposes}}
	if diff := cmp.Diff(want, full.Event()); diff != "" {
		t.Error(diff)
	}
}
