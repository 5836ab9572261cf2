package sample

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"custos/internal/calendar"
	"custos/internal/desk"
	"custos/internal/register"
)

// MainJob does the office's main job once, from a file that comes in to a pack
// that leaves, and says each step in a line: an import, a consent, an access
// request with its due date, the decision, the pack, the reply, and a check of
// the audit trail. The pack is written to dir, which must exist; its path is
// returned. Where a second person has to approve, the case is left waiting for
// them and the pack is a draft.
//
// The errors are the desk's own; what was done until then stays.
func MainJob(ctx context.Context, s *desk.Seat, dir string, say func(line string)) (pack string, err error) {
	settings := s.Settings()
	if len(settings.Profile.Kinds) == 0 {
		return "", register.Errorf(register.Invalid, "profile", "the profile %s has no kind of person", settings.Profile.Name)
	}
	j := &mainJob{seat: s, profile: &settings.Profile, kind: &settings.Profile.Kinds[0], line: say}
	if err := j.open(); err != nil {
		return "", err
	}
	who, err := j.takeIn(ctx)
	if err != nil {
		return "", err
	}
	if err := j.ask(ctx, who); err != nil {
		return "", err
	}
	ref, err := j.receive(ctx, who)
	if err != nil {
		return "", err
	}
	pack = filepath.Join(dir, ref+".zip")
	if err := j.answer(ctx, ref, pack); err != nil {
		return "", err
	}
	return pack, j.verify(pack)
}

// mainJob is the main job under way.
type mainJob struct {
	seat    *desk.Seat
	profile *register.Profile
	kind    *register.PersonKind
	line    func(string)
}

func (j *mainJob) say(format string, args ...any) { j.line(fmt.Sprintf(format, args...)) }

func (j *mainJob) open() error {
	home, err := j.seat.Home()
	if err != nil {
		return err
	}
	j.say("The register of %s is open: %s, profile %s.", home.Office, home.Today.Long(), home.Profile)
	j.say("  %d delegates, %d of them incomplete, at %d organisations.", home.People, home.Incomplete, home.Organisations)
	j.say("  %d requests run and %d wait for somebody else.", len(home.Due), len(home.Waiting))
	for _, row := range home.Due[:min(3, len(home.Due))] {
		j.say("  %s (%s): %s, due %s.", row.Ref, row.Right, row.Pressure, row.Due.Long())
	}
	return nil
}

// ask records an answer to the first question the profile puts by consent,
// special category data apart.
func (j *mainJob) ask(ctx context.Context, who register.ID) error {
	page, err := j.seat.Person(who)
	if err != nil {
		return err
	}
	open := questions(page.Consents, j.profile)
	if len(open) == 0 {
		return nil
	}
	l := open[0]
	in := register.ConsentInput{
		Delegate: who, Purpose: l.Purpose, Channel: l.Channel, Brand: l.Brand, Act: register.Given,
		Method: "paper", Evidence: "booking form, box 3 ticked",
	}
	settings := j.seat.Settings()
	if j.seat.Today().Before(settings.CompetenceOf(page.Delegate.Born()).Own) {
		in.GivenBy, in.Authority = "a parent, named on the form", "parent"
	}
	e, err := j.seat.RecordConsent(ctx, in)
	if err != nil {
		return err
	}
	j.say("Records a consent: %q by %s, until now %s, is %s.", l.Title, l.Channel, l.State, e.Act)
	if e.Notice != "" {
		j.say("  Wording shown: notice %s, version %s, SHA-256 %.12s.", e.Notice, e.NoticeVersion, e.WordingDigest)
	}
	return nil
}

// receive opens an access request that came in a few days ago and takes in the
// proof of identity that starts its clock.
func (j *mainJob) receive(ctx context.Context, who register.ID) (ref string, err error) {
	today := j.seat.Today()
	page, err := j.seat.OpenRequest(ctx, register.RequestInput{
		Right: calendar.Access, Delegate: who, Received: today.AddDays(-3), How: "email", IdentityNeeded: true,
	})
	if err != nil {
		return "", err
	}
	j.say("Opens access request %s, received by email on %s: %s, no date runs yet.", page.Ref, page.Received.Long(), page.State)
	page, err = j.seat.Progress(ctx, page.Ref, register.RequestEvent{
		Kind: register.IdentitySeen, On: today, Text: "answered from the address held",
	})
	if err != nil {
		return "", err
	}
	j.say("Receives proof of identity. %s is due on %s:", page.Ref, page.Due.Long())
	for _, s := range page.Steps {
		j.say("  %s  %s (%s)", s.Date, s.Rule, s.Source)
	}
	return page.Ref, nil
}

// answer decides, builds the pack, replies and closes.
func (j *mainJob) answer(ctx context.Context, ref, pack string) error {
	today := j.seat.Today()
	page, err := j.seat.Decide(ctx, ref, register.DecisionInput{
		On: today, Outcome: register.Fulfil, Reason: "Nothing in the record speaks against it.",
	})
	if err != nil {
		return err
	}
	waits := page.State == register.AwaitsApproval
	j.say("Decides to fulfil it: %s.", page.State)
	if !waits {
		j.say("  This office has one person who may approve: the record says that nobody second-checked it.")
	}
	d, err := j.seat.Pack(ctx, ref, register.PackInput{To: pack})
	if err != nil {
		return err
	}
	j.say("Builds the pack: %s, %d bytes, SHA-256 %.12s, disclosure %s.", d.What, d.Bytes, d.Digest, d.ID)
	if waits {
		j.say("The case waits for another operator's approval before the reply goes out.")
		return nil
	}
	for _, kind := range []register.RequestEventKind{register.Replied, register.CaseClosed} {
		if page, err = j.seat.Progress(ctx, ref, register.RequestEvent{Kind: kind, On: today}); err != nil {
			return err
		}
	}
	j.say("Replies and closes: %s is %s.", ref, page.State)
	return nil
}

func (j *mainJob) verify(pack string) error {
	v, err := j.seat.VerifyTrail()
	if err != nil {
		return err
	}
	if !v.Intact {
		return errors.New("the audit trail does not hold")
	}
	j.say("Verifies the audit trail: %d entries, unbroken, head %.12s.", v.Entries, v.Head)
	j.say("The pack lies at %s", pack)
	return nil
}
