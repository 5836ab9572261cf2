package desk_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"custos/internal/register"
)

func TestWithdrawTakesBackEveryYesThatMatches(t *testing.T) {
	o := newAskingOffice(t)
	ctx := t.Context()
	who := o.somebody(t, "student")
	for _, key := range []register.ConsentKey{newsByEmail, newsByPhone, learn, cook} {
		o.says(t, who, key, register.Given)
	}
	o.says(t, who, photos, register.RefusedIt)
	done, err := o.Withdraw(ctx, register.WithdrawalInput{Delegate: who, Purpose: "leaflets", Brand: "cook"})
	if err != nil || len(done.Events) != 1 || done.Events[0].Brand != "cook" || done.OfferErasure {
		t.Fatalf("%+v, %v", done, err)
	}
	o.now = o.now.Add(1)
	done, err = o.Withdraw(ctx, register.WithdrawalInput{Delegate: who, Channel: "email", Method: "email", Evidence: "mail of today"})
	if err != nil || len(done.Events) != 2 || done.Events[0].Method != "email" || done.Events[0].Evidence == "" {
		t.Fatalf("%+v, %v", done, err)
	}
	if len(done.Grounds) != 1 || done.Grounds[0].Purpose != "news" || done.OfferErasure {
		t.Errorf("the consent by phone is left: %+v", done.Grounds)
	}
	done, err = o.Withdraw(ctx, register.WithdrawalInput{Delegate: who})
	if err != nil || len(done.Events) != 1 || len(done.Grounds) != 0 || !done.OfferErasure {
		t.Fatalf("nothing is left, so erasure is offered: %+v, %v", done, err)
	}
	_, err = o.Withdraw(ctx, register.WithdrawalInput{Delegate: who})
	wantKind(t, err, register.Conflict)
	if all, _ := o.Suppressions(); len(all) != 0 {
		t.Errorf("taking consent back is no objection: %+v", all)
	}
}

func TestWithdrawalFromBeforeAYesLeavesIt(t *testing.T) {
	o := newAskingOffice(t)
	who := o.somebody(t, "student")
	yes := o.says(t, who, newsByEmail, register.Given)
	_, err := o.Withdraw(t.Context(), register.WithdrawalInput{Delegate: who, At: yes.At.Add(-1)})
	wantKind(t, err, register.Conflict)
	if _, err = o.Withdraw(t.Context(), register.WithdrawalInput{Delegate: who, At: yes.At}); err != nil {
		t.Fatalf("of two answers at one instant the no counts: %v", err)
	}
	if a := mayContact(t, o.Seat, who, newsByEmail); a.State != register.Withdrawn {
		t.Errorf("it stands %s", a.State)
	}
}

func TestContractIsAGroundBesideConsent(t *testing.T) {
	o := newAskingOffice(t)
	who := o.somebody(t, "teacher")
	o.says(t, who, photos, register.Given)
	grounds, err := o.Grounds(who)
	if err != nil || len(grounds) != 2 {
		t.Fatalf("%+v, %v", grounds, err)
	}
	done, err := o.Withdraw(t.Context(), register.WithdrawalInput{Delegate: who})
	if err != nil || len(done.Grounds) != 1 || done.Grounds[0].Basis != register.Contract || done.OfferErasure {
		t.Errorf("%+v, %v", done, err)
	}
}

func TestObjectionToAllMarketingSuppressesTheAddresses(t *testing.T) {
	o := newAskingOffice(t)
	ctx := t.Context()
	who := o.somebody(t, "teacher", register.FieldEmail, "Ada@Example.org", register.FieldPhone, "01632 960001", "address", "1 Elm Road")
	twin := o.somebody(t, "teacher", register.FieldEmail, "ada@example.org", register.FieldPhone, "01632 960002")
	o.says(t, who, photos, register.Given)
	o.says(t, twin, newsByEmail, register.Given)
	done, err := o.Withdraw(ctx, register.WithdrawalInput{Delegate: who, Object: true})
	if err != nil || len(done.Events) != 1 || done.Events[0].Act != register.Objected {
		t.Fatalf("%+v, %v", done, err)
	}
	all, err := o.Suppressions()
	if err != nil || len(all) != 2 {
		t.Fatalf("%+v, %v", all, err)
	}
	for _, s := range all {
		if s.Scope != register.ScopeMarketing || s.Source != "objection" || s.Channel != register.AnyChannel {
			t.Errorf("%+v", s)
		}
	}
	if a := mayContact(t, o.Seat, twin, newsByEmail); a.Allowed || a.Rule != register.RuleSuppressed {
		t.Errorf("the address is suppressed whoever else it is held for: %+v", a)
	}
	if a := mayContact(t, o.Seat, who, photos); !a.Allowed {
		t.Errorf("photographs are no marketing: %+v", a)
	}
	if _, err := o.Withdraw(ctx, register.WithdrawalInput{Delegate: who, Object: true}); err != nil {
		t.Errorf("an objection may be repeated: %v", err)
	}
	if all, _ := o.Suppressions(); len(all) != 2 {
		t.Errorf("it is suppressed twice: %+v", all)
	}
}

