package sshd

import (
	"sync"

	"custos/internal/register"
)

// rooms are who is inside, so many at once.
type rooms struct {
	most, own int // at once: in all, and of one operator

	mu     sync.Mutex
	shutUp bool
	in     map[*guest]bool
	left   chan struct{} // closed when nobody is inside; nil while nobody waits for it
}

func newRooms(most, own int) *rooms {
	return &rooms{most: most, own: own, in: map[*guest]bool{}}
}

// enter takes a guest in. Errors: Refused where there is no room.
func (r *rooms) enter(g *guest) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	times := 0
	for other := range r.in {
		if other.operator == g.operator {
			times++
		}
	}
	switch {
	case r.shutUp:
		return register.Errorf(register.Refused, "", "the server is closing")
	case times >= r.own:
		return register.Errorf(register.Refused, "", "%s is inside %d times already: leave one of them first", g.operator, times)
	case len(r.in) >= r.most:
		return register.Errorf(register.Refused, "", "the server is full: %d are inside; try again later", len(r.in))
	}
	r.in[g] = true
	return nil
}

func (r *rooms) leave(g *guest) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.in, g)
	if len(r.in) == 0 && r.left != nil {
		close(r.left)
		r.left = nil
	}
}

// shut lets nobody in any more.
func (r *rooms) shut() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.shutUp = true
}

func (r *rooms) count() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.in)
}

// empty is closed once nobody is inside.
func (r *rooms) empty() <-chan struct{} {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.left == nil {
		r.left = make(chan struct{})
	}
	left := r.left
	if len(r.in) == 0 {
		close(left)
		r.left = nil
	}
	return left
}

// each does something with everybody inside.
func (r *rooms) each(do func(*guest)) {
	r.mu.Lock()
	all := make([]*guest, 0, len(r.in))
	for g := range r.in {
		all = append(all, g)
	}
	r.mu.Unlock()
	for _, g := range all {
		do(g)
	}
}
