package desk

import (
	"slices"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/store"
)

// page is everything a case page shows, as things stand today.
func (s *Seat) page(r *register.Request) register.RequestPage {
	steps := r.Deadline.Steps
	if steps == nil {
		steps = []calendar.Step{}
	}
	kind, _ := register.KindOfCase(r.Right)
	page := register.RequestPage{
		RequestRow: r.Row(s.Today(), s.who(r)), Kind: kind,
		How: r.How, Requester: r.Requester, Relation: r.Relation,
		Start: r.Deadline.Start, NoticeBy: r.Deadline.ExtensionNoticeBy,
		Steps: steps, RuleVersion: r.Deadline.RuleVersion, Former: r.Former, Recount: s.recount(r),
		Events: r.Events, Next: r.Next(), Revision: r.Revision, Tasks: r.Tasks(), Pending: r.Pending(),
		Choices: r.Choices, Documents: r.Documents, Redactions: r.Redactions, Keeps: r.Keeps, Visit: r.Visit,
		Competence: s.competence(r),
	}
	s.fillNeighbours(&page, r)
	return page
}

// recount is the deadline as it would be counted today, where another bank
// holiday, term or rule has changed it since. The one that was told stands.
func (s *Seat) recount(r *register.Request) *calendar.Deadline {
	clocks, err := s.desk.clocks()
	if err != nil {
		return nil
	}
	if dates, err := r.Dates(clocks); err != nil || !r.Moved(dates) {
		return nil
	}
	now, err := r.Count(clocks)
	if err != nil {
		return nil
	}
	return &now
}

// competence says who decides where the case is about a child.
func (s *Seat) competence(r *register.Request) string {
	if r.Delegate == "" || r.Visit != nil {
		return ""
	}
	var d register.Delegate
	err := s.desk.db.View(func(tx *store.Tx) (err error) {
		d, err = tx.Delegates().Get(r.Delegate)
		return err
	})
	if err != nil {
		return "" // the page is shown without; the record itself says what is wrong with it
	}
	settings := s.Settings()
	return settings.CapacityIn(r.Right, d.Born(), r.Received()).Words
}

// fillNeighbours names the other cases of the same person, and those that may
// be this one again, the latest first.
func (s *Seat) fillNeighbours(page *register.RequestPage, r *register.Request) {
	name := store.Fold(page.Name)
	all := s.desk.db.Cases()
	for i := range all.Len() {
		e := all.Row(i)
		same := r.Delegate != "" && e.Delegate == r.Delegate
		alike := same && e.Right == r.Right && e.State.Open() || !same && s.alike(r, e, name)
		if e.Ref == r.Ref || !same && !alike {
			continue
		}
		row := e.On(s.Today(), s.named(e.Delegate, e.Name))
		if same {
			page.Others = append(page.Others, row)
		}
		if alike {
			page.Alike = append(page.Alike, row)
		}
	}
	latest := func(a, b register.RequestRow) int { return b.Received.Compare(a.Received) }
	slices.SortStableFunc(page.Others, latest)
	slices.SortStableFunc(page.Alike, latest)
}

// alikeDays is how near in time two requests under one name may be the same.
const alikeDays = 90

// alike reports whether a case that is not known to be of the same person may
// be the same again: the name or the requester is, and it came near in time.
// A parent may ask for two children, so two people held are told apart by name.
func (s *Seat) alike(r *register.Request, e *register.CaseEntry, name string) bool {
	if days := r.Received().DaysUntil(e.Received); days < -alikeDays || days > alikeDays {
		return false
	}
	if store.Fold(s.named(e.Delegate, e.Name)) == name {
		return true
	}
	if r.Requester == "" || r.Delegate != "" && e.Delegate != "" {
		return false
	}
	x, ok := s.desk.db.CaseByRef(e.Ref)
	return ok && store.Fold(x.Requester) == store.Fold(r.Requester)
}
