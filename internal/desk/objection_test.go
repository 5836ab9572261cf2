package desk_test

import (
	"fmt"
	"strings"
	"testing"

	"custos/internal/calendar"
	"custos/internal/register"
)

// weighing is a profile with a purpose that rests on a public task and is no
// marketing, and one nobody is contacted for.
func weighing() register.Profile {
	p := sendingProfile()
	task := []register.BasisRule{{Basis: register.PublicTask}}
	p.Purposes = append(p.Purposes,
		register.Purpose{ID: "survey", Title: "Survey", Channels: []string{"email"}, Notice: "main", Bases: task},
		register.Purpose{ID: "planning", Title: "Planning", Notice: "main", Bases: task})
	return p
}

func weighed(out register.Weighing, purposes ...string) register.BalanceInput {
	return register.BalanceInput{
		Interests: "planning of places", Impact: "small", Outcome: out, Text: "it weighs little", Purposes: purposes,
	}
}

func TestAnObjectionIsWeighedBeforeItIsTurnedDown(t *testing.T) {
	o := newOfficeWith(t, weighing())
	ctx := t.Context()
	id := o.somebody(t, "teacher", "name", "Ada", "email", "ada@example.org")
	ref := o.open(t, calendar.Objection, id)
	for _, out := range []register.Outcome{register.Refuse, register.Partly} {
		_, err := o.Decide(ctx, ref, decision(out, "no"))
		wantKind(t, err, register.Refused)
	}
	compelling := decision(register.Refuse, "it is needed")
	compelling.Grounds = []string{"compelling"}
	_, err := o.Decide(ctx, ref, compelling)
	wantKind(t, err, register.Refused)
	must(o.Balance(ctx, ref, weighed(register.ForPerson)))(t)
	_, err = o.Decide(ctx, ref, compelling)
	wantKind(t, err, register.Refused) // it came out for the person
	must(o.Balance(ctx, ref, weighed(register.AgainstPerson)))(t)
	page := must(o.Decide(ctx, ref, compelling))(t)
	if e, _ := find(page.Events, func(e register.RequestEvent) bool { return e.Kind == register.Balanced }); e.Balance == nil ||
		e.Balance.Impact != "small" || e.Text != "it weighs little" {
		t.Errorf("%+v", e)
	}
	_, err = o.Balance(ctx, ref, weighed(register.ForPerson))
	wantKind(t, err, register.Refused)
	if len(must(o.ConsentHistory(id))(t)) != 0 {
		t.Error("an objection that was turned down is in the ledger")
	}
	unproved := decision(register.Refuse, "nobody knows who it is")
	unproved.Grounds = []string{"unproved"}
	must(o.Decide(ctx, o.open(t, calendar.Objection, id), unproved))(t) // there is nothing to weigh
}

func TestAnObjectionUpheldStopsThePurposes(t *testing.T) {
	o := newOfficeWith(t, weighing())
	ctx := t.Context()
	second := o.hire(t, "dora", register.DPO)
	survey := register.ConsentKey{Purpose: "survey", Channel: "email"}
	for i, tt := range []struct {
		purposes []string
		left     string
	}{
		{nil, "joining"}, {[]string{"survey"}, "joining planning"},
	} {
		id := o.somebody(t, "teacher", "name", "Ada", "email", fmt.Sprintf("ada%d@example.org", i))
		if a := mayContact(t, o.Seat, id, survey); !a.Allowed {
			t.Fatalf("%+v", a)
		}
		ref := o.open(t, calendar.Objection, id)
		must(o.Balance(ctx, ref, weighed(register.ForPerson, tt.purposes...)))(t)
		must(o.Decide(ctx, ref, decision(register.Fulfil, "nothing compelling")))(t)
		if a := mayContact(t, o.Seat, id, survey); !a.Allowed {
			t.Fatal("it is stopped before anybody approved it")
		}
		must(second.Approve(ctx, ref, o.Today()))(t)
		if a := mayContact(t, o.Seat, id, survey); a.Allowed || a.Rule != register.RuleObjection {
			t.Errorf("%v: %+v", tt.purposes, a)
		}
		var left []string
		for _, g := range must(o.Grounds(id))(t) {
			left = append(left, g.Purpose)
		}
		if got := strings.Join(left, " "); got != tt.left {
			t.Errorf("grounds left: %q, want %q", got, tt.left)
		}
	}
}

