package desk_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"filippo.io/age"

	"custos/internal/calendar"
	"custos/internal/exchange/sealed"
	"custos/internal/register"
)

// mail is a pair of keys two offices share, and a folder between them.
type mail struct {
	dir string
	pub []string
	key sealed.Key
}

func newMail(t *testing.T) mail {
	t.Helper()
	id, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	return mail{t.TempDir(), []string{id.Recipient().String()}, sealed.Key{Identities: []byte(id.String())}}
}

func (m mail) in(name, question string) register.HandOverInput {
	return register.HandOverInput{To: filepath.Join(m.dir, name), Question: question, Recipients: m.pub}
}

func (m mail) read(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(m.dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestACaseIsDecidedElsewhereAndTheDecisionComesBack(t *testing.T) {
	home, away, m := newOffice(t), newOffice(t), newMail(t)
	c := openedCase(t, home, calendar.Access)
	ctx := t.Context()
	if _, err := home.HandOver(ctx, c.Ref, m.in("case", "May we release all of it?")); err != nil {
		t.Fatal(err)
	}
	if data := m.read(t, "case"); strings.Contains(string(data), "Sample") {
		t.Error("a name can be read in the file")
	}
	there, err := away.TakeIn(ctx, m.read(t, "case"), m.key)
	if err != nil {
		t.Fatal(err)
	}
	if there.Visit == nil || there.Visit.Question != "May we release all of it?" || len(there.Visit.Held) == 0 || there.Delegate != "" ||
		there.Due != c.Due {
		t.Errorf("the case came in as %+v", there.Visit)
	}
	if _, err := away.TakeIn(ctx, m.read(t, "case"), m.key); register.KindOf(err) != register.Conflict {
		t.Errorf("taken in twice: %v", err)
	}
	if _, err := away.HandBack(ctx, there.Ref, m.in("nothing", "")); register.KindOf(err) != register.Refused {
		t.Errorf("nothing to send back: %v", err)
	}
	decision := register.DecisionInput{Outcome: register.Fulfil, Reason: "nothing to withhold"}
	if _, err := away.Decide(ctx, there.Ref, decision); err != nil {
		t.Fatal(err)
	}
	if _, err := away.HandBack(ctx, there.Ref, m.in("advice", "")); err != nil {
		t.Fatal(err)
	}
	plan, err := home.TakeBack(ctx, m.read(t, "advice"), m.key, true)
	if err != nil || plan.Taken || len(plan.Events) != 1 || len(plan.Conflicts) != 0 {
		t.Fatalf("the plan: %+v, %v", plan, err)
	}
	if plan, err = home.TakeBack(ctx, m.read(t, "advice"), m.key, false); err != nil || !plan.Taken {
		t.Fatalf("%+v, %v", plan, err)
	}
	page, err := home.Request(c.Ref)
	if err != nil || page.State != register.AwaitsApproval {
		t.Fatalf("the case is %s, %v", page.State, err)
	}
	last := page.Events[len(page.Events)-1]
	if last.Kind != register.Decided || last.By != "office (Elm School)" || last.Text != decision.Reason {
		t.Errorf("the decision came in as %+v", last)
	}
	if page, err = home.Approve(ctx, c.Ref, home.Today()); err != nil || page.State != register.ReadyToReply {
		t.Errorf("%s, %v", page.State, err)
	}
	if plan, err = home.TakeBack(ctx, m.read(t, "advice"), m.key, false); register.KindOf(err) != register.Refused {
		t.Errorf("taken in twice: %+v, %v", plan, err)
	}
	if _, err := away.Progress(ctx, there.Ref, register.RequestEvent{Kind: register.CaseClosed, On: away.Today()}); err != nil {
		t.Errorf("the visiting case does not close: %v", err)
	}
}

func TestAdviceWritesNothingOver(t *testing.T) {
	home, away, m := newOffice(t), newOffice(t), newMail(t)
	c := openedCase(t, home, calendar.Access)
	ctx := t.Context()
	if _, err := home.HandOver(ctx, c.Ref, m.in("case", "Extend?")); err != nil {
		t.Fatal(err)
	}
	there, err := away.TakeIn(ctx, m.read(t, "case"), m.key)
	if err != nil {
		t.Fatal(err)
	}
	refuse := register.DecisionInput{Outcome: register.Refuse, Reason: "too much", Grounds: []string{"excessive"}}
	if _, err := away.Decide(ctx, there.Ref, refuse); err != nil {
		t.Fatal(err)
	}
	if _, err := away.HandBack(ctx, there.Ref, m.in("advice", "")); err != nil {
		t.Fatal(err)
	}
	if _, err := home.Decide(ctx, c.Ref, register.DecisionInput{Outcome: register.Fulfil, Reason: "all of it"}); err != nil {
		t.Fatal(err)
	}
	before, _ := home.Request(c.Ref)
	plan, err := home.TakeBack(ctx, m.read(t, "advice"), m.key, false)
	if register.KindOf(err) != register.Refused || len(plan.Conflicts) != 1 || len(plan.Since) == 0 {
		t.Errorf("%+v, %v", plan, err)
	}
	if after, _ := home.Request(c.Ref); after.Revision != before.Revision {
		t.Error("advice that was refused changed the case")
	}
	stranger := newOffice(t)
	openedCase(t, stranger, calendar.Access)
	if _, err := stranger.TakeBack(ctx, m.read(t, "advice"), m.key, false); register.KindOf(err) != register.Refused {
		t.Errorf("advice on another office's case of the same number: %v", err)
	}
}

func TestWhatMayNotBeHandedOver(t *testing.T) {
	o, m := newOffice(t), newMail(t)
	c := openedCase(t, o, calendar.Access)
	ctx := t.Context()
	for name, in := range map[string]register.HandOverInput{
		"no question": m.in("one", " "),
		"no key":      {To: filepath.Join(m.dir, "two"), Question: "May we?"},
	} {
		if _, err := o.HandOver(ctx, c.Ref, in); register.KindOf(err) != register.Invalid {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := os.Stat(in.To); err == nil {
			t.Errorf("%s: a file is left behind", name)
		}
	}
	if _, err := o.HandBack(ctx, c.Ref, m.in("three", "")); register.KindOf(err) != register.Refused {
		t.Errorf("the office's own case sent back: %v", err)
	}
	if _, err := o.TakeIn(ctx, []byte("no such file"), m.key); register.KindOf(err) != register.Invalid {
		t.Errorf("a file that is none: %v", err)
	}
}
