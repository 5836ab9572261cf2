package desk_test

import (
	"testing"

	"custos/internal/desk"
	"custos/internal/register"
	"custos/store"
)

func TestAPassphraseIsItsOwnersToChange(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	wantKind(t, o.ChangePassphrase(ctx, []byte("short")), register.Invalid)
	if err := o.ChangePassphrase(ctx, []byte("marble ladder cloud teapot")); err != nil {
		t.Fatal(err)
	}
	// Nobody resets another's: that takes the printed key.
	wantKind(t, o.desk.ResetPassphrase(ctx, "office", "console", []byte("copper window river basket")), register.Denied)
	if rows, err := o.Trail(1); err != nil || rows[0].Verb != register.PassphraseSet {
		t.Fatalf("%+v, %v", rows, err)
	}
}

func TestWhoCameInByAKeyProvesTheOldPassphrase(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	far, err := o.desk.As("office", desk.SSH)
	if err != nil {
		t.Fatal(err)
	}
	next := []byte("marble ladder cloud teapot")
	wantKind(t, far.ChangePassphrase(ctx, next), register.Refused)
	wantKind(t, far.ChangePassphrase(ctx, next, nil), register.Refused)
	wantKind(t, far.ChangePassphrase(ctx, next, []byte("not the one it is")), register.Refused)
	wantKind(t, o.ChangePassphrase(ctx, next, []byte("not the one it is")), register.Refused)
	if err := o.desk.Prove(ctx, "office", []byte(passphrase)); err != nil {
		t.Fatalf("it was changed all the same: %v", err)
	}
	if err := far.ChangePassphrase(ctx, next, []byte(passphrase)); err != nil {
		t.Fatal(err)
	}
	if err := o.desk.Prove(ctx, "office", next); err != nil {
		t.Error(err)
	}
}

// Somebody whose record was kept but whose passphrase was not, as a failure
// between the two leaves it, is completed by adding them again.
func TestAnOperatorWithoutAPassphraseIsCompleted(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	kim := register.Operator{Name: "kim", Roles: []register.Role{register.Viewer}, Created: noon}
	_, err := o.db.Update(ctx, store.Change{Operator: "office", Door: "console", Verb: register.OperatorAdd},
		func(tx *store.Tx) error { return tx.Operators().Put(kim) })
	if err != nil {
		t.Fatal(err)
	}
	pass := []byte("copper window river basket")
	if err := o.AddOperator(ctx, kim, pass); err != nil {
		t.Fatal(err)
	}
	if opens, err := o.db.HasSlot("kim"); err != nil || !opens {
		t.Fatalf("%v, %v", opens, err)
	}
	wantKind(t, o.AddOperator(ctx, kim, pass), register.Conflict)
}
