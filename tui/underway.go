package tui

import (
	"slices"
	"sync"
)

// running is the work under way outside the update loop: a lock and a leave wait for it.
type running struct {
	mu  sync.Mutex
	all []*job
}

func (r *running) enter(j *job) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.all = append(r.all, j)
}

func (r *running) leave(j *job) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.all = slices.DeleteFunc(r.all, func(x *job) bool { return x == j })
	close(j.done)
}

func (r *running) now() []*job {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.all)
}

// settle cuts short what only reads and returns once everything else has ended.
func (r *running) settle() {
	for _, j := range r.now() {
		if j.reads {
			j.cancel()
		}
		<-j.done
	}
}

// end cancels everything and returns once what had begun has stopped.
func (r *running) end() {
	all := r.now()
	for _, j := range all {
		j.cancel()
	}
	for _, j := range all {
		select {
		case <-j.begun:
			<-j.done
		default:
		}
	}
}
