package desk_test

import (
	"fmt"
	"strings"
	"testing"

	"custos/internal/register"
	"custos/store"
)

// planted is an office with a person who is named in every text there is.
type planted struct {
	*office
	id, other register.ID
	ref       string
	named     map[string]int // texts of others, by collection
	values    []string
}

func (o *office) write(t testing.TB, fn func(*store.Tx)) {
	t.Helper()
	c := store.Change{Operator: "office", Door: "test", Verb: register.DelegateChange, Undoable: true}
	if _, err := o.db.Update(t.Context(), c, func(tx *store.Tx) error { fn(tx); return nil }); err != nil {
		t.Fatal(err)
	}
}

func plantEverywhere(t *testing.T) *planted {
	t.Helper()
	p := &planted{office: newOffice(t), named: map[string]int{}, values: []string{"Zephyrine O'Fernsby-Ávila", "zeph@example.org"}}
	p.id = p.person(t, "Zephyrine O'Fernsby-Ávila", "zeph@example.org")
	p.other = p.person(t, "Bo Lindqvist", "bo@example.org")
	p.ref = p.erasureCase(t, p.id, "")
	text := "spoke to ZEPHYRINE OFernsby Avila"
	n := 0
	for _, c := range collectionsOf() {
		if plantings[c.name].base == nil {
			continue
		}
		n++
		p.write(t, func(tx *store.Tx) {
			id := fmt.Sprintf("%013d", n)
			p.named[strings.ToLower(c.name)] = plant(t, tx, c.name, id, text, p.other)
			if c.name != "Delegates" && personal(c.name) {
				plant(t, tx, c.name, fmt.Sprintf("%013d", 100+n), text, p.id)
			}
		})
	}
	p.write(t, func(tx *store.Tx) { // a former version of somebody else's record
		d, err := tx.Delegates().Get(p.other)
		if err != nil {
			t.Fatal(err)
		}
		d.Revision++
		if err := tx.Delegates().Put(d); err != nil {
			t.Fatal(err)
		}
	})
	return p
}

// personal reports whether a collection holds records about people.
func personal(name string) bool {
	p := plantings[name]
	v := fmt.Sprintf("%+v", p.base("0000000000001", "DWHOSERECORD00"))
	return strings.Contains(v, "DWHOSERECORD00")
}

func TestThePlanNamesEveryTextAndNoneIsLeft(t *testing.T) {
	p := plantEverywhere(t)
	p.decideErasure(t, p.ref, register.Fulfil)
	plan := p.erasurePlan(t, p.ref)
	found := map[string]int{}
	for _, l := range plan.Lines {
		if l.Field != "" {
			found[l.Collection]++
			if l.Fate != register.ErasureMasks {
				t.Errorf("%s %s %s: %s, %s", l.Collection, l.Record, l.Field, l.Fate, l.Why)
			}
		}
	}
	for name, n := range p.named {
		if found[name] != n {
			t.Errorf("%s: the plan names %d texts, %d were planted", name, found[name], n)
		}
	}
	counts := plan.Counts(register.ErasureRemoves)
	for _, own := range []string{"delegates", "memberships", "bookings", "consents", "disclosed", "drafts", "holds", "undo"} {
		if counts[own] == 0 {
			t.Errorf("the plan removes nothing of %s", own)
		}
	}
	if report := p.erase(t, p.ref); !report.Complete {
		t.Fatalf("%+v", report)
	}
	if left := p.scan(t, p.values...); len(left) > 0 {
		t.Errorf("left: %+v", left)
	}
}

func TestWhatIsLeftUnmaskedAnywhereIsFound(t *testing.T) {
	text := "spoke to Zephyrine O’Fernsby Avila"
	p := plantEverywhere(t)
	p.decideErasure(t, p.ref, register.Fulfil)
	n := 500
	p.desk.BetweenErasure(func(step string) error {
		if step != "scrub" {
			return nil
		}
		for _, c := range collectionsOf() { // as if each had been forgotten
			if n++; plantings[c.name].base != nil && c.name != "Settings" {
				p.write(t, func(tx *store.Tx) { plant(t, tx, c.name, fmt.Sprintf("%013d", n), text, p.other) })
			}
		}
		return nil
	})
	report := p.erase(t, p.ref)
	if report.Complete || !strings.HasPrefix(report.Words, "NOT COMPLETE") {
		t.Fatalf("%+v", report)
	}
	found := map[string]bool{}
	for _, x := range report.Residue.Residue {
		found[x.Collection] = true
		if x.Record == "" || x.Field == "" || strings.Contains(fmt.Sprint(x), "Zephyrine") {
			t.Errorf("%+v", x)
		}
	}
	for _, c := range collectionsOf() {
		if plantings[c.name].base != nil && c.name != "Settings" && !found[strings.ToLower(c.name)] {
			t.Errorf("%s: what was left there was not found", c.name)
		}
	}
	page, err := p.Request(p.ref)
	if err != nil || !strings.Contains(page.Events[len(page.Events)-1].Text, "NOT COMPLETE") {
		t.Errorf("the case does not say so: %+v, %v", page.Events, err)
	}
	for _, task := range page.Tasks {
		if task.ID == register.TaskResidue && task.Finished {
			t.Error("the search is ticked off")
		}
	}
}
