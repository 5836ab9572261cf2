package desk_test

import (
	"context"
	"fmt"
	"testing"

	"custos/internal/register"
	"custos/store"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// crew is an office with people in every standing, by name.
type crew struct {
	*office
	people map[string]register.ID
	school register.ID
}

func newCrew(t *testing.T, standings []int) *crew {
	t.Helper()
	c := &crew{newOffice(t), map[string]register.ID{}, ""}
	c.school = c.office.school(t, "Elm Primary", "900001")
	for i, standing := range standings {
		name := fmt.Sprintf("Person %d", i)
		id := c.person(t, name, fmt.Sprintf("p%d@example.org", i))
		c.people[name] = id
		c.stand(t, id, standing)
	}
	return c
}

// stand puts a person into a standing: as they are, a member, deactivated, restricted, erased, with a job title.
func (c *crew) stand(t *testing.T, id register.ID, standing int) {
	t.Helper()
	ctx := t.Context()
	var err error
	switch standing {
	case 1:
		_, err = c.Join(ctx, register.MembershipInput{Delegate: id, Organisation: c.school, Role: "Teacher"})
	case 2:
		err = c.Deactivate(ctx, id, "left")
	case 3:
		c.put(t, id, register.Restricted)
	case 4:
		c.put(t, id, register.Erased)
	case 5:
		err = c.ChangeDelegate(ctx, id, register.DelegateInput{Values: map[string]string{"job_title": "Head"}})
	}
	if err != nil {
		t.Fatal(err)
	}
}

// state is what is held on everybody, without what differs from store to store.
func (c *crew) state(t *rapid.T) map[string][]string {
	all := map[string][]string{}
	err := c.db.View(func(tx *store.Tx) error {
		for name, id := range c.people {
			d, err := tx.Delegates().Get(id)
			if err != nil {
				return err
			}
			all[name] = []string{
				string(d.Status), d.StatusReason, d.StatusSince.String(), d.JobTitle, fmt.Sprint(d.Revision, len(d.Sources)),
				d.SourceOf("job_title").Detail,
			}
			for m, err := range tx.Memberships().Of(id) {
				if err != nil {
					return err
				}
				all[name] = append(all[name], m.Role+"/"+m.Access+"/"+m.To.String()+"/"+m.Source.How)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// one does the act with one record, by the single operation.
func (c *crew) one(what register.Many, id register.ID) error {
	ctx := context.Background()
	switch what.Act {
	case register.ManyDeactivate:
		return c.Deactivate(ctx, id, what.Reason)
	case register.ManyReactivate:
		return c.Reactivate(ctx, id, what.Reason)
	case register.ManySet:
		return c.ChangeDelegate(ctx, id, register.DelegateInput{Values: map[string]string{what.Field: what.Value}, Source: what.Source})
	case register.ManyJoin:
		_, err := c.Join(ctx, register.MembershipInput{Delegate: id, Organisation: what.Organisation, Role: what.Role, Source: what.Source})
		return err
	default:
		return c.Leave(ctx, id, what.Organisation)
	}
}

// Done with many records at once, an act does exactly what it does with each in turn: the same is refused, and the same
// is held afterwards. Taken back, everything is as it was.
func TestManyIsTheSingleOperationsInTurn(t *testing.T) {
	standings := []int{0, 1, 2, 3, 4, 5, 0, 1, 2, 5, 1, 0}
	singly, together := newCrew(t, standings), newCrew(t, standings)
	rapid.Check(t, func(t *rapid.T) {
		what := register.Many{
			Act: rapid.SampledFrom([]register.ManyAct{
				register.ManyDeactivate, register.ManyReactivate, register.ManySet, register.ManyJoin, register.ManyLeave,
			}).Draw(t, "act"),
			Reason: "at the end of the year", Field: rapid.SampledFrom([]string{"job_title", "email", "shoe_size"}).Draw(t, "field"),
			Value: rapid.SampledFrom([]string{"Head", "Teacher", "", "x@example.org"}).Draw(t, "value"),
			Role:  rapid.SampledFrom([]string{"", "Teacher", "Governor"}).Draw(t, "role"),
		}
		if what.Act == register.ManySet && what.Field == "email" && what.Value == "x@example.org" {
			what.Source = register.Provenance{How: "told by the school", Detail: "letter"}
		}
		var ids []register.ID
		counts := register.ManyCounts{}
		before := together.state(t)
		for i := range standings {
			if !rapid.Bool().Draw(t, "marked") {
				continue
			}
			name := fmt.Sprintf("Person %d", i)
			what.Organisation = singly.school
			switch err := singly.one(what, singly.people[name]); {
			case err == nil:
				counts.Tally(register.ManyChanges)
			case register.KindOf(err) == register.Conflict:
				counts.Tally(register.ManySame)
			default:
				counts.Tally(register.ManyRefused)
			}
			ids = append(ids, together.people[name])
		}
		what.Organisation = together.school
		plan, err := together.PlanMany(context.Background(), append(ids, ids...), what)
		if err != nil {
			t.Fatal(err)
		}
		if plan.Counts != counts {
			t.Fatalf("planned %+v, one by one %+v: %+v", plan.Counts, counts, plan.Rows)
		}
		done, err := together.ApplyMany(context.Background(), plan, nil)
		if err != nil || done.Counts.Changes != counts.Changes || done.Left != 0 || len(done.Refused) > 0 {
			t.Fatalf("%+v, %v", done, err)
		}
		if diff := cmp.Diff(singly.state(t), together.state(t)); diff != "" {
			t.Fatalf("%s: -one by one +together\n%s", what.Act, diff)
		}
		if counts.Changes == 0 || rapid.Bool().Draw(t, "stays") {
			return
		}
		if _, err := together.UndoLast(context.Background()); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(before, together.state(t)); diff != "" {
			t.Fatalf("%s: -before +taken back\n%s", what.Act, diff)
		}
		for range counts.Changes {
			if _, err := singly.UndoLast(context.Background()); err != nil {
				t.Fatal(err)
			}
		}
	})
}
