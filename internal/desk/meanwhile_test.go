package desk_test

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"custos/internal/register"
)

// What each method of a seat that takes a context does where two do it at once.
var (
	// adds keeps something new beside what is there, or only writes a file or looks.
	adds = strings.Fields(`
	AddBreach AddCourse AddDelegate AddKey AddOperator AddOrganisation Anchor Attach Backup BackupIfDue Book CheckBackup CheckStore
	Compact ConsentSheet CountDelegates CountOrganisations CoursePage CourseRows DisclosurePage ErasurePlan Export ExportTrail
	Findings HandBack HandOver ImportLedger KeepUp MayAll NewRecovery OpenRequest Pack Plan PlanContacts PlanMany PublishNotice
	PurposeCounts ReadIncoming Recount RecordConsent RecordConsents RefreshQueue Rekey ReplyToWithdrawal ResidueScan SetHold Suppress
	TakeBack TakeIn Tidy Withdraw WithdrawFor WriteDeadlines WriteFigures WriteLetter`)

	// events are acts with an entry of their own in a case, a ledger or the trail: the one before stays there, and the rules say
	// whether another may follow.
	events = strings.Fields(`
	Approve Assign Balance ChangePurpose Choose Correct Deactivate Decide Erase FinishTask KeepInErasure Leave LiftRestriction LiftSuppression MarkDuplicate Match NoticeTold Progress ProgressAll Reactivate Redact
	ReleaseHold RemoveKey RemoveOperator Restrict Return Serve StopMarketing TakeDocument TellRecipient Unredact`)

	// compares has whoever changes something say what they have read: something else by now is a Conflict, or is left as
	// it is and told.
	compares = strings.Fields(`
	Adopt Apply ApplyContacts ApplyMany ChangeBreach ChangeCourse ChangeDelegate ChangeOperator ChangeOrganisation DecideBreach
	Join Mark Merge Rectify RemoveExemption RenameOffice ResetTemplate SaveExemption SaveTemplate SetBackupKeep SetCompetentAge SetExports SetHolidays
	SetOffice SetSafekeeping SetTerms UndoImport UndoLast`)

	// own is of one operator alone, who may have it open in two places: what was done last there stands, field by field.
	own = strings.Fields(`ChangePassphrase ChangePreferences DropDraft SaveDraft`)

	// lastly are single answers of which whoever answers last is right; nothing was typed at length.
	lastly = strings.Fields(`ForgetBackupFolder RememberMapping`)
)

// A method somebody adds has to say what it does where two do it at once.
func TestEveryMethodSaysWhatItDoesWithTwo(t *testing.T) {
	known := map[string]bool{}
	for _, name := range slices.Concat(adds, events, compares, own, lastly) {
		if known[name] {
			t.Errorf("%s stands twice", name)
		}
		known[name] = true
	}
	seat := reflect.TypeOf((&office{}).Seat)
	for i := range seat.NumMethod() {
		m := seat.Method(i)
		takes := m.Type.NumIn() > 1 && m.Type.In(1) == reflect.TypeFor[context.Context]()
		if takes && !known[m.Name] {
			t.Errorf("%s: what does it do where two do it at once?", m.Name)
		}
	}
}

// What somebody typed over something that is held otherwise by now is a Conflict, and nothing is written.
func TestWhatWasReadIsCompared(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	id, org := o.person(t, "Ada Sample", "ada@example.org"), o.school(t, "Elm", "900001")
	o.hire(t, "bo", register.Viewer)
	course := must(o.AddCourse(ctx, register.Course{Title: "First aid", Starts: o.Today()}))(t)
	booking := register.Booking{ID: must(o.Book(ctx, register.BookingInput{Delegate: id, Course: course}))(t), Delegate: id}
	booking.State = register.Attended
	template := must(o.Templates())(t)[0]
	other := template
	other.Body += "\n\nGoodbye."
	exemption := must(o.Exemptions())(t)[0]
	fewer := register.BackupKeep{Days: 3, Weeks: 2, Months: 6}
	breach := must(o.AddBreach(ctx, register.BreachInput{Aware: noon.Add(-time.Hour), What: "a list was lost"}))(t)
	for name, do := range map[string]func() error{
		"holidays": func() error { return o.SetHolidays(ctx, "", "other") },
		"name":     func() error { return o.RenameOffice(ctx, "Ash School", "other") },
		"age":      func() error { return o.SetCompetentAge(ctx, 12, 9) },
		"letters":  func() error { return o.SetOffice(ctx, register.OfficeInput{}, register.OfficeInput{Address: "x"}) },
		"breach": func() error {
			in := register.BreachInput{Aware: breach.Aware, What: "a list was found", Revision: breach.Revision + 7}
			_, err := o.ChangeBreach(ctx, breach.ID, in)
			return err
		},
		"risk": func() error {
			_, err := o.DecideBreach(ctx, breach.ID, register.BreachDecision{Risk: register.SomeRisk, Revision: breach.Revision + 7})
			return err
		},
		"kept":       func() error { return o.SetBackupKeep(ctx, fewer, fewer) },
		"exports":    func() error { return o.SetExports(ctx, "", "/other") },
		"terms":      func() error { return o.SetTerms(ctx, "", "other") },
		"safe":       func() error { return o.SetSafekeeping(ctx, "", 5, register.StandingOrder{LockMinutes: 9}) },
		"template":   func() error { return o.SaveTemplate(ctx, template, other) },
		"reset":      func() error { return o.ResetTemplate(ctx, template.Kind, other) },
		"exemption":  func() error { return o.SaveExemption(ctx, exemption, register.Exemption{}) },
		"exemption-": func() error { return o.RemoveExemption(ctx, exemption.Code, register.Exemption{}) },
		"roles": func() error {
			_, err := o.ChangeOperator(ctx, "bo", []register.Role{register.Officer}, "", register.Operator{Name: "bo"})
			return err
		},
		"membership": func() error {
			_, err := o.Join(ctx, register.MembershipInput{Delegate: id, Organisation: org, Was: &register.Membership{ID: "M"}})
			return err
		},
		"booking": func() error { return o.Mark(ctx, booking, booking) },
		"merge": func() error {
			two := o.person(t, "Ada Sample", "ada@example.org")
			_, err := o.Merge(ctx, register.MergeInput{From: two, Into: id, Seen: [2]uint64{1, 7}}, false)
			return err
		},
		"person": func() error {
			return o.ChangeDelegate(ctx, id, register.DelegateInput{Values: map[string]string{"name": "Eve"}, Revision: 7})
		},
		"organisation": func() error {
			return o.ChangeOrganisation(ctx, org, register.OrganisationInput{Values: map[string]string{"name": "Eve"}, Revision: 7})
		},
	} {
		t.Run(name, func(t *testing.T) {
			err := do()
			if wantKind(t, err, register.Conflict); !strings.Contains(err.Error(), "changed while you were typing") {
				t.Error(err)
			}
		})
	}
	for name, err := range map[string]error{
		"name": o.RenameOffice(ctx, "Ash School", "Elm School"), "age": o.SetCompetentAge(ctx, 12, 0),
		"template": o.SaveTemplate(ctx, other, template), "letters": o.SetOffice(ctx, register.OfficeInput{Address: "x"}, register.OfficeInput{}),
		"kept": o.SetBackupKeep(ctx, fewer, register.BackupKeep{}), "exports": o.SetExports(ctx, t.TempDir(), ""),
	} {
		if err != nil {
			t.Errorf("%s as it was read: %v", name, err)
		}
	}
}

