package desk_test

import (
	"context"
	"maps"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"custos/internal/calendar"
	"custos/internal/desk"
	"custos/internal/exchange/consentfile"
	"custos/internal/register"

	"github.com/google/go-cmp/cmp"
)

// stored is an office in which Ada is restricted on account of a case, with
// everything there that somebody could do something to.
type stored struct {
	*office
	ada, bea, elm, ash     register.ID
	course, later, booking register.ID
	batch                  register.Batch
	ref, erasure           string
	yes                    register.ConsentEvent
}

func newStored(t *testing.T) *stored {
	t.Helper()
	p := sendingProfile()
	p.Profiling = []register.ProfilingField{{Field: register.FieldBorn, As: "age-band", Title: "Age"}}
	o := &stored{office: newOfficeWith(t, p)}
	ctx := t.Context()
	for range register.SmallestGroup {
		o.bea = o.somebody(t, "teacher", "name", "Bea", "date_of_birth", "1980-02-03", "email", "bea@example.org")
	}
	o.ada = o.somebody(t, "teacher", "name", "Ada Sample", "email", "ada@example.org", "date_of_birth", "1981-02-03")
	o.elm, o.ash = o.school(t, "Elm", "900001"), o.school(t, "Ash", "900002")
	o.batch = o.apply(t, "delegates", "Name,Email,URN\nAda Sample,ada@example.org,900001\n")
	o.course = must(o.AddCourse(ctx, register.Course{Title: "First aid", Starts: o.Today()}))(t)
	o.later = must(o.AddCourse(ctx, register.Course{Title: "More", Starts: o.Today()}))(t)
	o.yes = o.says(t, o.ada, newsByEmail, register.Given)
	o.says(t, o.bea, newsByEmail, register.Given)
	open := func(right calendar.Right) string {
		page, err := o.OpenRequest(ctx, register.RequestInput{Right: right, Delegate: o.ada, Received: o.Today(), How: "letter"})
		if err != nil {
			t.Fatal(err)
		}
		return page.Ref
	}
	o.ref, o.erasure = open(calendar.Restriction), open(calendar.Erasure)
	o.booking = must(o.Book(ctx, register.BookingInput{Delegate: o.ada, Course: o.course}))(t)
	if _, err := o.Restrict(ctx, o.ref, register.RestrictInput{Ground: "accuracy"}); err != nil {
		t.Fatal(err)
	}
	return o
}

