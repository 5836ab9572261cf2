package desk_test

import (
	"testing"
	"time"

	"custos/internal/register"
)

func TestFormerVersionsAreForgottenInTime(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	id := o.person(t, "Ada", "ada@example.org")
	b := o.apply(t, "delegates", staff)
	change := func(title string) {
		t.Helper()
		if err := o.ChangeDelegate(ctx, id, register.DelegateInput{Values: map[string]string{"job_title": title}}); err != nil {
			t.Fatal(err)
		}
	}
	change("Teacher")
	o.now = noon.Add(29 * 24 * time.Hour)
	change("Head")
	if err := o.Tidy(ctx); err != nil {
		t.Fatal(err)
	}
	o.now = noon.Add(31 * 24 * time.Hour)
	if err := o.Tidy(ctx); err != nil {
		t.Fatal(err)
	}
	if _, err := o.UndoLast(ctx); err != nil { // two days old
		t.Fatal(err)
	}
	if page, _ := o.Person(id); page.Delegate.JobTitle != "Teacher" {
		t.Fatalf("undone to %q", page.Delegate.JobTitle)
	}
	if _, err := o.UndoImport(ctx, b.ID); err != nil { // imports are kept longer
		t.Fatal(err)
	}
	_, err := o.UndoLast(ctx)
	wantKind(t, err, register.NotFound) // the rest is past its time
}