// Two places of one operator keep what is typed in each; of one field what was typed last.
func TestOneDraftInTwoPlaces(t *testing.T) {
	o := newOffice(t)
	save := func(fresh []string, pairs ...string) {
		t.Helper()
		d := register.Draft{Form: "f", Values: map[string]string{}, Fresh: fresh}
		for i := 0; i < len(pairs); i += 2 {
			d.Values[pairs[i]] = pairs[i+1]
		}
		if err := o.SaveDraft(t.Context(), d); err != nil {
			t.Fatal(err)
		}
	}
	holds := func(want string) {
		t.Helper()
		d, _, err := o.Draft("f")
		if got := fmt.Sprint(d.Values); err != nil || got != want {
			t.Errorf("%s, want %s (%v)", got, want, err)
		}
	}
	save([]string{"phone"}, "phone", "1")
	save([]string{"email"}, "email", "a")
	holds("map[email:a phone:1]")
	save([]string{"phone"}, "phone", "2", "email", "old")
	holds("map[email:a phone:2]")
	save([]string{"email"}, "phone", "1")
	holds("map[phone:2]")
	save([]string{"phone"})
	if _, found, err := o.Draft("f"); found || err != nil {
		t.Errorf("an empty draft is kept: %v", err)
	}
}

// Twenty at once: every act is one entry in the trail, and none is lost.
func TestTwentySeatsAtOnce(t *testing.T) {
	o := newOffice(t)
	const seats, acts = 20, 5
	id := o.person(t, "Ada Sample", "ada@example.org")
	before := o.trail(t)
	var all sync.WaitGroup
	done := make([]int, seats)
	for n := range seats {
		s := o.again(t, "office", "ssh")
		all.Go(func() {
			notes, cancel := s.Notes()
			defer cancel()
			for i := range acts {
				s.Here(at(register.PinPerson, id), register.Changing)
				_, err := s.AddDelegate(context.Background(), register.DelegateInput{
					Values: map[string]string{"name": fmt.Sprintf("Sample %d %d", n, i)},
				})
				page, _ := s.Person(id)
				in := register.DelegateInput{Revision: page.Delegate.Revision, Values: map[string]string{"phone": fmt.Sprintf("01632 96%02d%02d", n, i)}}
				if s.ChangeDelegate(context.Background(), id, in) == nil {
					done[n]++
				}
				if err == nil {
					done[n]++
				}
				<-notes
				s.Present()
			}
			s.Depart()
		})
	}
	all.Wait()
	sum := 0
	for _, n := range done {
		sum += n
	}
	if entries := int(o.trail(t) - before); entries != sum || sum < seats*acts {
		t.Errorf("%d acts, %d entries", sum, entries)
	}
	page := must(o.Person(id))(t)
	if changes := sum - seats*acts; int(page.Delegate.Revision) != changes+1 {
		t.Errorf("revision %d after %d changes", page.Delegate.Revision, changes)
	}
	if n := must(o.CountDelegates(t.Context(), register.Query{}))(t); n != seats*acts+1 {
		t.Errorf("%d people", n)
	}
	if left := o.Present(); len(left) != 0 {
		t.Errorf("somebody is here still: %+v", left)
	}
}
