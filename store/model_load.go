package store

import (
	"runtime"
	"slices"
	"sync"

	"custos/internal/register"
	"custos/store/trigram"
)

// loader packs records as they are decoded, on all processors, so that they are never all in memory unpacked.
type loader struct {
	m *model

	mu       sync.Mutex
	parts    []*part
	bodies   []*body
	barred   []register.Suppression
	settings *register.Settings
}

// part is what one goroutine packed.
type part struct {
	data   []byte // persons without their ties
	ends   []int
	facts  []byte // of the ledger
	runs   []factRun
	run    []register.ConsentFact // of the person at hand
	forms  map[register.ConsentFact]uint32
	metas  []personMeta
	ids    []uint32 // hashes
	mails  []uint32
	mailed []bool
	ties   []loose
	cases  []*caseRow
}

// loose is a membership before it is known which rows it ties.
type loose struct {
	delegate, body register.ID
	access         string
	tie
}

// factRun is the facts of one person that came together.
type factRun struct {
	delegate register.ID
	end      int // in the part's facts
}

// load fills an empty model. It is called once, before anything else.
func (m *model) load(batches func(yield func([]record) bool)) {
	m.write.Lock()
	defer m.write.Unlock()
	m.day = m.today()
	l := &loader{m: m}
	in := make(chan []record)
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		p := &part{forms: map[register.ConsentFact]uint32{}}
		l.parts = append(l.parts, p)
		wg.Go(func() {
			for batch := range in {
				l.take(p, batch)
			}
		})
	}
	for batch := range batches {
		in <- batch
	}
	close(in)
	wg.Wait()
	l.finish()
}

func (l *loader) take(p *part, batch []record) {
	for i := range batch {
		switch v := batch[i].value.(type) {
		case register.Delegate:
			l.person(p, &v)
		case register.Membership:
			p.ties = append(p.ties, loose{v.Delegate, v.Organisation, v.Access, tie{
				id:   string(v.ID),
				from: dayNumber(v.From.Year(), v.From.Month(), v.From.Day()),
				to:   dayNumber(v.To.Year(), v.To.Month(), v.To.Day()),
			}})
		case register.Organisation:
			b := newBody(&v)
			l.mu.Lock()
			l.bodies = append(l.bodies, b)
			l.mu.Unlock()
		case register.ConsentFact:
			p.run = append(p.run, v)
			if i+1 == len(batch) || batch[i+1].subject != batch[i].subject {
				l.endRun(p, batch[i].subject)
			}
		case register.Suppression:
			l.mu.Lock()
			l.barred = append(l.barred, v)
			l.mu.Unlock()
		case register.Request:
			p.cases = append(p.cases, newCaseRow(&v))
		case register.Settings:
			l.mu.Lock()
			l.settings = &v
			l.mu.Unlock()
		}
	}
}

func (l *loader) person(p *part, d *register.Delegate) {
	p.data = packPerson(p.data, d)
	p.ends = append(p.ends, len(p.data))
	p.metas = append(p.metas, personMeta{updated: stamp(d.Updated), shape: l.m.shapes.of(d),
		live: d.Status != register.Erased, tomb: d.Status == register.Erased,
		since: register.PackDate(d.StatusSince), born: register.PackDate(d.Born())})
	p.ids = append(p.ids, l.m.hash(string(d.ID)))
	mail := normalMail(d.Email)
	p.mails = append(p.mails, l.m.hash(mail))
	p.mailed = append(p.mailed, mail != "")
}

