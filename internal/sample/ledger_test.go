package sample

import (
	"context"
	"slices"
	"testing"

	"custos/internal/calendar"
	"custos/internal/desk"
	"custos/internal/profile"
	"custos/internal/register"
)

// shown is what the screens of consents have to show of a sample.
type shown struct {
	states  map[register.ConsentAct]int
	months  int // of the last twelve in which somebody said yes or no
	refresh map[register.RefreshReason]int
	rules   map[register.ContactRule]int // that decide about marketing by email
}

func show(t *testing.T, s *desk.Seat, p *register.Profile) shown {
	t.Helper()
	sh := shown{map[register.ConsentAct]int{}, 0, map[register.RefreshReason]int{}, map[register.ContactRule]int{}}
	counts, err := s.PurposeCounts(context.Background(), s.Today(), calendar.Date{})
	if err != nil {
		t.Fatal(err)
	}
	var said [12]int
	for _, c := range counts {
		for state, n := range c.States {
			sh.states[state] += n
		}
		for m := range said {
			said[m] += c.Given[m] + c.No[m]
		}
	}
	for _, n := range said {
		if n > 0 {
			sh.months++
		}
	}
	queue, err := s.RefreshQueue(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range queue {
		sh.refresh[row.Reason]++
	}
	for _, row := range rowsHeld(t, s) {
		for _, x := range p.Purposes {
			if !x.Marketing {
				continue
			}
			key := register.ConsentKey{Purpose: x.ID, Channel: "email"}
			if len(x.Brands) > 0 {
				key.Brand = x.Brands[0]
			}
			answer, err := s.MayContact(row.ID, key, s.Today())
			if err != nil {
				t.Fatal(err)
			}
			sh.rules[answer.Rule]++
		}
	}
	return sh
}

// Whatever the profile, a sample has something of everything to show.
func TestSampleShowsTheLedger(t *testing.T) {
	special := map[string]struct {
		refresh []register.RefreshReason
		rules   []register.ContactRule
		alone   int // held by consent alone, where the profile knows such people
	}{
		"community-learning":     {refresh: []register.RefreshReason{register.RefreshWording}, alone: 2},
		"education-services":     {rules: []register.ContactRule{register.RuleCorporate}},
		"traded-services-portal": {rules: []register.ContactRule{register.RuleSoftOptIn, register.RuleNoOptIn}, alone: 2},
		"work-experience":        {refresh: []register.RefreshReason{register.RefreshOwn}},
	}
	for _, name := range names() {
		t.Run(name, func(t *testing.T) {
			p, err := profile.Load(name)
			if err != nil {
				t.Fatal(err)
			}
			s := office(t, p)
			sum := fill(t, s, Options{})
			got := show(t, s, &p)
			for _, want := range []register.ConsentAct{
				register.Given, register.RefusedIt, register.Withdrawn, register.Objected, register.Asked, register.Expired,
				register.NeverAsked,
			} {
				if got.states[want] == 0 {
					t.Errorf("no question stands at %s", want)
				}
			}
			reasons := append(special[name].refresh, register.RefreshSoon, register.RefreshEnded, register.RefreshWaiting)
			for _, want := range reasons {
				if got.refresh[want] == 0 {
					t.Errorf("nobody is to be asked again because: %s", want)
				}
			}
			rules := append(special[name].rules, register.RuleConsent, register.RuleNoConsent, register.RuleOptedOut)
			for _, want := range rules {
				if got.rules[want] == 0 {
					t.Errorf("the rule %s decides nowhere", want)
				}
			}
			if n := heldAlone(t, s); n < special[name].alone {
				t.Errorf("%d are held by consent alone", n)
			}
			if got.months < 10 || sum.Suppressions < 4 {
				t.Errorf("%d months with answers, %d suppressions", got.months, sum.Suppressions)
			}
			if t.Failed() {
				t.Logf("%+v %+v", got, sum)
			}
		})
	}
}

// heldAlone counts the people held by nothing but consent.
func heldAlone(t *testing.T, s *desk.Seat) int {
	t.Helper()
	alone := 0
	for _, row := range rowsHeld(t, s) {
		grounds, err := s.Grounds(row.ID)
		if err != nil {
			t.Fatal(err)
		}
		other := func(g register.Ground) bool { return g.Basis != register.Consent }
		if len(grounds) > 0 && !slices.ContainsFunc(grounds, other) {
			alone++
		}
	}
	return alone
}
