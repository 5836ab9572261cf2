package register

import (
	"strings"

	"custos/internal/calendar"
)

// mayTell checks what the person is told on the way.
func (r *Request) mayTell(e RequestEvent) error {
	switch {
	case r.has(Replied):
		return Errorf(Refused, "", "the reply has gone out already")
	case e.Kind == Acknowledged:
		return r.once(Acknowledged, "it was acknowledged already")
	case e.Kind == Duplicate && e.Case == "":
		return Errorf(Invalid, "of", "say of which case this is a duplicate")
	case e.Kind == Duplicate && r.has(Decided):
		return Errorf(Refused, "", "the case is decided: it is no duplicate any more")
	case e.Kind == Duplicate:
		return r.once(Duplicate, "it is marked as a duplicate already")
	}
	return nil
}

// mayAct checks what is done to the person's data on account of the case.
func (r *Request) mayAct(e RequestEvent) error {
	_, approved := r.Approval()
	switch e.Kind {
	case RestrictionSet:
		return r.mayRestrict(e)
	case LiftingTold:
		return r.mayTellLifting()
	case RestrictionEnded:
		return r.mayLift(e)
	case Balanced:
		return r.mayBalance(e)
	case Rectified:
		return r.mayRectify()
	case ErasedData:
		decided, _ := r.Last(Decided)
		if r.Right != calendar.Erasure && r.Right != calendar.Withdrawal {
			return Errorf(Refused, "", "%s is not an erasure request", r.Ref)
		}
		if !approved || decided.Outcome == Refuse {
			return Errorf(Refused, "", "an erasure needs an approved decision to erase")
		}
	case RecipientTold:
		if e.To == "" {
			return Errorf(Invalid, "recipient", "say who was told")
		}
		return r.mayTellRecipients()
	default:
	}
	return nil
}

// mayWork checks the day's work on a case, and what puts it right.
func (r *Request) mayWork(e RequestEvent) error {
	switch e.Kind {
	case Noted, Found:
		if strings.TrimSpace(e.Text) == "" {
			return Errorf(Invalid, "text", "a note needs words")
		}
	case Assigned:
		if e.To == "" {
			return Errorf(Invalid, "to", "say who takes the case over")
		}
	case TaskDone:
		if _, ok := r.Task(e.Task); !ok {
			return Errorf(Invalid, "task", "there is no task %q here", e.Task)
		}
	case Returned:
		return r.mayReturn(e)
	case StruckOut:
		if strings.TrimSpace(e.Text) == "" {
			return Errorf(Invalid, "reason", "say why")
		}
	default:
	}
	return nil
}

func first(all []string) string {
	if len(all) == 0 {
		return ""
	}
	return all[0]
}

// Task is something to be done in a case, and who did it when.
type Task struct {
	TaskKind
	Finished bool          `json:"finished"`
	On       calendar.Date `json:"on,omitzero"`
	By       string        `json:"by,omitempty"`
	Note     string        `json:"note,omitempty"`
}

// Tasks returns what has to be done in a case of this kind, with what is done.
func (r *Request) Tasks() []Task {
	kind, _ := KindOfCase(r.Right)
	list := make([]Task, len(kind.Tasks))
	for i, k := range kind.Tasks {
		list[i] = Task{TaskKind: k}
		if e, ok := r.did(k); ok {
			list[i].Finished, list[i].On, list[i].By, list[i].Note = true, e.On, e.By, e.Text
		}
	}
	return list
}

// Task returns one of them by its id.
func (r *Request) Task(id string) (Task, bool) {
	for _, t := range r.Tasks() {
		if t.ID == id {
			return t, true
		}
	}
	return Task{}, false
}

// did returns the event that did a task: one of the kind that does it by
// itself, or a tick.
func (r *Request) did(k TaskKind) (RequestEvent, bool) {
	switch {
	case k.Done == Approved:
		return r.Approval()
	case k.ID == taskAuthority.ID && r.proved():
		e, ok := r.Last(AuthoritySeen)
		if identity, both := r.Last(IdentitySeen); both && identity.Seq > e.Seq {
			return identity, true
		}
		return e, ok
	}
	for _, e := range r.live() {
		if k.Done != "" && e.Kind == k.Done || e.Kind == TaskDone && e.Task == k.ID {
			return e, true
		}
	}
	return RequestEvent{}, false
}
