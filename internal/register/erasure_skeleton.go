package register

import (
	"strings"

	"custos/internal/calendar"
)

// Skeleton returns what is left of a case when the person it is about is erased: number, right, dates, kinds of event,
// grounds, outcome and deadline. No text, no name, no requester; where there were words a mark stands, so that the events
// still follow each other by their rules.
func (r *Request) Skeleton() Request {
	s := Request{
		Ref: r.Ref, Right: r.Right, Nation: r.Nation, Delegate: r.Delegate, How: r.How, Owner: r.Owner,
		Deadline: r.Deadline, Inputs: r.Inputs, Former: r.Former, ErasurePlan: r.ErasurePlan,
		Created: r.Created, Revision: r.Revision, Events: make([]RequestEvent, len(r.Events)),
	}
	for i := range r.Events {
		s.Events[i] = r.Events[i].skeleton()
	}
	for _, x := range r.Recipients {
		x.How = marked(x.How)
		s.Recipients = append(s.Recipients, x)
	}
	for _, k := range r.Keeps {
		k.Reason, k.Until = marked(k.Reason), marked(k.Until)
		s.Keeps = append(s.Keeps, k)
	}
	if approved, ok := r.Approval(); ok && r.Covered() && approved.Covers != "" {
		s.Events[approved.Seq-1].Covers = s.SelectionDigest() // of the same choices, without their words
	}
	return s
}

// skeleton lists what is kept of an event, so that what is added to events later goes unless it is named here. The
// recipient told and the colleague a case went to stay: neither is the person.
func (e *RequestEvent) skeleton() RequestEvent {
	left := RequestEvent{
		Seq: e.Seq, Kind: e.Kind, On: e.On, Recorded: e.Recorded, By: e.By, Text: marked(e.Text), Outcome: e.Outcome,
		Grounds: e.Grounds, Awaits: e.Awaits, Approves: e.Approves, Covers: e.Covers, Unchecked: e.Unchecked,
		Corrects: e.Corrects, Task: e.Task, Case: e.Case, Reference: e.Reference, Letter: e.Letter,
	}
	if e.Kind == Assigned || e.Kind == RecipientTold {
		left.To = e.To
	}
	return left
}

func marked(text string) string {
	if strings.TrimSpace(text) == "" {
		return ""
	}
	return erasedMark
}

// Tombstone is what is left of a person's record: the id, the word erased and the day. Nothing of the person.
func (d *Delegate) Tombstone(ref string, on calendar.Date) Delegate {
	return Delegate{
		ID: d.ID, Status: Erased, StatusSince: on, StatusReason: "erased under " + ref,
		MergedFrom: d.MergedFrom, Revision: d.Revision + 1,
	}
}

// Reduced is what is left of a person's record where an erasure in part keeps records of theirs: which need a name and
// nothing else. Nobody is contacted or booked by it.
func (d *Delegate) Reduced(ref string, on calendar.Date) Delegate {
	return Delegate{
		ID: d.ID, Kind: d.Kind, Name: d.Name, Status: Deactivated, StatusSince: on,
		StatusReason: "erased in part under " + ref, MergedFrom: d.MergedFrom, Created: d.Created, Revision: d.Revision + 1,
	}
}
