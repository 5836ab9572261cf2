package register

import (
	"slices"

	"custos/internal/calendar"
)

// ErasureFacts is all that the plan of an erasure is made from.
type ErasureFacts struct {
	Case     *Request
	Person   *Delegate
	On       calendar.Date
	Settings *Settings
	Held     []Holding // of the person, one for each collection about people
	Needles  []Needle
	Hits     []ErasureHit
	Staff    []string // logins of the operators
	Holds    []Hold
	Cases    []RequestRow // of the person, this one among them
	Nameless []RequestRow // cases matched to nobody, under a name of the person
	Noes     []ConsentEvent
	Had      []DisclosedTo
	Grounds  []Ground // reasons left to hold the person, for a case about withdrawal
	Backups  []Backup // on record
}

// erasurePlanning is a plan on its way.
type erasurePlanning struct {
	ErasureFacts
	sorting *ErasureSorting
	decided RequestEvent
	plan    ErasurePlan
}

// PlanErasure says what an erasure must remove, mask and keep, and why (UK GDPR Art 17).
//
// Where the decision is to fulfil, everything of the person goes but the skeletons of their cases, and a tombstone with
// their id is left. Where it is to fulfil partly, whole collections may be kept by a choice that names a ground of Art
// 17(3): those records stay sealed under a key of the person's own, and the personal record is reduced to id, kind and
// name, deactivated. Mentions of the person in other records are masked, unless a choice keeps them with its ground.
func PlanErasure(f ErasureFacts) ErasurePlan {
	p := &erasurePlanning{ErasureFacts: f, sorting: SortErasure(f.Person.ID, f.Needles, f.Hits, f.Staff)}
	p.decided, _ = f.Case.Last(Decided)
	p.plan = ErasurePlan{
		Ref: f.Case.Ref, Delegate: f.Person.ID, Name: f.Person.Name, On: f.On, Partly: p.decided.Outcome == Partly,
		Lines: []ErasureLine{}, Blocked: []string{}, Suppress: []ErasureSuppression{}, Recipients: []ErasureRecipient{},
		Namesakes: p.sorting.Namesakes(), Notes: []string{},
	}
	for _, h := range f.Held {
		p.own(&h)
	}
	p.mentions()
	p.suppress()
	p.recipients()
	p.block()
	p.plan.Backups, p.plan.BackupsUntil = f.Settings.Copies(f.Backups, f.On)
	p.notes()
	p.plan.Digest = p.plan.digest()
	p.plan.Approved = f.Case.Covered() && f.Case.ErasurePlan == p.plan.Digest
	return p.plan
}

// why is the ground the decision to erase rests on.
func (p *erasurePlanning) why() (why, law string) {
	kind, _ := KindOfCase(p.Case.Right)
	for _, code := range p.decided.Grounds {
		if g, refusal, ok := kind.ground(code); ok && !refusal {
			return g.Text, g.Source
		}
	}
	return "the person asked for it", "UK GDPR Art 17(1)"
}

// Keepable are the collections of which the person's own records may be kept where an erasure is granted in part: what a
// duty may ask for. The rest of what is the person's is never kept.
func Keepable() []string { return []string{"bookings", "consents", "disclosed", "memberships"} }

// own plans what a collection holds on the person.
func (p *erasurePlanning) own(h *Holding) {
	if len(h.Entries) == 0 {
		return
	}
	why, law := p.why()
	line := ErasureLine{
		Collection: h.Collection, Title: h.Title, What: "all of it", Fate: ErasureRemoves, Why: why, Law: law, Count: len(h.Entries),
	}
	switch h.Collection {
	case "requests":
		p.skeletons(h)
		return
	case "delegates":
		line.What = "the personal record; its number, the day and the word erased are left"
		if p.keeps() {
			line.What = "the personal record but for kind and name, which what is kept needs"
		}
	case "consents":
		line.What = "the ledger; a no is kept by its address, as a mark nobody can read"
	case "disclosed":
		line.What = "that the person was in a disclosure; the disclosures themselves name nobody"
	}
	if c, ok := p.Case.kept(h.Collection, ""); ok {
		p.keep(&line, &c)
	}
	p.plan.Lines = append(p.plan.Lines, line)
}

// keeps reports whether a record of the person's own is kept.
func (p *erasurePlanning) keeps() bool { return p.Case.KeepsOwn() }

// KeepsOwn reports whether the choices of an erasure keep records of the person's own.
func (r *Request) KeepsOwn() bool {
	return slices.ContainsFunc(r.Keeps, func(c ErasureChoice) bool { return c.Record == "" && c.Fate == ErasureKeeps })
}

func (p *erasurePlanning) keep(line *ErasureLine, c *ErasureChoice) {
	kind, _ := KindOfCase(calendar.Erasure)
	line.Fate, line.Ground, line.Until, line.Law = ErasureKeeps, c.Ground, c.Until, "UK GDPR Art 17(3)"
	line.Why = c.Reason
	if g, _, ok := kind.ground(c.Ground); ok {
		line.Why, line.Law = g.Text+": "+c.Reason, g.Source
	}
}

// skeletons plans what is left of the person's cases.
func (p *erasurePlanning) skeletons(h *Holding) {
	for _, e := range h.Entries {
		p.plan.Lines = append(p.plan.Lines, ErasureLine{
			Collection: h.Collection, Title: h.Title, Record: e.ID, Fate: ErasureMasks, Count: 1,
			What: "its texts, names and findings go; number, right, dates, kinds of event and outcome stay",
			Why:  "the office must be able to show how it dealt with the case", Law: "UK GDPR Art 5(2)",
		})
	}
}

// kept returns the choice about a record, or about its whole collection.
func (r *Request) kept(collection, record string) (ErasureChoice, bool) {
	for _, c := range r.Keeps {
		if c.Collection == collection && c.Record == record {
			return c, true
		}
	}
	return ErasureChoice{}, false
}
