package register

import (
	"slices"
	"strings"

	"custos/internal/calendar"
)

// PortableInput is what portability looks at: a person, what they answered and
// booked, and the profile that says on what basis it is used. Everything in it
// is processed by automated means.
type PortableInput struct {
	On       calendar.Date // the day a consent has to stand
	Person   Delegate
	Access   []string // the access levels of their memberships
	Consents []ConsentEvent
	Bookings []Booking
	Held     []Holding // everything held on them
	Profile  *Profile
	Names    Names
}

// Portable is the data a person may take with them (UK GDPR Art 20(1)): what
// they provided themselves, used on their consent or under a contract.
type Portable struct {
	Values []PortableValue `json:"values"`
	Left   []NotPortable   `json:"not_included"`
}

// PortableValue is one value a person may take with them.
type PortableValue struct {
	Collection string   `json:"collection"`
	Record     string   `json:"record,omitempty"`
	Field      string   `json:"field"`
	Label      string   `json:"label"`
	Value      string   `json:"value"`
	Source     string   `json:"source"`
	Purposes   []string `json:"purposes"` // titles
	Bases      []string `json:"bases"`
}

// NotPortable counts values that stay, by the reason.
type NotPortable struct {
	What  string `json:"what"`
	Count int    `json:"count"`
	Why   string `json:"why"`
	Law   string `json:"law"`
}

// The reasons for which data is not portable.
const (
	notGiven     = "You did not give us this yourself, or we cannot tell that you did."
	notAgreed    = "We use this neither on your consent nor for a contract with you."
	notCollected = "We made or observed this ourselves."
)

// provided are the ways by which data comes from the person.
var provided = []string{
	"self", "self-entered", "form", "booking form", "contact form", "application form", "web", "website", "paper", "email",
	"letter", "phone", "spoken", "in person", "event", "social", "self-service",
}

// Provided reports whether data that came this way was given by the person, and
// not by a list, an employer or a lead administrator.
func (p Provenance) Provided() bool {
	return slices.Contains(provided, strings.ToLower(strings.TrimSpace(p.How)))
}

// PortableData separates what is portable from what is not, with the reasons.
func PortableData(in *PortableInput) Portable {
	p := porting{PortableInput: in, taken: map[string]bool{}, why: map[string]string{}}
	p.person()
	p.bookings()
	p.consents()
	return Portable{Values: p.values, Left: p.left()}
}

// porting is one separation under way.
type porting struct {
	*PortableInput
	values []PortableValue
	taken  map[string]bool   // collection, record and field
	why    map[string]string // the same, where it has a reason of its own
}

func portableKey(collection, record, field string) string {
	return strings.Join([]string{collection, record, field}, "\x00")
}

// add takes a value where it was provided and some purpose carries it.
func (p *porting) add(v PortableValue, given bool, uses []Purpose) {
	key := portableKey(v.Collection, v.Record, v.Field)
	switch {
	case v.Value == "":
	case !given:
		p.why[key] = notGiven
	case len(uses) == 0:
		p.why[key] = notAgreed
	default:
		for i := range uses {
			v.Purposes = append(v.Purposes, uses[i].Title)
			for _, b := range p.carrying(&uses[i]) {
				if !slices.Contains(v.Bases, b.Title()) {
					v.Bases = append(v.Bases, b.Title())
				}
			}
		}
		p.values, p.taken[key] = append(p.values, v), true
	}
}

// carrying are the bases among consent and contract on which a purpose is
// carried out for the person. Consent carries it only while it stands.
func (p *porting) carrying(x *Purpose) []Basis {
	levels := p.Access
	if len(levels) == 0 {
		levels = []string{""}
	}
	var bases []Basis
	for _, level := range levels {
		rule, ok := x.BasisFor(p.Person.Kind, level)
		carries := rule.Basis == Contract || rule.Basis == Consent && p.agreed(x.ID)
		if ok && carries && !slices.Contains(bases, rule.Basis) {
			bases = append(bases, rule.Basis)
		}
	}
	return bases
}