func must[T any](v T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// touch is a way to do something to somebody, and what has to come of it.
type touch struct {
	want string // refused, left out, kept or allowed
	do   func(t *testing.T, o *stored) error
}

const (
	refused = "refused"
	leftOut = "left out"
	kept    = "kept" // the rest is done, and Ada stays as she is
	allowed = "allowed"
)

// onRestricted is every method of a seat that changes or takes out something of
// a person; a word after the name tells ways of calling it apart.
var onRestricted = map[string]touch{
	"ChangeDelegate": {refused, func(t *testing.T, o *stored) error {
		return o.ChangeDelegate(t.Context(), o.ada, register.DelegateInput{Values: map[string]string{"name": "Eve"}})
	}},
	"Deactivate": {refused, func(t *testing.T, o *stored) error { return o.Seat.Deactivate(t.Context(), o.ada, "left") }},
	"Reactivate": {refused, func(t *testing.T, o *stored) error { return o.Seat.Reactivate(t.Context(), o.ada, "back") }},
	"Join": {refused, func(t *testing.T, o *stored) error {
		_, err := o.Join(t.Context(), register.MembershipInput{Delegate: o.ada, Organisation: o.ash})
		return err
	}},
	"ApplyMany": {kept, func(t *testing.T, o *stored) error {
		what := register.Many{Act: register.ManyDeactivate, Reason: "left"}
		plan := must(o.PlanMany(t.Context(), []register.ID{o.ada, o.bea}, what))(t)
		if plan.Counts.Refused != 1 || plan.Counts.Changes != 1 {
			t.Errorf("%+v", plan)
		}
		plan.Rows[0].Outcome = register.ManyChanges // whatever a plan says
		done, err := o.ApplyMany(t.Context(), plan, nil)
		if done.Counts.Changes != 1 || len(done.Refused) != 1 {
			t.Errorf("%+v", done)
		}
		return err
	}},
	"Leave": {refused, func(t *testing.T, o *stored) error { return o.Leave(t.Context(), o.ada, o.elm) }},
	"Book": {refused, func(t *testing.T, o *stored) error {
		_, err := o.Book(t.Context(), register.BookingInput{Delegate: o.ada, Course: o.later})
		return err
	}},
	"Mark": {refused, func(t *testing.T, o *stored) error {
		return o.Mark(t.Context(), register.Booking{ID: o.booking, Delegate: o.ada, State: register.Attended})
	}},
	"Merge from": {refused, func(t *testing.T, o *stored) error {
		_, err := o.Merge(t.Context(), register.MergeInput{From: o.ada, Into: o.bea}, false)
		return err
	}},
	"Merge into": {refused, func(t *testing.T, o *stored) error {
		_, err := o.Merge(t.Context(), register.MergeInput{From: o.bea, Into: o.ada}, false)
		return err
	}},
	"RecordConsent yes": {refused, func(t *testing.T, o *stored) error {
		_, err := o.RecordConsent(t.Context(), inputOf(o.ada, learn, register.Given))
		return err
	}},
	"RecordConsent asked": {refused, func(t *testing.T, o *stored) error {
		_, err := o.RecordConsent(t.Context(), inputOf(o.ada, learn, register.Asked))
		return err
	}},
	"RecordConsent no": {allowed, func(t *testing.T, o *stored) error {
		_, err := o.RecordConsent(t.Context(), inputOf(o.ada, learn, register.RefusedIt))
		return err
	}},
	"RecordConsents": {kept, func(t *testing.T, o *stored) error {
		_, problems, err := o.RecordConsents(t.Context(), []register.ConsentInput{
			inputOf(o.ada, learn, register.Given), inputOf(o.bea, learn, register.Given),
		})
		if len(problems) != 1 || problems[0].Line != 1 {
			t.Errorf("%+v", problems)
		}
		return err
	}},
	"Withdraw": {allowed, func(t *testing.T, o *stored) error {
		done, err := o.Withdraw(t.Context(), register.WithdrawalInput{Delegate: o.ada, Letter: filepath.Join(t.TempDir(), "w.pdf")})
		if err == nil && done.Letter == "" {
			t.Error("no letter")
		}
		return err
	}},
	"Plan": {kept, func(t *testing.T, o *stored) error {
		plan := o.plan(t, "delegates", "Name,Email,Phone\nAda Sample,ada@example.org,01632 960001\n")
		if plan.Counts.Refused != 1 || !strings.Contains(plan.Problems[0].Reason, "restricted") {
			t.Errorf("%+v %+v", plan.Counts, plan.Problems)
		}
		_, err := o.Apply(t.Context(), plan, nil)
		return err
	}},
	"Apply": {kept, planned},
	"PlanContacts": {kept, func(t *testing.T, o *stored) error {
		plan := o.planContacts(t, contactsOf(t))
		if plan.Counts.Refused != 1 || !strings.Contains(plan.Problems[0].Reason, "restricted") {
			t.Errorf("%+v %+v", plan.Counts, plan.Problems)
		}
		return nil
	}},
	"ApplyContacts": {kept, func(t *testing.T, o *stored) error {
		_, err := o.ApplyContacts(t.Context(), o.planContacts(t, contactsOf(t)), nil)
		return err
	}},
	"ImportLedger": {kept, func(t *testing.T, o *stored) error {
		data := ledgerFile(t, consentfile.JSON, event(eventID('Z'), o.ada, learn, register.Given, 20))
		if got := o.readBack(t, consentfile.JSON, data, false); got.Refused != 1 {
			t.Errorf("%+v", got)
		}
		return nil
	}},
	"UndoLast": {refused, func(t *testing.T, o *stored) error {
		_, err := o.UndoLast(t.Context())
		return err
	}},
	"UndoImport": {kept, func(t *testing.T, o *stored) error {
		_, err := o.UndoImport(t.Context(), o.batch.ID)
		return err
	}},
	"ConsentSheet": {leftOut, func(t *testing.T, o *stored) error {
		d, err := o.ConsentSheet(t.Context(), register.SheetInput{
			Delegates: []register.ID{o.ada, o.bea}, Keys: []register.ConsentKey{newsByEmail}, RecordAsked: true, To: sheetTo(t),
		})
		return isLeftOut(t, o, d, err)
	}},
	"Export delegates": {leftOut, exporting(desk.ExportInput{Noun: "delegates"})},
	"Export to others": {leftOut, exporting(desk.ExportInput{Noun: "delegates", Purpose: "news", Recipient: "printer"})},
	"Export consents":  {leftOut, exporting(desk.ExportInput{Noun: "consents"})},
	"Export mailing":   {leftOut, exporting(desk.ExportInput{Noun: "mailing", Purpose: "news", Channel: "email"})},
	"Export profiling": {leftOut, exporting(desk.ExportInput{Noun: "profiling", Fields: []string{register.FieldBorn}})},
	"Export requests": {kept, func(t *testing.T, o *stored) error {
		d, _, err := o.export(t, "list.csv", desk.ExportInput{Noun: "requests", Fields: []string{"name"}})
		if len(d.LeftOut) != 1 || d.LeftOut[0].Count != 2 || d.Count != 0 { // both cases are hers
			t.Errorf("%+v", d)
		}
		return err
	}},
	"Export one": {refused, func(t *testing.T, o *stored) error {
		_, _, err := o.export(t, "list.csv", desk.ExportInput{Noun: "consents", Person: o.ada})
		return err
	}},
	"Pack": {allowed, func(t *testing.T, o *stored) error {
		ref := o.accessRequest(t, o.ada)
		_, err := o.Pack(t.Context(), ref, register.PackInput{To: filepath.Join(t.TempDir(), "pack.zip")})
		return err
	}},
	"Rectify": {allowed, func(t *testing.T, o *stored) error {
		page := must(o.OpenRequest(t.Context(), register.RequestInput{
			Right: calendar.Rectification, Delegate: o.ada, Received: o.Today(), How: "letter",
		}))(t)
		must(o.Decide(t.Context(), page.Ref, decision(register.Fulfil, "it is wrong")))(t)
		_, err := o.Rectify(t.Context(), page.Ref, register.RectifyInput{Field: "name", Value: "Ada Simple"})
		return err
	}},
	"Restrict": {allowed, func(t *testing.T, o *stored) error {
		_, err := o.Restrict(t.Context(), o.erasure, register.RestrictInput{Ground: "claims"})
		return err
	}},
	"LiftRestriction": {allowed, func(t *testing.T, o *stored) error {
		must(o.Progress(t.Context(), o.ref, register.RequestEvent{Kind: register.LiftingTold, On: o.Today(), Text: "letter"}))(t)
		_, err := o.LiftRestriction(t.Context(), o.ref, o.Today(), "checked")
		return err
	}},
	"StopMarketing": {allowed, func(t *testing.T, o *stored) error {
		_, err := o.OpenRequest(t.Context(), register.RequestInput{
			Right: calendar.Marketing, Delegate: o.ada, Received: o.Today(), How: "email",
		})
		return err
	}},
	"WithdrawFor": {allowed, func(t *testing.T, o *stored) error {
		page := must(o.OpenRequest(t.Context(), register.RequestInput{
			Right: calendar.Withdrawal, Delegate: o.ada, Received: o.Today(), How: "email",
		}))(t)
		done, err := o.WithdrawFor(t.Context(), page.Ref)
		if len(done.Events) != 1 {
			t.Errorf("%+v", done)
		}
		return err
	}},
	"SetHold": {allowed, func(t *testing.T, o *stored) error {
		_, err := o.SetHold(t.Context(), register.HoldInput{Delegate: o.ada, Kind: "claim", Reason: "a claim is open"})
		return err
	}},
	"Progress": {allowed, func(t *testing.T, o *stored) error {
		_, err := o.Progress(t.Context(), o.ref, register.RequestEvent{Kind: register.Noted, On: o.Today(), Text: "rang"})
		return err
	}},
	"Erase": {allowed, func(t *testing.T, o *stored) error {
		must(o.Decide(t.Context(), o.ref, decision(register.Fulfil, "it is disputed")))(t)
		for _, kind := range []register.RequestEventKind{register.Replied, register.CaseClosed} {
			must(o.Progress(t.Context(), o.ref, register.RequestEvent{Kind: kind, On: o.Today()}))(t)
		}
		o.decideErasure(t, o.erasure, register.Fulfil)
		_, err := o.Erase(t.Context(), o.erasure, register.EraseInput{}, nil)
		return err
	}},
}

// Of the other methods that take a context, these are about nobody, only look,
// or do no more than go on with a case of the person's own.
var elsewhere = strings.Fields(`
	AddBreach ChangeBreach DecideBreach Recount AddCourse AddDelegate AddOperator AddOrganisation Adopt Anchor CheckBackup ChangeCourse ChangeOperator ChangeOrganisation ChangePassphrase ChangePurpose
	CountDelegates CountOrganisations CoursePage CourseRows DisclosurePage DropDraft ErasurePlan ExportTrail Findings LiftSuppression MayAll NoticeTold
	PublishNotice PurposeCounts ReadIncoming RefreshQueue RememberMapping RemoveExemption RemoveOperator RenameOffice
	ResetTemplate ResidueScan SaveDraft SaveExemption SaveTemplate ChangePreferences SetBackupKeep SetCompetentAge SetExports SetHolidays SetOffice SetTerms Suppress
	PlanMany Serve Tidy WriteDeadlines WriteFigures
	Backup BackupIfDue ForgetBackupFolder CheckStore Compact KeepUp NewRecovery Rekey SetSafekeeping

	AddKey RemoveKey Approve Assign Attach Balance Choose Correct Decide FinishTask HandBack HandOver KeepInErasure MarkDuplicate Match OpenRequest
	ProgressAll Redact ReleaseHold ReplyToWithdrawal Return TakeBack
	TakeDocument TakeIn TellRecipient Unredact WriteLetter`)

func planned(t *testing.T, o *stored) error {
	_, err := o.Apply(t.Context(), o.plan(t, "delegates", "Name,Email,URN\nAda Sample,ada@example.org,900002\n"), nil)
	return err
}

func contactsOf(t *testing.T) desk.ContactSource {
	src := listOf(t, "list.csv", "email,consent,at\nada@example.org,yes,2026-03-01\n")
	src.Purpose, src.Channel, src.Brand = learn.Purpose, learn.Channel, learn.Brand
	return src
}

func exporting(in desk.ExportInput) func(*testing.T, *stored) error {
	return func(t *testing.T, o *stored) error {
		d, _, err := o.export(t, "list.csv", in)
		return isLeftOut(t, o, d, err)
	}
}

func isLeftOut(t *testing.T, o *stored, d register.Disclosure, err error) error {
	t.Helper()
	counted := func(c register.ReasonCount) bool { return c.Rule == register.RuleRestricted && c.Count == 1 }
	if err == nil && !slices.ContainsFunc(d.LeftOut, counted) {
		t.Errorf("nobody was left out for being restricted: %+v", d.LeftOut)
	}
	return err
}

// TestRestrictedIsStoredOnly runs everything a seat can do to a person against
// one who is restricted.
func TestRestrictedIsStoredOnly(t *testing.T) {
	for _, name := range slices.Sorted(maps.Keys(onRestricted)) {
		t.Run(name, func(t *testing.T) {
			o := newStored(t)
			before := must(o.Person(o.ada))(t)
			x := onRestricted[name]
			err := x.do(t, o)
			switch {
			case x.want == refused:
				wantKind(t, err, register.Refused)
				if !strings.Contains(err.Error(), "restricted") {
					t.Errorf("the reason is not told: %v", err)
				}
			case err != nil:
				t.Fatal(err)
			case x.want == allowed:
				return
			}
			if diff := cmp.Diff(before, must(o.Person(o.ada))(t)); diff != "" {
				t.Errorf("it changed what is held (-before +after):\n%s", diff)
			}
		})
	}
}

// A method somebody adds has to say what it does to a restricted person.
func TestEveryMethodSaysWhatItDoesToTheRestricted(t *testing.T) {
	seat := reflect.TypeFor[*desk.Seat]()
	known := map[string]bool{}
	for _, name := range elsewhere {
		known[name] = true
	}
	for name := range onRestricted {
		method, _, _ := strings.Cut(name, " ")
		known[method] = true
	}
	for i := range seat.NumMethod() {
		m := seat.Method(i)
		writes := m.Type.NumIn() > 1 && m.Type.In(1) == reflect.TypeFor[context.Context]()
		if writes && !known[m.Name] {
			t.Errorf("%s is in neither list of this file: what does it do to somebody restricted?", m.Name)
		}
		delete(known, m.Name)
	}
	for name := range known {
		t.Errorf("there is no method %s any more", name)
	}
}
