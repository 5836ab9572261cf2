package desk_test

import (
	"context"
	"strings"
	"testing"

	"custos/internal/register"
)

func TestAKeyBelongsToOneOperator(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	kim := o.hire(t, "kim", register.Officer)
	o.hire(t, "sam", register.Viewer)
	line := keyLine(t)
	_, err := o.desk.OperatorOfKey(line)
	wantKind(t, err, register.Denied)
	k, err := o.AddKey(ctx, "kim", []byte(line+" kim@elm\n"), "laptop")
	if err != nil || k.Label != "laptop" || k.AddedBy != "office" || !k.Added.Equal(o.now) {
		t.Fatalf("%+v, %v", k, err)
	}
	if who, err := o.desk.OperatorOfKey(k.Key); who != "kim" || err != nil {
		t.Fatalf("%q, %v", who, err)
	}
	if op := kim.Operator(); len(op.Keys) != 1 || op.Keys[0].Fingerprint != k.Fingerprint {
		t.Errorf("%+v", op)
	}
	for _, name := range []string{"kim", "sam"} {
		_, err = o.AddKey(ctx, name, []byte(line), "")
		wantKind(t, err, register.Conflict)
	}
	_, err = o.AddKey(ctx, "nobody", []byte(keyLine(t)), "")
	wantKind(t, err, register.NotFound)
	_, err = o.AddKey(ctx, "sam", []byte(keyLine(t)), "Sam's own")
	wantKind(t, err, register.Invalid)
	_, err = kim.AddKey(ctx, "kim", []byte(keyLine(t)), "")
	wantKind(t, err, register.Denied)
	wantKind(t, kim.RemoveKey(ctx, "kim", k.Fingerprint), register.Denied)
}

func TestAKeyTakenAwayOpensNothing(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	o.hire(t, "kim", register.Officer)
	k, err := o.AddKey(ctx, "kim", []byte(keyLine(t)), "")
	if err != nil {
		t.Fatal(err)
	}
	rows, err := o.Trail(1)
	if err != nil || rows[0].Verb != register.OperatorKey || rows[0].Note != "kim added "+k.Fingerprint {
		t.Errorf("%+v, %v", rows, err)
	}
	if strings.Contains(rows[0].Note, "AAAA") {
		t.Error("the trail holds more than the fingerprint")
	}
	wantKind(t, o.RemoveKey(ctx, "kim", "SHA256:other"), register.NotFound)
	if err := o.RemoveKey(ctx, "kim", k.Fingerprint); err != nil {
		t.Fatal(err)
	}
	_, err = o.desk.OperatorOfKey(k.Key)
	wantKind(t, err, register.Denied)
	if _, err := o.AddKey(ctx, "kim", []byte(k.Key), ""); err != nil {
		t.Fatal(err)
	}
	if err := o.RemoveOperator(ctx, "kim"); err != nil {
		t.Fatal(err)
	}
	_, err = o.desk.OperatorOfKey(k.Key)
	wantKind(t, err, register.Denied)
	// Who comes back comes back without their keys, which are free for others.
	o.hire(t, "kim", register.Officer)
	_, err = o.desk.OperatorOfKey(k.Key)
	wantKind(t, err, register.Denied)
	o.hire(t, "sam", register.Viewer)
	if _, err := o.AddKey(ctx, "sam", []byte(k.Key), ""); err != nil {
		t.Error(err)
	}
}

func TestAnOperatorHasSoManyKeys(t *testing.T) {
	o := newOffice(t)
	for range register.MaxSSHKeys {
		if _, err := o.AddKey(t.Context(), "office", []byte(keyLine(t)), ""); err != nil {
			t.Fatal(err)
		}
	}
	_, err := o.AddKey(t.Context(), "office", []byte(keyLine(t)), "")
	wantKind(t, err, register.Refused)
}

func TestAPassphraseIsProved(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	o.hire(t, "kim", register.Viewer)
	if err := o.desk.Prove(ctx, "office", []byte(passphrase)); err != nil {
		t.Fatal(err)
	}
	if err := o.desk.Prove(ctx, "kim", []byte(passphrase+"kim")); err != nil {
		t.Fatal(err)
	}
	wantKind(t, o.desk.Prove(ctx, "kim", []byte(passphrase)), register.Refused) // another's
	wantKind(t, o.desk.Prove(ctx, "nobody", []byte(passphrase)), register.Denied)
	if err := o.RemoveOperator(ctx, "kim"); err != nil {
		t.Fatal(err)
	}
	wantKind(t, o.desk.Prove(ctx, "kim", []byte(passphrase+"kim")), register.Denied)
	gone, cancel := context.WithCancel(ctx)
	cancel()
	if err := o.desk.Prove(gone, "office", []byte("not it")); err == nil {
		t.Error("proved for somebody who has gone")
	}
}