func TestBalanceSaysWhatIsMissing(t *testing.T) {
	o := newOfficeWith(t, weighing())
	id := o.somebody(t, "teacher", "name", "Ada")
	ref := o.open(t, calendar.Objection, id)
	for field, spoil := range map[string]func(*register.BalanceInput){
		"interests": func(in *register.BalanceInput) { in.Interests = " " },
		"impact":    func(in *register.BalanceInput) { in.Impact = "" },
		"outcome":   func(in *register.BalanceInput) { in.Outcome = "" },
		"text":      func(in *register.BalanceInput) { in.Text = "" },
		"purpose":   func(in *register.BalanceInput) { in.Purposes = []string{"nowhere"} },
	} {
		in := weighed(register.ForPerson)
		spoil(&in)
		_, err := o.Balance(t.Context(), ref, in)
		wantRefusal(t, err, register.Invalid, field)
	}
	_, err := o.Balance(t.Context(), ref, weighed(register.ForPerson, "photos")) // rests on consent
	wantRefusal(t, err, register.Refused, "purpose")
	_, err = o.Balance(t.Context(), o.accessRequest(t, id), weighed(register.ForPerson))
	wantKind(t, err, register.Refused)
}

func TestMarketingStopsWhenTheCaseIsOpened(t *testing.T) {
	o := newOfficeWith(t, weighing())
	ctx := t.Context()
	o.hire(t, "dora", register.DPO) // and nobody has to approve it
	id := o.somebody(t, "teacher", "name", "Ada", "email", "ada@example.org")
	o.says(t, id, newsByEmail, register.Given)
	ref := o.open(t, calendar.Marketing, id)
	stopped := func() {
		t.Helper()
		if a := mayContact(t, o.Seat, id, newsByEmail); a.Allowed || a.Rule != register.RuleSuppressed {
			t.Errorf("%+v", a)
		}
	}
	stopped()
	if all := must(o.Suppressions())(t); len(all) != 1 || all[0].Source != "objection" {
		t.Errorf("%+v", all)
	}
	_, err := o.StopMarketing(ctx, ref)
	wantKind(t, err, register.Conflict)
	_, err = o.StopMarketing(ctx, o.accessRequest(t, id))
	wantKind(t, err, register.Refused)

	other := o.somebody(t, "teacher", "name", "Bea", "email", "bea@example.org")
	page := must(o.OpenRequest(ctx, register.RequestInput{
		Right: calendar.Marketing, Name: "Bea", Received: o.Today(), How: "email",
	}))(t)
	_, err = o.StopMarketing(ctx, page.Ref)
	wantKind(t, err, register.Refused) // it is about nobody yet
	page = must(o.Match(ctx, page.Ref, other))(t)
	if _, did := find(page.Events, func(e register.RequestEvent) bool { return e.Kind == register.MarketingStopped }); !did {
		t.Error("matching did not stop it")
	}
	id = other
	if a := mayContact(t, o.Seat, id, newsByEmail); a.Allowed {
		t.Errorf("%+v", a)
	}
}

func TestAWithdrawalCaseTakesConsentBack(t *testing.T) {
	p := sendingProfile()
	p.Purposes = p.Purposes[:1] // consent only
	o := newOfficeWith(t, p)
	ctx := t.Context()
	id := o.somebody(t, "student", "name", "Ada", "email", "ada@example.org", "date_of_birth", "1980-01-02")
	o.says(t, id, newsByEmail, register.Given)
	o.says(t, id, newsByPhone, register.Given)
	ref := o.open(t, calendar.Withdrawal, id)
	done, err := o.WithdrawFor(ctx, ref, newsByPhone)
	if err != nil || len(done.Events) != 1 || done.OfferErasure {
		t.Fatalf("%+v, %v", done, err)
	}
	done, err = o.WithdrawFor(ctx, ref)
	if err != nil || len(done.Events) != 1 || !done.OfferErasure || done.Events[0].Evidence != ref {
		t.Fatalf("%+v, %v", done, err)
	}
	done, err = o.WithdrawFor(ctx, ref)
	page := must(o.Request(ref))(t)
	if last := page.Events[len(page.Events)-1]; err != nil || len(done.Events) != 0 || last.Text != "no consent stood" {
		t.Errorf("%+v, %v", last, err)
	}
	_, err = o.WithdrawFor(ctx, o.accessRequest(t, id))
	wantKind(t, err, register.Refused)
}

// Nothing decides by itself here: a case about an automated decision is informed
// of, heard, reviewed, decided and answered.
func TestAnAutomatedDecisionCaseFromEndToEnd(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	ref := o.open(t, calendar.Automated, o.person(t, "Ada", ""))
	for _, task := range []string{"inform", "hear", "review"} {
		must(o.FinishTask(ctx, ref, task, "done"))(t)
	}
	refusal := decision(register.Refuse, "a person took the decision")
	refusal.Grounds = []string{"human"}
	must(o.Decide(ctx, ref, refusal))(t)
	for _, kind := range []register.RequestEventKind{register.Replied, register.CaseClosed} {
		must(o.Progress(ctx, ref, register.RequestEvent{Kind: kind, On: o.Today()}))(t)
	}
	page := must(o.Request(ref))(t)
	for _, task := range page.Tasks {
		if !task.Finished && task.ID != "acknowledge" && task.ID != "authority" {
			t.Errorf("%s is not done", task.ID)
		}
	}
	if page.State != register.ClosedCase {
		t.Error(page.State)
	}
}
