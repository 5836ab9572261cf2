package desk_test

import (
	"strings"
	"testing"

	"custos/internal/calendar"
	"custos/internal/register"

	"github.com/google/go-cmp/cmp"
)

func (o *office) rectification(t *testing.T, who register.ID, out register.Outcome) string {
	t.Helper()
	ref := o.open(t, calendar.Rectification, who)
	if out != "" {
		must(o.Decide(t.Context(), ref, decision(out, "checked with the school")))(t)
	}
	return ref
}

func TestRectifyKeepsBeforeAndAfterInTheCase(t *testing.T) {
	o := newOffice(t)
	id := o.person(t, "Ada Lovelock", "ada@example.org")
	ref := o.rectification(t, id, register.Fulfil)
	page, err := o.Rectify(t.Context(), ref, register.RectifyInput{Field: "family_name", Value: "Loveless"})
	if err != nil {
		t.Fatal(err)
	}
	var changes []register.ValueChange
	for _, e := range page.Events {
		if e.Kind == register.Rectified {
			changes = append(changes, *e.Change)
		}
	}
	want := []register.ValueChange{{Field: "family_name", After: "Loveless"}} // one part makes no full name
	if diff := cmp.Diff(want, changes); diff != "" {
		t.Error(diff)
	}
	d := o.statusOf(t, id)
	if from := d.SourceOf("family_name"); d.Family != "Loveless" || from.Detail != ref || from.How != "rectification" {
		t.Errorf("%q from %+v", d.Family, from)
	}
	_, err = o.Rectify(t.Context(), ref, register.RectifyInput{Field: "family_name", Value: " Loveless "})
	wantKind(t, err, register.Conflict)
	if task, _ := find(page.Tasks, func(x register.Task) bool { return x.ID == "rectify" }); !task.Finished {
		t.Error("the task is not done")
	}
}

func find[T any](all []T, is func(T) bool) (T, bool) {
	for _, x := range all {
		if is(x) {
			return x, true
		}
	}
	var none T
	return none, false
}

func TestRectifyRefusesAndSaysWhatToDo(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	id := o.person(t, "Ada", "ada@example.org")
	name := register.RectifyInput{Field: "name", Value: "Eve"}
	good := o.rectification(t, id, register.Fulfil)
	for what, tt := range map[string]struct {
		ref  string
		in   register.RectifyInput
		want register.Kind
	}{
		"undecided":           {o.rectification(t, id, ""), name, register.Refused},
		"refused":             {o.rectification(t, id, register.Refuse), name, register.Refused},
		"another kind":        {o.accessRequest(t, id), name, register.Refused},
		"an unknown field":    {good, register.RectifyInput{Field: "shoe_size", Value: "7"}, register.Invalid},
		"nothing":             {good, register.RectifyInput{}, register.Invalid},
		"both":                {good, register.RectifyInput{Field: "name", Value: "Eve", Statement: "x"}, register.Invalid},
		"no address":          {good, register.RectifyInput{Field: "email", Value: "nowhere"}, register.Invalid},
		"no name":             {good, register.RectifyInput{Field: "name"}, register.Invalid},
		"the statement field": {good, register.RectifyInput{Field: "statement", Value: "x"}, register.Invalid},
		"a membership":        {good, register.RectifyInput{Field: "access_level", Value: "x"}, register.Refused},
	} {
		t.Run(what, func(t *testing.T) {
			before := must(o.Request(tt.ref))(t)
			_, err := o.Rectify(ctx, tt.ref, tt.in)
			wantKind(t, err, tt.want)
			if diff := cmp.Diff(before, must(o.Request(tt.ref))(t)); diff != "" {
				t.Errorf("the case changed: %s", diff)
			}
		})
	}
	second := o.hire(t, "dora", register.DPO)
	waiting := o.rectification(t, id, register.Fulfil)
	_, err := o.Rectify(ctx, waiting, name)
	wantKind(t, err, register.Refused)
	must(second.Approve(ctx, waiting, o.Today()))(t)
	must(o.Rectify(ctx, waiting, name))(t)
}

func TestAStatementCompletesTheRecord(t *testing.T) {
	o := newOffice(t)
	id := o.person(t, "Ada", "ada@example.org")
	ref := o.rectification(t, id, register.Partly)
	for _, words := range []string{"The course was cancelled.", "I was never told."} {
		if _, err := o.Rectify(t.Context(), ref, register.RectifyInput{Statement: words}); err != nil {
			t.Fatal(err)
		}
	}
	page := must(o.Person(id))(t)
	if got := page.Delegate.Value(register.FieldStatement); got != "The course was cancelled.\nI was never told." {
		t.Errorf("%q", got)
	}
	shown := false
	for _, h := range page.Holdings {
		for _, r := range h.Entries {
			for _, l := range r.Lines {
				shown = shown || l.Field == register.FieldStatement && strings.Contains(l.Value, "never told")
			}
		}
	}
	if !shown {
		t.Error("the statement is not among what is held")
	}
	err := o.ChangeDelegate(t.Context(), id, register.DelegateInput{Values: map[string]string{"statement": "x"}})
	wantKind(t, err, register.Invalid) // only a case writes it
}

// Whoever objected to marketing is met by their objection at the new address.
func TestAnObjectionFollowsToANewAddress(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	id := o.person(t, "Ada", "ada@old.example.org")
	o.open(t, calendar.Marketing, id)
	ref := o.rectification(t, id, register.Fulfil)
	must(o.Rectify(ctx, ref, register.RectifyInput{Field: "email", Value: "ada@example.org"}))(t)
	if err := o.ChangeDelegate(ctx, id, register.DelegateInput{Values: map[string]string{"phone": "01632 960001"}}); err != nil {
		t.Fatal(err)
	}
	kinds := map[string]int{}
	for _, s := range must(o.Suppressions())(t) {
		kinds[s.Kind]++
	}
	if kinds["email"] != 2 || kinds["phone"] != 1 {
		t.Errorf("%v", kinds)
	}
	other := o.person(t, "Bea", "bea@example.org")
	if err := o.ChangeDelegate(ctx, other, register.DelegateInput{Values: map[string]string{"email": "b@example.org"}}); err != nil {
		t.Fatal(err)
	}
	if n := len(must(o.Suppressions())(t)); n != 3 {
		t.Errorf("%d suppressions: somebody who never objected is suppressed", n)
	}
}
