package desk

import (
	"context"
	"io"
	"strconv"

	"custos/internal/register"
	"custos/store"
)

// exportProfiling writes counts of people by the coarse values the profile
// allows, and nothing else about anybody: nobody is disclosed by it.
func (s *Seat) exportProfiling(ctx context.Context, in ExportInput) (register.Disclosure, error) {
	var d register.Disclosure
	format, err := in.format()
	if err != nil {
		return d, err
	}
	settings := s.Settings()
	if d, err = s.exportRecord(in, &settings.Profile); err != nil {
		return d, err
	}
	if err := s.allow(register.Disclose); err != nil {
		return d, err
	}
	count, err := settings.Profile.CountProfiling(in.Fields, s.Today())
	if err != nil {
		return d, err
	}
	l := &listing{}
	err = s.eachPerson(in, l, func(_ *store.Tx, _ register.DelegateRow, who register.Delegate) error {
		count.Add(who.Value)
		return nil
	})
	if err != nil {
		return d, err
	}
	counts := count.Table()
	if len(counts.Groups) == 0 {
		return d, register.Errorf(register.Refused, "",
			"no group has %d people or more, so that nothing can be shown; choose fewer fields", register.SmallestGroup)
	}
	l.fill(&counts)
	l.leftOut.Sort()
	d.LeftOut = l.leftOut.LeftOut
	d.What, d.Format, d.Fields, d.Encryption = "profiling counts", string(format), l.columns, "none"
	return s.disclose(ctx, leaving{
		record: d, verb: register.Disclose,
		write: func(w io.Writer) error { return l.write(format, w) },
	}, in.To)
}

// fill makes rows of counts.
func (l *listing) fill(t *register.ProfilingTable) {
	for _, f := range t.Fields {
		l.columns = append(l.columns, f.Field)
	}
	l.columns = append(l.columns, "people")
	for _, g := range t.Groups {
		l.rows = append(l.rows, append(append([]string{}, g.Values...), strconv.Itoa(g.Count)))
	}
}
