package store

import (
	"cmp"
	"encoding/binary"
	"runtime"
	"slices"
	"strings"
	"sync"

	"custos/store/trigram"
)

// sorted is one sort order: a list for what is shown whole, and an order each way for what is searched. Each is made when
// first wanted and kept current from then on.
type sorted struct {
	key    func(row uint32) string // no two rows have the same
	list   *list
	orders [2]*trigram.Order // upwards, downwards
}

// Directions of sorted.orders.
const (
	upwards = iota
	downwards
)

func direction(desc bool) int {
	if desc {
		return downwards
	}
	return upwards
}

// keyed is a row with its key; the first bytes of the key as a number make most comparisons cheap.
type keyed struct {
	lead uint64
	key  string
	row  uint32
}

func (s *sorted) keyed(row uint32) keyed {
	k := s.key(row)
	var lead [8]byte
	copy(lead[:], k)
	return keyed{binary.BigEndian.Uint64(lead[:]), k, row}
}

func compareKeyed(a, b keyed) int {
	if c := cmp.Compare(a.lead, b.lead); c != 0 {
		return c
	}
	return strings.Compare(a.key, b.key)
}

// sortRows returns rows with their keys, in order, worked out on all processors.
func (s *sorted) sortRows(rows []uint32) []keyed {
	all := make([]keyed, len(rows))
	parts := max(1, min(runtime.GOMAXPROCS(0), len(rows)/1024))
	cuts := make([]int, parts+1)
	var wg sync.WaitGroup
	for i := range parts {
		cuts[i+1] = len(rows) * (i + 1) / parts
		part, from := all[cuts[i]:cuts[i+1]], rows[cuts[i]:cuts[i+1]]
		wg.Go(func() {
			for i, row := range from {
				part[i] = s.keyed(row)
			}
			slices.SortFunc(part, compareKeyed)
		})
	}
	wg.Wait()
	return mergeParts(all, cuts)
}

// mergeParts merges sorted neighbours, two and two, until all is one.
func mergeParts(all []keyed, cuts []int) []keyed {
	if len(cuts) <= 2 {
		return all
	}
	out := make([]keyed, 0, len(all))
	ends := []int{0}
	for i := 0; i+1 < len(cuts); i += 2 {
		a := all[cuts[i]:cuts[i+1]]
		var b []keyed
		if i+2 < len(cuts) {
			b = all[cuts[i+1]:cuts[i+2]]
		}
		for len(a) > 0 && len(b) > 0 {
			if compareKeyed(a[0], b[0]) <= 0 {
				out, a = append(out, a[0]), a[1:]
			} else {
				out, b = append(out, b[0]), b[1:]
			}
		}
		out = append(append(out, a...), b...)
		ends = append(ends, len(out))
	}
	return mergeParts(out, ends)
}

func rowsOf(ks []keyed) []uint32 {
	rows := make([]uint32, len(ks))
	for i := range ks {
		rows[i] = ks[i].row
	}
	return rows
}

// fewRows is how many changed rows are placed one by one; more are merged into the whole list.
const fewRows = 64

// find returns the place of the first row of a list whose key is not less than k.
func (s *sorted) find(l *list, k keyed) int {
	return l.search(func(row uint32) bool { return compareKeyed(s.keyed(row), k) < 0 })
}

// lift returns the list without rows that are about to change.
func (s *sorted) lift(rows []uint32) *list {
	if len(rows) > fewRows {
		return except(s.list, rows)
	}
	l := s.list
	for _, row := range rows {
		at := s.find(l, s.keyed(row))
		if at == l.len() || l.at(at) != row {
			return except(s.list, rows)
		}
		l = l.remove(at)
	}
	return l
}

// lower puts rows that have changed into a list where they belong now.
func (s *sorted) lower(l *list, rows []uint32) *list {
	added := s.sortRows(rows)
	if len(added) <= fewRows {
		for _, k := range added {
			l = l.insert(s.find(l, k), k.row)
		}
		return l
	}
	out := make([]uint32, 0, l.len()+len(added))
	rest, at := l.rows(), 0
	for _, k := range added {
		to := s.find(l, k)
		out = append(append(out, rest[at:to]...), k.row)
		at = to
	}
	return newList(append(out, rest[at:]...))
}

// reorder brings the orders in line with a list: gone and came are what differs. It returns orders to take the place of
// those there are where so much differs that new ones are cheaper, and changes those there are otherwise.
func (s *sorted) reorder(l *list, gone, came []uint32) [2]*trigram.Order {
	orders := s.orders
	for dir, o := range orders {
		switch {
		case o == nil:
		case len(gone)+len(came) > 1+l.len()/256:
			orders[dir] = newOrder(l, dir)
		default:
			s.place(o, dir, gone, came)
		}
	}
	return orders
}

func (s *sorted) place(o *trigram.Order, dir int, gone, came []uint32) {
	if len(gone) != 1 || len(came) != 1 || gone[0] != came[0] {
		for _, row := range gone {
			o.Remove(row)
		}
	}
	for _, row := range came {
		k := s.keyed(row)
		o.Place(row, func(other uint32) bool {
			c := compareKeyed(s.keyed(other), k)
			return c < 0 && dir == upwards || c > 0 && dir == downwards
		})
	}
}

func newOrder(l *list, dir int) *trigram.Order {
	rows := l.rows()
	if dir == downwards {
		slices.Reverse(rows)
	}
	return trigram.NewOrder(rows)
}
