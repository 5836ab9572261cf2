package register

// AdoptionChange says what differs between the profile an office works by and
// the one it is about to adopt.
type AdoptionChange string

// The changes, in the order they are listed.
const (
	AdoptKindAdded       AdoptionChange = "kind-added"
	AdoptKindRemoved     AdoptionChange = "kind-removed"
	AdoptSubscriber      AdoptionChange = "subscriber-changed"
	AdoptFieldAdded      AdoptionChange = "field-added"
	AdoptFieldRemoved    AdoptionChange = "field-removed"
	AdoptFieldMandatory  AdoptionChange = "field-mandatory"
	AdoptFieldSpecial    AdoptionChange = "field-special"
	AdoptFieldType       AdoptionChange = "field-type"
	AdoptPurposeAdded    AdoptionChange = "purpose-added"
	AdoptPurposeRemoved  AdoptionChange = "purpose-removed"
	AdoptPurposeReworded AdoptionChange = "purpose-reworded"
	AdoptPurposeRules    AdoptionChange = "purpose-rules"
	AdoptBasis           AdoptionChange = "basis-changed"
	AdoptChannelRemoved  AdoptionChange = "channel-removed"
	AdoptBrandRemoved    AdoptionChange = "brand-removed"
	AdoptBrandsBegun     AdoptionChange = "brands-begun"
	AdoptNoticeAdded     AdoptionChange = "notice-added"
	AdoptNoticeChanged   AdoptionChange = "notice-changed"
	AdoptNoticeMaterial  AdoptionChange = "notice-changed-materially"
	AdoptNoticeRewritten AdoptionChange = "notice-rewritten"
	AdoptNoticeVanished  AdoptionChange = "notice-vanished"
	AdoptRecipientAdded  AdoptionChange = "recipient-added"
	AdoptTransferAdded   AdoptionChange = "transfer-added"
	AdoptRetention       AdoptionChange = "retention-changed"
)

// AdoptionRow is one change and whom it touches.
type AdoptionRow struct {
	Change   AdoptionChange `json:"change"`
	Kind     string         `json:"kind,omitempty"`
	Access   string         `json:"access,omitempty"` // a level, NoAccess, or "" for every level
	Field    string         `json:"field,omitempty"`
	Purposes []string       `json:"purposes,omitempty"`
	Channel  string         `json:"channel,omitempty"`
	Brand    string         `json:"brand,omitempty"`
	Notice   string         `json:"notice,omitempty"`
	Version  string         `json:"version,omitempty"` // of the notice
	// Recipient is that of the profile, Class that of the retention schedule.
	Recipient string `json:"recipient,omitempty"`
	Class     string `json:"class,omitempty"`
	Was       string `json:"was,omitempty"`
	Becomes   string `json:"becomes,omitempty"`

	Words string `json:"words"`         // the change and what it asks of the office, as a sentence
	Law   string `json:"law,omitempty"` // where the law says so
	// AskAgain: the consents of those counted do not carry over.
	AskAgain bool `json:"ask_again,omitempty"`
	// Judgement: the change of purpose has to be judged first.
	Judgement bool `json:"judgement,omitempty"`
	// People is how many it touches, as far as Count was told of them.
	People int `json:"people"`
	// InUse: of the blocking rows, one that blocks only where it touches somebody.
	InUse bool `json:"if_in_use,omitempty"`

	whom adoptionWhom
	keys []ConsentKey // the questions whose consents are counted
}

// NoAccess stands for people without an access level.
const NoAccess = "none"

// Adoption is what it means for the people held to go over to another profile.
type Adoption struct {
	Profile string        `json:"profile"` // the name of the one to adopt
	Was     string        `json:"was"`     // version worked by until now
	Becomes string        `json:"becomes"` // version to adopt
	Rows    []AdoptionRow `json:"rows"`
	// Blocking are what stands in the way; see Blocked for those that do.
	Blocking []AdoptionRow `json:"blocking"`
	People   int           `json:"people"` // counted over
	Adopted  bool          `json:"adopted"`

	next *Profile
}

// AdoptionOf compares the profile an office works by with the next one. It says
// what changes and whom it would touch; Count then counts them. Wording that
// people were shown is never rewritten and never vanishes: UK GDPR Art 7(1).
func (p *Profile) AdoptionOf(next *Profile) Adoption {
	c := comparison{old: p, next: next}
	c.Profile, c.Was, c.Becomes = next.Name, p.Version, next.Version
	c.Rows, c.Blocking = []AdoptionRow{}, []AdoptionRow{}
	c.Adoption.next = next
	c.kinds()
	c.purposes()
	c.notices()
	c.recipients()
	c.retention()
	return c.Adoption
}

// Blocked returns the rows that stand in the way: those that always do, and
// those of what is in use. It counts on Count having seen everybody.
func (a *Adoption) Blocked() []AdoptionRow {
	blocked := []AdoptionRow{}
	for _, r := range a.Blocking {
		if !r.InUse || r.People > 0 {
			blocked = append(blocked, r)
		}
	}
	return blocked
}

// AdoptionPerson is somebody held, as an adoption counts them. The membership
// is nil where there is none.
type AdoptionPerson struct {
	Delegate   *Delegate
	Membership *Membership
	Contactee  *Contactee
}

// Count adds a person to every row that touches them, consents as they stand
// at the moment. It keeps nothing of the person.
func (a *Adoption) Count(p AdoptionPerson, m Moment) {
	if p.Contactee.Status == Erased {
		return
	}
	a.People++
	for _, rows := range [][]AdoptionRow{a.Rows, a.Blocking} {
		for i := range rows {
			if rows[i].touches(&p, a.next, m) {
				rows[i].People++
			}
		}
	}
}

// adoptionWhom says which people a row touches.
type adoptionWhom int

const (
	nobody    adoptionWhom = iota
	ofKind                 // of the row's kind and level
	lacking                // of the kind, without a value in the field
	holding                // of the kind, with one
	speaking               // with an event about one of the purposes in the ledger
	agreeing               // with a consent that stands to one of the questions
	servedBy               // for whom one of the purposes has a basis in the next profile
	shownThis              // with an event under this version of the notice
)

func (r *AdoptionRow) touches(p *AdoptionPerson, next *Profile, m Moment) bool {
	who := p.Contactee
	if r.Kind != "" && r.Kind != who.Kind {
		return false
	}
	if r.Access != "" && r.Access != who.Access && (r.Access != NoAccess || who.Access != "") {
		return false
	}
	switch r.whom {
	case ofKind:
		return true
	case lacking:
		return !held(r.Field, p.Delegate, p.Membership)
	case holding:
		return held(r.Field, p.Delegate, p.Membership)
	case speaking:
		return anyFact(who, func(f *ConsentFact) bool { return contains(r.Purposes, f.Key.Purpose) })
	case shownThis:
		return anyFact(who, func(f *ConsentFact) bool { return f.Notice == r.Notice && f.NoticeVersion == r.Version })
	case agreeing:
		for _, key := range r.keys {
			if next.Standing(who.Facts, key, m).State.Yes() {
				return true
			}
		}
	case servedBy:
		for _, id := range r.Purposes {
			x, _ := next.Purpose(id)
			if _, ok := x.BasisFor(who.Kind, who.Access); ok {
				return true
			}
		}
	case nobody:
	}
	return false
}

func anyFact(p *Contactee, is func(*ConsentFact) bool) bool {
	for i := range p.Facts {
		if is(&p.Facts[i]) {
			return true
		}
	}
	return false
}