// agreed reports whether a yes of the person to a purpose stands, by any
// channel: as the ledger has it, so that neither one that has run out nor one
// that a wider no has ended carries anything.
func (p *porting) agreed(purpose string) bool {
	facts := Facts(p.Consents)
	return slices.ContainsFunc(facts, func(f ConsentFact) bool {
		return f.Key.Purpose == purpose && f.Act.Yes() && p.Profile.Standing(facts, f.Key, At(p.On)).State.Yes()
	})
}

// uses are the purposes on consent or contract that use a category of data.
func (p *porting) uses(is func(category string) bool) []Purpose {
	var all []Purpose
	for _, x := range p.Profile.Purposes {
		if slices.ContainsFunc(x.Categories, is) && len(p.carrying(&x)) > 0 {
			all = append(all, x)
		}
	}
	return all
}

func (p *porting) person() {
	kind, _ := p.Profile.Kind(p.Person.Kind)
	for _, f := range kind.Fields {
		from := p.Person.SourceOf(f.ID)
		uses := p.uses(func(category string) bool { return category == f.Category })
		p.add(PortableValue{
			Collection: "delegates", Record: string(p.Person.ID), Field: f.ID, Label: f.Title,
			Value: p.Person.Value(f.ID), Source: from.String(),
		}, from.Provided() || f.Own && from.How != "", uses)
	}
}

// bookingWords mark the categories of data a booking belongs to.
var bookingWords = []string{"booking", "training", "learning", "attendance"}

// bookings takes the bookings the person made, with what they said in them. How
// it ended, and a certificate, are the office's own.
func (p *porting) bookings() {
	kind, _ := p.Profile.Kind(p.Person.Kind)
	booked := p.uses(func(category string) bool {
		return slices.ContainsFunc(bookingWords, func(w string) bool { return strings.Contains(strings.ToLower(category), w) })
	})
	for i := range p.Bookings {
		b := &p.Bookings[i]
		own := b.Organisation == ""
		for _, l := range b.Answer(p.Names).Lines {
			v := PortableValue{Collection: "bookings", Record: string(b.ID), Field: l.Field, Label: l.Label, Value: l.Value,
				Source: "your booking"}
			switch l.Field {
			case "course", "code", "starts", "ends", "venue", "booked_on":
				p.add(v, own, booked)
			case "feedback", "special_requirements":
				uses := booked
				if f, ok := find(kind.Fields, func(f Field) bool { return f.ID == l.Field }); ok {
					uses = p.uses(func(category string) bool { return category == f.Category })
				}
				p.add(v, own, uses)
			}
		}
	}
}

// consents takes the answers the person gave themselves.
func (p *porting) consents() {
	for _, e := range p.Consents {
		x, _ := p.Profile.Purpose(e.Purpose)
		own := e.GivenBy == "" && e.Act != Asked && e.Act != Expired && e.Method != "imported"
		for _, l := range e.Answer(p.Names).Lines {
			switch l.Field {
			case "purpose", "channel", "brand", "state", "at", "method":
				p.add(PortableValue{Collection: "consents", Record: string(e.ID), Field: l.Field, Label: l.Label,
					Value: l.Value, Source: "your answer"}, own, p.asked(&x))
			}
		}
	}
}

// asked returns a purpose whose basis for the person is consent: their answer to
// it is data they gave, as long as the basis stands.
func (p *porting) asked(x *Purpose) []Purpose {
	if len(p.carrying(x)) > 0 {
		return []Purpose{*x}
	}
	return nil
}

// left counts everything else that is held, by collection and reason.
func (p *porting) left() []NotPortable {
	all := []NotPortable{}
	for _, h := range p.Held {
		for _, r := range h.Entries {
			for _, l := range r.Lines {
				key := portableKey(h.Collection, r.ID, l.Field)
				if p.taken[key] {
					continue
				}
				why := p.why[key]
				if why == "" {
					why = notCollected
				}
				all = countLeft(all, h.Title, why)
			}
		}
	}
	return all
}

func countLeft(all []NotPortable, what, why string) []NotPortable {
	for i := range all {
		if all[i].What == what && all[i].Why == why {
			all[i].Count++
			return all
		}
	}
	law := "UK GDPR Art 20(1)"
	if why == notAgreed {
		law = "UK GDPR Art 20(1)(a), (3)"
	}
	return append(all, NotPortable{what, 1, why, law})
}
