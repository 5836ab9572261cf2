package trigram

import "context"

// Count is the exact number of rows a query matches at the moment it returns. It may take a hundred milliseconds on a
// million rows: run it in the background and cancel it at the next keystroke; it then returns the context's error.
func (x *Index) Count(ctx context.Context, query string) (int, error) {
	s := x.seeker(query)
	defer x.release(s)
	if len(s.words) == 0 {
		return x.Len(), ctx.Err()
	}
	var counts []counted
	for {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		c, ok := s.countNext(x, len(counts))
		if !ok {
			break
		}
		counts = append(counts, c)
	}
	return s.settle(x, counts), nil
}

type counted struct {
	rows    int
	version uint64
}

// countNext counts the n-th segment, holding up writers for no more than that.
func (s *seeker) countNext(x *Index, n int) (counted, bool) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	if n >= len(x.segs) {
		return counted{}, false
	}
	return counted{s.count(x.segs[n]), x.segs[n].version}, true
}

// settle adds up the counts at one moment, counting again the segments that changed meanwhile.
func (s *seeker) settle(x *Index, counts []counted) int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	total := 0
	for n, seg := range x.segs {
		if n < len(counts) && counts[n].version == seg.version {
			total += counts[n].rows
			continue
		}
		total += s.count(seg)
	}
	return total
}

func (s *seeker) count(seg *segment) int {
	var set bitset
	s.candidates(seg, &set)
	n := 0
	set.each(func(i uint16) bool {
		if matches(seg.text(i), s.words) {
			n++
		}
		return true
	})
	return n
}
