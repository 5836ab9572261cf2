package register

import (
	"strings"
	"time"

	"custos/internal/calendar"
)

// The statuses of an organisation, beside Active's absence: a register says
// open, not active.
const (
	Open     Status = "open"
	Closed   Status = "closed"
	Proposed Status = "proposed"
)

// Organisation is a school, setting, college, employer, partner or supplier.
// Codes are text: leading zeros matter.
type Organisation struct {
	ID            ID     `json:"id"`
	Name          string `json:"name"`
	Type          string `json:"type,omitempty"`
	Phase         string `json:"phase,omitempty"`
	URN           string `json:"urn,omitempty"`
	UKPRN         string `json:"ukprn,omitempty"`
	LACode        string `json:"la_code,omitempty"`
	LAName        string `json:"la_name,omitempty"`
	Number        string `json:"establishment_number,omitempty"`
	CompanyNumber string `json:"company_number,omitempty"`

	Street   string `json:"street,omitempty"`
	Locality string `json:"locality,omitempty"`
	Address3 string `json:"address_3,omitempty"`
	Town     string `json:"town,omitempty"`
	County   string `json:"county,omitempty"`
	Postcode string `json:"postcode,omitempty"`
	Website  string `json:"website,omitempty"`
	Phone    string `json:"phone,omitempty"`
	Email    string `json:"email,omitempty"`

	Status Status        `json:"status"`
	Opened calendar.Date `json:"opened,omitzero"`
	Closed calendar.Date `json:"closed,omitzero"`
	Links  []SchoolLink  `json:"links,omitempty"`

	Sources  []Provenance `json:"sources,omitempty"`
	Created  time.Time    `json:"created"`
	Updated  time.Time    `json:"updated"`
	Revision uint64       `json:"revision"`
}

// SchoolLink ties an establishment to a predecessor or successor by URN.
type SchoolLink struct {
	URN  string        `json:"urn"`
	Name string        `json:"name"`
	Type string        `json:"type"` // Predecessor, Successor, Merged ...
	On   calendar.Date `json:"on,omitzero"`
}

// The fields of an organisation by id, in the order forms and exports use.
var organisationFields = []string{
	"name", "type", "phase", "urn", "ukprn", "la_code", "la_name", "establishment_number", "company_number",
	"street", "locality", "address_3", "town", "county", "postcode", "website", "phone", "email",
}

// OrganisationFields returns the ids of the text fields, in order.
func OrganisationFields() []string { return append([]string(nil), organisationFields...) }

// Value returns a text field by its id.
func (o *Organisation) Value(field string) string {
	if p := o.at(field); p != nil {
		return *p
	}
	return ""
}

// Set puts a trimmed value into a text field and reports whether it is known.
func (o *Organisation) Set(field, value string) bool {
	p := o.at(field)
	if p == nil {
		return false
	}
	*p = strings.TrimSpace(value)
	return true
}

func (o *Organisation) at(field string) *string {
	all := [...]*string{
		&o.Name, &o.Type, &o.Phase, &o.URN, &o.UKPRN, &o.LACode, &o.LAName, &o.Number, &o.CompanyNumber,
		&o.Street, &o.Locality, &o.Address3, &o.Town, &o.County, &o.Postcode, &o.Website, &o.Phone, &o.Email,
	}
	for i, name := range organisationFields {
		if name == field {
			return all[i]
		}
	}
	return nil
}

// Changed returns the ids of the fields in which two versions differ, in field
// order, with "status", "opened", "closed" and "links" after the text fields.
func (o *Organisation) Changed(other *Organisation) []string {
	var ids []string
	for _, f := range organisationFields {
		if o.Value(f) != other.Value(f) {
			ids = append(ids, f)
		}
	}
	if o.Status != other.Status {
		ids = append(ids, "status")
	}
	if o.Opened != other.Opened {
		ids = append(ids, "opened")
	}
	if o.Closed != other.Closed {
		ids = append(ids, "closed")
	}
	if !sameLinks(o.Links, other.Links) {
		ids = append(ids, FieldLinks)
	}
	return ids
}

func sameLinks(a, b []SchoolLink) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// Validate returns an Invalid error naming the first field that cannot stand.
func (o *Organisation) Validate() error {
	if o.Name == "" {
		return Errorf(Invalid, "name", "an organisation needs a name")
	}
	if !o.Closed.IsZero() && !o.Opened.IsZero() && o.Closed.Before(o.Opened) {
		return Errorf(Invalid, "closed", "closed on %s, before it opened on %s", o.Closed, o.Opened)
	}
	return nil
}

// Membership ties a person to an organisation for a time.
type Membership struct {
	ID           ID            `json:"id"`
	Delegate     ID            `json:"delegate"`
	Organisation ID            `json:"organisation"`
	Role         string        `json:"role,omitempty"`
	Access       string        `json:"access_level,omitempty"` // an AccessLevel of the profile
	From         calendar.Date `json:"from,omitzero"`
	To           calendar.Date `json:"to,omitzero"` // last day; zero: still a member
	Source       Provenance    `json:"source"`
}

// Current reports whether the membership runs on a date.
func (m *Membership) Current(on calendar.Date) bool {
	return !on.Before(m.From) && (m.To.IsZero() || !m.To.Before(on))
}
