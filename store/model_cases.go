package store

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"custos/internal/register"
)

// caseRow is a case with its entry. It never changes.
type caseRow struct {
	request register.Request
	entry   register.CaseEntry
}

func newCaseRow(r *register.Request) *caseRow { return &caseRow{*r, r.Entry()} }

// caseBook is every case in each order cases are asked for in. It never changes: a change makes a new one that shares
// most of it, so a list on a screen stays as it was.
type caseBook struct {
	orders   [len(caseOrders)]*sequence[*caseRow]
	requests func() []register.Request // by number; gathered when first asked for
}

// The orders of a caseBook. No two cases are the same in any.
var caseOrders = [...]func(a, b *caseRow) int{
	casesByRef:    func(a, b *caseRow) int { return strings.Compare(a.request.Ref, b.request.Ref) },
	casesPressing: func(a, b *caseRow) int { return register.ComparePressing(&a.entry, &b.entry) },
	casesByPerson: func(a, b *caseRow) int {
		return cmp.Or(cmp.Compare(a.entry.Delegate, b.entry.Delegate), register.ComparePressing(&a.entry, &b.entry))
	},
}

const (
	casesByRef    = iota
	casesPressing // what presses most first, whatever the day
	casesByPerson // of each person what presses most first
)

func newCaseBook(rows []*caseRow) *caseBook {
	b := &caseBook{}
	for i, compare := range caseOrders {
		b.orders[i] = newSequence(slices.SortedFunc(slices.Values(rows), compare))
	}
	b.gather()
	return b
}

// gather has all requests gathered when somebody asks for them.
func (b *caseBook) gather() {
	rows := b.orders[casesByRef]
	b.requests = sync.OnceValue(func() []register.Request {
		all := make([]register.Request, 0, rows.len())
		for _, r := range rows.rows() {
			all = append(all, r.request)
		}
		return all
	})
}

// find returns a case by its number, nil where there is none.
func (b *caseBook) find(ref string) *caseRow {
	rows := b.orders[casesByRef]
	at := rows.search(func(r *caseRow) bool { return r.request.Ref < ref })
	if at < rows.len() && rows.at(at).request.Ref == ref {
		return rows.at(at)
	}
	return nil
}

// with returns the book after some cases changed, nil for one that is gone.
func (b *caseBook) with(changed map[string]*caseRow) *caseBook {
	if len(changed) == 0 {
		return b
	}
	next := &caseBook{orders: b.orders}
	for ref, is := range changed {
		was := b.find(ref)
		for i, compare := range caseOrders {
			if was != nil {
				next.orders[i] = next.orders[i].remove(next.place(i, compare, was))
			}
			if is != nil {
				next.orders[i] = next.orders[i].insert(next.place(i, compare, is), is)
			}
		}
	}
	next.gather()
	return next
}

// place is where a case is in an order, or belongs.
func (b *caseBook) place(order int, compare func(a, b *caseRow) int, r *caseRow) int {
	return b.orders[order].search(func(other *caseRow) bool { return compare(other, r) < 0 })
}

// of returns the cases of a person, what presses most first.
func (b *caseBook) of(person register.ID) []register.CaseEntry {
	rows := b.orders[casesByPerson]
	var all []register.CaseEntry
	at := rows.search(func(r *caseRow) bool { return r.entry.Delegate < person })
	for ; at < rows.len() && rows.at(at).entry.Delegate == person; at++ {
		all = append(all, rows.at(at).entry)
	}
	return all
}

// CaseList is every case as it was when the list was taken, by what presses most: clocks that run by their due dates, then
// those that do not, then what is done. The order is the same on every day. Taking it costs nothing, and reading a row
// the same whatever the length.
type CaseList struct{ rows *sequence[*caseRow] }

// Len is how many cases there are.
func (l CaseList) Len() int { return l.rows.len() }

// Row returns the case at a place from 0 to Len-1. It is shared: read only.
func (l CaseList) Row(i int) *register.CaseEntry { return &l.rows.at(i).entry }

// Cases returns every case, in the order of register.SortByDue.
func (db *DB) Cases() CaseList { return CaseList{db.caseBook().orders[casesPressing]} }

// CasesOf returns the cases of a person, what presses most first; none for nobody.
func (db *DB) CasesOf(person register.ID) []register.CaseEntry {
	if person == "" {
		return nil
	}
	return db.caseBook().of(person)
}

// CaseByRef returns a case by its number, as it stands there. What it refers to is shared: read only.
func (db *DB) CaseByRef(ref string) (register.Request, bool) {
	if r := db.caseBook().find(ref); r != nil {
		return r.request, true
	}
	return register.Request{}, false
}

// RequestList returns every case, by number. The records are shared: read only. The first call after a change of any case
// gathers them all; see Cases for a list that need not.
func (db *DB) RequestList() []register.Request { return slices.Clip(db.caseBook().requests()) }

func (db *DB) caseBook() *caseBook {
	db.model.mu.RLock()
	defer db.model.mu.RUnlock()
	return db.model.cases
}
