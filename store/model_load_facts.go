package store

import (
	"cmp"
	"slices"

	"custos/internal/register"
)

// endRun packs the facts of a person that came together.
func (l *loader) endRun(p *part, delegate register.ID) {
	slices.SortFunc(p.run, compareFacts)
	for i := range p.run {
		form := formOf(&p.run[i])
		n, ok := p.forms[form]
		if !ok {
			n = l.m.forms.of(form)
			p.forms[form] = n
		}
		p.facts = packFact(p.facts, &p.run[i], n)
	}
	p.runs = append(p.runs, factRun{delegate, len(p.facts)})
	p.run = p.run[:0]
}

// placed is a run by the row of its person.
type placed struct {
	row  uint32
	data []byte
}

// placeFacts puts the facts of everybody side by side.
func (l *loader) placeFacts() {
	m := l.m
	var all []placed
	for _, p := range l.parts {
		from := 0
		for _, run := range p.runs {
			all = append(all, placed{m.rowOf(run.delegate), p.facts[from:run.end]})
			from = run.end
		}
	}
	slices.SortFunc(all, func(a, b placed) int { return cmp.Compare(a.row, b.row) })
	for first := 0; len(all) > 0; first += packRows {
		n := 0
		for n < len(all) && int(all[n].row) < first+packRows {
			n++
		}
		l.factPack(first, all[:n])
		all = all[n:]
	}
	for _, p := range l.parts {
		p.facts, p.runs = nil, nil
	}
}

// factPack packs the facts of neighbouring rows. Somebody whose facts came in two batches has more than one run.
func (l *loader) factPack(first int, runs []placed) {
	size := 0
	for _, r := range runs {
		size += len(r.data)
	}
	data := make([]byte, 0, size)
	ends := make([]int, 0, packRows)
	for row := first; row < min(first+packRows, len(l.m.people.rows)); row++ {
		n := 0
		for n < len(runs) && int(runs[n].row) == row {
			n++
		}
		data = l.mergeRuns(data, runs[:n])
		ends = append(ends, len(data))
		runs = runs[n:]
	}
	l.m.people.facts.fill(first, data, ends)
}

func (l *loader) mergeRuns(data []byte, runs []placed) []byte {
	if len(runs) == 1 {
		return append(data, runs[0].data...)
	}
	var facts []register.ConsentFact
	for _, r := range runs {
		u := unpacker{string(r.data)}
		facts = u.facts(facts, l.m.forms.known())
	}
	slices.SortFunc(facts, compareFacts)
	for i := range facts {
		data = packFact(data, &facts[i], l.m.forms.of(formOf(&facts[i])))
	}
	return data
}

// bar takes in what is suppressed.
func (l *loader) bar() {
	m := l.m
	for i := range l.barred {
		m.barred.set(l.barred[i].ID, &l.barred[i])
	}
	for kind, name := range addressKinds {
		if slices.ContainsFunc(l.barred, func(s register.Suppression) bool { return s.Kind == name }) {
			m.barred.tags[kind] = m.tagAll(kind)
		}
	}
}
