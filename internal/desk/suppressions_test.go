package desk_test

import (
	"encoding/json"
	"strings"
	"testing"

	"custos/internal/register"
)

func TestSuppressedAddressKeepsWhoeverHasItOut(t *testing.T) {
	o := newAskingOffice(t)
	ctx := t.Context()
	who := o.somebody(t, "student", register.FieldEmail, "ADA@example.org", register.FieldPhone, "01632 960001")
	o.says(t, who, newsByEmail, register.Given)
	o.says(t, who, newsByPhone, register.Given)
	entry, err := o.Suppress(ctx, register.SuppressionInput{Email: " ada@EXAMPLE.org ", Reason: "asked by post"})
	if err != nil || entry.Scope != register.ScopeMarketing || entry.Channel != register.AnyChannel || entry.Source != "by hand" {
		t.Fatalf("%+v, %v", entry, err)
	}
	if a := mayContact(t, o.Seat, who, newsByEmail); a.Allowed || a.Rule != register.RuleSuppressed {
		t.Errorf("%+v", a)
	}
	if a := mayContact(t, o.Seat, who, newsByPhone); !a.Allowed {
		t.Errorf("the other address is free: %+v", a)
	}
	if _, err := o.Suppress(ctx, register.SuppressionInput{Phone: "+44 1632 960001", Channel: "phone", Reason: "rang"}); err != nil {
		t.Fatal(err)
	}
	if a := mayContact(t, o.Seat, who, newsByPhone); a.Allowed {
		t.Errorf("however the number is written: %+v", a)
	}
	page, err := o.Person(who)
	if err != nil || len(page.Suppressed) != 2 {
		t.Fatalf("%+v, %v", page.Suppressed, err)
	}
	last := page.Holdings[len(page.Holdings)-1]
	if last.Collection != "suppressions" || len(last.Entries) != 2 {
		t.Errorf("what is held on them does not name the entries: %+v", last)
	}
	if line := page.Consents[0]; line.May || line.Rule != register.RuleSuppressed || line.State != register.Given {
		t.Errorf("%+v", line)
	}
}

func TestSuppressionHoldsNoAddress(t *testing.T) {
	o := newAskingOffice(t)
	ctx := t.Context()
	if _, err := o.Suppress(ctx, register.SuppressionInput{Email: "ada@example.org", Reason: "asked"}); err != nil {
		t.Fatal(err)
	}
	all, err := o.Suppressions()
	if err != nil || len(all) != 1 {
		t.Fatalf("%+v, %v", all, err)
	}
	text, _ := json.Marshal(all)
	trail, _ := o.Trail(1)
	words, _ := json.Marshal(trail)
	for _, b := range []string{string(text), string(words)} {
		if strings.Contains(b, "example") {
			t.Errorf("it names the address: %s", b)
		}
	}
	if trail[0].Note != string(all[0].ID) {
		t.Errorf("the trail does not say which: %+v", trail[0])
	}
	for _, reason := range []string{"stop ada@example.org", "Ada@Example.Org wrote"} {
		_, err := o.Suppress(ctx, register.SuppressionInput{Email: "ADA@example.org", Scope: "all", Reason: reason})
		wantRefusal(t, err, register.Invalid, "reason")
	}
}

func TestSuppressionRefusals(t *testing.T) {
	o := newAskingOffice(t)
	ctx := t.Context()
	good := register.SuppressionInput{Email: "ada@example.org", Reason: "asked"}
	for field, spoil := range map[string]func(*register.SuppressionInput){
		"email":   func(in *register.SuppressionInput) { in.Email = "not an address" },
		"phone":   func(in *register.SuppressionInput) { in.Email, in.Phone = "", "12" },
		"reason":  func(in *register.SuppressionInput) { in.Reason = "" },
		"scope":   func(in *register.SuppressionInput) { in.Scope = "everything" },
		"channel": func(in *register.SuppressionInput) { in.Channel = "phone" },
	} {
		in := good
		spoil(&in)
		_, err := o.Suppress(ctx, in)
		wantRefusal(t, err, register.Invalid, field)
	}
	first, err := o.Suppress(ctx, good)
	if err != nil {
		t.Fatal(err)
	}
	_, err = o.Suppress(ctx, good)
	wantKind(t, err, register.Conflict)
	narrow := good
	narrow.Scope = "news"
	if _, err = o.Suppress(ctx, narrow); err != nil {
		t.Errorf("another scope is another entry: %v", err)
	}
	wantRefusal(t, o.LiftSuppression(ctx, first.ID, " "), register.Invalid, "because")
	wantKind(t, o.LiftSuppression(ctx, "S0000000000000", "asked"), register.NotFound)
	if err := o.LiftSuppression(ctx, first.ID, "they asked to be written to"); err != nil {
		t.Fatal(err)
	}
	wantKind(t, o.LiftSuppression(ctx, first.ID, "again"), register.Conflict)
	if _, err = o.Suppress(ctx, good); err != nil {
		t.Errorf("a lifted one may be made again: %v", err)
	}
	all, _ := o.Suppressions()
	if len(all) != 3 {
		t.Errorf("a lifted one stays on the list: %+v", all)
	}
}

func TestSuppressionOutlivesThePerson(t *testing.T) {
	o := newAskingOffice(t)
	ctx := t.Context()
	who := o.somebody(t, "student", register.FieldEmail, "ada@example.org")
	if _, err := o.Withdraw(ctx, register.WithdrawalInput{Delegate: who, Object: true}); err != nil {
		t.Fatal(err)
	}
	o.forget(t, who)
	again := o.somebody(t, "student", register.FieldEmail, "Ada@example.org")
	o.says(t, again, newsByEmail, register.Given)
	if a := mayContact(t, o.Seat, again, newsByEmail); a.Allowed || a.Rule != register.RuleSuppressed {
		t.Errorf("%+v", a)
	}
}
