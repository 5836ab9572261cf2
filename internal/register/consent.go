package register

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
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
	Expires   calendar.Date `json:"expires,omitzero"`
	Corrects  ID            `json:"corrects,omitempty"`
}

// WordingDigest returns the hex SHA-256 of a wording.
func WordingDigest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// ConsentKey names one question the office may ask a person.
type ConsentKey struct{ Purpose, Channel, Brand string }

// Key returns the question the event answers.
func (e *ConsentEvent) Key() ConsentKey { return ConsentKey{e.Purpose, e.Channel, e.Brand} }

// ConsentState derives how a question stands for one person from the events:
// the latest by when it happened, then by when it was recorded. Corrected
// events do not count. Bare asking never replaces an answer.
func ConsentState(events []ConsentEvent, key ConsentKey) (ConsentAct, []ConsentEvent) {
	corrected := map[ID]bool{}
	for _, e := range events {
		if e.Corrects != "" {
			corrected[e.Corrects] = true
		}
	}
	var line []ConsentEvent
	for _, e := range events {
		if e.Key() == key && !corrected[e.ID] {
			line = append(line, e)
		}
	}
	slices.SortStableFunc(line, func(a, b ConsentEvent) int {
		if c := a.At.Compare(b.At); c != 0 {
			return c
		}
		return a.Recorded.Compare(b.Recorded)
	})
	state := NeverAsked
	for _, e := range line {
		if e.Act != Asked || state == NeverAsked {
			state = e.Act
		}
	}
	return state, line
}

// Validate returns an Invalid error naming the first field that cannot stand.
// Now is the instant of recording, UTC.
func (e *ConsentEvent) Validate(p *Profile, now time.Time) error {
	purpose, ok := p.Purpose(e.Purpose)
	switch {
	case !ok:
		return Errorf(Invalid, "purpose", "the profile %s has no purpose %q", p.Name, e.Purpose)
	case !slices.Contains(purpose.Channels, e.Channel):
		return Errorf(Invalid, "channel", "the purpose %s is not asked by %q; it is asked by %v",
			e.Purpose, e.Channel, purpose.Channels)
	case e.Brand != "" && !slices.Contains(purpose.Brands, e.Brand):
		return Errorf(Invalid, "brand", "the purpose %s has no brand %q", e.Purpose, e.Brand)
	case !slices.Contains(ConsentActs(), e.Act):
		return Errorf(Invalid, "state", "unknown state %q", e.Act)
	case !slices.Contains(ConsentMethods(), e.Method):
		return Errorf(Invalid, "method", "unknown method %q; known: %v", e.Method, ConsentMethods())
	case e.At.After(now):
		return Errorf(Invalid, "at", "a consent cannot be recorded before it happens")
	case e.GivenBy != "" && e.Authority == "":
		return Errorf(Invalid, "authority", "given by somebody else: say on whose authority")
	}
	return nil
}
