package register

import (
	"slices"
	"strings"

	"custos/internal/calendar"
)

// restrictionGrounds are the four of UK GDPR Art 18(1).
var restrictionGrounds = []LegalGround{
	{"accuracy", "its accuracy is disputed, until it is checked", "UK GDPR Art 18(1)(a)"},
	{"unlawful", "its use is unlawful and the person wants it restricted, not erased", "UK GDPR Art 18(1)(b)"},
	{"claims", "the office no longer needs it and the person does, for legal claims", "UK GDPR Art 18(1)(c)"},
	{"objection", "an objection waits for the weighing of interests", "UK GDPR Art 18(1)(d)"},
}

// RestrictionGrounds returns the four grounds on which data is stored only.
func RestrictionGrounds() []LegalGround { return slices.Clone(restrictionGrounds) }

// RestrictionGround returns one of the four by its code.
func RestrictionGround(code string) (LegalGround, bool) {
	i := slices.IndexFunc(restrictionGrounds, func(g LegalGround) bool { return g.Code == code })
	if i < 0 {
		return LegalGround{}, false
	}
	return restrictionGrounds[i], true
}

// RestrictInput restricts the person of a case.
type RestrictInput struct {
	Ground string        // accuracy, unlawful, claims or objection
	On     calendar.Date // zero: today
	Note   string
}

// Restriction keeps a record from every use but storage, on account of a case.
type Restriction struct {
	Case   string        `json:"case"`
	Ground string        `json:"ground"` // one of RestrictionGrounds
	Since  calendar.Date `json:"since"`
}

// FormerStatus is what a person was before they were restricted, for the day the
// last restriction is lifted.
type FormerStatus struct {
	Status Status        `json:"status"`
	Since  calendar.Date `json:"since,omitzero"`
	Reason string        `json:"reason,omitempty"`
}

// Restrict puts a restriction on the record. What the person was is kept until
// the last is lifted. Errors: Conflict for a second one of the same case,
// Refused for somebody erased.
func (d *Delegate) Restrict(by Restriction) error {
	switch {
	case d.Status == Erased:
		return Errorf(Refused, "status", "%s was erased: there is nothing left to restrict", d.ID)
	case slices.ContainsFunc(d.Restrictions, func(x Restriction) bool { return x.Case == by.Case }):
		return Errorf(Conflict, "", "%s is restricted on account of %s already", d.ID, by.Case)
	case d.Status != Restricted:
		d.Former = &FormerStatus{d.Status, d.StatusSince, d.StatusReason}
	}
	d.Restrictions = append(d.Restrictions, by)
	d.showRestriction()
	return nil
}

// Unrestrict takes the restriction of a case off the record: where it was the
// last the person is again what they were. It returns a Conflict where the case
// restricts nothing any more.
func (d *Delegate) Unrestrict(ref string) error {
	i := slices.IndexFunc(d.Restrictions, func(x Restriction) bool { return x.Case == ref })
	if i < 0 {
		return Errorf(Conflict, "", "%s is not restricted on account of %s any more", d.ID, ref)
	}
	d.Restrictions = slices.Delete(d.Restrictions, i, i+1)
	if len(d.Restrictions) > 0 {
		d.showRestriction()
		return nil
	}
	was := FormerStatus{Status: Active}
	if d.Former != nil {
		was = *d.Former
	}
	d.Status, d.StatusSince, d.StatusReason = was.Status, was.Since, was.Reason
	d.Restrictions, d.Former = nil, nil
	return nil
}

// showRestriction makes the status that of the earliest restriction.
func (d *Delegate) showRestriction() {
	x := d.Restrictions[0]
	g, _ := RestrictionGround(x.Ground)
	d.Status, d.StatusSince, d.StatusReason = Restricted, x.Since, g.Text+" ("+x.Case+")"
}

// restrictsFor says on which grounds a kind of case may restrict.
func restrictsFor(right calendar.Right) []string {
	switch right {
	case calendar.Restriction:
		return []string{"accuracy", "unlawful", "claims", "objection"}
	case calendar.Rectification:
		return []string{"accuracy"}
	case calendar.Objection:
		return []string{"objection"}
	case calendar.Erasure:
		return []string{"unlawful", "claims"}
	default:
		return nil
	}
}

// mayRestrict checks that the case may restrict, on this ground and still.
func (r *Request) mayRestrict(e RequestEvent) error {
	ground, open := first(e.Grounds), restrictsFor(r.Right)
	decided, _ := r.Last(Decided)
	switch _, known := RestrictionGround(ground); {
	case !known:
		return Errorf(Invalid, "ground", "a restriction has one of four grounds: accuracy, unlawful, claims, objection")
	case len(open) == 0:
		return Errorf(Refused, "", "%s restricts nothing: open a case of restriction", r.Ref)
	case !slices.Contains(open, ground):
		return Errorf(Refused, "ground", "in this kind of case the ground is %s; for another open a case of restriction",
			strings.Join(open, " or "))
	case decided.Outcome == Refuse && r.Right != calendar.Erasure:
		return Errorf(Refused, "", "the decision is to refuse: nothing is restricted on account of it")
	case r.restricting():
		return Errorf(Conflict, "", "the record is restricted on account of this case already")
	}
	return nil
}

// restricting reports whether a restriction of this case stands.
func (r *Request) restricting() bool {
	set, _ := r.Last(RestrictionSet)
	ended, ok := r.Last(RestrictionEnded)
	return set.Seq > 0 && !(ok && ended.Seq > set.Seq && r.stands(&ended))
}

// mayTellLifting checks that there is something whose lifting can be told.
func (r *Request) mayTellLifting() error {
	if !r.restricting() {
		return Errorf(Refused, "", "this case restricts nothing: there is no lifting to tell of")
	}
	return nil
}

// mayLift holds to UK GDPR Art 18(3): the person is told first.
func (r *Request) mayLift(e RequestEvent) error {
	set, _ := r.Last(RestrictionSet)
	told, ok := r.Last(LiftingTold)
	ended, _ := r.Last(RestrictionEnded)
	switch {
	case !r.restricting():
		return Errorf(Refused, "", "this case restricts nothing")
	case ended.Seq > set.Seq:
		return Errorf(Conflict, "", "the lifting waits for another operator's approval already")
	case !ok || told.Seq < set.Seq:
		return Errorf(Refused, "", "tell the person first that the restriction will be lifted (UK GDPR Art 18(3)),"+
			" and record it")
	case e.On.Before(told.On):
		return Errorf(Invalid, "on", "the person was told on %s: it cannot be lifted before", told.On)
	case strings.TrimSpace(e.Text) == "":
		return Errorf(Invalid, "why", "say why the restriction ends")
	}
	return nil
}

// outlivesClosing reports whether something may be recorded in a case that is
// closed: a restriction may have to stand longer than its case is open.
func (r *Request) outlivesClosing(e RequestEvent) bool {
	switch e.Kind {
	case Noted, RecipientTold:
		return true
	case LiftingTold, RestrictionEnded:
		return r.restricting()
	case Approved, Returned:
		waiting := r.Pending()
		return len(waiting) > 0 && waiting[0].Kind == RestrictionEnded
	default:
		return false
	}
}
