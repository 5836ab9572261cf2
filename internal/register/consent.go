package register

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"custos/internal/calendar"
)

// ConsentAct is what happened between the office and a person about a purpose.
type ConsentAct string

// The acts. "Never asked" is not an act: it is the state of having none.
const (
	Asked     ConsentAct = "asked"
	Given     ConsentAct = "given"
	RefusedIt ConsentAct = "refused"
	Withdrawn ConsentAct = "withdrawn"
	Objected  ConsentAct = "objected" // UK GDPR Art 21
	Expired   ConsentAct = "expired"
	Renewed   ConsentAct = "renewed"
)

// NeverAsked is the state of a person with no event for a purpose and channel.
const NeverAsked ConsentAct = "never-asked"

// ConsentActs returns every act, in the order forms offer them.
func ConsentActs() []ConsentAct {
	return []ConsentAct{Asked, Given, RefusedIt, Withdrawn, Objected, Expired, Renewed}
}

// ConsentMethods are the ways a consent is given or taken back.
func ConsentMethods() []string { return []string{"web", "paper", "spoken", "email", "imported"} }

// ConsentEvent is one line of the append-only ledger: never changed, never
// removed while the person is kept. A mistake is corrected by a later event
// that names it. UK GDPR Art 7(1): the controller must be able to show it.
type ConsentEvent struct {
	ID       ID         `json:"id"`
	Delegate ID         `json:"delegate"`
	Purpose  string     `json:"purpose"`
	Channel  string     `json:"channel"`
	Brand    string     `json:"brand,omitempty"`
	Act      ConsentAct `json:"state"`

	At         time.Time `json:"at"`       // when it happened, UTC
	Recorded   time.Time `json:"recorded"` // when it was typed in, UTC
	RecordedBy string    `json:"recorded_by"`

	Method   string `json:"method"`
	Evidence string `json:"evidence,omitempty"` // where the proof lies
	// The exact wording shown: notice, version and SHA-256 of the text.
	Notice        string `json:"notice,omitempty"`
	NoticeVersion string `json:"notice_version,omitempty"`
	WordingDigest string `json:"wording_digest,omitempty"`

	GivenBy   string        `json:"given_by,omitempty"`  // empty: the person
	Authority string        `json:"authority,omitempty"` // on whose authority, if not their own
	Expires   calendar.Date `json:"expires,omitzero"`    // the last day it counts, if it ends by itself
	// Collected is how the details were come by when an opt-out was offered with
	// them, one of Collections: what a soft opt-in rests on.
	Collected string `json:"collected,omitempty"`
	Corrects  ID     `json:"corrects,omitempty"`
}

// WordingDigest returns the hex SHA-256 of a wording.
func WordingDigest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// Unsays reports whether a correction leaves less of a no than the event it
// corrects said: what a person agreed to before would count again.
func (e *ConsentEvent) Unsays(old *ConsentEvent) bool {
	if !old.Act.No() {
		return false
	}
	f := e.Fact()
	return !e.Act.No() || !f.Covers(old.Key()) || old.Act == Objected && e.Act != Objected
}

// Validate returns an Invalid error naming the first field that cannot stand.
// Now is the instant of recording, UTC. Who may answer for whom is checked by
// CheckAuthority.
func (e *ConsentEvent) Validate(p *Profile, now time.Time) error {
	switch {
	case !slices.Contains(ConsentActs(), e.Act):
		return Errorf(Invalid, "state", "unknown state %q", e.Act)
	case !slices.Contains(ConsentMethods(), e.Method):
		return Errorf(Invalid, "method", "unknown method %q; known: %s", e.Method, strings.Join(ConsentMethods(), ", "))
	case e.At.IsZero():
		return Errorf(Invalid, "at", "say when it happened")
	case e.At.After(now):
		return Errorf(Invalid, "at", "a consent cannot be recorded before it happens")
	case e.Corrects != "" && e.Corrects == e.ID:
		return Errorf(Invalid, "corrects", "an event cannot correct itself")
	case e.Notice == "" && (e.NoticeVersion != "" || e.WordingDigest != ""):
		return Errorf(Invalid, "notice", "a wording needs the notice it is of")
	case e.GivenBy != "" && e.Authority == "" && !e.Act.No():
		return Errorf(Invalid, "authority", "given by somebody else: say on whose authority")
	case e.Collected != "" && !slices.Contains(Collections(), e.Collected):
		return Errorf(Invalid, "collected", "details are collected by %s, not by %q",
			strings.Join(Collections(), ", "), e.Collected)
	case !e.Expires.IsZero() && !e.Act.Yes():
		return Errorf(Invalid, "expires", "only a consent has a last day")
	case !e.Expires.IsZero() && e.Expires.Before(calendar.LondonDate(e.At)):
		return Errorf(Invalid, "expires", "the last day of a consent cannot be before it was given")
	}
	return e.validateQuestion(p)
}

func (e *ConsentEvent) validateQuestion(p *Profile) error {
	if e.Purpose == AnyMarketing || e.Channel == AnyChannel || e.Brand == "" {
		if wide, err := e.validateWide(p); wide {
			return err
		}
	}
	_, err := p.question(e.Key())
	return err
}

// validateWide checks a no that is wider than one question.
func (e *ConsentEvent) validateWide(p *Profile) (wide bool, err error) {
	x, known := p.Purpose(e.Purpose)
	wide = e.Purpose == AnyMarketing || e.Channel == AnyChannel || len(x.Brands) > 0
	switch {
	case !wide:
		return false, nil
	case !known && e.Purpose != AnyMarketing:
		return true, Errorf(Invalid, "purpose", "the profile %s has no purpose %q", p.Name, e.Purpose)
	case !e.Act.No() && e.Purpose == AnyMarketing:
		return true, Errorf(Invalid, "purpose", "only a no speaks of all marketing at once; a yes is to one purpose")
	case !e.Act.No() && e.Channel == AnyChannel:
		return true, Errorf(Invalid, "channel", "only a no speaks of every channel at once; a yes is to one channel")
	case !e.Act.No():
		return false, nil // a yes is to one question
	case e.Channel != AnyChannel && !slices.Contains(ChannelIDs(), e.Channel):
		return true, Errorf(Invalid, "channel", "unknown channel %q; known: %s", e.Channel, strings.Join(ChannelIDs(), ", "))
	case e.Brand != "" && !slices.Contains(x.Brands, e.Brand):
		return true, Errorf(Invalid, "brand", "the purpose %s has no brand %q", e.Purpose, e.Brand)
	}
	return true, nil
}
