package desk_test

import (
	"testing"
	"time"

	"custos/internal/calendar"
	"custos/internal/register"

	"github.com/google/go-cmp/cmp"
)

func TestEveryNoOutlivesThePersonAsASuppression(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	id := o.person(t, "Zephyrine Fernsby", "zeph@example.org")
	err := o.ChangeDelegate(ctx, id, register.DelegateInput{Values: map[string]string{"phone": "01632 960123"}})
	if err != nil {
		t.Fatal(err)
	}
	x := o.asking()
	say := func(act register.ConsentAct, purpose, channel string, ago time.Duration) {
		t.Helper()
		_, err := o.RecordConsent(ctx, register.ConsentInput{
			Delegate: id, Purpose: purpose, Channel: channel, Act: act, At: o.now.Add(-ago), Method: "paper",
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	say(register.Given, x.ID, "email", 48*time.Hour)
	say(register.RefusedIt, x.ID, "email", 24*time.Hour)
	ref := o.erasureCase(t, id, register.Fulfil)
	before := len(o.suppressed(t))
	if report := o.erase(t, ref); !report.Complete || report.Suppress != len(o.suppressed(t))-before {
		t.Fatalf("%+v", report)
	}
	type entry struct{ kind, channel, scope string }
	got := map[entry]bool{}
	for _, s := range o.suppressed(t) {
		got[entry{s.Kind, s.Channel, s.Scope}] = true
	}
	want := map[entry]bool{
		{"email", register.AnyChannel, register.ScopeErased}: true, {"phone", register.AnyChannel, register.ScopeErased}: true,
		{"email", "email", x.ID}: true,
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(entry{})); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func (o *office) suppressed(t *testing.T) []register.Suppression {
	t.Helper()
	all, err := o.Suppressions()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// onlyConsent is an office whose every purpose rests on consent.
func onlyConsent(t *testing.T) *office {
	t.Helper()
	o := newOffice(t)
	p := o.Settings().Profile
	for i := range p.Purposes {
		p.Purposes[i].Bases = []register.BasisRule{{Basis: register.Consent}}
		p.Purposes[i].Service, p.Purposes[i].Marketing = false, false
	}
	return newOfficeWith(t, p)
}

func TestWhereConsentWasAllWithdrawingErases(t *testing.T) {
	o := onlyConsent(t)
	ctx := t.Context()
	id := o.person(t, "Zephyrine Fernsby", "zeph@example.org")
	page, err := o.OpenRequest(ctx, register.RequestInput{
		Right: calendar.Withdrawal, Delegate: id, Received: o.Today(), How: "email",
	})
	if err != nil {
		t.Fatal(err)
	}
	in := register.DecisionInput{Outcome: register.Fulfil, Reason: "consent was all", Grounds: []string{"withdrawn"}}
	if _, err := o.Decide(ctx, page.Ref, in); err != nil {
		t.Fatal(err)
	}
	if plan := o.erasurePlan(t, page.Ref); len(plan.Blocked) > 0 || !plan.Approved {
		t.Fatalf("%q, approved %v", plan.Blocked, plan.Approved)
	}
	if report := o.erase(t, page.Ref); !report.Complete {
		t.Fatalf("%+v", report)
	}
}