func TestObjectionByOneChannelSuppressesItsAddressAlone(t *testing.T) {
	o := newAskingOffice(t)
	who := o.somebody(t, "teacher", register.FieldEmail, "ada@example.org", register.FieldPhone, "01632 960001")
	if _, err := o.Withdraw(t.Context(), register.WithdrawalInput{Delegate: who, Object: true, Channel: "email"}); err != nil {
		t.Fatal(err)
	}
	all, _ := o.Suppressions()
	if len(all) != 1 || all[0].Kind != "email" || all[0].Channel != "email" {
		t.Errorf("%+v", all)
	}
	if _, err := o.Withdraw(t.Context(), register.WithdrawalInput{Delegate: who, Object: true, Purpose: "news"}); err != nil {
		t.Fatal(err)
	}
	if all, _ := o.Suppressions(); len(all) != 1 {
		t.Errorf("an objection to one purpose suppresses no address: %+v", all)
	}
	if a := mayContact(t, o.Seat, who, newsByPhone); a.Allowed || a.State != register.Objected {
		t.Errorf("%+v", a)
	}
}

func TestWithdrawalIsAnsweredByLetter(t *testing.T) {
	o := newAskingOffice(t)
	ctx := t.Context()
	who := o.somebody(t, "student", register.FieldName, "Ada Letterhead")
	o.says(t, who, newsByEmail, register.Given)
	dir := t.TempDir()
	taken := filepath.Join(dir, "taken.html")
	if err := os.WriteFile(taken, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	in := register.WithdrawalInput{Delegate: who, Letter: filepath.Join(dir, "reply.doc")}
	_, err := o.Withdraw(ctx, in)
	wantRefusal(t, err, register.Invalid, "letter")
	in.Letter = taken
	_, err = o.Withdraw(ctx, in)
	wantKind(t, err, register.Refused)
	if a := mayContact(t, o.Seat, who, newsByEmail); a.State != register.Given {
		t.Fatalf("a letter that cannot be written came after the withdrawal: %s", a.State)
	}
	in.Letter = filepath.Join(dir, "reply.html")
	o.now = o.now.Add(1)
	done, err := o.Withdraw(ctx, in)
	if err != nil || done.Letter != in.Letter {
		t.Fatalf("%+v, %v", done, err)
	}
	page, err := os.ReadFile(in.Letter)
	if err != nil || !bytes.Contains(page, []byte("Ada Letterhead")) {
		t.Fatalf("%.200s, %v", page, err)
	}
	o.says(t, who, newsByEmail, register.Given)
	in.Letter = filepath.Join(dir, "reply.pdf")
	if _, err = o.Withdraw(ctx, in); err != nil {
		t.Fatal(err)
	}
	if paper, err := os.ReadFile(in.Letter); err != nil || !bytes.HasPrefix(paper, []byte("%PDF-")) {
		t.Errorf("%.20q, %v", paper, err)
	}
	told := 0
	held, _ := o.Person(who)
	for _, h := range held.Holdings {
		if h.Collection == "disclosed" {
			told = len(h.Entries)
		}
	}
	if told != 2 {
		t.Errorf("%d disclosures to the person, want 2", told)
	}
}

func TestAWithdrawalThatChangesNothingIsNotRecorded(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	who, x := o.person(t, "Ada Sample", "ada@example.org"), o.asking()
	give := func(on string) {
		t.Helper()
		in := register.ConsentInput{Delegate: who, Purpose: x.ID, Channel: x.Channels[0], Act: register.Given, On: date(t, on), Method: "paper"}
		if _, err := o.RecordConsent(ctx, in); err != nil {
			t.Fatal(err)
		}
	}
	give("2026-03-02")
	give("2026-03-10")
	_, err := o.Withdraw(ctx, register.WithdrawalInput{Delegate: who, On: date(t, "2026-03-05")})
	wantKind(t, err, register.Conflict)
	if history, err := o.ConsentHistory(who); err != nil || len(history) != 2 {
		t.Fatalf("%+v, %v", history, err)
	}
	if w, err := o.Withdraw(ctx, register.WithdrawalInput{Delegate: who, On: date(t, "2026-03-10")}); err != nil || len(w.Events) != 1 {
		t.Fatalf("%+v, %v", w, err)
	}
}

func TestAYesNeedsTheDateOfBirthWhereItDecidesWhoAnswers(t *testing.T) {
	o := newOfficeOf(t, "work-experience")
	ctx := t.Context()
	add := func(values map[string]string) register.ID {
		t.Helper()
		id, err := o.AddDelegate(ctx, register.DelegateInput{Kind: "student", Values: values})
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	in := register.ConsentInput{Purpose: "images-website", Channel: "email", Act: register.Given, Method: "paper"}
	in.Delegate = add(map[string]string{"name": "Ada Sample"})
	_, err := o.RecordConsent(ctx, in)
	wantKind(t, err, register.Invalid)
	in.GivenBy, in.Authority = "a parent", "parent"
	_, err = o.RecordConsent(ctx, in)
	wantKind(t, err, register.Invalid)
	in.GivenBy, in.Authority, in.Act = "", "", register.RefusedIt
	if _, err := o.RecordConsent(ctx, in); err != nil {
		t.Errorf("a no is always taken: %v", err)
	}
	in.Delegate, in.Act = add(map[string]string{"name": "Kim Sample", "date_of_birth": "2010-01-01"}), register.Given
	if _, err := o.RecordConsent(ctx, in); err != nil {
		t.Error(err)
	}
}
