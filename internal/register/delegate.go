package register

import (
	"maps"
	"slices"
	"strings"
	"time"

	"custos/internal/calendar"
)

// Status is where a person or organisation stands.
type Status string

// The statuses of a person.
const (
	Active      Status = "active"
	Deactivated Status = "deactivated"
	Restricted  Status = "restricted" // stored only, UK GDPR Art 18
	Erased      Status = "erased"     // a tombstone without personal data
)

// The fields every profile knows by these ids; any other field of a profile is
// kept in Delegate.Fields under its own id.
const (
	FieldName         = "name"
	FieldGiven        = "given_name"
	FieldFamily       = "family_name"
	FieldEmail        = "email"
	FieldPhone        = "phone"
	FieldJobTitle     = "job_title"
	FieldOrganisation = "organisation"
	FieldAccess       = "access_level"
)

// Delegate is a data subject: anybody the office keeps a record of.
type Delegate struct {
	ID       ID                `json:"id"`
	Kind     string            `json:"kind"` // a PersonKind of the profile
	Name     string            `json:"name"` // in full, as the person writes it
	Given    string            `json:"given_name,omitempty"`
	Family   string            `json:"family_name,omitempty"` // sorts the lists where known
	Email    string            `json:"email,omitempty"`
	Phone    string            `json:"phone,omitempty"`
	JobTitle string            `json:"job_title,omitempty"`
	Fields   map[string]string `json:"fields,omitempty"` // by the profile's field id

	Status       Status        `json:"status"`
	StatusSince  calendar.Date `json:"status_since,omitzero"`
	StatusReason string        `json:"status_reason,omitempty"`
	// Restrictions are why the record is stored only, the earliest first, and
	// Former what the person was before.
	Restrictions []Restriction `json:"restrictions,omitempty"`
	Former       *FormerStatus `json:"former_status,omitempty"`

	Sources []Provenance `json:"sources,omitempty"`
	// MergedFrom are the ids of records of the same person joined into this one.
	MergedFrom []ID      `json:"merged_from,omitempty"`
	Created    time.Time `json:"created"`
	Updated    time.Time `json:"updated"`
	// Revision counts the writes; a change based on an older one is a Conflict.
	Revision uint64 `json:"revision"`
}

// Provenance says where values came from (UK GDPR Art 15(1)(g)).
type Provenance struct {
	Fields []string      `json:"fields,omitempty"` // empty: the record as a whole
	How    string        `json:"how"`              // self, import, form, phone, lead administrator ...
	Detail string        `json:"detail,omitempty"`
	On     calendar.Date `json:"on"`
}

// AddSource returns the sources with one more. What the latest of its fields already tell is not told again: fields
// changed often in the same way on one day have one source for it. What it is given is not written to.
func AddSource(sources []Provenance, p Provenance) []Provenance {
	for _, old := range slices.Backward(sources) {
		switch {
		case slices.Equal(old.Fields, p.Fields) && old.How == p.How && old.Detail == p.Detail && old.On == p.On:
			return sources
		case len(old.Fields) == 0, len(p.Fields) == 0, slices.ContainsFunc(old.Fields, p.covers):
			return append(slices.Clip(sources), p)
		}
	}
	return append(slices.Clip(sources), p)
}

func (p Provenance) covers(field string) bool { return slices.Contains(p.Fields, field) }

// Value returns the value of a field by its id, "" where it is empty or unknown.
func (d *Delegate) Value(field string) string {
	if p := d.core(field); p != nil {
		return *p
	}
	return d.Fields[field]
}

// Set puts a trimmed value into a field; an empty value clears it.
func (d *Delegate) Set(field, value string) {
	value = strings.TrimSpace(value)
	if p := d.core(field); p != nil {
		*p = value
		return
	}
	if value == "" {
		delete(d.Fields, field)
		return
	}
	if d.Fields == nil {
		d.Fields = map[string]string{}
	}
	d.Fields[field] = value
}

func (d *Delegate) core(field string) *string {
	switch field {
	case FieldName:
		return &d.Name
	case FieldGiven:
		return &d.Given
	case FieldFamily:
		return &d.Family
	case FieldEmail:
		return &d.Email
	case FieldPhone:
		return &d.Phone
	case FieldJobTitle:
		return &d.JobTitle
	}
	return nil
}

// Clone returns a copy that shares nothing with d.
func (d Delegate) Clone() Delegate {
	d.Fields = maps.Clone(d.Fields)
	d.Sources = slices.Clone(d.Sources)
	d.MergedFrom = slices.Clone(d.MergedFrom)
	d.Restrictions = slices.Clone(d.Restrictions)
	if d.Former != nil {
		was := *d.Former
		d.Former = &was
	}
	return d
}

// SourceOf returns the latest provenance that covers a field.
func (d *Delegate) SourceOf(field string) Provenance {
	var whole Provenance
	for _, p := range slices.Backward(d.Sources) {
		if slices.Contains(p.Fields, field) {
			return p
		}
		if len(p.Fields) == 0 && whole.How == "" {
			whole = p
		}
	}
	return whole
}

// Changed returns the ids of the fields in which two versions differ, sorted.
func (d *Delegate) Changed(other *Delegate) []string {
	var ids []string
	for _, f := range []string{FieldName, FieldGiven, FieldFamily, FieldEmail, FieldPhone, FieldJobTitle} {
		if d.Value(f) != other.Value(f) {
			ids = append(ids, f)
		}
	}
	for f, v := range d.Fields {
		if other.Fields[f] != v {
			ids = append(ids, f)
		}
	}
	for f := range other.Fields {
		if _, ok := d.Fields[f]; !ok {
			ids = append(ids, f)
		}
	}
	slices.Sort(ids)
	return ids
}

// Validate returns an Invalid error naming the first field that cannot stand.
// A person needs a name and nothing else; a missing mandatory field makes the
// record incomplete, which Profile.Missing tells.
func (d *Delegate) Validate(p *Profile) error {
	if d.Name == "" {
		return Errorf(Invalid, FieldName, "a person needs a name")
	}
	kind, ok := p.Kind(d.Kind)
	if !ok {
		return Errorf(Invalid, "kind", "the profile %s has no kind of person %q; it has %s", p.Name, d.Kind, p.KindNames())
	}
	if d.Email != "" {
		if _, err := NormalEmail(d.Email); err != nil {
			return err
		}
	}
	for _, f := range kind.Fields {
		if err := f.Check(d.Value(f.ID)); err != nil {
			return err
		}
	}
	return nil
}
