package register

import (
	"maps"
	"slices"
	"time"
)

// Preferences are how one operator has the console. They are nobody's record: no audit entry tells of them.
type Preferences struct {
	Operator string              `json:"operator"`
	Theme    string              `json:"theme,omitempty"`   // empty: as the terminal suggests
	Exports  string              `json:"exports,omitempty"` // folder offered for files that leave; empty: the office's
	Pinned   []Pin               `json:"pinned,omitempty"`  // in the order they were pinned
	Recent   []Pin               `json:"recent,omitempty"`  // newest first, at most MostRecent
	Filters  []SavedFilter       `json:"filters,omitempty"`
	Hidden   map[string][]string `json:"hidden_columns,omitempty"` // by list: titles of the columns not shown
	Toured   time.Time           `json:"toured,omitzero"`          // when the tour was ended or declined
}

// Pin names a record somebody comes back to.
type Pin struct {
	Kind string `json:"kind"` // PinPerson, PinOrganisation or PinCase
	ID   string `json:"id"`   // its id, or the reference of a case
}

// What can be pinned.
const (
	PinPerson       = "person"
	PinOrganisation = "organisation"
	PinCase         = "case"
)

// SavedFilter is a part of a list under a name.
type SavedFilter struct {
	List   string   `json:"list"` // the screen it belongs to
	Name   string   `json:"name"`
	Words  string   `json:"words,omitempty"`
	Narrow []string `json:"narrow,omitempty"` // the part of the list, in the list's own words
	Sort   string   `json:"sort,omitempty"`
	Desc   bool     `json:"desc,omitempty"`
}

// Bounds of what is kept for an operator.
const (
	MostRecent  = 20
	MostPinned  = 50
	MostFilters = 50
)

// Visit notes that a record was opened.
func (p *Preferences) Visit(at Pin) {
	rest := slices.DeleteFunc(slices.Clone(p.Recent), func(x Pin) bool { return x == at })
	p.Recent = append([]Pin{at}, rest[:min(len(rest), MostRecent-1)]...)
}

// TogglePin pins a record, or unpins it. It reports whether the record is pinned now, and returns a Refused error where
// as many are pinned as can be.
func (p *Preferences) TogglePin(at Pin) (pinned bool, err error) {
	if i := slices.Index(p.Pinned, at); i >= 0 {
		p.Pinned = slices.Delete(slices.Clone(p.Pinned), i, i+1)
		return false, nil
	}
	if len(p.Pinned) >= MostPinned {
		return false, Errorf(Refused, "pinned", "%d records are pinned already: unpin one first", MostPinned)
	}
	p.Pinned = append(slices.Clone(p.Pinned), at)
	return true, nil
}

// KeepFilter keeps a filter, in place of one of the same list and name. Errors: Invalid for one without a name, Refused
// where as many are kept as can be.
func (p *Preferences) KeepFilter(f SavedFilter) error {
	rest := slices.DeleteFunc(slices.Clone(p.Filters), func(x SavedFilter) bool { return x.List == f.List && x.Name == f.Name })
	next := Preferences{Filters: append(rest, f)}
	if err := next.Validate(); err != nil {
		return err
	}
	p.Filters = next.Filters
	return nil
}

// HideColumn leaves a column of a list out, or shows it again.
func (p *Preferences) HideColumn(list, title string, hide bool) {
	rest := slices.DeleteFunc(slices.Clone(p.Hidden[list]), func(x string) bool { return x == title })
	if hide {
		rest = append(rest, title)
	}
	hidden := maps.Clone(p.Hidden)
	if hidden == nil {
		hidden = map[string][]string{}
	}
	if hidden[list] = rest; len(rest) == 0 {
		delete(hidden, list)
	}
	p.Hidden = hidden
}

// Validate returns an Invalid or Refused error for what cannot be kept.
func (p *Preferences) Validate() error {
	switch {
	case len(p.Filters) > MostFilters:
		return Errorf(Refused, "filters", "%d filters are kept already: forget one first", MostFilters)
	case len(p.Pinned) > MostPinned || len(p.Recent) > MostRecent:
		return Errorf(Refused, "pinned", "at most %d records are pinned", MostPinned)
	}
	for _, f := range p.Filters {
		if f.Name == "" || f.List == "" {
			return Errorf(Invalid, "filter", "a filter that is kept needs a name")
		}
	}
	return nil
}