// finish puts the parts together.
func (l *loader) finish() {
	m := l.m
	if l.settings != nil {
		m.settings = *l.settings
		m.shapes.follow(&m.settings.Profile)
	}
	var cases []*caseRow
	for _, p := range l.parts {
		cases = append(cases, p.cases...)
	}
	m.cases = newCaseBook(cases)
	for _, b := range l.bodies {
		m.bodies.set(m.bodies.rowOf(b.row.ID), b)
	}
	l.people()
	l.tie()
	l.placeFacts()
	l.bar()
	m.persons.index = trigram.Build(len(m.people.rows), func(row uint32) (string, bool) {
		p := m.people.get(row)
		return m.personText(&p), m.people.rows[row].live
	})
	m.organisations.index = trigram.Build(len(m.bodies.rows), func(row uint32) (string, bool) {
		b := m.bodies.rows[row]
		return b.text(), b.live
	})
	for _, r := range []*roster{&m.persons, &m.organisations} {
		r.ready(r.orders["name"], upwards, true)
	}
}

// people gives everybody a row. What is packed goes where the ties will be added.
func (l *loader) people() {
	m, n := l.m, 0
	for _, p := range l.parts {
		n += len(p.metas)
	}
	m.people.rows = make([]personMeta, 0, n+n/64)
	m.people.ids, m.people.mails = newHashed(n+n/64), newHashed(n+n/64)
	for _, p := range l.parts {
		for i, meta := range p.metas {
			row := uint32(len(m.people.rows))
			m.people.rows = append(m.people.rows, meta)
			m.people.ids.add(p.ids[i], row)
			if meta.live {
				m.people.live++
			}
			if p.mailed[i] {
				m.people.mails.add(p.mails[i], row)
			}
		}
	}
	row, first := 0, 0
	var data []byte
	var ends []int
	for _, p := range l.parts {
		from := 0
		for _, end := range p.ends {
			data = append(data, p.data[from:end]...)
			ends = append(ends, len(data))
			from = end
			if row++; row%packRows == 0 || row == n {
				m.people.texts.fill(first, data, ends)
				first, data, ends = row, nil, nil
			}
		}
		p.data = nil
	}
}

// tie adds the memberships to people and organisations.
func (l *loader) tie() {
	m := l.m
	starts := make([]int, len(m.people.rows)+1)
	var rows []uint32
	for _, p := range l.parts {
		for i := range p.ties {
			t := &p.ties[i]
			t.tie.body, t.tie.access = m.bodies.rowOf(t.body), m.levels.of(t.access)
			row := m.rowOf(t.delegate)
			rows = append(rows, row)
			for int(row)+1 >= len(starts) {
				starts = append(starts, 0)
			}
			starts[row+1]++
		}
	}
	for i := 1; i < len(starts); i++ {
		starts[i] += starts[i-1]
	}
	sorted, at, n := make([]tie, len(rows)), slices.Clone(starts), 0
	for _, p := range l.parts {
		for i := range p.ties {
			row := rows[n]
			sorted[at[row]] = p.ties[i].tie
			at[row]++
			n++
		}
		p.ties = nil
	}
	for first := 0; first < len(m.people.rows); first += packRows {
		l.tiePack(first, func(row int) []tie { return sorted[starts[row]:starts[row+1]] })
	}
}

// tiePack packs neighbouring rows anew, with their ties.
func (l *loader) tiePack(first int, tiesOf func(row int) []tie) {
	m := l.m
	texts := &m.people.texts
	data := make([]byte, 0, len(texts.packs[first/packRows].data)*5/4)
	var ends []int
	for row := first; row < min(first+packRows, len(m.people.rows)); row++ {
		meta, ties := &m.people.rows[row], tiesOf(row)
		data = append(data, texts.get(uint32(row))...)
		slices.SortFunc(ties, compareTies)
		data = packTies(data, ties)
		ends = append(ends, len(data))
		if !meta.held() {
			continue
		}
		for _, b := range meta.belong(ties, m.day) {
			if meta.live {
				m.bodies.rows[b].members = append(m.bodies.rows[b].members, uint32(row))
			}
		}
		m.lacking += m.counts(uint32(row))
	}
	if cap(data) > len(data)+len(data)/8 {
		data = slices.Clone(data)
	}
	texts.fill(first, data, ends)
}
