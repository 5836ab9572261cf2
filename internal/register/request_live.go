package register

// live returns the events that stand, each in the place of the first it
// replaces: a corrected question still comes before its answer. What was struck
// out or returned is not among them, but the striking and the returning are.
func (r *Request) live() []RequestEvent {
	corrected := false
	for i := range r.Events {
		corrected = corrected || r.Events[i].Corrects != 0
	}
	if !corrected {
		return r.Events
	}
	by := map[int]*RequestEvent{} // the last that corrects a Seq, itself not taken back
	for i := len(r.Events) - 1; i >= 0; i-- {
		e := &r.Events[i]
		over := by[e.Seq]
		if e.Corrects != 0 && by[e.Corrects] == nil && (over == nil || !takesBack(over.Kind)) {
			by[e.Corrects] = e
		}
	}
	var live []RequestEvent
	for i := range r.Events {
		e := &r.Events[i]
		switch {
		case by[e.Seq] != nil:
			if last := lastOf(by, e); last.Kind == e.Kind && e.Corrects == 0 {
				live = append(live, *last)
			}
		case e.Corrects == 0 || takesBack(e.Kind):
			live = append(live, *e)
		}
	}
	return live
}

// lastOf follows corrections of corrections.
func lastOf(by map[int]*RequestEvent, e *RequestEvent) *RequestEvent {
	for by[e.Seq] != nil {
		e = by[e.Seq]
	}
	return e
}

// takesBack reports whether an event undoes another and puts nothing in its
// place.
func takesBack(k RequestEventKind) bool { return k == StruckOut || k == Returned }

// Live returns the events that count, oldest first.
func (r *Request) Live() []RequestEvent { return append([]RequestEvent(nil), r.live()...) }

// stands reports whether an event counts: an act that needs another's approval
// does so once it is given.
func (r *Request) stands(e *RequestEvent) bool {
	if !e.Awaits {
		return true
	}
	for _, x := range r.live() {
		if x.Kind == Approved && x.Approves == e.Seq {
			return true
		}
	}
	return false
}

// Pending returns the acts that wait for another operator's approval, oldest
// first. A decision always needs one; more time is of no use after the reply.
func (r *Request) Pending() []RequestEvent {
	var waiting []RequestEvent
	for _, e := range r.live() {
		switch {
		case e.Kind == Extended && r.has(Replied):
		case e.Kind == Decided:
			if _, approved := r.Approval(); !approved && !r.has(Replied) {
				waiting = append(waiting, e)
			}
		case e.Awaits && !r.stands(&e):
			waiting = append(waiting, e)
		}
	}
	return waiting
}

// Approval returns the approval of the decision that stands. A selection that
// was changed afterwards has to be approved anew.
func (r *Request) Approval() (RequestEvent, bool) {
	decided, ok := r.Last(Decided)
	if !ok {
		return RequestEvent{}, false
	}
	var found RequestEvent
	changed := 0
	for _, e := range r.live() {
		switch {
		case e.Kind == Approved && e.Seq > decided.Seq && (e.Approves == 0 || e.Approves == decided.Seq):
			if e.Seq > found.Seq {
				found = e
			}
		case e.Kind == SelectionChanged:
			changed = max(changed, e.Seq)
		}
	}
	return found, found.Seq > changed
}
