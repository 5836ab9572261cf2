package register

import (
	"cmp"
	"slices"
)

// mentions plans what becomes of texts in records that are not the person's.
func (p *erasurePlanning) mentions() {
	former := map[ID]bool{}
	own := 0
	for i := range p.Hits {
		h := &p.Hits[i]
		kind, finds := p.sorting.sort(h)
		switch kind {
		case hitMention, hitBody:
			p.plan.Lines = append(p.plan.Lines, p.mention(h, kind, finds))
		case hitFormer:
			former[h.Operation] = true
		case hitAudit:
			p.audit(h, finds)
		case hitOwn:
			if h.Collection == "undo" {
				own++
			}
		case hitOthers, hitStaff, hitUnmarked:
		}
	}
	if n := len(former) + own; n > 0 {
		p.plan.Lines = append(p.plan.Lines, ErasureLine{
			Collection: "undo", Title: "Kept for undoing", Fate: ErasureRemoves, Count: n,
			What: "former versions that hold the person's data; those changes can then not be undone",
			Why:  "a former version is data like any other", Law: "UK GDPR Art 17(1)",
		})
	}
	slices.SortStableFunc(p.plan.Lines, func(a, b ErasureLine) int {
		return cmp.Compare(fateRank(a.Fate), fateRank(b.Fate))
	})
}

func fateRank(f ErasureFate) int {
	return slices.Index([]ErasureFate{ErasureRemoves, ErasureMasks, ErasureKeeps}, f)
}

func (p *erasurePlanning) mention(h *ErasureHit, kind hitKind, finds []NeedleFind) ErasureLine {
	line := ErasureLine{
		Collection: h.Collection, Title: titleOf(h.Collection), Record: h.Record, Field: h.Field, Subject: h.Subject,
		What: passage(h.Text, finds[0]), Fate: ErasureMasks, Count: 1, Text: TextDigest(h.Text),
		Why: "names the person (" + p.sorting.describe(finds) + ") in a record about something else", Law: "UK GDPR Art 17(1)",
	}
	if p.ambiguous(finds) {
		line.Why += "; somebody else on record has the same: check whom it means"
	}
	if kind == hitBody {
		line.Fate, line.Law = ErasureKeeps, "UK GDPR Art 4(1)"
		line.Why = "it is the organisation's own, and the person only used it"
	}
	c, ok := p.Case.kept(h.Collection, h.Record)
	switch {
	case ok && c.Fate == ErasureKeeps:
		p.keep(&line, &c)
	case ok && c.Fate == ErasureMasks && kind == hitBody:
		line.Fate, line.Why, line.Law, line.Ground = ErasureMasks, c.Reason, "UK GDPR Art 17(1)", ""
	}
	return line
}

// ambiguous reports whether all that names the person is also another's.
func (p *erasurePlanning) ambiguous(finds []NeedleFind) bool {
	return !slices.ContainsFunc(finds, func(f NeedleFind) bool {
		class := p.sorting.needles[f.Needle].Class
		return !slices.ContainsFunc(p.plan.Namesakes, func(n Namesake) bool { return slices.Contains(n.Shares, string(class)) })
	})
}

// audit plans nothing: the trail is kept as it is, and whoever approves is told where it names the person.
func (p *erasurePlanning) audit(h *ErasureHit, finds []NeedleFind) {
	p.plan.Lines = append(p.plan.Lines, ErasureLine{
		Collection: h.Collection, Title: titleOf(h.Collection), Record: h.Record, Field: h.Field, Fate: ErasureKeeps, Count: 1,
		What: p.sorting.describe(finds), Why: "each entry vouches for those before it: none can be changed",
		Law: "UK GDPR Arts 5(2), 17(3)(e)", Text: TextDigest(h.Text),
	})
}

// around is how many bytes of a text a passage shows before and after a find.
const around = 60

// passage is the part of a text around a find.
func passage(text string, f NeedleFind) string {
	from, to := max(0, f.From-around), min(len(text), f.To+around)
	for from > 0 && !runeStart(text[from]) {
		from--
	}
	for to < len(text) && !runeStart(text[to]) {
		to++
	}
	out := text[from:to]
	if from > 0 {
		out = "…" + out
	}
	if to < len(text) {
		out += "…"
	}
	return out
}

func runeStart(b byte) bool { return b&0xC0 != 0x80 }

// titleOf names a collection that is about nobody, or what is no collection.
func titleOf(collection string) string {
	titles := map[string]string{
		"settings": "The office", "organisations": "Organisations", "courses": "Courses", "disclosures": "Disclosures",
		"batches": "Imports", "suppressions": "Suppression list", "audit": "Audit trail", "undo": "Kept for undoing",
		"delegates": "Other people's records", "memberships": "Other people's organisations", "bookings": "Other people's training",
		"consents": "Other people's consents", "requests": "Other cases", "disclosed": "Other people's disclosures",
		"drafts": "Unfinished forms", "holds": "Other people's holds", "templates": "Letter templates", "erasures": "Erasures",
		"breaches": "Breaches",
	}
	return either(titles[collection], plainLabel(collection))
}
