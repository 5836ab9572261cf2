package store_test

import (
	"testing"

	"custos/internal/register"
	"custos/store"
	"custos/store/storetest"
)

func TestOperatorsComeAndGo(t *testing.T) {
	dir := t.TempDir()
	db, oldRecovery, err := store.Create(dir, storetest.Setup(), storetest.Options())
	if err != nil {
		t.Fatal(err)
	}
	by := storetest.By(register.OperatorAdd)
	if err := db.AddSlot(ctx, "second", []byte("another passphrase"), by); err != nil {
		t.Fatal(err)
	}
	if err := db.AddSlot(ctx, "second", []byte("x"), by); register.KindOf(err) != register.Conflict {
		t.Errorf("a second slot: %v, want Conflict", err)
	}
	if err := db.ReplaceSlot(ctx, "third", []byte("x"), by); register.KindOf(err) != register.NotFound {
		t.Errorf("changing no passphrase: %v, want NotFound", err)
	}
	if err := db.AddSlot(ctx, "third", nil, by); register.KindOf(err) != register.Invalid {
		t.Errorf("an empty passphrase: %v, want Invalid", err)
	}
	if err := db.ReplaceSlot(ctx, storetest.Operator, []byte("changed"), by); err != nil {
		t.Fatal(err)
	}
	recovery, err := db.ReplaceRecovery(ctx, by)
	if err != nil {
		t.Fatal(err)
	}
	storetest.Close(t, db)
	for _, c := range []struct {
		credential store.Credential
		want       bool
	}{
		{store.Credential{Operator: "second", Passphrase: []byte("another passphrase")}, true},
		{store.Credential{Operator: storetest.Operator, Passphrase: []byte("changed")}, true},
		{credential(), false},
		{store.Credential{Recovery: recovery}, true},
		{store.Credential{Recovery: oldRecovery}, false},
	} {
		err := openAndClose(t, dir, c.credential, storetest.Options())
		if (err == nil) != c.want || err != nil && register.KindOf(err) != register.Refused {
			t.Errorf("%s: %v, want it to open: %v", c.credential.Operator, err, c.want)
		}
	}
}

func TestTheLastPassphraseStays(t *testing.T) {
	db := storetest.New(t)
	by := storetest.By(register.OperatorRemove)
	if err := db.RemoveSlot(ctx, storetest.Operator, by); register.KindOf(err) != register.Refused {
		t.Errorf("removing the last passphrase: %v, want Refused", err)
	}
	if err := db.AddSlot(ctx, "second", []byte("another passphrase"), by); err != nil {
		t.Fatal(err)
	}
	if err := db.RemoveSlot(ctx, storetest.Operator, by); err != nil {
		t.Fatal(err)
	}
	if held, err := db.HasSlot(storetest.Operator); held || err != nil {
		t.Errorf("the slot is held: %v, %v", held, err)
	}
	if err := db.RemoveSlot(ctx, storetest.Operator, by); register.KindOf(err) != register.NotFound {
		t.Errorf("removing it again: %v, want NotFound", err)
	}
}
