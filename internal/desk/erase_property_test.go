package desk_test

import (
	"fmt"
	"strings"
	"testing"

	"custos/internal/register"
	"custos/store"

	"pgregory.net/rapid"
)

// Whoever is on record, whatever they are called and wherever they are named:
// after an erasure the person is found nowhere, and what is others' own is still
// there.
func TestWhateverIsErasedIsFoundNowhere(t *testing.T) {
	o := newOffice(t)
	given := rapid.SampledFrom([]string{"Ada", "Zoë", "Jean-Luc", "María José", "Bo"})
	family := rapid.SampledFrom([]string{"O'Rourke", "Smith-Jones", "García Márquez", "Lindqvist", "de la Tour"})
	says := rapid.SampledFrom([]string{
		"%[1]s %[2]s", "%[2]s, %[1]s", "seen: %[2]s %[1]s.", "ask Mrs %[2]s", "about nobody", "mail %[3]s",
	})
	round := 0
	rapid.Check(t, func(rt *rapid.T) {
		round++
		names := map[register.ID]string{}
		var ids []register.ID
		var words []string
		for i := range rapid.IntRange(2, 4).Draw(rt, "people") {
			g, f := given.Draw(rt, "given"), family.Draw(rt, "family")
			mail := fmt.Sprintf("p%d.%d@example.org", round, i)
			id := o.person(t, g+" "+f, mail)
			names[id] = g + " " + f
			ids = append(ids, id)
			words = append(words, fmt.Sprintf(says.Draw(rt, "says"), g, f, mail))
		}
		gone := ids[0]
		for i, id := range ids[1:] {
			text := rapid.SampledFrom(words).Draw(rt, "words")
			o.write(t, func(tx *store.Tx) {
				for _, name := range []string{"Bookings", "Courses"} {
					plant(t, tx, name, fmt.Sprintf("%09d%04d", round, i), text, id)
				}
			})
		}
		ref := o.erasureCase(t, gone, register.Fulfil)
		if report := o.erase(t, ref); !report.Complete {
			rt.Fatalf("erasing %s: %+v", names[gone], report.Residue.Residue)
		}
		for _, id := range ids[1:] {
			page, err := o.Person(id)
			if err != nil || page.Delegate.Name != names[id] {
				rt.Fatalf("%s is now %q, %v", names[id], page.Delegate.Name, err)
			}
		}
		if page, err := o.Person(gone); err != nil || strings.TrimSpace(page.Delegate.Name+page.Delegate.Email) != "" {
			rt.Fatalf("%+v, %v", page.Delegate, err)
		}
		found, err := o.ResidueScan(t.Context(), register.ResidueInput{Values: []string{fmt.Sprintf("p%d.0@example.org", round)}}, nil)
		if err != nil || len(found.Residue)+len(found.Explained) > 0 {
			rt.Fatalf("%+v, %v", found, err)
		}
	})
}
