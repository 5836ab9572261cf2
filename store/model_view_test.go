package store

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"custos/internal/register"
)

// crowd is a model of so many people, a tenth of them members of each of ten organisations.
func crowd(t testing.TB, n int) *DB {
	t.Helper()
	return crowdOf(t, crowdBatches(n))
}

func crowdOf(t testing.TB, batches [][]record) *DB {
	m := newModel(func() time.Time { return testStart }, &keyring{})
	t.Cleanup(m.close)
	m.load(func(yield func([]record) bool) { slices.Values(batches)(yield) })
	return &DB{model: m}
}

func crowdBatches(n int) [][]record {
	var batches [][]record
	for i := range 10 {
		o := register.Organisation{ID: crowdBody(i), Name: fmt.Sprintf("School %d", i), Status: register.Open}
		batches = append(batches, []record{{organisations.name, string(o.ID), "", o}})
	}
	for from := 0; from < n; from += 512 {
		var batch []record
		for i := from; i < min(n, from+512); i++ {
			batch = append(batch, crowdRecords(i)...)
		}
		batches = append(batches, batch)
	}
	return batches
}

func crowdBody(n int) register.ID { return register.ID(fmt.Sprintf("O%013d", n)) }

// crowdRecords are a person and their membership.
func crowdRecords(n int) []record {
	given := [...]string{"Anna", "Bo", "Cara", "Dev", "Esi", "Finn", "Gwen", "Hana"}
	family := [...]string{"Abbot", "Baker", "Carter", "Dyer", "Fuller", "Glover", "Hooper", "Mason", "O'Neil", "Potter"}
	d := register.Delegate{ID: register.ID(fmt.Sprintf("D%013d", n)), Kind: "teacher", Status: register.Active,
		Given: given[n*7%8], Family: fmt.Sprintf("%s%c%c", family[n*3%10], 'a'+n/26%26, 'a'+n%26),
		Phone: fmt.Sprintf("07700 9%05d", n%100000), Updated: testStart.Add(time.Duration(n) * time.Second)}
	d.Name = d.Given + " " + d.Family
	d.Email = fmt.Sprintf("%s.%s%d@school%d.example", d.Given, d.Family, n, n%10)
	m := register.Membership{ID: register.ID(fmt.Sprintf("M%013d", n)), Delegate: d.ID, Organisation: crowdBody(n % 10)}
	return []record{
		{delegates.name, string(d.ID), d.ID, d},
		{memberships.name, string(d.ID) + keySep + string(m.ID), d.ID, m},
	}
}

// gone turns records into their removal.
func gone(records []record) []record {
	for i := range records {
		records[i].value = nil
	}
	return records
}

func TestAListStaysAsItWasWhilePeopleComeAndGo(t *testing.T) {
	db := crowd(t, 3000)
	lists := []register.Rows[register.DelegateRow]{
		db.People(register.Query{}), db.People(register.Query{Sort: "email", Desc: true}),
		db.People(register.Query{Filter: "anna", Limit: 100}), db.People(register.Query{Within: crowdBody(3)}),
	}
	var before [][]register.ID
	for _, l := range lists {
		before = append(before, idsOf(l))
	}
	var records []record
	for i := range 500 {
		records = append(records, gone(crowdRecords(i))...)
		records = append(records, crowdRecords(5000+i)...)
	}
	db.model.apply(commit{records: records})
	db.model.apply(commit{records: gone(crowdRecords(1000))})
	for n, l := range lists {
		for i, id := range idsOf(l) {
			if id != before[n][i] {
				t.Fatalf("list %d: row %d was %s and is %s", n, i, before[n][i], id)
			}
		}
	}
	for i := range lists[0].Len() {
		r := lists[0].Row(i)
		if r.ID == "D0000000000007" && (r.Status != register.Erased || r.Name != "" || r.Email != "") {
			t.Errorf("a person who is gone is shown as %+v", r)
		}
	}
	if n := db.People(register.Query{}).Len(); n != 2999 {
		t.Errorf("a new list has %d people, want 2999", n)
	}
}

func idsOf(l register.Rows[register.DelegateRow]) []register.ID {
	ids := make([]register.ID, l.Len())
	for i := range ids {
		ids[i] = l.Row(i).ID
	}
	return ids
}

