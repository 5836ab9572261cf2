package register

import (
	"strings"

	"custos/internal/calendar"
)

// FieldStatement holds what a person states to complete their record (UK GDPR
// Art 16). A record of any kind may have it; only a case writes it.
const FieldStatement = "statement"

// RectifyInput puts one field of a person's record right, or adds a statement
// where the data is incomplete: one of the two.
type RectifyInput struct {
	Field, Value string
	Was          *string // the value that was read before: another by now is a Conflict; nil: whatever is held
	Statement    string
	On           calendar.Date // zero: today
}

// Validate returns an Invalid error where the input says neither or both.
func (in *RectifyInput) Validate() error {
	stated := strings.TrimSpace(in.Statement) != ""
	switch {
	case in.Field == "" && !stated:
		return Errorf(Invalid, "field", "say which field is put right, or give the statement that completes the record")
	case in.Field == FieldStatement:
		return Errorf(Invalid, "field", "give the words as the statement: it is added to those the record has")
	case in.Field != "" && stated:
		return Errorf(Invalid, "statement", "put the field right and add the statement one after the other")
	case in.Field == FieldOrganisation || in.Field == FieldAccess:
		return Errorf(Refused, "field", "%s is part of a membership: change that, and tick the task by hand", in.Field)
	}
	return nil
}

// Rectify returns the record as the input puts it right, and every value that
// changes: the name goes with its parts. How and which case say where the new
// values come from. Errors: Invalid for a field the kind does not have or a
// value it cannot take, Conflict for the same value.
func (d *Delegate) Rectify(p *Profile, in RectifyInput, from Provenance) (Delegate, []ValueChange, error) {
	one := d.Clone()
	if in.Field == "" {
		one.Set(FieldStatement, strings.TrimSpace(d.Value(FieldStatement)+"\n"+strings.TrimSpace(in.Statement)))
	} else {
		kind, known := p.Kind(d.Kind)
		if known && !kind.Holds(in.Field) {
			return one, nil, Errorf(Invalid, "field", "%s has no field %q; it has %s", kind.Title, in.Field, kind.FieldNames())
		}
		one.Fill(map[string]string{in.Field: in.Value})
	}
	fields := one.Changed(d)
	if len(fields) == 0 {
		return one, nil, Errorf(Conflict, "value", "the record says so already")
	}
	if err := one.Validate(p); err != nil {
		return one, nil, err
	}
	var changes []ValueChange
	for _, f := range fields {
		changes = append(changes, ValueChange{Field: f, Before: d.Value(f), After: one.Value(f)})
	}
	from.Fields = fields
	one.Sources = AddSource(one.Sources, from)
	return one, changes, nil
}

// Fill sets fields and keeps the full name and its parts in step: a form may
// give either. One part alone makes no full name where another is held that was
// not put together from parts.
func (d *Delegate) Fill(values map[string]string) {
	whole := func() string { return strings.TrimSpace(d.Given + " " + d.Family) }
	together := d.Name == whole()
	for field, value := range values {
		d.Set(field, value)
	}
	_, named := values[FieldName]
	_, given := values[FieldGiven]
	_, family := values[FieldFamily]
	switch {
	case d.Name == "", (given || family) && !named && (together || d.Given != "" && d.Family != ""):
		d.Name = whole()
	case named && !given && !family:
		d.Given, d.Family = "", ""
	}
}

// mayRectify checks that the decision to put the data right stands.
func (r *Request) mayRectify() error {
	decided, _ := r.Last(Decided)
	_, approved := r.Approval()
	switch {
	case r.Right != calendar.Rectification:
		return Errorf(Refused, "", "%s is not a case of rectification; a correction nobody asked for is an edit", r.Ref)
	case decided.Seq == 0:
		return Errorf(Refused, "", "decide first that the data is put right")
	case decided.Outcome == Refuse:
		return Errorf(Refused, "", "the decision is to refuse: the data stays as it is")
	case !approved:
		return Errorf(Refused, "", "the decision waits for another operator's approval")
	}
	return nil
}
