package desk_test

import (
	"path/filepath"
	"testing"

	"custos/internal/desk"
	"custos/internal/register"
)

// TestANoCountsForEverybodyUnderTheAddress: two records may be of one person,
// and what one of them said no to is not sent to the other.
func TestANoCountsForEverybodyUnderTheAddress(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	key := register.ConsentKey{Purpose: "course-news", Channel: "email"}
	say := func(who register.ID, act register.ConsentAct) {
		t.Helper()
		in := register.ConsentInput{Delegate: who, Purpose: key.Purpose, Channel: key.Channel, Act: act, Method: "web"}
		if _, err := o.RecordConsent(ctx, in); err != nil {
			t.Fatal(err)
		}
	}
	yes, no := o.person(t, "Ada Sample", "Ada@example.org"), o.person(t, "A. Sample", "ada@example.org")
	other := o.person(t, "Kim Sample", "kim@example.org")
	say(yes, register.Given)
	say(other, register.Given)
	if a, err := o.MayContact(yes, key, o.Today()); err != nil || !a.Allowed {
		t.Fatalf("%+v, %v", a, err)
	}
	say(no, register.RefusedIt)
	a, err := o.MayContact(yes, key, o.Today())
	if err != nil || a.Allowed || a.Rule != register.RuleSameAddress {
		t.Fatalf("%+v, %v", a, err)
	}
	sum, err := o.MayAll(ctx, key, o.Today())
	if err != nil || sum.Allowed != 1 {
		t.Errorf("%+v, %v", sum, err)
	}
	page, err := o.Person(yes)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range page.Consents {
		if l.Purpose == key.Purpose && l.Channel == key.Channel && (l.May || l.Rule != register.RuleSameAddress) {
			t.Errorf("the page says %+v", l)
		}
	}
	d, err := o.Export(ctx, desk.ExportInput{
		Noun: "mailing", Purpose: key.Purpose, Channel: key.Channel, To: filepath.Join(t.TempDir(), "list.csv"),
	})
	if err != nil || d.Count != 1 {
		t.Errorf("%+v, %v", d, err)
	}
	if a, err := o.MayContact(yes, register.ConsentKey{Purpose: "course-messages", Channel: "email"}, o.Today()); err != nil || !a.Allowed {
		t.Errorf("a service message to somebody else: %+v, %v", a, err)
	}
}
