package desk

import (
	"context"
	"errors"
	"slices"
	"strings"

	"custos/internal/calendar"
	"custos/internal/register"
)

// ChangePurpose replaces a purpose of the profile in force and keeps the
// judgement it rests on (UK GDPR Art 5(1)(b), Art 6(4), Art 8A). What was judged
// incompatible is kept as judged and Refused, unless the purpose rests on
// consent alone and comes with the material version of its notice under which
// everybody is asked again.
// Errors besides: NotFound for a purpose the profile lacks, Invalid naming the
// question of the judgement left open or the part of the purpose that cannot
// stand.
func (s *Seat) ChangePurpose(ctx context.Context, in register.PurposeChange) error {
	a := act{verb: register.PurposeJudge, note: "purpose judged"}
	var refused error
	err := s.setSettings(ctx, a, func(now *register.Settings) error {
		in.Judgement.At, in.Judgement.By = s.desk.now(), s.operator.Name
		judged := in.Judged(&now.Profile)
		next, err := now.Profile.ChangePurpose(in)
		if refused = nil; register.KindOf(err) == register.Refused && !judged.Compatible {
			refused, err = err, nil // that somebody looked and found it incompatible is worth keeping
			next = now.Profile
		}
		if err != nil {
			return err
		}
		if err := checkPurpose(&next, &in.Purpose); err != nil {
			return err
		}
		now.Profile = next
		judged.Made = refused == nil
		now.Judgements = append(slices.Clip(now.Judgements), judged)
		return nil
	})
	return errors.Join(err, refused)
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
