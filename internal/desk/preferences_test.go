package desk_test

import (
	"testing"

	"custos/internal/register"

	"github.com/google/go-cmp/cmp"
)

func TestPreferencesAreOnesOwnAndOfWhatIsThere(t *testing.T) {
	o := newOffice(t)
	ada := o.somebody(t, "delegate", "name", "Ada Sample", "email", "ada@example.org")
	elm := o.school(t, "Elm", "900001")
	pins := []register.Pin{{Kind: register.PinPerson, ID: string(ada)}, {Kind: register.PinOrganisation, ID: string(elm)}}
	gone := []register.Pin{
		{Kind: register.PinPerson, ID: "D0000000000000"}, {Kind: register.PinCase, ID: "AR-2026-9999"},
		{Kind: register.PinOrganisation, ID: "O0000000000000"}, {Kind: "thing", ID: "x"},
	}
	p := register.Preferences{Operator: "somebody else", Theme: "mono", Pinned: append(pins, gone...), Recent: gone}
	must(o.ChangePreferences(t.Context(), func(own *register.Preferences) { *own = p }))(t)
	got, err := o.Preferences()
	if err != nil {
		t.Fatal(err)
	}
	want := register.Preferences{Operator: o.Operator().Name, Theme: "mono", Pinned: pins}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("preferences (-want +got):\n%s", diff)
	}
	nameless := func(own *register.Preferences) { own.Filters = []register.SavedFilter{{}} }
	if _, err := o.ChangePreferences(t.Context(), nameless); register.KindOf(err) != register.Invalid {
		t.Errorf("a filter without a name: %v", err)
	}
	for _, theme := range []string{"mono", "dark"} { // two sessions, each with its own change
		must(o.ChangePreferences(t.Context(), func(own *register.Preferences) {
			own.Theme = theme
			own.Exports += "/" + theme
		}))(t)
	}
	want.Theme, want.Exports = "dark", "/mono/dark"
	if diff := cmp.Diff(want, must(o.Preferences())(t)); diff != "" {
		t.Errorf("after changes by two sessions (-want +got):\n%s", diff)
	}
}
