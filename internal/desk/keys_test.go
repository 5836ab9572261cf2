package desk_test

import (
	"testing"

	"custos/internal/register"
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
