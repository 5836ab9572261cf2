package desk

import (
	"context"
	"slices"
	"strings"

	"custos/internal/calendar"
	"custos/internal/register"
)

// ChangePurpose replaces a purpose of the profile in force and keeps the
// judgement it rests on (UK GDPR Art 5(1)(b), Art 6(4), Art 8A). What was
// judged incompatible is not changed: the judgement is kept, and the answer is
// Refused. Errors: NotFound for a purpose the profile lacks, Invalid naming the
// question of the judgement left unanswered or the part of the purpose that
// cannot stand.
func (s *Seat) ChangePurpose(ctx context.Context, in register.PurposeChange) error {
	a := act{verb: register.PurposeJudge, note: "purpose changed"}
	if !in.Judgement.Compatible {
		a.note = "purpose judged incompatible, not changed"
	}
	err := s.setSettings(ctx, a, func(now *register.Settings) error {
		at := slices.IndexFunc(now.Profile.Purposes, func(x register.Purpose) bool { return x.ID == in.Purpose.ID })
		if at < 0 {
			return register.Errorf(register.NotFound, "purpose", "the profile %s has no purpose %q", now.Profile.Name, in.Purpose.ID)
		}
		j := in.Judgement
		j.Purpose, j.At, j.By = in.Purpose.ID, s.desk.now(), s.operator.Name
		j.Was, j.Becomes = now.Profile.Purposes[at].Wording, in.Purpose.Wording
		if err := j.Validate(); err != nil {
			return err
		}
		now.Judgements = append(slices.Clip(now.Judgements), j)
		if !j.Compatible {
			return nil
		}
		return replacePurpose(&now.Profile, at, in.Purpose)
	})
	if err == nil && !in.Judgement.Compatible {
		err = register.Errorf(register.Refused, "purpose",
			"judged incompatible, so the purpose stays as it was and the judgement is on record; "+
				"what is new needs a purpose of its own, and people are asked for it")
	}
	return err
}

// replacePurpose puts a purpose in the place of the one with its id.
func replacePurpose(p *register.Profile, at int, x register.Purpose) error {
	if err := checkPurpose(p, &x); err != nil {
		return err
	}
	p.Purposes = slices.Clone(p.Purposes)
	p.Purposes[at] = x
	return nil
}

// checkPurpose returns an Invalid error naming the first part of a purpose that
// the profile cannot bear.
func checkPurpose(p *register.Profile, x *register.Purpose) error {
	noBasis := func(b register.BasisRule) bool { return b.Basis.Title() == "" }
	noChannel := func(id string) bool {
		return !slices.ContainsFunc(p.Channels, func(c register.Channel) bool { return c.ID == id })
	}
	noBrand := func(id string) bool {
		return !slices.ContainsFunc(p.Brands, func(b register.Brand) bool { return b.ID == id })
	}
	bad := func(field, why string) error { return register.Errorf(register.Invalid, field, "%s", why) }
	switch {
	case strings.TrimSpace(x.Title) == "":
		return bad("title", "the purpose needs a title")
	case strings.TrimSpace(x.Wording) == "":
		return bad("wording", "the wording must not be empty: it is what people are told")
	case len(x.Bases) == 0 || slices.ContainsFunc(x.Bases, noBasis):
		return bad("basis", "every purpose needs a lawful basis of UK GDPR Art 6(1)")
	case slices.ContainsFunc(x.Channels, noChannel):
		return bad("channels", "the profile lacks a channel the purpose names")
	case slices.ContainsFunc(x.Brands, noBrand):
		return bad("brands", "the profile lacks a brand the purpose names")
	case x.Notice != "" && len(p.NoticeVersions(x.Notice)) == 0:
		return bad("notice", "the profile lacks the notice the purpose names")
	case x.Marketing && x.Service:
		return bad("service", "a service message is not marketing")
	case x.SoftOptIn != "" && !slices.Contains(register.SoftOptIns(), x.SoftOptIn):
		return bad("soft_opt_in", "a soft opt-in is one of "+strings.Join(register.SoftOptIns(), ", "))
	case x.Lasts != "":
		_, err := register.PeriodEnd(calendar.NewDate(2026, 1, 1), x.Lasts)
		return err
	}
	return nil
}