func TestNothingReadableStaysOfSomebodyForgotten(t *testing.T) {
	db := crowd(t, 100)
	d := crowdRecords(42)[0].value.(register.Delegate)
	tombstone := register.Delegate{ID: d.ID, Kind: d.Kind, Status: register.Erased}
	records := gone(crowdRecords(42))
	records[0].value = tombstone
	db.model.apply(commit{records: records})
	db.model.tidy.wait.Wait()
	if n := db.People(register.Query{Filter: d.Family}).Len(); n != 0 {
		t.Errorf("%d people are found by the name of somebody forgotten", n)
	}
	for _, k := range db.model.people.texts.packs {
		if bytes.Contains(k.data[:cap(k.data)], []byte(d.Family)) {
			t.Error("the name is still in memory")
		}
	}
	if r, ok := db.Person(d.ID); !ok || r.Status != register.Erased || r.Incomplete {
		t.Errorf("the tombstone reads %+v, %t", r, ok)
	}
	if n := len(db.PersonByEmail(normalMail(d.Email))); n != 0 {
		t.Error("the address is still found")
	}
}

func TestSomebodyErasedIsNobody(t *testing.T) {
	erased := func(n int) []record {
		d := crowdRecords(n)[0].value.(register.Delegate)
		left := gone(crowdRecords(n))
		left[0].value = register.Delegate{ID: d.ID, Status: register.Erased, Updated: testStart}
		return left
	}
	later := crowd(t, 100)
	later.model.apply(commit{records: slices.Concat(erased(7), erased(42))})
	batches := crowdBatches(100)
	batches = append(batches[:10], slices.Concat(
		slices.DeleteFunc(batches[10], func(r record) bool { return r.subject == personID(7) || r.subject == personID(42) }),
		[]record{erased(7)[0], erased(42)[0]}))
	for name, db := range map[string]*DB{"erased while open": later, "unlocked with tombstones": crowdOf(t, batches)} {
		t.Run(name, func(t *testing.T) { nobodyOf(t, db, personID(7), personID(42)) })
	}
}

func personID(n int) register.ID { return crowdRecords(n)[0].subject }

// nobodyOf holds a crowd of 100 in which some were erased to counting and listing the others.
func nobodyOf(t *testing.T, db *DB, erased ...register.ID) {
	t.Helper()
	for _, q := range []register.Query{{}, {Sort: "email"}, {Status: register.Active}, {Kind: "teacher", Desc: true}} {
		rows, left := db.People(q), 100-len(erased)
		n, err := db.CountPeople(context.Background(), q)
		if rows.Len() != left || n != left || err != nil {
			t.Errorf("%+v lists %d and counts %d (%v), want %d", q, rows.Len(), n, err, left)
		}
		for _, id := range idsOf(rows) {
			if slices.Contains(erased, id) {
				t.Errorf("%+v lists %s", q, id)
			}
		}
	}
	q := register.Query{Status: register.Erased}
	if n, err := db.CountPeople(context.Background(), q); !slices.Equal(idsOf(db.People(q)), erased) || n != len(erased) {
		t.Errorf("the erased are %v, counted %d (%v), want %v", idsOf(db.People(q)), n, err, erased)
	}
	people, visited := 0, 0
	for i := range 10 {
		row, _ := db.Organisation(crowdBody(i))
		people += row.People
	}
	db.EachContactee(register.Query{}, func(*register.Contactee) bool { visited++; return true })
	if people != 100-len(erased) || visited != people || db.model.people.live != people {
		t.Errorf("organisations have %d people, %d are visited, %d live", people, visited, db.model.people.live)
	}
	if row, ok := db.Person(erased[0]); !ok || row.Status != register.Erased || !row.Updated.Equal(testStart) {
		t.Errorf("the tombstone reads %+v, %t", row, ok)
	}
}

func TestNoFactStaysOfSomebodyForgotten(t *testing.T) {
	db := crowd(t, 100)
	event := func(n int) record {
		who := crowdRecords(n)[0].subject
		e := register.ConsentEvent{ID: register.ID(fmt.Sprintf("K%013d", n)), Delegate: who, Act: register.Given, At: testStart}
		return record{consents.name, string(who) + keySep + string(e.ID), who, e.Fact()}
	}
	for n := range 100 {
		db.model.apply(commit{records: []record{event(n)}})
	}
	db.model.apply(commit{records: gone([]record{event(42), crowdRecords(42)[0]})})
	facts := 0
	db.EachContactee(register.Query{}, func(p *register.Contactee) bool {
		facts += len(p.Facts)
		return true
	})
	if facts != 99 {
		t.Errorf("%d facts are left of 99 people", facts)
	}
	for _, k := range db.model.people.facts.packs {
		if bytes.Contains(k.data[:cap(k.data)], []byte("K0000000000042")) {
			t.Error("the fact is still in memory")
		}
	}
}

