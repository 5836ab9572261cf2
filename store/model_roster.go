package store

import (
	"context"
	"math"
	"slices"
	"strings"

	"custos/internal/register"
	"custos/store/trigram"
)

// roster answers queries about rows of one sort: people or organisations.
type roster struct {
	m      *model
	orders map[string]*sorted
	index  *trigram.Index
	narrow func(q *register.Query) narrowing // under mu
	living func() []uint32                   // every row there is; under write
}

// narrowing is what a query asks beyond words and order.
type narrowing struct {
	test func(row uint32) bool // under mu; nil: every row passes
	rows []uint32              // only these can pass, when known: shared, not to be written to
	all  int                   // else rows 0 to all-1

	unlisted bool // the rows that pass are in no list and have no words: few
}

// picked is the rows of a list.
type picked struct {
	n    int
	more bool
	at   func(i int) uint32
}

func pickedRows(rows []uint32, more bool) picked {
	return picked{len(rows), more, func(i int) uint32 { return rows[i] }}
}

// limitOf is the limit of a query as a number to compare with.
func limitOf(q *register.Query) int {
	if q.Limit <= 0 {
		return math.MaxInt32
	}
	return q.Limit
}

// pick finds the rows of a list. Without a filter its cost does not depend on how many there are.
func (r *roster) pick(q *register.Query) picked {
	words := strings.Fields(trigram.Fold(q.Filter))
	s, ok := r.orders[q.Sort]
	if !ok {
		s = r.orders["name"]
	}
	l, order := r.take(s, direction(q.Desc), len(words) > 0)
	r.m.mu.RLock()
	n := r.narrow(q)
	if n.test == nil {
		r.m.mu.RUnlock()
		if len(words) == 0 {
			return whole(l, q)
		}
		return pickedRows(r.index.Search(q.Filter, order, limitOf(q)))
	}
	defer r.m.mu.RUnlock()
	most := l.len()/32 + 1024
	if n.unlisted {
		most = math.MaxInt
	}
	if few, ok := n.few(most); ok {
		return r.sortFew(s, r.holding(few, words), q)
	}
	if len(words) == 0 {
		return walk(l, n.test, q)
	}
	return r.sift(order, n.test, q)
}

// take returns a sort order's list and, for a search, its order, made now if nobody wanted them before.
func (r *roster) take(s *sorted, dir int, search bool) (*list, *trigram.Order) {
	r.m.mu.RLock()
	l, o := s.list, s.orders[dir]
	r.m.mu.RUnlock()
	if l != nil && (o != nil || !search) {
		return l, o
	}
	r.m.write.Lock()
	defer r.m.write.Unlock()
	r.ready(s, dir, search)
	return s.list, s.orders[dir]
}

// ready makes a list and an order for who holds write.
func (r *roster) ready(s *sorted, dir int, search bool) {
	l, o := s.list, s.orders[dir]
	if l == nil {
		l = newList(rowsOf(s.sortRows(r.living())))
	}
	if o == nil && search {
		o = newOrder(l, dir)
	}
	r.m.mu.Lock()
	defer r.m.mu.Unlock()
	s.list, s.orders[dir] = l, o
}

// whole is a list from one end to the other.
func whole(l *list, q *register.Query) picked {
	n := l.len()
	p := picked{n: min(n, limitOf(q)), more: n > limitOf(q), at: l.at}
	if q.Desc {
		p.at = func(i int) uint32 { return l.at(n - 1 - i) }
	}
	return p
}

// few returns the rows that pass, unless there are more than so many.
func (n *narrowing) few(most int) ([]uint32, bool) {
	var out []uint32
	for i := range n.len() {
		row := n.row(i)
		if !n.test(row) {
			continue
		}
		if out = append(out, row); len(out) > most {
			return nil, false
		}
	}
	return out, true
}

// len is how many rows are to be tested, row the i-th of them.
func (n *narrowing) len() int {
	if n.rows != nil {
		return len(n.rows)
	}
	return n.all
}

func (n *narrowing) row(i int) uint32 {
	if n.rows != nil {
		return n.rows[i]
	}
	return uint32(i)
}

// holding keeps the rows whose text holds every word.
func (r *roster) holding(rows []uint32, words []string) []uint32 {
	if len(words) == 0 {
		return rows
	}
	return slices.DeleteFunc(rows, func(row uint32) bool { return !r.holds(row, words) })
}

func (r *roster) holds(row uint32, words []string) bool {
	if len(words) == 0 {
		return true
	}
	text, ok := r.index.Text(row)
	return ok && !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, w) })
}

func (r *roster) sortFew(s *sorted, rows []uint32, q *register.Query) picked {
	rows = rowsOf(s.sortRows(rows))
	if q.Desc {
		slices.Reverse(rows)
	}
	if limit := limitOf(q); len(rows) > limit {
		return pickedRows(rows[:limit], true)
	}
	return pickedRows(rows, false)
}

// walk goes along a list for the rows that pass.
func walk(l *list, test func(uint32) bool, q *register.Query) picked {
	all, limit := whole(l, &register.Query{Desc: q.Desc}), limitOf(q)
	var rows []uint32
	for i := range all.n {
		row := all.at(i)
		if !test(row) {
			continue
		}
		if len(rows) == limit {
			return pickedRows(rows, true)
		}
		rows = append(rows, row)
	}
	return pickedRows(rows, false)
}

// sift searches for more and more rows until enough of them pass. It lets go of mu while it searches.
func (r *roster) sift(order *trigram.Order, test func(uint32) bool, q *register.Query) picked {
	limit := limitOf(q)
	for ask := limit; ; ask *= sieve {
		if ask > math.MaxInt32/sieve {
			ask = math.MaxInt32
		}
		r.m.mu.RUnlock()
		hits, more := r.index.Search(q.Filter, order, ask)
		r.m.mu.RLock()
		hits = slices.DeleteFunc(hits, func(row uint32) bool { return !test(row) })
		if len(hits) > limit {
			return pickedRows(hits[:limit], true)
		}
		if !more {
			return pickedRows(hits, false)
		}
	}
}

// sieve is how many times more rows are searched for when too few of them passed.
const sieve = 8

const (
	countBlock = 4096 // rows counted before others get their turn
	countTries = 8
)

// count is how many rows a query finds, limit or not. When changes come faster than it counts, it is off by some of them.
func (r *roster) count(ctx context.Context, q *register.Query) (int, error) {
	words := strings.Fields(trigram.Fold(q.Filter))
	for try := 1; ; try++ {
		r.m.mu.RLock()
		n, before := r.narrow(q), r.m.changes
		r.m.mu.RUnlock()
		if n.test == nil {
			return r.index.Count(ctx, q.Filter)
		}
		total, err := r.countBlocks(ctx, n, words)
		r.m.mu.RLock()
		after := r.m.changes
		r.m.mu.RUnlock()
		if err != nil || after == before || try == countTries {
			return total, err
		}
	}
}

func (r *roster) countBlocks(ctx context.Context, n narrowing, words []string) (int, error) {
	total := 0
	end := n.len()
	for from := 0; from < end; from += countBlock {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		r.m.mu.RLock()
		for i := from; i < min(end, from+countBlock); i++ {
			if row := n.row(i); n.test(row) && r.holds(row, words) {
				total++
			}
		}
		r.m.mu.RUnlock()
	}
	return total, ctx.Err()
}
