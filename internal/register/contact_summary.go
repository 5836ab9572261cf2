package register

import (
	"cmp"
	"slices"
)

// ContactSummary is how a question of contact turned out over many people:
// how many may be contacted, and how many were left out by which rule.
type ContactSummary struct {
	Allowed int           `json:"allowed"`
	LeftOut []ReasonCount `json:"left_out"` // the most frequent first once Sort was called
}

// Tally counts one verdict.
func (s *ContactSummary) Tally(v Verdict) {
	if v.Allowed {
		s.Allowed++
		return
	}
	for i := range s.LeftOut {
		if s.LeftOut[i].Rule == v.Rule {
			s.LeftOut[i].Count++
			return
		}
	}
	s.LeftOut = append(s.LeftOut, ReasonCount{Rule: v.Rule, Words: v.Rule.Words(), Count: 1})
}

// Sort puts the most frequent reason first, equal ones by rule.
func (s *ContactSummary) Sort() {
	slices.SortFunc(s.LeftOut, func(a, b ReasonCount) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Rule, b.Rule))
	})
}
