package register

import (
	"slices"
	"time"

	"custos/internal/calendar"
)

// PurposeCount is how one question stands over everybody active.
type PurposeCount struct {
	Purpose string `json:"purpose"`
	Title   string `json:"title"`
	Channel string `json:"channel"`
	Brand   string `json:"brand,omitempty"`
	Use     bool   `json:"use,omitempty"` // a use of data is asked about, not a message
	// States counts people by exact state, Visible by the four of VisibleStates.
	States  map[ConsentAct]int `json:"states"`
	Visible map[ConsentAct]int `json:"visible"`
	May     int                `json:"may"` // how many we may contact today, or use it for
	// Given and No are the yes and no of each of the last twelve months, the
	// oldest first.
	Given [12]int `json:"given_by_month"`
	No    [12]int `json:"no_by_month"`
}

// RefreshReason is why somebody should be asked again.
type RefreshReason string

// The reasons.
const (
	RefreshSoon     RefreshReason = "ends soon"
	RefreshEnded    RefreshReason = "ended"
	RefreshWording  RefreshReason = "wording changed"
	RefreshOwn      RefreshReason = "answers for themselves now"
	RefreshUnproved RefreshReason = "no wording on record"
	RefreshWaiting  RefreshReason = "asked, no answer"
)

// refreshAhead is how many days before its end a consent should be renewed.
const refreshAhead = 60

// RefreshRow is somebody to be asked again.
type RefreshRow struct {
	Delegate ID            `json:"delegate"`
	Name     string        `json:"name"`
	Purpose  string        `json:"purpose"`
	Title    string        `json:"title"`
	Channel  string        `json:"channel"`
	Brand    string        `json:"brand,omitempty"`
	Use      bool          `json:"use,omitempty"` // a use of data, no message
	State    ConsentAct    `json:"state"`
	Reason   RefreshReason `json:"reason"`
	Due      calendar.Date `json:"due,omitzero"` // when it ends or ended
	Since    time.Time     `json:"since,omitzero"`
}

// Refresh says why a person should be asked again, false where they need not
// be: somebody who said no, whom we may contact without asking, whom the purpose
// is not for, or whose address is suppressed.
func (c *Contact) Refresh(p *Contactee) (RefreshRow, bool) {
	r := RefreshRow{
		Delegate: p.Delegate, Purpose: c.Key.Purpose, Title: c.purpose.Title, Channel: c.Key.Channel, Brand: c.Key.Brand,
		Use: c.purpose.Use,
	}
	if p.Status != Active || !c.purpose.Asks() {
		return r, false
	}
	v := c.Judge(p)
	if v.Allowed && v.Rule != RuleConsent || v.Rule == RuleSuppressed || v.Rule == RuleNoBasis {
		return r, false
	}
	s := c.Standing(p)
	r.State = s.State
	if s.State == Asked {
		// An opt-out offered with a sale is not a question left open.
		r.Reason, r.Since = RefreshWaiting, p.Facts[s.Asked].At
		return r, p.Facts[s.Asked].Collected == ""
	}
	if s.Rests < 0 || !s.State.Yes() && s.State != Expired {
		return r, false
	}
	f := &p.Facts[s.Rests]
	r.Since, r.Due = f.At, f.Expires
	r.Reason = c.refreshReason(p, f, s.State)
	return r, r.Reason != ""
}

func (c *Contact) refreshReason(p *Contactee, f *ConsentFact, state ConsentAct) RefreshReason {
	own := c.settings.CompetenceOf(p.Born).Own
	grown := f.ByOther && !own.IsZero() && !c.Moment.On.Before(own) && calendar.LondonDate(f.At).Before(own)
	switch {
	case state == Expired:
		return RefreshEnded
	case !c.outdated(f).IsZero():
		return RefreshWording
	case grown || c.outgrown(p, f):
		return RefreshOwn
	case !f.Expires.IsZero() && c.Moment.On.DaysUntil(f.Expires) <= refreshAhead:
		return RefreshSoon
	case f.Notice == "":
		return RefreshUnproved
	}
	return ""
}

// ReasonCount is how many were left out for one reason.
type ReasonCount struct {
	Rule  ContactRule `json:"rule"`
	Words string      `json:"reason"`
	Count int         `json:"count"`
}

// MatrixRow is how each of several questions stands for one person.
type MatrixRow struct {
	Delegate ID           `json:"delegate"`
	Name     string       `json:"name"`
	States   []ConsentAct `json:"states"` // in the order of the questions
	Allowed  []bool       `json:"allowed"`
}

// Ground is a reason to hold a person: a purpose with a basis for them.
type Ground struct {
	Purpose string `json:"purpose"`
	Title   string `json:"title"`
	Basis   Basis  `json:"basis"`
}

// Withdrawal is what taking consent back did, and what is left of the reasons
// to hold the person.
type Withdrawal struct {
	Events []ConsentEvent `json:"events"`
	// Grounds are the reasons left; where there is none, erasure is offered.
	Grounds      []Ground `json:"grounds"`
	OfferErasure bool     `json:"offer_erasure"`
	Letter       string   `json:"letter,omitempty"` // the file it was written to
}

// Grounds returns the reasons to hold a person on a day: purposes with a basis
// for their kind and access level, consent only where it stands, and marketing
// only until they said no to all of it.
func (p *Profile) Grounds(who *Contactee, m Moment) []Ground {
	grounds := []Ground{}
	for i := range p.Purposes {
		x := &p.Purposes[i]
		basis, ok := x.BasisFor(who.Kind, who.Access)
		switch {
		case !ok:
		case basis.Basis == Consent && !x.consented(who.Facts, m):
		case x.Marketing && basis.Basis != Consent && x.stopped(who.Facts, m):
		case objectable(basis.Basis) && x.objectedTo(who.Facts, m):
		default:
			grounds = append(grounds, Ground{x.ID, x.Title, basis.Basis})
		}
	}
	return grounds
}

// consented reports whether a consent to the purpose stands by any channel.
func (x *Purpose) consented(facts []ConsentFact, m Moment) bool {
	return slices.ContainsFunc(x.keys(), func(key ConsentKey) bool {
		return standingOf(facts, key, m.ready(), x.Marketing).State.Yes()
	})
}

// objectedTo reports whether an objection to the purpose as a whole stands. One
// that is only to a channel leaves the rest of it.
func (x *Purpose) objectedTo(facts []ConsentFact, m Moment) bool {
	return standingOf(facts, ConsentKey{Purpose: x.ID, Channel: AnyChannel}, m.ready(), false).State == Objected
}

// stopped reports whether the person said no to every question of the purpose.
func (x *Purpose) stopped(facts []ConsentFact, m Moment) bool {
	keys := x.keys()
	return len(keys) > 0 && !slices.ContainsFunc(keys, func(key ConsentKey) bool {
		return !standingOf(facts, key, m.ready(), x.Marketing).State.No()
	})
}
