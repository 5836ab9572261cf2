package register

import (
	"maps"
	"slices"
)

// Over is the draft on top of the one that is held: of the fields in fresh what it says itself, of the others what is
// held, and its own where that is silent.
func (d Draft) Over(held Draft, fresh []string) Draft {
	d.Values, d.Was = overlaid(d.Values, held.Values, fresh), overlaid(d.Was, held.Was, fresh)
	return d
}

func overlaid(own, held map[string]string, fresh []string) map[string]string {
	all := maps.Clone(own)
	for field, value := range held {
		if slices.Contains(fresh, field) {
			continue
		}
		if all == nil {
			all = map[string]string{}
		}
		all[field] = value
	}
	return all
}
