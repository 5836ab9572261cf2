package register

import (
	"slices"
	"strings"

	"custos/internal/calendar"
)

// SmallestGroup is how many people a group must have to be shown.
const SmallestGroup = 5

// notKnown stands for a value that is not held, or that cannot be reduced.
const notKnown = "not known"

// ageBands are the first ages of the bands, with their names.
var ageBands = []struct {
	from int
	name string
}{
	{65, "65 and over"}, {55, "55-64"}, {45, "45-54"}, {35, "35-44"}, {25, "25-34"}, {19, "19-24"}, {16, "16-18"}, {11, "11-15"},
	{0, "under 11"},
}

// AgeBand returns the band of a person's age on a day, "not known" without a
// date of birth or with one after the day.
func AgeBand(born, on calendar.Date) string {
	if born.IsZero() || on.Before(born) {
		return notKnown
	}
	years := on.Year() - born.Year()
	if on.Before(born.AddMonths(12 * years)) {
		years--
	}
	for _, b := range ageBands {
		if years >= b.from {
			return b.name
		}
	}
	return notKnown
}

// PostcodeArea returns the one or two letters a postcode begins with, in
// capitals, "not known" for what is no postcode.
func PostcodeArea(postcode string) string {
	area := strings.ToUpper(strings.TrimSpace(postcode))
	digit := strings.IndexAny(area, "0123456789")
	if digit < 1 || digit > 2 || strings.Trim(area[:digit], "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		return notKnown
	}
	return area[:digit]
}

// ProfilingGroup is how many people share the same coarse values.
type ProfilingGroup struct {
	Values []string `json:"values"` // in the order of the fields
	Count  int      `json:"count"`  // to the nearest 5
}

// ProfilingTable is counts from which nobody can be picked out.
//
// A group of fewer than SmallestGroup people is left out, and nothing says how
// many such groups there were. Counts are to the nearest 5, and Total is the sum
// of the counts shown: taking the groups from it leaves nothing, and taking a
// finer table from a coarser one leaves a number too rough to tell the size of
// what was left out. Leaving out a second group instead would protect one table
// but not two of them side by side.
type ProfilingTable struct {
	Fields []ProfilingField `json:"fields"`
	On     calendar.Date    `json:"on"`
	Groups []ProfilingGroup `json:"groups"` // by their values
	Total  int              `json:"total"`
	// LeftOut says that there are groups too small to be shown.
	LeftOut bool `json:"left_out"`
}

// ProfilingCount counts people by coarse values. It keeps no other value, and
// nothing that says who was counted.
type ProfilingCount struct {
	fields  []ProfilingField
	options map[string][]string // of the choices
	on      calendar.Date
	counts  map[string]int
}

// CountProfiling begins to count by the fields named, all that the profile
// allows where none is. Errors: Refused where the profile allows no profiling,
// Invalid for a field it does not name.
func (p *Profile) CountProfiling(fields []string, on calendar.Date) (*ProfilingCount, error) {
	if len(p.Profiling) == 0 {
		return nil, Errorf(Refused, "", "the profile %s allows no profiling", p.Name)
	}
	n := &ProfilingCount{fields: p.Profiling, options: map[string][]string{}, on: on, counts: map[string]int{}}
	if len(fields) > 0 {
		n.fields = nil
	}
	for _, id := range fields {
		f, ok := find(p.Profiling, func(f ProfilingField) bool { return f.Field == id })
		if !ok {
			return nil, Errorf(Invalid, "fields", "the profile %s does not allow profiling by %q", p.Name, id)
		}
		n.fields = append(n.fields, f)
	}
	for _, k := range p.Kinds {
		for _, f := range k.Fields {
			n.options[f.ID] = append(n.options[f.ID], f.Options...)
		}
	}
	return n, nil
}

// Add counts a person, whose values are asked for by field id.
func (n *ProfilingCount) Add(value func(field string) string) {
	values := make([]string, len(n.fields))
	for i := range n.fields {
		values[i] = n.coarse(&n.fields[i], value(n.fields[i].Field))
	}
	n.counts[strings.Join(values, "\x00")]++
}

// coarse reduces a value. What is no option of a choice is not let through: it
// could be anything somebody typed.
func (n *ProfilingCount) coarse(f *ProfilingField, value string) string {
	switch f.As {
	case "age-band":
		born, err := calendar.ParseDate(value)
		if err != nil {
			return notKnown
		}
		return AgeBand(born, n.on)
	case "postcode-area":
		return PostcodeArea(value)
	case "choice":
		if slices.Contains(n.options[f.Field], value) {
			return value
		}
	}
	return notKnown
}

// Table returns what may be shown of the counts so far.
func (n *ProfilingCount) Table() ProfilingTable {
	t := ProfilingTable{Fields: n.fields, On: n.on, Groups: []ProfilingGroup{}}
	for _, key := range sortedKeys(n.counts) {
		count := n.counts[key]
		if count < SmallestGroup {
			t.LeftOut = true
			continue
		}
		rounded := (count + 2) / 5 * 5
		t.Groups = append(t.Groups, ProfilingGroup{strings.Split(key, "\x00"), rounded})
		t.Total += rounded
	}
	return t
}
