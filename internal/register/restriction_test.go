package register

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"custos/internal/calendar"
)

func TestRestrictionsHaveAGroundOfTheirKindOfCase(t *testing.T) {
	set := func(code string) RequestEvent { return grounded(march(RestrictionSet, 12), code) }
	closed := then(granted(Fulfil), grounded(march(RestrictionSet, 11), "claims"), march(Replied, 12), march(CaseClosed, 12))
	rules(t, []ruling{
		{"no ground", calendar.Restriction, nil, march(RestrictionSet, 12), Invalid, "one of four"},
		{"an unknown ground", calendar.Restriction, nil, set("moods"), Invalid, "one of four"},
		{"a case that restricts nothing", calendar.Access, nil, set("accuracy"), Refused, "restricts nothing"},
		{"another ground than the case's", calendar.Rectification, nil, set("claims"), Refused, "the ground is accuracy"},
		{"two grounds to choose from", calendar.Erasure, nil, set("accuracy"), Refused, "unlawful or claims"},
		{"while an objection is weighed", calendar.Objection, nil, set("objection"), allowed, ""},
		{"while accuracy is checked", calendar.Rectification, nil, set("accuracy"), allowed, ""},
		{"instead of erasing", calendar.Erasure, granted(Refuse), set("unlawful"), allowed, ""},
		{"kept for a claim", calendar.Erasure, nil, set("claims"), allowed, ""},
		{"what is refused", calendar.Restriction, granted(Refuse), set("claims"), Refused, "to refuse"},
		{"accuracy", calendar.Restriction, nil, set("accuracy"), allowed, ""},
		{"unlawful", calendar.Restriction, nil, set("unlawful"), allowed, ""},
		{"claims", calendar.Restriction, nil, set("claims"), allowed, ""},
		{"objection", calendar.Restriction, nil, set("objection"), allowed, ""},
		{"twice", calendar.Restriction, []RequestEvent{set("claims")}, set("accuracy"), Conflict, "already"},
		{"in a closed case", calendar.Restriction, closed, grounded(march(RestrictionSet, 13), "claims"), Refused, "closed"},
	})
}

// TestTheLiftingIsToldFirst holds to UK GDPR Art 18(3).
func TestTheLiftingIsToldFirst(t *testing.T) {
	set := []RequestEvent{grounded(march(RestrictionSet, 4), "accuracy")}
	told := then(set, march(LiftingTold, 6))
	waits := march(RestrictionEnded, 6)
	waits.Awaits = true
	pending := then(told, waits) // events 1 to 4
	lifted := then(told, march(RestrictionEnded, 6))
	yes := march(Approved, 7)
	yes.Approves = 4
	closed := then(then(granted(Fulfil), grounded(march(RestrictionSet, 11), "claims")), march(Replied, 12), march(CaseClosed, 12))
	awaiting := march(RestrictionEnded, 14)
	awaiting.Awaits = true
	again := grounded(march(RestrictionSet, 8), "claims")
	rules(t, []ruling{
		{"telling of nothing", calendar.Restriction, nil, march(LiftingTold, 6), Refused, "restricts nothing"},
		{"lifting nothing", calendar.Restriction, nil, march(RestrictionEnded, 6), Refused, "restricts nothing"},
		{"lifting untold", calendar.Restriction, set, march(RestrictionEnded, 6), Refused, "tell the person first"},
		{"lifting", calendar.Restriction, told, march(RestrictionEnded, 6), allowed, ""},
		{"lifting before the day it was told", calendar.Restriction, told, march(RestrictionEnded, 5), Invalid, "cannot be lifted before"},
		{"lifting without a reason", calendar.Restriction, told, silent(march(RestrictionEnded, 6)), Invalid, "why"},
		{"lifting while a lifting waits", calendar.Restriction, pending, march(RestrictionEnded, 7), Conflict, "waits for another"},
		{"lifting twice", calendar.Restriction, lifted, march(RestrictionEnded, 7), Refused, "restricts nothing"},
		{"telling of what is lifted", calendar.Restriction, lifted, march(LiftingTold, 7), Refused, "restricts nothing"},
		{"telling while a lifting waits", calendar.Restriction, pending, march(LiftingTold, 7), allowed, ""},
		{"lifting what was approved to be lifted", calendar.Restriction, then(pending, yes), march(RestrictionEnded, 8), Refused, "restricts"},
		{"restricting anew", calendar.Restriction, lifted, again, allowed, ""},
		{"lifting the second on the word of the first", calendar.Restriction, then(lifted, again), march(RestrictionEnded, 9),
			Refused, "tell the person first"},
		{"telling in a closed case", calendar.Restriction, closed, march(LiftingTold, 13), allowed, ""},
		{"telling recipients in a closed case", calendar.Restriction, closed,
			RequestEvent{Kind: RecipientTold, On: march(Noted, 13).On, To: "board"}, allowed, ""},
		{"approving in a closed case", calendar.Restriction, then(closed, march(LiftingTold, 13), awaiting), march(Approved, 14), allowed, ""},
		{"sending back in a closed case", calendar.Restriction, then(closed, march(LiftingTold, 13), awaiting),
			RequestEvent{Kind: Returned, On: awaiting.On, Text: "why?", Corrects: 8}, allowed, ""},
		{"approving nothing in a closed case", calendar.Restriction, closed, march(Approved, 14), Refused, "closed"},
		{"telling in a closed case that restricts nothing", calendar.Enquiry, []RequestEvent{march(Replied, 3), march(CaseClosed, 4)},
			march(LiftingTold, 5), Refused, "closed"},
	})
}

