package register

import (
	"slices"
	"strings"

	"custos/internal/calendar"
)

// Weighing says whose side the weighing of interests came out on.
type Weighing string

// The ways it may come out (UK GDPR Art 21(1)).
const (
	ForPerson     Weighing = "for"     // the person: the objection is upheld
	AgainstPerson Weighing = "against" // compelling grounds of the office override
)

// BalanceInput is the weighing of interests in an objection.
type BalanceInput struct {
	Interests string   // of the office: why it uses the data
	Impact    string   // on the person
	Outcome   Weighing // for or against the person
	Text      string   // why it came out so
	// Purposes are those the person objects to; empty: every one that rests on a
	// public task or on legitimate interests.
	Purposes []string
	On       calendar.Date // zero: today
}

// Balancing is the weighing as its event keeps it; why it came out so is the
// event's text.
type Balancing struct {
	Interests string   `json:"interests"`
	Impact    string   `json:"impact"`
	Outcome   Weighing `json:"outcome"`
	Purposes  []string `json:"purposes,omitempty"`
}

// Event makes the event of a weighing.
func (in *BalanceInput) Event() RequestEvent {
	return RequestEvent{
		Kind: Balanced, On: in.On, Text: strings.TrimSpace(in.Text),
		Balance: &Balancing{
			strings.TrimSpace(in.Interests), strings.TrimSpace(in.Impact), in.Outcome, slices.Clone(in.Purposes),
		},
	}
}

// Validate returns an Invalid error naming the first field that cannot stand.
func (in *BalanceInput) Validate(p *Profile) error {
	switch {
	case strings.TrimSpace(in.Interests) == "":
		return Errorf(Invalid, "interests", "say what the office needs the data for")
	case strings.TrimSpace(in.Impact) == "":
		return Errorf(Invalid, "impact", "say what its use means for the person")
	case in.Outcome != ForPerson && in.Outcome != AgainstPerson:
		return Errorf(Invalid, "outcome", "the weighing comes out for or against the person")
	case strings.TrimSpace(in.Text) == "":
		return Errorf(Invalid, "text", "write down how the interests were weighed")
	}
	for _, id := range in.Purposes {
		x, known := p.Purpose(id)
		switch {
		case !known:
			return Errorf(Invalid, "purpose", "the profile %s has no purpose %q", p.Name, id)
		case !slices.ContainsFunc(x.Bases, func(b BasisRule) bool { return objectable(b.Basis) }):
			return Errorf(Refused, "purpose", "%s rests on neither a public task nor legitimate interests", id)
		}
	}
	return nil
}

// objectable: UK GDPR Art 21(1) is for what rests on Art 6(1)(e) or (f).
func objectable(b Basis) bool { return b == PublicTask || b == LegitimateInterests }

// Objectable lists the purposes somebody of a kind and access level may object
// to.
func (p *Profile) Objectable(kind, access string) []string {
	var ids []string
	for i := range p.Purposes {
		if b, ok := p.Purposes[i].BasisFor(kind, access); ok && objectable(b.Basis) {
			ids = append(ids, p.Purposes[i].ID)
		}
	}
	return ids
}

// mayBalance checks that there is an objection to weigh.
func (r *Request) mayBalance(e RequestEvent) error {
	switch {
	case r.Right != calendar.Objection:
		return Errorf(Refused, "", "%s is no objection: there is nothing to weigh", r.Ref)
	case r.has(Decided):
		return Errorf(Refused, "", "the case is decided: the weighing comes before")
	case strings.TrimSpace(e.Text) == "":
		return Errorf(Invalid, "text", "write down how the interests were weighed")
	}
	return nil
}

// weighed refuses to turn down an objection whose weighing is not written down,
// or came out for the person. What is not weighed at all, such as an objection
// nobody proved theirs, needs none.
func (r *Request) weighed(e RequestEvent) error {
	if r.Right != calendar.Objection || e.Outcome == Fulfil {
		return nil
	}
	rests := func(code string) bool { return code == "compelling" || code == "claims" || code == "upheld" }
	if len(e.Grounds) > 0 && !slices.ContainsFunc(e.Grounds, rests) {
		return nil
	}
	last, ok := r.Last(Balanced)
	switch {
	case !ok:
		return Errorf(Refused, "", "weigh the interests first and write the weighing down: without that an objection"+
			" can only be upheld (UK GDPR Art 21(1))")
	case e.Outcome == Refuse && last.Balance != nil && last.Balance.Outcome == ForPerson:
		return Errorf(Refused, "outcome", "the weighing came out for the person: uphold the objection, or weigh anew")
	}
	return nil
}
