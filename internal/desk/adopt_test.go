package desk_test

import (
	"slices"
	"strings"
	"testing"

	"custos/internal/register"
)

func rowOf(rows []register.AdoptionRow, change register.AdoptionChange) register.AdoptionRow {
	i := slices.IndexFunc(rows, func(r register.AdoptionRow) bool { return r.Change == change })
	if i < 0 {
		return register.AdoptionRow{People: -1}
	}
	return rows[i]
}

func TestAdoptionIsCountedBeforeItIsMade(t *testing.T) {
	o := newAskingOffice(t)
	ctx := t.Context()
	o.somebody(t, "teacher", register.FieldEmail, "a@example.org")
	without, student := o.somebody(t, "teacher"), o.somebody(t, "student", register.FieldEmail, "b@example.org")
	o.says(t, student, newsByEmail, register.Given)
	if err := o.SaveDraft(ctx, register.Draft{Form: "delegate/new", Values: map[string]string{"name": "half"}}); err != nil {
		t.Fatal(err)
	}
	next := askingProfile()
	next.Version = "2"
	next.Kinds[0].Fields = slices.Clone(next.Kinds[0].Fields)
	next.Kinds[0].Fields[1].Mandatory = true
	next.Purposes[2].Bases = []register.BasisRule{{Basis: register.Consent}}
	next.Purposes[0].Channels = []string{"phone"}
	dry, err := o.Adopt(ctx, next, true)
	if err != nil || dry.Adopted || dry.People != 3 || len(dry.Blocking) != 0 {
		t.Fatalf("%+v, %v", dry, err)
	}
	for change, people := range map[register.AdoptionChange]int{
		register.AdoptFieldMandatory: 1, register.AdoptChannelRemoved: 1, register.AdoptBasis: 0,
	} {
		if r := rowOf(dry.Rows, change); r.People != people {
			t.Errorf("%s touches %d, want %d", change, r.People, people)
		}
	}
	if o.Settings().Profile.Version != "1" {
		t.Fatal("looking adopted it")
	}
	done, err := o.Adopt(ctx, next, false)
	if err != nil || !done.Adopted || o.Settings().Profile.Version != "2" {
		t.Fatalf("%+v, %v", done, err)
	}
	page, _ := o.Person(without)
	if len(page.Missing) != 1 {
		t.Errorf("%+v", page.Missing)
	}
	rows, _ := o.Delegates(register.Query{Kind: "teacher"})
	incomplete := 0
	for i := range rows.Len() {
		if rows.Row(i).Incomplete {
			incomplete++
		}
	}
	if incomplete != 1 {
		t.Errorf("the list shows %d incomplete", incomplete)
	}
	if _, found, _ := o.Draft("delegate/new"); !found {
		t.Error("the draft is gone")
	}
	_, err = o.Adopt(ctx, next, false)
	wantKind(t, err, register.Conflict)
}

func TestAdoptionNeverRewritesWhatPeopleWereShown(t *testing.T) {
	o := newAskingOffice(t)
	ctx := t.Context()
	who := o.somebody(t, "student")
	o.says(t, who, newsByEmail, register.Given)
	for name, c := range map[string]struct {
		spoil func(*register.Profile)
		want  register.AdoptionChange
	}{
		"a wording rewritten": {func(p *register.Profile) { p.Notices[1].Text = "Otherwise." }, register.AdoptNoticeRewritten},
		"a wording lost":      {func(p *register.Profile) { p.Notices = p.Notices[:1]; p.Purposes[0].Notice = "main" }, register.AdoptNoticeVanished},
		"a kind in use":       {func(p *register.Profile) { p.Kinds = p.Kinds[:1] }, register.AdoptKindRemoved},
		"a purpose answered":  {func(p *register.Profile) { p.Purposes = p.Purposes[1:] }, register.AdoptPurposeRemoved},
	} {
		next := askingProfile()
		c.spoil(&next)
		a, err := o.Adopt(ctx, next, false)
		if register.KindOf(err) != register.Refused || rowOf(a.Blocking, c.want).People < 0 || a.Adopted {
			t.Errorf("%s: %+v, %v", name, a.Blocking, err)
		}
	}
	unused := askingProfile()
	unused.Purposes = unused.Purposes[:4]
	if _, err := o.Adopt(ctx, unused, false); err != nil {
		t.Errorf("a purpose nobody answered may go: %v", err)
	}
}

