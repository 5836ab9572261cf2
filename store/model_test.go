package store

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/store/trigram"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

// plainModel answers from the records themselves, without any index.
type plainModel struct {
	today    calendar.Date
	people   map[register.ID]register.Delegate
	bodies   map[register.ID]register.Organisation
	members  map[string]register.Membership
	of       map[register.ID][]register.Membership // the same by person, in key order
	cases    map[string]register.Request
	settings register.Settings
}

func newPlainModel() *plainModel {
	return &plainModel{people: map[register.ID]register.Delegate{}, bodies: map[register.ID]register.Organisation{},
		members: map[string]register.Membership{}, cases: map[string]register.Request{}}
}

func (p *plainModel) take(records []record) {
	for _, r := range records {
		switch r.collection {
		case delegates.name:
			hold(p.people, register.ID(r.key), r.value)
		case organisations.name:
			hold(p.bodies, register.ID(r.key), r.value)
		case memberships.name:
			hold(p.members, r.key, r.value)
		case requests.name:
			hold(p.cases, r.key, r.value)
		case settings.name:
			p.settings, _ = r.value.(register.Settings)
		}
	}
	p.of = map[register.ID][]register.Membership{}
	for _, key := range slices.Sorted(maps.Keys(p.members)) {
		m := p.members[key]
		p.of[m.Delegate] = append(p.of[m.Delegate], m)
	}
}

func hold[K comparable, V any](m map[K]V, key K, value any) {
	if v, ok := value.(V); ok {
		m[key] = v
	} else {
		delete(m, key)
	}
}

// current returns a person's memberships that run today, in key order.
func (p *plainModel) current(id register.ID) []register.Membership {
	return slices.DeleteFunc(slices.Clone(p.of[id]), func(m register.Membership) bool { return !m.Current(p.today) })
}

func (p *plainModel) person(d register.Delegate) register.DelegateRow {
	r := register.DelegateRow{ID: d.ID, Name: d.Name, Email: d.Email, Phone: d.Phone, Kind: d.Kind, Status: d.Status,
		Updated: d.Updated}
	var names []string
	var last *register.Membership
	for id := range p.employers(d.ID) {
		if o, ok := p.bodies[id]; ok {
			names = append(names, o.Name)
		}
	}
	for _, m := range p.current(d.ID) {
		last = &m
	}
	slices.Sort(names)
	r.Organisation = strings.Join(names, ", ")
	r.Incomplete = d.Status != register.Erased && len(p.settings.Profile.Missing(&d, last)) > 0
	return r
}

func (p *plainModel) employers(id register.ID) map[register.ID]bool {
	in := map[register.ID]bool{}
	for _, m := range p.current(id) {
		in[m.Organisation] = true
	}
	return in
}

