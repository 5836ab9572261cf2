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
	now, err := r.Count(clocks)
	if err != nil || !r.Moved(now) {
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
// be this one again.
func (s *Seat) fillNeighbours(page *register.RequestPage, r *register.Request) {
	name := store.Fold(page.Name)
	for _, x := range s.desk.db.RequestList() {
		if x.Ref == r.Ref || x.Visit != nil {
			continue
		}
		same := r.Delegate != "" && x.Delegate == r.Delegate
		alike := same && x.Right == r.Right && x.State().Open() || !same && s.alike(r, &x, name)
		if !same && !alike {
			continue
		}
		row := x.Row(s.Today(), s.who(&x))
		if same {
			page.Others = append(page.Others, row)
		}
		if alike {
			page.Alike = append(page.Alike, row)
		}
	}
	byReceipt := func(a, b register.RequestRow) int { return b.Received.Compare(a.Received) }
	slices.SortStableFunc(page.Others, byReceipt)
	slices.SortStableFunc(page.Alike, byReceipt)
}

// alikeDays is how near in time two requests under one name may be the same.
const alikeDays = 90

// alike reports whether a case that is not known to be of the same person may
// be the same again: the name or the requester is, and it came near in time.
func (s *Seat) alike(r, x *register.Request, name string) bool {
	if !near(r, x) {
		return false
	}
	matched := r.Delegate != "" && x.Delegate != "" // to different people: a parent may ask for two children
	sameRequester := r.Requester != "" && store.Fold(r.Requester) == store.Fold(x.Requester)
	return store.Fold(s.who(x)) == name || sameRequester && !matched
}

func near(r, x *register.Request) bool {
	days := r.Received().DaysUntil(x.Received())
	return -alikeDays <= days && days <= alikeDays
}
