package desk_test

import (
	"testing"
	"time"

	"custos/internal/register"

	"github.com/google/go-cmp/cmp"
)

// two are records of the same person: one refused long ago under another
// address, the other consented before that.
func two(t *testing.T, o *office) (from, into register.ID, key register.ConsentKey) {
	t.Helper()
	x := o.asking()
	key = register.ConsentKey{Purpose: x.ID, Channel: x.Channels[0]}
	from, into = o.person(t, "Ada Sample", "ada@old.example.org"), o.person(t, "Ada Sample", "ada@example.org")
	say := func(who register.ID, act register.ConsentAct, ago time.Duration) {
		t.Helper()
		_, err := o.RecordConsent(t.Context(), register.ConsentInput{
			Delegate: who, Purpose: key.Purpose, Channel: key.Channel, Act: act, At: o.now.Add(-ago), Method: "paper",
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	say(into, register.Given, 48*time.Hour)
	say(from, register.Withdrawn, 24*time.Hour)
	return from, into, key
}

func TestMergeKeepsBothHistoriesAndTheLatestNo(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	from, into, key := two(t, o)
	if _, err := o.Suppress(ctx, register.SuppressionInput{Email: "ada@old.example.org", Reason: "by letter"}); err != nil {
		t.Fatal(err)
	}
	school := o.school(t, "Elm", "900001")
	if _, err := o.Join(ctx, register.MembershipInput{Delegate: from, Organisation: school, Role: "teacher"}); err != nil {
		t.Fatal(err)
	}
	ref := o.accessRequest(t, from)

	plan, err := o.Merge(ctx, register.MergeInput{From: from, Into: into}, true)
	if err != nil || plan.Done {
		t.Fatalf("%+v, %v", plan, err)
	}
	if page, err := o.Person(from); err != nil || len(page.Memberships) != 1 {
		t.Fatalf("a dry run changed something: %v", err)
	}
	done, err := o.Merge(ctx, register.MergeInput{From: from, Into: into}, false)
	if err != nil {
		t.Fatal(err)
	}
	plan.Done = true
	if diff := cmp.Diff(plan, done); diff != "" {
		t.Errorf("what was done is not what was told (-told +done):\n%s", diff)
	}
	want := register.MergedQuestion{
		Purpose: key.Purpose, Channel: key.Channel, From: register.Withdrawn, Into: register.Given, Becomes: register.Withdrawn,
	}
	if len(done.Questions) != 1 || done.Questions[0] != want {
		t.Errorf("questions %+v", done.Questions)
	}
	if diff := cmp.Diff([]string{"email"}, done.Differ); diff != "" {
		t.Errorf("differ: %s", diff)
	}
	_, err = o.Person(from)
	wantKind(t, err, register.NotFound)
	page, err := o.Person(into)
	if err != nil || len(page.Memberships) != 1 || len(page.Requests) != 1 || page.Requests[0].Ref != ref {
		t.Fatalf("%+v, %v", page, err)
	}
	history, err := o.ConsentHistory(into)
	if err != nil || len(history) != 2 {
		t.Fatalf("%+v, %v", history, err)
	}
	if done.Suppressed != 1 || len(page.Suppressed) != 1 || page.Suppressed[0].Source != "merge" {
		t.Errorf("suppressed %d: %+v", done.Suppressed, page.Suppressed)
	}
	answer, err := o.MayContact(into, key, o.Today())
	if err != nil || answer.Allowed {
		t.Errorf("%+v, %v", answer, err)
	}
}

func TestMergeTakesWhatIsAskedAndFillsWhatLacks(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	add := func(values map[string]string) register.ID {
		t.Helper()
		id, err := o.AddDelegate(ctx, register.DelegateInput{Values: values})
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	from := add(map[string]string{"name": "A. Sample", "email": "new@example.org", "phone": "01632 960001"})
	into := add(map[string]string{"name": "Ada Sample", "email": "old@example.org"})
	done, err := o.Merge(ctx, register.MergeInput{From: from, Into: into, Take: []string{"email"}}, false)
	if err != nil {
		t.Fatal(err)
	}
	page, _ := o.Person(into)
	d := page.Delegate
	if d.Name != "Ada Sample" || d.Email != "new@example.org" || d.Phone != "01632 960001" {
		t.Errorf("%+v", d)
	}
	if diff := cmp.Diff([]register.ID{from}, d.MergedFrom); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"name"}, done.Differ); diff != "" {
		t.Error(diff)
	}
}

func TestMergeIsRefused(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	from, into, _ := two(t, o)
	_, err := o.Merge(ctx, register.MergeInput{From: from, Into: from}, false)
	wantKind(t, err, register.Invalid)
	_, err = o.Merge(ctx, register.MergeInput{From: "D0000000000000", Into: into}, false)
	wantKind(t, err, register.NotFound)
	_, err = o.hire(t, "vera", register.Viewer).Merge(ctx, register.MergeInput{From: from, Into: into}, false)
	wantKind(t, err, register.Denied)
	if _, err := o.Person(from); err != nil {
		t.Error(err)
	}
}
