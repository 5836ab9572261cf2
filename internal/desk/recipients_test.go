package desk_test

import (
	"path/filepath"
	"testing"
	"time"

	"custos/internal/calendar"
	"custos/internal/desk"
	"custos/internal/register"
)

// given writes a list of everybody to a recipient, a day after what was before.
func (o *office) given(t *testing.T, in desk.ExportInput) register.Disclosure {
	t.Helper()
	o.now = o.now.Add(24 * time.Hour)
	d, _, err := o.export(t, "list.csv", in)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func to(recipient string) desk.ExportInput {
	return desk.ExportInput{Noun: "delegates", Purpose: "news", Recipient: recipient}
}

func names(rows []register.RecipientRow) (ids []string) {
	for _, r := range rows {
		ids = append(ids, r.Recipient)
	}
	return ids
}

func TestRecipientsOfARectificationHadTheOldValue(t *testing.T) {
	o := newOfficeWith(t, sendingProfile())
	ctx := t.Context()
	id := o.somebody(t, "teacher", "name", "Ada", "email", "ada@example.org")
	o.says(t, id, newsByEmail, register.Given)
	o.given(t, to("host")) // before the wrong value was there
	o.now = o.now.Add(24 * time.Hour)
	if err := o.ChangeDelegate(ctx, id, register.DelegateInput{Values: map[string]string{"job_title": "Hed"}}); err != nil {
		t.Fatal(err)
	}
	had := o.given(t, to("partner"))
	o.given(t, desk.ExportInput{Noun: "delegates"})                                                        // it stayed in the office
	o.given(t, desk.ExportInput{Noun: "mailing", Purpose: "news", Channel: "email", Recipient: "printer"}) // without the job
	must(o.Pack(ctx, o.accessRequest(t, id), register.PackInput{To: filepath.Join(t.TempDir(), "p.zip")}))(t)
	ref := o.rectification(t, id, register.Fulfil)
	if rows, err := o.Recipients(ref); err != nil || len(rows) != 0 {
		t.Fatalf("%+v, %v", rows, err)
	}
	tell := register.TellInput{Recipient: "partner", How: "letter"}
	_, err := o.TellRecipient(ctx, ref, tell)
	wantKind(t, err, register.NotFound) // nothing is rectified yet
	o.now = o.now.Add(24 * time.Hour)
	must(o.Rectify(ctx, ref, register.RectifyInput{Field: "job_title", Value: "Head"}))(t)
	o.given(t, to("host")) // has the new value
	rows := must(o.Recipients(ref))(t)
	if len(rows) != 1 || rows[0].Recipient != "partner" || rows[0].Name != "The partner" || rows[0].Settled() ||
		len(rows[0].Had) != 1 || rows[0].Had[0].Disclosure != had.ID {
		t.Fatalf("%+v", rows)
	}
	_, err = o.TellRecipient(ctx, ref, register.TellInput{Recipient: "printer", How: "letter"})
	wantKind(t, err, register.NotFound)
	page := must(o.TellRecipient(ctx, ref, tell))(t)
	if task, _ := find(page.Tasks, func(x register.Task) bool { return x.ID == "recipients" }); !task.Finished {
		t.Error("everybody was told, and the task is not done")
	}
	_, err = o.TellRecipient(ctx, ref, tell)
	wantKind(t, err, register.Conflict)
}

func TestEverybodyIsToldOfAnErasureAndOfARestriction(t *testing.T) {
	o := newOfficeWith(t, sendingProfile())
	ctx := t.Context()
	id := o.somebody(t, "teacher", "name", "Ada", "email", "ada@example.org")
	o.given(t, to("host"))
	o.given(t, to("partner"))
	o.given(t, to("partner"))
	ref := o.open(t, calendar.Restriction, id)
	_, err := o.TellRecipient(ctx, ref, register.TellInput{Recipient: "host", How: "letter"})
	wantKind(t, err, register.Refused) // nothing is restricted yet
	must(o.Restrict(ctx, ref, register.RestrictInput{Ground: "claims"}))(t)
	page := must(o.TellRecipient(ctx, ref, register.TellInput{Recipient: "host", How: "they are wound up", Unable: "impossible"}))(t)
	if task, _ := find(page.Tasks, func(x register.Task) bool { return x.ID == "recipients" }); task.Finished {
		t.Error("the partner is not told yet, and the task is done")
	}
	rows := must(o.Recipients(ref))(t)
	if len(rows) != 2 || rows[0].Unable != "impossible" || !rows[0].Told.IsZero() || !rows[0].Settled() || len(rows[1].Had) != 2 {
		t.Fatalf("%+v", rows)
	}
	_, err = o.TellRecipient(ctx, o.accessRequest(t, id), register.TellInput{Recipient: "host", How: "letter"})
	wantKind(t, err, register.Refused)
	for _, in := range []register.TellInput{
		{How: "letter"}, {Recipient: "partner"}, {Recipient: "partner", How: "x", Unable: "lazy"},
		{Recipient: "partner", Unable: "disproportionate"},
	} {
		_, err = o.TellRecipient(ctx, ref, in)
		wantKind(t, err, register.Invalid)
	}
}

// After an erasure no record tells who had the data: the case does.
func TestRecipientsAreKnownAfterTheErasure(t *testing.T) {
	o := newOfficeWith(t, sendingProfile())
	id := o.somebody(t, "teacher", "name", "Ada", "email", "ada@example.org")
	o.given(t, to("partner"))
	ref := o.erasureCase(t, id, register.Fulfil)
	o.given(t, to("host")) // between the approval and the erasure
	o.erase(t, ref)
	rows := must(o.Recipients(ref))(t)
	if got := names(rows); len(got) != 2 || got[0] != "host" || got[1] != "partner" {
		t.Fatalf("%v", got)
	}
	must(o.TellRecipient(t.Context(), ref, register.TellInput{Recipient: "partner", How: "letter"}))(t)
	if rows = must(o.Recipients(ref))(t); rows[1].Told != o.Today() {
		t.Errorf("%+v", rows[1])
	}
}
