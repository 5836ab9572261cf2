package desk_test

import (
	"testing"

	"custos/internal/register"
)

func TestAHoldIsSetReleasedAndOutlivesAMerge(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	from, into := o.person(t, "Ada Sample", "ada@old.example.org"), o.person(t, "Ada Sample", "ada@example.org")
	hold, err := o.SetHold(ctx, register.HoldInput{Delegate: from, Kind: "claim", Reason: "letter before action"})
	if err != nil || hold.On != o.Today() || !hold.Standing() {
		t.Fatalf("%+v, %v", hold, err)
	}
	for field, in := range map[string]register.HoldInput{
		"kind":   {Delegate: from, Kind: "whim", Reason: "x"},
		"reason": {Delegate: from, Kind: "claim"},
		"on":     {Delegate: from, Kind: "claim", Reason: "x", On: o.Today().AddDays(1)},
		"review": {Delegate: from, Kind: "claim", Reason: "x", Review: o.Today()},
	} {
		_, err := o.SetHold(ctx, in)
		wantKind(t, err, register.Invalid)
		if want := field + ":"; err.Error()[:len(want)] != want {
			t.Errorf("%v does not name %s", err, field)
		}
	}
	officer := o.hire(t, "olga", register.Officer)
	wantKind(t, officer.ReleaseHold(ctx, from, hold.ID, "settled"), register.Denied)
	done, err := o.Merge(ctx, register.MergeInput{From: from, Into: into}, false)
	if err != nil || done.Moved["holds"] != 1 {
		t.Fatalf("%+v, %v", done, err)
	}
	page, err := o.Person(into)
	if err != nil || len(page.Holds) != 1 || page.Holds[0].ID != hold.ID {
		t.Fatalf("%+v, %v", page.Holds, err)
	}
	wantKind(t, o.ReleaseHold(ctx, into, hold.ID, " "), register.Invalid)
	if err := o.ReleaseHold(ctx, into, hold.ID, "settled"); err != nil {
		t.Fatal(err)
	}
	wantKind(t, o.ReleaseHold(ctx, into, hold.ID, "again"), register.Conflict)
	wantKind(t, o.ReleaseHold(ctx, into, "H0000000000000", "none"), register.NotFound)
	holds, err := o.Holds(into)
	if err != nil || len(holds) != 1 || holds[0].Standing() || holds[0].ReleasedBy != "office" {
		t.Fatalf("%+v, %v", holds, err)
	}
}
