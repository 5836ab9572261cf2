package desk

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"custos/internal/calendar"
	"custos/internal/register"
)

// PurposeCounts counts how every question stands over everybody active whom
// the operator may know of, on a day as known on another, with the yes and no
// of the twelve months that end with the month of that day. Zero dates: today,
// and as known now. It stops when ctx ends.
func (s *Seat) PurposeCounts(ctx context.Context, on, known calendar.Date) ([]register.PurposeCount, error) {
	settings := s.Settings()
	questions, err := contacts(&settings, consentKeys(&settings.Profile), s.moment(on, known))
	if err != nil {
		return nil, err
	}
	tallies := make([]*register.QuestionTally, len(questions))
	for i, c := range questions {
		tallies[i] = c.Tally()
	}
	err = s.eachContactee(ctx, func(p *register.Contactee) {
		for _, t := range tallies {
			t.Add(p)
		}
	})
	counts := make([]register.PurposeCount, len(tallies))
	for i, t := range tallies {
		counts[i] = t.Count()
	}
	return counts, err
}

// RefreshQueue lists everybody who should be asked again, what ends first
// before all. It stops when ctx ends.
func (s *Seat) RefreshQueue(ctx context.Context) ([]register.RefreshRow, error) {
	settings := s.Settings()
	questions, err := contacts(&settings, consentKeys(&settings.Profile), s.moment(calendar.Date{}, calendar.Date{}))
	if err != nil {
		return nil, err
	}
	return s.toAskAgain(ctx, questions)
}

func (s *Seat) toAskAgain(ctx context.Context, questions []*register.Contact) ([]register.RefreshRow, error) {
	rows := []register.RefreshRow{}
	err := s.eachContactee(ctx, func(p *register.Contactee) {
		for _, c := range questions {
			if row, due := c.Refresh(p); due {
				row.Delegate, row.Name = register.ID(strings.Clone(string(p.Delegate))), strings.Clone(p.Name)
				rows = append(rows, row)
			}
		}
	})
	slices.SortStableFunc(rows, compareRefresh)
	return rows, err
}

// compareRefresh puts what ends first before all, and what never ends last.
func compareRefresh(a, b register.RefreshRow) int {
	if a.Due.IsZero() != b.Due.IsZero() {
		if a.Due.IsZero() {
			return 1
		}
		return -1
	}
	return cmp.Or(a.Due.Compare(b.Due), a.Since.Compare(b.Since), strings.Compare(a.Name, b.Name))
}
