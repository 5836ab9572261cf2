package desk_test

import (
	"strings"
	"testing"

	"custos/internal/register"

	"github.com/google/go-cmp/cmp"
)

func TestChangeOperatorCountsAtOnce(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	bo := o.hire(t, "bo", register.Viewer)
	add := func() error {
		_, err := bo.AddDelegate(ctx, register.DelegateInput{Values: map[string]string{"name": "Ada Sample"}})
		return err
	}
	wantKind(t, add(), register.Denied)
	done, err := o.ChangeOperator(ctx, "bo", []register.Role{register.Officer, register.Viewer, register.Officer}, "")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]register.Role{register.Viewer, register.Officer}, done.Roles); diff != "" {
		t.Error(diff)
	}
	if err := add(); err != nil || !bo.May(register.DelegateAdd) {
		t.Errorf("the new role does not count: %v", err)
	}
	must(o.ChangeOperator(ctx, "bo", []register.Role{register.Admin}, ""))(t)
	wantKind(t, add(), register.Denied)
	if got := must(o.Trail(1))(t)[0]; got.Verb != register.OperatorChange || got.Note != "bo admin" {
		t.Errorf("%+v", got)
	}
}

func TestChangeOperatorRefuses(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	o.hire(t, "bo", register.Viewer)
	change := func(name string, org register.ID, roles ...register.Role) error {
		_, err := o.ChangeOperator(ctx, name, roles, org)
		return err
	}
	wantKind(t, change("bo", ""), register.Invalid)
	wantKind(t, change("bo", "", "emperor"), register.Invalid)
	wantKind(t, change("bo", "", register.Viewer), register.Conflict)
	wantKind(t, change("bo", "o:AAAAAAAAAAAAAAAA", register.Lead), register.NotFound)
	wantKind(t, change("cy", "", register.Viewer), register.NotFound)
	err := change("office", "", register.Officer)
	if wantKind(t, err, register.Refused); !strings.Contains(err.Error(), "last admin") {
		t.Error(err)
	}
	if err := change("bo", "", register.Admin); err != nil {
		t.Fatal(err)
	}
	err = change("office", "", register.Officer)
	if wantKind(t, err, register.Refused); !strings.Contains(err.Error(), "another admin") {
		t.Error(err)
	}
	if err := change("office", "", register.Admin); err != nil {
		t.Errorf("an admin may lay other roles down: %v", err)
	}
	bo := o.again(t, "bo", "console")
	if _, err := bo.ChangeOperator(ctx, "office", []register.Role{register.Viewer}, ""); err != nil {
		t.Errorf("another admin may: %v", err)
	}
	if _, err := bo.ChangeOperator(ctx, "bo", []register.Role{register.Viewer}, ""); register.KindOf(err) != register.Refused {
		t.Errorf("the last admin went: %v", err)
	}
	if err := o.RemoveOperator(ctx, "bo"); register.KindOf(err) != register.Denied {
		t.Errorf("a viewer removes: %v", err)
	}
}

// Whoever is removed may do nothing from that moment on, wherever they sit.
func TestRemovedOperatorIsGone(t *testing.T) {
	o := newOffice(t)
	bo := o.hire(t, "bo", register.Officer)
	far := o.again(t, "bo", "ssh")
	if bo.Gone() || far.Gone() {
		t.Error("gone before they were removed")
	}
	if err := o.RemoveOperator(t.Context(), "bo"); err != nil {
		t.Fatal(err)
	}
	if !bo.Gone() || !far.Gone() || o.Gone() {
		t.Error("who was removed is not gone")
	}
	_, err := bo.Delegates(register.Query{})
	if wantKind(t, err, register.Denied); !strings.Contains(err.Error(), "no longer") {
		t.Error(err)
	}
	wantKind(t, far.SaveDraft(t.Context(), register.Draft{Form: "x"}), register.Denied)
	if _, err := o.desk.As("bo", "ssh"); register.KindOf(err) != register.Denied {
		t.Errorf("they come in again: %v", err)
	}
	o.hire(t, "bo", register.Viewer)
	if bo.Gone() {
		t.Error("taken on again, and gone still")
	}
}

// A passphrase that somebody else has chosen is to be replaced by whoever it is for.
func TestAddedOperatorIsToChangeTheirPassphrase(t *testing.T) {
	o := newOffice(t)
	bo := o.hire(t, "bo", register.Officer)
	if !bo.MustChange() || o.MustChange() {
		t.Errorf("bo %v, office %v", bo.MustChange(), o.MustChange())
	}
	if err := bo.ChangePassphrase(t.Context(), []byte("brisk lantern meadow quill")); err != nil {
		t.Fatal(err)
	}
	if bo.MustChange() {
		t.Error("they are asked again")
	}
}

// Nothing is read from the disk to tell what somebody may do.
func TestMayReadsNothing(t *testing.T) {
	o := newOffice(t)
	o.May(register.DelegateRead)
	if n := testing.AllocsPerRun(100, func() { o.May(register.DelegateRead) }); n > 1 {
		t.Errorf("asking takes %v allocations", n)
	}
}

func BenchmarkMay(b *testing.B) {
	o := newOfficeOf(b, "teaching-school")
	for b.Loop() {
		o.May(register.DelegateRead)
	}
}