// What was people's choice stays it once one of them was asked; the change that
// ChangePurpose refuses is not made by way of a file either.
func TestAdoptionTakesNobodysChoice(t *testing.T) {
	o := newAskingOffice(t)
	ctx := t.Context()
	next := askingProfile()
	next.Version = "2"
	next.Purposes[0].Bases = []register.BasisRule{{Basis: register.LegitimateInterests, Kinds: []string{"student"}}, {Basis: register.Consent}}
	o.says(t, o.somebody(t, "teacher"), newsByEmail, register.Given)
	student := o.somebody(t, "student")
	dry, err := o.Adopt(ctx, next, true)
	if err != nil || len(dry.Blocking) != 0 || rowOf(dry.Rows, register.AdoptBasis).People != 1 {
		t.Fatalf("no student was asked yet: %+v, %v", dry, err)
	}
	o.says(t, student, newsByEmail, register.RefusedIt)
	a, err := o.Adopt(ctx, next, false)
	if r := rowOf(a.Blocking, register.AdoptBasis); r.People != 1 || len(a.Blocking) != 1 || a.Adopted {
		t.Errorf("%+v", a.Blocking)
	}
	wantRefusal(t, err, register.Refused, "profile")
	if !strings.Contains(err.Error(), "their choice: consent cannot be exchanged for another basis; add a new purpose instead") {
		t.Error(err)
	}
	if o.Settings().Profile.Version != "1" {
		t.Error("it was adopted")
	}
}

func TestAdoptionAsksForTheJudgementOfARewording(t *testing.T) {
	o := newAskingOffice(t)
	ctx := t.Context()
	next := askingProfile()
	next.Purposes[4].Wording = "We tell you where it is, and what it costs."
	if a, err := o.Adopt(ctx, next, true); err != nil || len(a.Blocking) != 0 {
		t.Fatalf("it touches nobody yet: %+v, %v", a.Blocking, err)
	}
	o.somebody(t, "teacher")
	a, err := o.Adopt(ctx, next, false)
	if register.KindOf(err) != register.Refused || len(a.Blocking) != 1 || !a.Blocking[0].Judgement {
		t.Fatalf("%+v, %v", a.Blocking, err)
	}
	if err := o.ChangePurpose(ctx, register.PurposeChange{Purpose: next.Purposes[4], Judgement: judged(true)}); err != nil {
		t.Fatal(err)
	}
	next.Version = "2"
	if _, err := o.Adopt(ctx, next, false); err != nil {
		t.Errorf("judged, it stands in nobody's way: %v", err)
	}
}

func TestAdoptedProfileMustStand(t *testing.T) {
	o := newAskingOffice(t)
	for field, spoil := range map[string]func(*register.Profile){
		"name":  func(p *register.Profile) { p.Name = "" },
		"kind":  func(p *register.Profile) { p.Kinds = nil },
		"basis": func(p *register.Profile) { p.Purposes[0].Bases = nil },
	} {
		next := askingProfile()
		spoil(&next)
		_, err := o.Adopt(t.Context(), next, true)
		wantRefusal(t, err, register.Invalid, field)
	}
}

func TestAdoptionLooksAtMemberships(t *testing.T) {
	o := newAskingOffice(t)
	school := o.school(t, "Elm", "100001")
	member := o.somebody(t, "teacher")
	o.somebody(t, "teacher")
	if _, err := o.Join(t.Context(), register.MembershipInput{Delegate: member, Organisation: school, Access: "reader"}); err != nil {
		t.Fatal(err)
	}
	next := askingProfile()
	next.Kinds[0].Fields = append(slices.Clone(next.Kinds[0].Fields),
		register.Field{ID: register.FieldAccess, Title: "Level of access", Mandatory: true})
	a, err := o.Adopt(t.Context(), next, true)
	if r := rowOf(a.Rows, register.AdoptFieldMandatory); err != nil || r.People != 1 {
		t.Errorf("%+v, %v", a.Rows, err)
	}
}