func TestARenamedOrganisationIsFoundWithAllItsPeople(t *testing.T) {
	db := crowd(t, 12*manyRenamed) // more than are renamed at once
	o := register.Organisation{ID: crowdBody(2), Name: "Harbour Academy", Status: register.Open}
	db.model.apply(commit{records: []record{{organisations.name, string(o.ID), "", o}}})
	db.model.tidy.wait.Wait()
	n, err := db.CountPeople(context.Background(), register.Query{Filter: "harbour"})
	if row, _ := db.Organisation(o.ID); n != row.People || n <= manyRenamed || err != nil {
		t.Errorf("%d of %d people are found by the new name (%v)", n, row.People, err)
	}
	if n, _ := db.CountPeople(context.Background(), register.Query{Filter: `"school 2"`}); n != 0 {
		t.Errorf("%d people are found by the old name", n)
	}
}

func TestACancelledCountSaysSo(t *testing.T) {
	db := crowd(t, 1000)
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	for _, q := range []register.Query{{Filter: "anna"}, {Filter: "anna", Status: register.Active}} {
		if _, err := db.CountPeople(cancelled, q); err == nil {
			t.Errorf("%+v: the count went on", q)
		}
	}
}

func TestATelephoneNumberIsFoundAsItIsDialled(t *testing.T) {
	for phone, want := range map[string]string{
		"": "", "020 7946 0000": "02079460000", "+44 (0)20 7946 0000": "02079460000", "+44 20 7946 0000": "02079460000",
		"0044 191 498 0000": "01914980000", "+353 1 555 0100": "35315550100", "ext. 44": "44",
	} {
		if got := phoneDigits(phone); got != want {
			t.Errorf("%q is found as %q, want %q", phone, got, want)
		}
	}
}

// An address taken for plain must read as register.NormalEmail reads it.
func FuzzNormalMail(f *testing.F) {
	for _, seed := range []string{"Anna@Example.org", "a..b@example.org", "o'neil@school.example", "a@b", "a@b.", ".a@b.c"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, email string) {
		want, err := register.NormalEmail(email)
		if got := normalMail(email); err == nil && got != want {
			t.Errorf("%q is found as %q, want %q", email, got, want)
		}
	})
}

// Run with -race: readers of every kind beside a writer.
func TestReadersAndTheWriterDoNotMeet(t *testing.T) {
	db := crowd(t, 2000)
	stop := make(chan struct{})
	var wg sync.WaitGroup
	read := func(use func()) {
		wg.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
					use()
				}
			}
		})
	}
	for i, q := range []register.Query{
		{}, {Sort: "updated", Desc: true}, {Filter: "bo ab", Limit: 20}, {Filter: "school", Desc: true, Status: register.Active},
		{Within: crowdBody(1), Sort: "organisation"}, {Kind: "teacher", Filter: "a", Limit: 5},
	} {
		read(func() {
			l := db.People(q)
			for n := range min(l.Len(), 50) {
				l.Row(n)
			}
			if i%2 == 0 {
				_, _ = db.CountPeople(context.Background(), q)
			}
		})
	}
	read(func() {
		db.Person("D0000000000005")
		db.PersonByEmail("nobody@example.org")
		_ = idsOf(db.People(register.Query{Limit: 3}))
		db.Organisations(register.Query{Filter: "school", Sort: "people"}).Len()
		db.IncompletePeople()
		db.RequestList()
	})
	for i := range 20 {
		var records []record
		for n := range 1 + i%3*100 {
			records = append(records, crowdRecords(1900+i*7+n)...)
			records = append(records, gone(crowdRecords(i*5+n))...)
		}
		o := register.Organisation{ID: crowdBody(i % 10), Name: fmt.Sprintf("School %d", i), Status: register.Open}
		db.model.apply(commit{records: append(records, record{organisations.name, string(o.ID), "", o})})
	}
	close(stop)
	wg.Wait()
}
