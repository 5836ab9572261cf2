package desk_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"custos/internal/desk"
	"custos/internal/register"

	"github.com/google/go-cmp/cmp"
)

// at is where somebody has a record open.
func at(kind string, id any) register.Pin { return register.Pin{Kind: kind, ID: fmt.Sprint(id)} }

// again seats somebody a second time, at another door.
func (o *office) again(t *testing.T, name, door string) *desk.Seat {
	t.Helper()
	s, err := o.desk.As(name, door)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestPresent(t *testing.T) {
	o := newOffice(t)
	ada := at(register.PinPerson, o.person(t, "Ada Sample", "ada@example.org"))
	bo, idle := o.hire(t, "bo", register.Officer), o.hire(t, "cy", register.Officer)
	_ = idle // sits, and never says where
	o.Here(ada, "")
	o.now = noon.Add(time.Minute)
	bo.Here(register.Pin{}, "Requests")
	bo.Here(ada, register.Changing)
	far := o.again(t, "bo", desk.SSH)
	far.Here(ada, "")
	want := []register.Presence{
		{Operator: "bo", Door: desk.Console, Since: o.now, At: ada, Doing: register.Changing},
		{Operator: "office", Door: desk.Console, Since: noon, At: ada},
	}
	if diff := cmp.Diff(want, o.Present()); diff != "" {
		t.Errorf("a record somebody has open twice is listed once (-want +got):\n%s", diff)
	}
	far.Here(register.Pin{}, "Home")
	if got := o.Present(); len(got) != 3 || got[0].At != (register.Pin{}) || got[0].Door != desk.SSH {
		t.Errorf("two places of one operator: %+v", got)
	}
	o.now = noon.Add(time.Hour)
	bo.Here(ada, "")
	bo.Depart()
	far.Depart()
	far.Depart()
	if got := o.Present(); len(got) != 1 || got[0].Operator != "office" || !got[0].Since.Equal(noon) {
		t.Errorf("after they left: %+v", got)
	}
}

// Whoever turns to something else in the same place has been there since they came.
func TestPresentSince(t *testing.T) {
	o := newOffice(t)
	ada := at(register.PinPerson, o.person(t, "Ada Sample", "ada@example.org"))
	o.Here(ada, "")
	o.now = noon.Add(time.Hour)
	o.Here(ada, register.Changing)
	if got := o.Present(); !got[0].Since.Equal(noon) || got[0].Doing != register.Changing {
		t.Errorf("%+v", got)
	}
	o.Here(register.Pin{}, strings.Repeat("é", 100))
	if got := o.Present(); !got[0].Since.Equal(o.now) || len([]rune(got[0].Doing)) != 40 {
		t.Errorf("%+v", got)
	}
}

func TestPresentAsFarAsTheyMayKnow(t *testing.T) {
	o := newOffice(t)
	elm, ash := o.school(t, "Elm", "900001"), o.school(t, "Ash", "900002")
	ada, bea := o.person(t, "Ada Sample", "ada@example.org"), o.person(t, "Bea Sample", "bea@example.org")
	if _, err := o.Join(t.Context(), register.MembershipInput{Delegate: ada, Organisation: elm}); err != nil {
		t.Fatal(err)
	}
	ref := o.accessRequest(t, ada)
	lead := o.hireLead(t, "lea", elm)
	admin := o.hire(t, "kim", register.Admin)
	bo := o.hire(t, "bo", register.Officer)
	lead.Here(register.Pin{}, "Home")
	for _, x := range []struct {
		at          register.Pin
		lead, admin bool // see the place
	}{
		{at(register.PinPerson, ada), true, false},
		{at(register.PinPerson, bea), false, false},
		{at(register.PinOrganisation, elm), true, true},
		{at(register.PinOrganisation, ash), false, true},
		{at(register.PinCase, ref), false, false},
		{at(register.PinPerson, "d:nobody"), false, false},
		{register.Pin{}, false, false},
	} {
		bo.Here(x.at, "")
		place := func(s *desk.Seat) (where register.Pin, listed bool) {
			for _, p := range s.Present() {
				if p.Operator == "bo" {
					return p.At, true
				}
			}
			return register.Pin{}, false
		}
		where, listed := place(lead)
		if listed != x.lead || listed && where != x.at {
			t.Errorf("a lead is told %v %v of %v", where, listed, x.at)
		}
		where, listed = place(admin)
		if none := (register.Pin{}); !listed || x.admin && where != x.at || !x.admin && where != none {
			t.Errorf("an admin is told %v %v of %v", where, listed, x.at)
		}
	}
	if got := lead.Present(); len(got) != 1 || got[0].Operator != "lea" {
		t.Errorf("a lead sees themselves: %+v", got)
	}
}

func (o *office) hireLead(t *testing.T, name string, org register.ID) *desk.Seat {
	t.Helper()
	err := o.AddOperator(t.Context(), register.Operator{
		Name: name, Roles: []register.Role{register.Lead}, Organisation: org,
	}, []byte(passphrase+name))
	if err != nil {
		t.Fatal(err)
	}
	return o.again(t, name, desk.SSH)
}

// Moves reach the others as one note where nobody has looked yet, and whoever moved not at all.
func TestMovesAreNoted(t *testing.T) {
	o := newOffice(t)
	bo := o.hire(t, "bo", register.Officer)
	entries := o.trail(t)
	notes, cancel := o.Notes()
	own, end := bo.Notes()
	for i := range 1000 {
		bo.Here(at(register.PinCase, i), "")
	}
	moves := 0
	for note := range notes {
		if note.Verb == register.DelegateAdd {
			break
		}
		if moves++; note.Verb != register.PresenceMoved || len(note.Collections) != 1 || note.Seq != 0 {
			t.Errorf("%+v", note)
		}
		if moves == 1 {
			o.person(t, "Ada Sample", "ada@example.org")
		}
	}
	if moves > 2 { // one may be on its way while the next is asked for
		t.Errorf("1,000 moves came as %d notes", moves)
	}
	if note := <-own; note.Verb != register.DelegateAdd {
		t.Errorf("whoever moved was told of it: %+v", note)
	}
	bo.Depart()
	for moves = 0; moves == 0; moves++ {
		if note := <-notes; note.Verb != register.PresenceMoved {
			t.Errorf("%+v", note)
		}
	}
	cancel()
	end()
	for range notes { // closed
		t.Error("a note after the end")
	}
	if n := o.trail(t) - entries; n != 1 {
		t.Errorf("moving left %d entries in the audit trail", n-1)
	}
}

// trail is how long the audit trail is.
func (o *office) trail(t testing.TB) uint64 {
	t.Helper()
	return o.db.AuditHead().Seq
}
