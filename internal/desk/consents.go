package desk

import (
	"context"
	"slices"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/store"
)

// RecordConsent adds one act to the ledger, with the wording in force on the
// day it happened.
func (s *Seat) RecordConsent(ctx context.Context, in register.ConsentInput) (register.ConsentEvent, error) {
	var e register.ConsentEvent
	id, err := s.desk.ids.Next(register.ConsentPrefix)
	if err != nil {
		return e, err
	}
	a := act{verb: register.ConsentRecord, subjects: []register.ID{in.Delegate}, note: string(in.Act)}
	_, err = s.change(ctx, a, func(tx *store.Tx) error {
		settings, err := tx.Settings().Get()
		if err != nil {
			return err
		}
		if _, err := s.live(tx, in.Delegate); err != nil {
			return err
		}
		if e, err = s.consentEvent(id, in, &settings.Profile); err != nil {
			return err
		}
		return tx.Consents().Put(e)
	})
	return e, err
}

func (s *Seat) consentEvent(id register.ID, in register.ConsentInput, p *register.Profile) (register.ConsentEvent, error) {
	now := s.desk.now()
	e := register.ConsentEvent{
		ID: id, Delegate: in.Delegate, Purpose: in.Purpose, Channel: in.Channel, Brand: in.Brand, Act: in.Act,
		At: in.At.UTC(), Recorded: now, RecordedBy: s.operator.Name, Method: in.Method, Evidence: in.Evidence,
		GivenBy: in.GivenBy, Authority: in.Authority, Corrects: in.Corrects,
	}
	if in.At.IsZero() {
		e.At = now
	}
	if e.Method == "" {
		e.Method = "spoken"
	}
	if err := e.Validate(p, now); err != nil {
		return e, err
	}
	return e, wording(&e, in.Notice, p)
}

// wording fixes which notice the person saw: version and digest of its text.
func wording(e *register.ConsentEvent, notice string, p *register.Profile) error {
	purpose, _ := p.Purpose(e.Purpose)
	named := notice != ""
	if !named {
		notice = purpose.Notice
	}
	n, ok := p.Notice(notice, calendar.LondonDate(e.At))
	if !ok {
		if named {
			return register.Errorf(register.Invalid, "notice", "no version of the notice %q was in force then", notice)
		}
		return nil // older than every wording we hold: the event says so by naming none
	}
	e.Notice, e.NoticeVersion = n.ID, n.Version
	e.WordingDigest = register.WordingDigest(purpose.Wording + "\n" + n.Text)
	return nil
}

// ConsentHistory returns every act about a person, oldest first.
func (s *Seat) ConsentHistory(who register.ID) ([]register.ConsentEvent, error) {
	var events []register.ConsentEvent
	err := s.read(register.DelegateRead, func(tx *store.Tx) (err error) {
		if _, err := s.visible(tx, who); err != nil {
			return err
		}
		events, err = consentsOf(tx, who)
		return err
	})
	return events, err
}

func consentsOf(tx *store.Tx, who register.ID) ([]register.ConsentEvent, error) {
	events := []register.ConsentEvent{}
	for e, err := range tx.Consents().Of(who) {
		if err != nil {
			return nil, err
		}
		events = append(events, e)
	}
	slices.SortStableFunc(events, func(a, b register.ConsentEvent) int {
		if c := a.At.Compare(b.At); c != 0 {
			return c
		}
		return a.Recorded.Compare(b.Recorded)
	})
	return events, nil
}

// consentLines says how every question of the profile stands for a person,
// "never asked" among the answers.
func consentLines(p *register.Profile, d *register.Delegate, access string, today calendar.Date,
	events []register.ConsentEvent,
) []register.ConsentLine {
	facts, m := register.Facts(events), register.At(today)
	var lines []register.ConsentLine
	for _, x := range p.Purposes {
		basis, _ := x.BasisFor(d.Kind, access)
		for _, channel := range x.Channels {
			for _, brand := range brandsOf(x) {
				key := register.ConsentKey{Purpose: x.ID, Channel: channel, Brand: brand}
				stands := register.StandingOf(facts, key, m)
				line := register.ConsentLine{
					Purpose: x.ID, Title: x.Title, Channel: channel, Brand: brand, Basis: basis.Basis, State: stands.State,
				}
				for i := range events {
					if facts[i].Covers(key) {
						line.Events = append(line.Events, events[i])
					}
				}
				switch {
				case stands.Rests >= 0:
					line.Since = events[stands.Rests].At
				case stands.Asked >= 0:
					line.Since = events[stands.Asked].At
				}
				lines = append(lines, line)
			}
		}
	}
	return lines
}

func brandsOf(x register.Purpose) []string {
	if len(x.Brands) == 0 {
		return []string{""}
	}
	return x.Brands
}
