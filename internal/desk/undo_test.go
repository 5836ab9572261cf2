package desk_test

import (
	"testing"

	"custos/internal/exchange/consentfile"
	"custos/internal/register"
)

// Undoing a sheet of answers takes the yeses back and leaves the noes.
func TestUndoLeavesEveryNo(t *testing.T) {
	o := newAskingOffice(t)
	stops, starts := o.somebody(t, "teacher"), o.somebody(t, "teacher")
	o.says(t, stops, newsByEmail, register.Given)
	_, problems, err := o.RecordConsents(t.Context(), []register.ConsentInput{
		inputOf(stops, newsByEmail, register.Withdrawn), inputOf(starts, newsByEmail, register.Given),
	})
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	undone, err := o.UndoLast(t.Context())
	if err != nil || undone.Kept != 1 || undone.Removed != 1 {
		t.Errorf("%+v, %v", undone, err)
	}
	for who, want := range map[register.ID]register.ConsentAct{stops: register.Withdrawn, starts: register.NeverAsked} {
		if a := mayContact(t, o.Seat, who, newsByEmail); a.Allowed || a.State != want {
			t.Errorf("%s: %t, %s, want %s", who, a.Allowed, a.State, want)
		}
	}
}

func TestALedgerReadBackIsUndoneAsAWhole(t *testing.T) {
	o := newOfficeWith(t, sendingProfile())
	ada := o.person(t, "Ada Ray", "ada@example.org")
	no := register.ConsentEvent{
		ID: "K0000000000001", Delegate: ada, Purpose: newsByEmail.Purpose, Channel: newsByEmail.Channel, Act: register.Withdrawn,
		At: noon, Recorded: noon, RecordedBy: "ann", Method: "paper",
	}
	if got := o.readBack(t, consentfile.CSV, ledgerFile(t, consentfile.CSV, no), false); got.New != 1 {
		t.Fatalf("%+v", got)
	}
	_, err := o.UndoLast(t.Context())
	wantKind(t, err, register.Refused)
	if a := mayContact(t, o.Seat, ada, newsByEmail); a.State != register.Withdrawn {
		t.Errorf("%s", a.State)
	}
}
