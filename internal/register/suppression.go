package register

import (
	"slices"
	"strings"
	"time"
)

// SuppressionPrefix is the kind letter of a suppression's id.
const SuppressionPrefix = 'S'

// Suppression keeps an address or a number from being used. It holds no more
// than a keyed hash of it, belongs to nobody, and outlives the person's record:
// deleting an opt-out with the person would let the next import undo it.
type Suppression struct {
	ID ID `json:"id"`
	// Hash is the keyed hash of the normalised address or number, hex. It means
	// nothing outside this store.
	Hash    string `json:"hash"`
	Kind    string `json:"kind"`    // email or phone
	Channel string `json:"channel"` // a channel, or AnyChannel
	// Scope is what it keeps out: ScopeAll, ScopeMarketing, ScopeErased or a purpose.
	Scope  string `json:"scope"`
	Reason string `json:"reason"` // as the office wrote it; never the address
	Source string `json:"source"` // by hand, import, objection, erasure

	At       time.Time `json:"at"` // UTC
	By       string    `json:"by"`
	Lifted   time.Time `json:"lifted,omitzero"`
	LiftedBy string    `json:"lifted_by,omitempty"`
	LiftedOn string    `json:"lifted_because,omitempty"`
}

// The scopes a suppression may have beside a purpose of the profile.
const (
	ScopeAll       = "all"       // no contact of any sort
	ScopeMarketing = "marketing" // nothing that is marketing
	ScopeErased    = "erased"    // as ScopeAll, and nobody is added again under it by an import
)

// SuppressionScopes returns the scopes that are no purpose.
func SuppressionScopes() []string { return []string{ScopeAll, ScopeMarketing, ScopeErased} }

// SuppressionInput adds one. Exactly one of Email and Phone is given.
type SuppressionInput struct {
	Email, Phone string
	Channel      string // "": every channel of the address
	Scope        string // "": ScopeMarketing
	Reason       string
	Source       string // "": by hand
}

// Validate returns an Invalid error naming the first field that cannot stand.
func (in *SuppressionInput) Validate(p *Profile) error {
	_, purpose := p.Purpose(in.Scope)
	switch {
	case (in.Email == "") == (in.Phone == ""):
		return Errorf(Invalid, "email", "give an email address or a phone number, one of them")
	case in.Reason == "":
		return Errorf(Invalid, "reason", "say why")
	case in.Scope != "" && !purpose && !slices.Contains(SuppressionScopes(), in.Scope):
		return Errorf(Invalid, "scope", "a scope is %s or a purpose, not %q",
			strings.Join(SuppressionScopes(), ", "), in.Scope)
	case in.Channel != "" && !slices.Contains(channelsOf(in.Email != ""), in.Channel):
		return Errorf(Invalid, "channel", "this address is used by %s, not by %q",
			strings.Join(channelsOf(in.Email != ""), ", "), in.Channel)
	}
	return nil
}

func channelsOf(email bool) []string {
	if email {
		return []string{"email", AnyChannel}
	}
	return []string{"phone", "sms", AnyChannel}
}

// Bars reports whether the entry keeps out a purpose by a channel. One that was
// not lifted bars whatever the day asked for; that of an erased person, by every
// channel.
func (s *Suppression) Bars(x *Purpose, channel string) bool {
	switch {
	case !s.Lifted.IsZero():
		return false
	case s.Scope == ScopeErased:
		return true
	case s.Channel != AnyChannel && s.Channel != channel:
		return false
	}
	switch s.Scope {
	case ScopeAll:
		return !x.Use // it is about being contacted
	case ScopeMarketing:
		return x.Marketing
	}
	return s.Scope == x.ID
}
