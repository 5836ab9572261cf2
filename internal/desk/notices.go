package desk

import (
	"context"
	"slices"
	"strings"

	"custos/internal/calendar"
	"custos/internal/register"
)

// PublishNotice adds a version of a notice to the profile in force, and says
// what that means for the people held: after a material change, whom to tell
// and whom to ask again. With dry it says so and changes nothing. Errors:
// Invalid naming the field that cannot stand.
func (s *Seat) PublishNotice(ctx context.Context, in register.NoticeInput, dry bool) (register.NoticeEffect, error) {
	if err := s.allow(register.NoticePublish); err != nil {
		return register.NoticeEffect{}, err
	}
	settings := s.Settings()
	before := settings.Profile
	next, err := before.PublishNotice(in)
	if err != nil {
		return register.NoticeEffect{}, err
	}
	settings.Profile = next
	effect := register.NoticeEffect{
		Notice: next.NoticeVersions(in.ID)[0], Replaces: before.NoticeVersions(in.ID)[0].Version,
		Purposes: purposesOf(&next, in.ID), Tell: []register.DelegateRow{}, AskAgain: []register.RefreshRow{},
	}
	if in.Material {
		if err := s.reachOf(ctx, &settings, &effect); err != nil {
			return effect, err
		}
	}
	if dry {
		return effect, nil
	}
	a := act{verb: register.NoticePublish, note: "notice published"}
	err = s.setSettings(ctx, a, func(now *register.Settings) (err error) {
		now.Profile, err = now.Profile.PublishNotice(in)
		return err
	})
	effect.Published = err == nil
	return effect, err
}

// purposesOf lists the purposes whose wording is a notice.
func purposesOf(p *register.Profile, notice string) []string {
	ids := []string{}
	for _, x := range p.Purposes {
		if x.Notice == notice {
			ids = append(ids, x.ID)
		}
	}
	return ids
}

// reachOf fills in whom a material change concerns, on the day it begins or,
// where that is past, today:
// those whose data is used on another basis than consent are told (UK GDPR Art
// 13(3), Art 14(4)), those who consented to another wording are asked again.
func (s *Seat) reachOf(ctx context.Context, next *register.Settings, effect *register.NoticeEffect) error {
	m := register.At(effect.Notice.From)
	if today := s.Today(); m.On.Before(today) {
		m = register.At(today)
	}
	var questions []*register.Contact
	var purposes []register.Purpose
	for _, x := range next.Profile.Purposes {
		if x.Notice != effect.Notice.ID {
			continue
		}
		purposes = append(purposes, x)
		if !x.Asks() {
			continue
		}
		asked, err := contacts(next, keysOf(&x), m)
		if err != nil {
			return err
		}
		questions = append(questions, asked...)
	}
	var tell []register.ID
	err := s.eachContactee(ctx, func(p *register.Contactee) {
		if p.Status == register.Active && concerned(purposes, p) {
			tell = append(tell, register.ID(strings.Clone(string(p.Delegate))))
		}
	})
	if err != nil {
		return err
	}
	for _, id := range tell {
		if row, ok := s.desk.db.Person(id); ok {
			effect.Tell = append(effect.Tell, row)
		}
	}
	again, err := s.toAskAgain(ctx, questions)
	effect.AskAgain = slices.DeleteFunc(again, func(r register.RefreshRow) bool { return r.Reason != register.RefreshWording })
	return err
}

// concerned reports whether a person's data is used for one of the purposes
// without being asked.
func concerned(purposes []register.Purpose, p *register.Contactee) bool {
	return slices.ContainsFunc(purposes, func(x register.Purpose) bool {
		b, ok := x.BasisFor(p.Kind, p.Access)
		return ok && b.Basis != register.Consent
	})
}

// NoticeTold records that people were told of a changed notice. The operator's
// name is filled in, and today where no day is given. Errors: Invalid naming
// the field.
func (s *Seat) NoticeTold(ctx context.Context, in register.Telling) error {
	in.By = s.operator.Name
	if in.On.IsZero() {
		in.On = s.Today()
	}
	a := act{verb: register.NoticeTold, note: "people told of a notice"}
	return s.setSettings(ctx, a, func(now *register.Settings) error {
		if err := checkTelling(&in, &now.Profile, s.Today()); err != nil {
			return err
		}
		now.Told = append(slices.Clip(now.Told), in)
		return nil
	})
}

func checkTelling(in *register.Telling, p *register.Profile, today calendar.Date) error {
	is := func(n register.Notice) bool { return n.ID == in.Notice && n.Version == in.Version }
	switch {
	case !slices.ContainsFunc(p.Notices, is):
		return register.Errorf(register.Invalid, "version", "the profile has no version %q of the notice %q", in.Version, in.Notice)
	case in.On.After(today):
		return register.Errorf(register.Invalid, "on", "nobody was told in the future")
	case strings.TrimSpace(in.How) == "":
		return register.Errorf(register.Invalid, "how", "say how people were told")
	case in.People < 1:
		return register.Errorf(register.Invalid, "people", "say how many people were told")
	}
	return nil
}
