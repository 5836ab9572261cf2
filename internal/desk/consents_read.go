package desk

import (
	"custos/internal/calendar"
	"custos/internal/register"
	"custos/store"
)

// ConsentKeys lists every question the profile asks of people, in its order.
func (s *Seat) ConsentKeys() []register.ConsentKey {
	p := s.Settings().Profile
	return consentKeys(&p)
}

func consentKeys(p *register.Profile) []register.ConsentKey {
	keys := []register.ConsentKey{}
	for _, x := range p.Purposes {
		if x.Asks() {
			keys = append(keys, keysOf(&x)...)
		}
	}
	return keys
}

// keysOf lists the questions of a purpose, service messages included.
func keysOf(x *register.Purpose) []register.ConsentKey {
	var keys []register.ConsentKey
	for _, channel := range x.Channels {
		for _, brand := range brandsOf(*x) {
			keys = append(keys, register.ConsentKey{Purpose: x.ID, Channel: channel, Brand: brand})
		}
	}
	return keys
}

func brandsOf(x register.Purpose) []string {
	if len(x.Brands) == 0 {
		return []string{""}
	}
	return x.Brands
}

// ConsentsAsOf says how every question stood for a person on a day, as it was
// known at the end of another: "the state on date D as known on date E". Zero
// dates: today, and as known now. Status and suppressions are those of now.
func (s *Seat) ConsentsAsOf(who register.ID, on, known calendar.Date) ([]register.ConsentLine, error) {
	var found []register.ConsentLine
	err := s.read(register.DelegateRead, func(tx *store.Tx) error {
		if _, err := s.visible(tx, who); err != nil {
			return err
		}
		p, events, err := s.asked(tx, who)
		if err != nil {
			return err
		}
		settings, err := tx.Settings().Get()
		if err != nil {
			return err
		}
		found, err = s.consentLines(&settings, &p, events, s.moment(on, known))
		return err
	})
	return found, err
}

// asked reads a person with the events their facts come from, in one order.
func (s *Seat) asked(tx *store.Tx, who register.ID) (register.Contactee, []register.ConsentEvent, error) {
	p, err := tx.Contactee(who, s.Today())
	if err != nil {
		return p, nil, err
	}
	events, err := consentsOf(tx, who)
	p.Facts = register.Facts(events)
	return p, events, err
}

// consentLines says how every question of the profile stands for a person,
// "never asked" among the answers, and whether they may be contacted.
func (s *Seat) consentLines(
	settings *register.Settings, p *register.Contactee, events []register.ConsentEvent, m register.Moment,
) ([]register.ConsentLine, error) {
	all := []register.ConsentLine{}
	for _, x := range settings.Profile.Purposes {
		for _, key := range keysOf(&x) {
			c, err := register.NewContact(settings, key, m)
			if err != nil {
				return nil, err
			}
			line := consentLine(c, p, x.Title, events)
			if _, no := s.sharesNo(c, p); no && line.May {
				line.May, line.Rule = false, register.RuleSameAddress
			}
			all = append(all, line)
		}
	}
	return all, nil
}

func consentLine(
	c *register.Contact, p *register.Contactee, title string, events []register.ConsentEvent,
) register.ConsentLine {
	v := c.Judge(p)
	stands := c.Standing(p)
	line := register.ConsentLine{
		Purpose: c.Key.Purpose, Title: title, Channel: c.Key.Channel, Brand: c.Key.Brand,
		Use: c.Use(), Basis: v.Basis, State: v.State, May: v.Allowed, Rule: v.Rule,
	}
	for i := range events {
		if c.Speaks(&p.Facts[i]) {
			line.Events = append(line.Events, events[i])
		}
	}
	switch {
	case stands.Rests >= 0:
		line.Since = events[stands.Rests].At
	case stands.Asked >= 0:
		line.Since = events[stands.Asked].At
	}
	return line
}

// Matrix says how several questions stand today for several people: one row
// for each, in the order given. Errors: NotFound for somebody the operator may
// not know of, Invalid for a question the profile does not ask.
func (s *Seat) Matrix(ids []register.ID, keys []register.ConsentKey) ([]register.MatrixRow, error) {
	settings := s.Settings()
	questions, err := contacts(&settings, keys, s.moment(calendar.Date{}, calendar.Date{}))
	if err != nil {
		return nil, err
	}
	rows := make([]register.MatrixRow, 0, len(ids))
	for _, id := range ids {
		p, err := s.contactee(id)
		if err != nil {
			return nil, err
		}
		row := register.MatrixRow{Delegate: p.Delegate, Name: p.Name}
		for _, c := range questions {
			v := c.Judge(&p)
			row.States, row.Allowed = append(row.States, v.State), append(row.Allowed, v.Allowed)
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// contacts prepares several questions for the same moment.
func contacts(
	settings *register.Settings, keys []register.ConsentKey, m register.Moment,
) ([]*register.Contact, error) {
	all := make([]*register.Contact, len(keys))
	for i, key := range keys {
		var err error
		if all[i], err = register.NewContact(settings, key, m); err != nil {
			return nil, err
		}
	}
	return all, nil
}
