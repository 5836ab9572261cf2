package tui

import (
	"strconv"
	"strings"

	"custos/internal/register"
)

// kept is what narrows the cases down, in the words the choice of a filter has for it, and the order.
func (r *requests) kept() register.SavedFilter {
	s := register.SavedFilter{Words: r.filter.Value(), Sort: r.table.Columns()[r.sortBy].Title, Desc: r.turned}
	add := func(when bool, value string) {
		if when {
			s.Narrow = append(s.Narrow, value)
		}
	}
	add(r.query.OnlyOpen, filterOpen)
	add(r.query.Owner != "", filterMine)
	add(r.query.State != "", filterState+string(r.query.State))
	add(r.query.Right != "", filterKind+string(r.query.Right))
	add(r.within > 0, filterWithin+strconv.Itoa(r.within))
	add(r.query.Part != "", filterPart+string(r.query.Part))
	return s
}

func (r *requests) put(s register.SavedFilter) {
	r.finder.put(s)
	r.narrow(filterNone)
	for _, value := range s.Narrow {
		if known := strings.TrimSpace(value); known != filterNone {
			r.narrow(known)
		}
	}
	for i, c := range r.table.Columns() {
		if c.Title == s.Sort {
			r.sortBy, r.turned = i, s.Desc
		}
	}
}