func plainMatch(filter string, values ...string) bool {
	text := trigram.Fold(strings.Join(values, "|"))
	text += "|" + strings.ReplaceAll(text, "'", "")
	for _, w := range strings.Fields(trigram.Fold(filter)) {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}

// listedPlain reports whether a list may show somebody of a status: what is left of the erased only where it is asked for,
// by nothing that could name them.
func listedPlain(q register.Query, status register.Status) bool {
	if status != register.Erased {
		return q.Status != register.Erased
	}
	return q.Status == register.Erased && q.Within == "" && len(strings.Fields(trigram.Fold(q.Filter))) == 0
}

func (p *plainModel) findPeople(q register.Query) []register.DelegateRow {
	type entry struct {
		row  register.DelegateRow
		name string
	}
	var all []entry
	for _, d := range p.people {
		r := p.person(d)
		if !listedPlain(q, d.Status) || q.Kind != "" && d.Kind != q.Kind || q.Status != "" && d.Status != q.Status ||
			q.Within != "" && !p.employers(d.ID)[q.Within] ||
			!plainMatch(q.Filter, r.Name, r.Email, r.Organisation, strings.ReplaceAll(r.Phone, " ", "")) {
			continue
		}
		name := d.Name
		if d.Family != "" {
			name = d.Family + " " + cmp.Or(d.Given, d.Name)
		}
		all = append(all, entry{r, trigram.Fold(name)})
	}
	slices.SortFunc(all, func(a, b entry) int {
		c := cmp.Or(comparePlain(q.Sort, a.row, b.row), cmp.Compare(a.name, b.name), cmp.Compare(a.row.ID, b.row.ID))
		if q.Desc {
			return -c
		}
		return c
	})
	rows := make([]register.DelegateRow, len(all))
	for i := range all {
		rows[i] = all[i].row
	}
	return rows
}

func comparePlain(column string, a, b register.DelegateRow) int {
	switch column {
	case "email":
		return cmp.Compare(trigram.Fold(a.Email), trigram.Fold(b.Email))
	case "organisation":
		return cmp.Compare(trigram.Fold(a.Organisation), trigram.Fold(b.Organisation))
	case "kind":
		return cmp.Compare(a.Kind, b.Kind)
	case "status":
		return cmp.Compare(a.Status, b.Status)
	case "updated":
		return a.Updated.Compare(b.Updated)
	}
	return 0
}

func (p *plainModel) body(o register.Organisation) register.OrganisationRow {
	r := register.OrganisationRow{ID: o.ID, Name: o.Name, URN: o.URN, Type: o.Type, Town: o.Town, Postcode: o.Postcode,
		LAName: o.LAName, Status: o.Status}
	for id, d := range p.people {
		if d.Status != register.Erased && p.employers(id)[o.ID] {
			r.People++
		}
	}
	return r
}

func (p *plainModel) findBodies(q register.Query) []register.OrganisationRow {
	rows := []register.OrganisationRow{}
	for _, o := range p.bodies {
		if q.Kind != "" && string(o.Status) != q.Kind || q.Status != "" && o.Status != q.Status ||
			!plainMatch(q.Filter, o.Name, o.URN, o.UKPRN, o.Town, o.Postcode, o.LAName) {
			continue
		}
		rows = append(rows, p.body(o))
	}
	value := map[string]func(r register.OrganisationRow) string{
		"urn":  func(r register.OrganisationRow) string { return r.URN },
		"town": func(r register.OrganisationRow) string { return r.Town },
		"people": func(r register.OrganisationRow) string {
			return fmt.Sprintf("%09d", r.People)
		},
	}[q.Sort]
	if value == nil {
		value = func(register.OrganisationRow) string { return "" }
	}
	slices.SortFunc(rows, func(a, b register.OrganisationRow) int {
		c := cmp.Or(cmp.Compare(trigram.Fold(value(a)), trigram.Fold(value(b))),
			cmp.Compare(trigram.Fold(a.Name), trigram.Fold(b.Name)), cmp.Compare(a.ID, b.ID))
		if q.Desc {
			return -c
		}
		return c
	})
	return rows
}

// draw makes records out of few names, so that they meet often.
type draw struct {
	*rapid.T
	people, bodies int // ids in play
	start          time.Time
}

func (t draw) one(label string, from ...string) string {
	return rapid.SampledFrom(from).Draw(t.T, label)
}

func (t draw) personID() register.ID {
	return register.ID(fmt.Sprintf("D%013d", rapid.IntRange(0, t.people-1).Draw(t.T, "person")))
}

func (t draw) bodyID() register.ID {
	return register.ID(fmt.Sprintf("O%013d", rapid.IntRange(0, t.bodies-1).Draw(t.T, "body")))
}

func (t draw) day() calendar.Date {
	day := calendar.LondonDate(t.start).AddDays(rapid.IntRange(-3, 6).Draw(t.T, "day"))
	if t.one("dated", "no", "yes") == "no" {
		return calendar.Date{}
	}
	return day
}

func (t draw) delegate(id register.ID) register.Delegate {
	d := register.Delegate{ID: id, Kind: t.one("kind", "teacher", "governor", "unknown"),
		Status: register.Status(t.one("status", "active", "active", "active", "restricted", "erased")),
		Given:  t.one("given", "", "Zoë", "Anna", "Bo"), Family: t.one("family", "", "O’Neil", "van Dam", "Abbot")}
	d.Name = t.one("name", strings.TrimSpace(d.Given+" "+d.Family), "Anna Abbot", "Dr O'Neil", "Élan")
	if d.Name == "" {
		d.Name = "Nn"
	}
	d.Email = t.one("email", "", "anna@example.org", "Anna@Example.org", "b.abbot@school.example", "not an address")
	d.Phone = t.one("phone", "", "020 7946 0000", "0191 4980000")
	d.Fields = map[string]string{"dietary": t.one("dietary", "", "none")}
	d.Updated = t.start.Add(time.Duration(rapid.IntRange(0, 5).Draw(t.T, "updated")) * time.Minute)
	return d
}

func (t draw) organisation(id register.ID) register.Organisation {
	return register.Organisation{ID: id, Name: t.one("org", "St Mary's", "Hill School", "hill school", "Academy"),
		URN: t.one("urn", "", "100001", "100002"), UKPRN: t.one("ukprn", "", "10000001"),
		Town: t.one("town", "", "Leeds", "York"), Status: register.Status(t.one("open", "open", "closed"))}
}

func (t draw) record() record {
	value := t.one("fate", "put", "put", "put", "delete") == "put"
	with := func(r record, v any) record {
		if value {
			r.value = v
		}
		return r
	}
	switch t.one("collection", "delegates", "delegates", "memberships", "memberships", "organisations", "requests",
		"settings") {
	case "delegates":
		id := t.personID()
		return with(record{collection: delegates.name, key: string(id), subject: id}, t.delegate(id))
	case "memberships":
		m := register.Membership{ID: register.ID(t.one("membership", "M1", "M2", "M3")), Delegate: t.personID(),
			Organisation: t.bodyID(), Access: t.one("access", "", "reader"), From: t.day(), To: t.day()}
		return with(record{collection: memberships.name, key: string(m.Delegate) + keySep + string(m.ID)}, m)
	case "organisations":
		id := t.bodyID()
		return with(record{collection: organisations.name, key: string(id)}, t.organisation(id))
	case "requests":
		x := register.Request{Ref: t.one("ref", "AR-2026-0001", "AR-2026-0002", "ER-2026-0001"),
			Owner: t.one("owner", "a", "b")}
		return with(record{collection: requests.name, key: x.Ref}, x)
	}
	value = true
	return with(record{collection: settings.name, key: settings.name}, t.settings())
}

func (t draw) settings() register.Settings {
	fields := []register.Field{{ID: register.FieldName, Mandatory: true}}
	for _, f := range []string{register.FieldEmail, register.FieldOrganisation, register.FieldAccess, "dietary"} {
		fields = append(fields, register.Field{ID: f, Mandatory: t.one("mandatory", "yes", "no") == "yes"})
	}
	kinds := []register.PersonKind{{ID: "teacher", Fields: fields}, {ID: "governor"}}
	return register.Settings{Profile: register.Profile{Kinds: kinds}}
}

// records draws a commit: one write to a key, in key order.
func (t draw) records(most int) []record {
	byKey := map[string]record{}
	for range rapid.IntRange(1, most).Draw(t.T, "records") {
		r := t.record()
		byKey[r.collection+keySep+r.key] = r
	}
	var all []record
	for _, r := range byKey {
		all = append(all, r)
	}
	slices.SortFunc(all, func(a, b record) int {
		return cmp.Or(cmp.Compare(a.collection, b.collection), cmp.Compare(a.key, b.key))
	})
	return all
}

func (t draw) query(sorts ...string) register.Query {
	return register.Query{
		Filter: t.one("filter", "", "", "anna", "ONEIL", "st marys", "hill o", "neil 7946", "leeds", "abbot example", "|"),
		Sort:   t.one("sort", sorts...), Desc: t.one("desc", "no", "yes") == "yes",
		Status: register.Status(t.one("of status", "", "", "active", "restricted", "erased", "open")),
		Limit:  rapid.SampledFrom([]int{0, 0, 1, 2, 5}).Draw(t.T, "limit"),
	}
}

func listOf[T any](rows register.Rows[T]) []T {
	all := make([]T, rows.Len())
	for i := range all {
		all[i] = rows.Row(i)
	}
	return all
}

func checkRows[T any](t *rapid.T, q register.Query, got register.Rows[T], want []T) {
	t.Helper()
	more := q.Limit > 0 && len(want) > q.Limit
	if more {
		want = want[:q.Limit]
	}
	if d := gocmp.Diff(want, listOf(got), cmpopts.EquateEmpty()); d != "" || got.More() != more {
		t.Fatalf("%+v, more %t, want %t, differs (-want +got):\n%s", q, got.More(), more, d)
	}
}

func checkQueries(t draw, db *DB, p *plainModel) {
	q := t.query("", "name", "email", "organisation", "kind", "status", "updated", "no such column")
	q.Kind = t.one("of kind", "", "", "teacher", "governor")
	if t.one("within", "no", "no", "yes") == "yes" {
		q.Within = t.bodyID()
	}
	want := p.findPeople(q)
	checkRows(t.T, q, db.People(q), want)
	if n, err := db.CountPeople(context.Background(), q); n != len(want) || err != nil {
		t.Fatalf("%+v counts %d (%v), want %d", q, n, err, len(want))
	}
	q = t.query("", "name", "urn", "town", "people")
	q.Kind = t.one("of status as kind", "", "open", "closed")
	bodies := p.findBodies(q)
	checkRows(t.T, q, db.Organisations(q), bodies)
	if n, err := db.CountOrganisations(context.Background(), q); n != len(bodies) || err != nil {
		t.Fatalf("%+v counts %d (%v), want %d", q, n, err, len(bodies))
	}
	checkLookups(t, db, p)
}

func checkLookups(t draw, db *DB, p *plainModel) {
	id := t.personID()
	row, ok := db.Person(id)
	if d, held := p.people[id]; held != ok || held && !gocmp.Equal(row, p.person(d)) {
		t.Fatalf("Person(%s) = %+v, %t, want %t", id, row, ok, held)
	}
	org := t.bodyID()
	orgRow, ok := db.Organisation(org)
	if o, held := p.bodies[org]; held != ok || held && !gocmp.Equal(orgRow, p.body(o)) {
		t.Fatalf("Organisation(%s) = %+v, %t, want %t", org, orgRow, ok, held)
	}
	incomplete := 0
	var mailed []register.ID
	for id, d := range p.people {
		if r := p.person(d); r.Incomplete && r.Status == register.Active {
			incomplete++
		}
		if n, err := register.NormalEmail(d.Email); err == nil && n == "anna@example.org" {
			mailed = append(mailed, id)
		}
	}
	var named, numbered []register.ID
	for id, o := range p.bodies {
		if Fold(o.Name) == "hill school" {
			named = append(named, id)
		}
		if o.URN == "100001" {
			numbered = append(numbered, id)
		}
	}
	var cases []register.Request
	for _, x := range p.cases {
		cases = append(cases, x)
	}
	slices.SortFunc(cases, func(a, b register.Request) int { return cmp.Compare(a.Ref, b.Ref) })
	for _, ids := range [][]register.ID{mailed, named, numbered} {
		slices.Sort(ids)
	}
	type answers struct {
		Incomplete              int
		Mailed, Named, Numbered []register.ID
		Cases                   []register.Request
		Settings                register.Settings
	}
	want := answers{incomplete, mailed, named, numbered, cases, p.settings}
	got := answers{db.IncompletePeople(), db.PersonByEmail("anna@example.org"), db.OrganisationByName("hill school"),
		db.OrganisationByURN("100001"), db.RequestList(), db.Settings()}
	if d := gocmp.Diff(want, got, cmpopts.EquateEmpty(), cmpopts.EquateComparable(calendar.Date{})); d != "" {
		t.Fatalf("differs (-want +got):\n%s", d)
	}
}

func TestEveryQueryAnswersAsTheRecordsDo(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		now := time.Date(2026, 7, 1, 22, 59, 0, 0, time.UTC) // a minute to midnight in London
		start := now
		many := rapid.Bool().Draw(rt, "many")
		d := draw{rt, 12, 4, start}
		most := 8
		if many {
			d.people, most = 300, 250
		}
		m, p := newModel(func() time.Time { return now }, &keyring{}), newPlainModel()
		defer m.close()
		db := &DB{model: m}
		first := d.records(2 * most)
		m.load(func(yield func([]record) bool) {
			for batch := range slices.Chunk(slices.DeleteFunc(first, func(r record) bool { return r.value == nil }), 3) {
				if !yield(batch) {
					return
				}
			}
		})
		p.take(first)
		for range rapid.IntRange(1, 12).Draw(rt, "steps") {
			now = now.Add(time.Duration(rapid.SampledFrom([]int{0, 0, 1, 24}).Draw(rt, "hours")) * time.Hour)
			if rapid.Bool().Draw(rt, "commit") {
				c := d.records(most)
				m.apply(commit{records: c})
				p.take(c)
			}
			p.today = calendar.LondonDate(now)
			for range 3 {
				checkQueries(d, db, p)
			}
		}
	})
}
