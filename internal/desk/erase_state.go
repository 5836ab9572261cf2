package desk

import "sync"

// erasures are those of this process whose records are gone and whose search
// has not ended well: what was looked for is known nowhere else.
type erasures struct {
	mu   sync.Mutex
	open map[string]*erasing // by case number
	// between is called before each step: records, scrub, scan; tests stop an
	// erasure there. nil in the program.
	between func(step string) error
}

func (d *Desk) remember(ref string, e *erasing) {
	d.erasures.mu.Lock()
	defer d.erasures.mu.Unlock()
	if d.erasures.open == nil {
		d.erasures.open = map[string]*erasing{}
	}
	d.erasures.open[ref] = e
}

func (d *Desk) remembered(ref string) *erasing {
	d.erasures.mu.Lock()
	defer d.erasures.mu.Unlock()
	return d.erasures.open[ref]
}

func (d *Desk) forget(ref string) {
	d.erasures.mu.Lock()
	defer d.erasures.mu.Unlock()
	delete(d.erasures.open, ref)
}

func (d *Desk) pause(before string) error {
	if d.erasures.between == nil {
		return nil
	}
	return d.erasures.between(before)
}