func TestARecordIsWhatItWasOnceTheLastRestrictionIsLifted(t *testing.T) {
	on := march(Noted, 4).On
	d := Delegate{ID: "D1", Status: Deactivated, StatusSince: on.AddDays(-9), StatusReason: "left"}
	was := d
	for _, x := range []Restriction{{"RS-1", "claims", on}, {"RC-2", "accuracy", on.AddDays(1)}} {
		if err := d.Restrict(x); err != nil {
			t.Fatal(err)
		}
	}
	if d.Status != Restricted || d.StatusSince != on || d.StatusReason != "the office no longer needs it and the person does,"+
		" for legal claims (RS-1)" || d.Former == nil || d.Former.Status != Deactivated {
		t.Errorf("%+v", d)
	}
	if err := d.Restrict(Restriction{"RS-1", "claims", on}); KindOf(err) != Conflict {
		t.Errorf("a second of the same case: %v", err)
	}
	if err := d.Unrestrict("RS-1"); err != nil || d.Status != Restricted || d.StatusSince != on.AddDays(1) {
		t.Errorf("%v: %+v", err, d)
	}
	if err := d.Unrestrict("RS-1"); KindOf(err) != Conflict {
		t.Errorf("what was lifted: %v", err)
	}
	if err := d.Unrestrict("RC-2"); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(was, d); diff != "" {
		t.Errorf("-was +is\n%s", diff)
	}
	bare := Delegate{Status: Restricted, Restrictions: []Restriction{{"RS-1", "claims", on}}} // from an older store
	if err := bare.Unrestrict("RS-1"); err != nil || bare.Status != Active {
		t.Errorf("%v: %+v", err, bare)
	}
	gone := Delegate{Status: Erased}
	if err := gone.Restrict(Restriction{Case: "RS-1", Ground: "claims"}); KindOf(err) != Refused || gone.Status != Erased {
		t.Errorf("somebody erased: %v", err)
	}
}

func TestGroundsOfferedAreThoseTheCaseMayUse(t *testing.T) {
	for right, want := range map[calendar.Right][]string{
		calendar.Restriction: {"accuracy", "unlawful", "claims", "objection"}, calendar.Rectification: {"accuracy"},
		calendar.Objection: {"objection"}, calendar.Erasure: {"unlawful", "claims"}, calendar.Access: nil,
	} {
		var codes []string
		for _, g := range RestrictionGroundsFor(right) {
			codes = append(codes, g.Code)
		}
		if diff := cmp.Diff(want, codes); diff != "" {
			t.Errorf("%s: -want +got\n%s", right, diff)
		}
	}
}
