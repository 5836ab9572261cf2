package register

import (
	"cmp"
	"slices"
	"strings"

	"custos/internal/calendar"
)

// RecipientRow is somebody outside who had data of the person of a case and is
// to be told of what was done (UK GDPR Art 19).
type RecipientRow struct {
	Recipient string `json:"recipient"` // of the profile
	Name      string `json:"name"`
	Role      string `json:"role,omitempty"`
	// Had are the disclosures that reached them, the oldest first.
	Had []RecipientHad `json:"had"`
	// Told is the day they were told, zero: not yet. Unable says why they will not
	// be: it is impossible, or would take a disproportionate effort.
	Told   calendar.Date `json:"told,omitzero"`
	How    string        `json:"how,omitempty"` // they were told, or why they cannot be
	Unable string        `json:"unable,omitempty"`
}

// RecipientHad is one disclosure as Art 19 looks at it.
type RecipientHad struct {
	Disclosure ID            `json:"disclosure"`
	On         calendar.Date `json:"on"`
	What       string        `json:"what"`
	Fields     []string      `json:"fields"`
}

// Settled reports whether nothing is left to do about the recipient.
func (r *RecipientRow) Settled() bool { return r.Unable != "" || !r.Told.IsZero() }

// TellInput records that a recipient was told, or that they cannot be.
type TellInput struct {
	Recipient string        // of the profile
	On        calendar.Date // zero: today
	How       string        // they were told; with Unable, the reason
	Unable    string        // "", impossible or disproportionate
}

// Unables are why a recipient need not be told.
func Unables() []string { return []string{"impossible", "disproportionate"} }

// Validate returns an Invalid error naming the first field that cannot stand.
func (in *TellInput) Validate() error {
	switch {
	case in.Recipient == "":
		return Errorf(Invalid, "recipient", "say who was told")
	case in.Unable != "" && !slices.Contains(Unables(), in.Unable):
		return Errorf(Invalid, "unable", "telling them is %s, not %q", strings.Join(Unables(), " or "), in.Unable)
	case in.Unable != "" && strings.TrimSpace(in.How) == "":
		return Errorf(Invalid, "how", "say why telling them is %s", in.Unable)
	case strings.TrimSpace(in.How) == "":
		return Errorf(Invalid, "how", "say how they were told: letter, email, telephone")
	}
	return nil
}

// DisclosureMade is a disclosure and what ties it to the person.
type DisclosureMade struct {
	Disclosure
	To DisclosedTo
}

// leftOffice reports whether somebody outside has it: no draft, nothing that
// stayed in the office, and not what the person themselves was given.
func (d *DisclosureMade) leftOffice() bool {
	switch d.To.Recipient {
	case "", "internal", "data subject":
		return false
	}
	return !d.Draft
}

// RecipientsOf returns who is to be told of what the case did: for a
// rectification those who had a value that was wrong, else everybody who had
// any data of the person. D is the record, for the day a value came into it; the
// names are the profile's. Letters of the case itself are no disclosures to tell
// of.
func (r *Request) RecipientsOf(d *Delegate, made []DisclosureMade, p *Profile) []RecipientRow {
	var rows []RecipientRow
	for i := range made {
		m := &made[i]
		if !m.leftOffice() || m.Request == r.Ref || !r.concerns(d, m) {
			continue
		}
		rows = addHad(rows, m, p)
	}
	for _, kept := range r.Recipients { // as they stood before the record went
		rows = addKept(rows, kept)
	}
	for i := range rows {
		r.tellOf(&rows[i])
	}
	slices.SortFunc(rows, func(a, b RecipientRow) int { return cmp.Compare(a.Name, b.Name) })
	return rows
}

func addHad(rows []RecipientRow, m *DisclosureMade, p *Profile) []RecipientRow {
	row := RecipientRow{Recipient: m.To.Recipient, Name: m.To.Recipient, Role: m.Role, Had: []RecipientHad{{
		m.To.Disclosure, calendar.LondonDate(m.To.At), m.To.What, m.To.Fields,
	}}}
	is := func(x Recipient) bool { return x.ID == row.Recipient || x.Name == row.Recipient } // a letter names them
	if x, ok := find(p.Recipients, is); ok {
		row.Recipient, row.Name, row.Role = x.ID, x.Name, x.Role
	}
	return addKept(rows, row)
}

func addKept(rows []RecipientRow, row RecipientRow) []RecipientRow {
	i := slices.IndexFunc(rows, func(x RecipientRow) bool { return x.Recipient == row.Recipient })
	if i < 0 {
		row.Had = slices.Clone(row.Had)
		return append(rows, row)
	}
	for _, h := range row.Had {
		if !slices.ContainsFunc(rows[i].Had, func(x RecipientHad) bool { return x.Disclosure == h.Disclosure }) {
			rows[i].Had = append(rows[i].Had, h)
		}
	}
	slices.SortStableFunc(rows[i].Had, func(a, b RecipientHad) int { return a.On.Compare(b.On) })
	return rows
}

// tellOf adds what the case says of a recipient.
func (r *Request) tellOf(row *RecipientRow) {
	for _, e := range r.live() {
		if e.Kind != RecipientTold || e.To != row.Recipient {
			continue
		}
		row.How, row.Unable, row.Told = e.Text, first(e.Grounds), e.On
		if row.Unable != "" {
			row.Told = calendar.Date{}
		}
	}
}

// concerns reports whether what a disclosure held was wrong, or is any data at
// all where the case is no rectification.
func (r *Request) concerns(d *Delegate, m *DisclosureMade) bool {
	if r.Right != calendar.Rectification {
		return true
	}
	for _, e := range r.live() {
		if e.Kind != Rectified || e.Change == nil || m.To.At.After(e.Recorded) {
			continue
		}
		if e.Change.Field == FieldStatement {
			return true // it completes all that is held
		}
		since := d.heldSince(e.Change.Field, r.Ref)
		if m.holds(e.Change.Field) && !calendar.LondonDate(m.To.At).Before(since) {
			return true
		}
	}
	return false
}

// holds reports whether a file had a field. One that lists none had everything.
func (d *DisclosureMade) holds(field string) bool {
	return len(d.To.Fields) == 0 || slices.Contains(d.To.Fields, field)
}

// heldSince returns the day a value came into the record that a case put right
// later; the zero day where nothing tells.
func (d *Delegate) heldSince(field, ref string) calendar.Date {
	var since calendar.Date
	for _, p := range d.Sources {
		switch {
		case p.Detail == ref && slices.Contains(p.Fields, field):
			return since
		case len(p.Fields) == 0 || slices.Contains(p.Fields, field):
			since = p.On
		}
	}
	return since
}

// mayTellRecipients checks that the case did something its recipients are to be
// told of.
func (r *Request) mayTellRecipients() error {
	_, approved := r.Approval()
	decided, _ := r.Last(Decided)
	switch {
	case r.Right == calendar.Rectification && !r.has(Rectified) && !r.has(RestrictionSet):
		return Errorf(Refused, "", "put the data right first: until then there is nothing to tell")
	case r.Right == calendar.Erasure && !r.has(RestrictionSet) && (!approved || decided.Outcome == Refuse):
		return Errorf(Refused, "", "nothing is erased yet: there is nothing to tell before the decision is approved")
	case r.Right == calendar.Rectification, r.Right == calendar.Erasure, r.has(RestrictionSet):
		return nil
	}
	return Errorf(Refused, "", "nobody is told of this case: that is for a rectification, an erasure or a restriction"+
		" (UK GDPR Art 19)")
}
