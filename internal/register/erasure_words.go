package register

import (
	"fmt"
	"maps"
	"slices"

	"custos/internal/calendar"
)

// TaskResidue is the id of the task that a clean search after an erasure does.
const TaskResidue = "residue"

// Count adds up the lines of a fate: records, or texts.
func (p *ErasurePlan) Count(fate ErasureFate) int {
	n := 0
	for _, count := range p.Counts(fate) {
		n += count
	}
	return n
}

// Counts counts records or texts of a fate by collection.
func (p *ErasurePlan) Counts(fate ErasureFate) map[string]int {
	counts := map[string]int{}
	for _, l := range p.Lines {
		if l.Fate == fate {
			counts[l.Collection] += l.Count
		}
	}
	return counts
}

// Masks reports whether the plan masks a text.
func (p *ErasurePlan) Masks(h *ErasureHit) bool {
	return slices.ContainsFunc(p.Lines, func(l ErasureLine) bool { return l.Fate == ErasureMasks && l.about(h) })
}

func (l *ErasureLine) about(h *ErasureHit) bool {
	return l.Collection == h.Collection && l.Record == h.Record && l.Field == h.Field && l.Text == TextDigest(h.Text)
}

// Words lists what has a fate, as the person is told: by collection with how many, and of what is kept why and until
// when. They name no record and nobody else.
func (p *ErasurePlan) Words(fate ErasureFate) []string {
	counts := map[string]int{}
	var words []string
	for _, l := range p.Lines {
		if l.Fate != fate {
			continue
		}
		text := l.Title
		if fate == ErasureKeeps {
			text += ": " + l.Why + " (" + l.Law + ")"
			if l.Until != "" {
				text += ", until " + l.Until
			}
		}
		if counts[text] == 0 {
			words = append(words, text)
		}
		counts[text] += l.Count
	}
	for i, text := range words {
		if fate != ErasureKeeps {
			words[i] = fmt.Sprintf("%s: %d", text, counts[text])
		}
	}
	return words
}

// Former lists the operations among whose former versions the person is named, others' changes too.
func (s *ErasureSorting) Former(hits []ErasureHit) []ID {
	var ops []ID
	for i := range hits {
		kind, _ := s.sort(&hits[i])
		if kind == hitFormer && !slices.Contains(ops, hits[i].Operation) {
			ops = append(ops, hits[i].Operation)
		}
	}
	return ops
}

// Residue tells of a hit after an erasure where it is, and whether it is explained: another's own value, the login of a
// colleague, or what the lines of the plan keep.
func (s *ErasureSorting) Residue(h *ErasureHit, lines []ErasureLine) (find ResidueFind, explained bool) {
	kind, finds := s.sort(h)
	if len(finds) == 0 {
		finds = h.Finds
	}
	find = ResidueFind{Collection: h.Collection, Record: h.Record, Field: h.Field, What: s.describe(finds)}
	if h.Collection == "audit" {
		find.Why = "the audit trail cannot be changed"
	}
	for _, l := range lines {
		if l.Fate == ErasureKeeps && l.about(h) {
			find.Why = l.Why
			return find, true
		}
	}
	switch kind {
	case hitOthers:
		find.Why = "another person's own"
	case hitStaff:
		find.Why = "the login of a colleague"
	case hitBody:
		find.Why = "the organisation's own"
		return find, len(lines) == 0 // with a plan, what it keeps is in its lines
	default:
		return find, false
	}
	return find, true
}

// Report is what an erasure did, as it was recorded.
func (e *Erasure) Report() ErasureReport {
	r := ErasureReport{
		Ref: e.Request, Delegate: e.Delegate, Suppress: e.Suppressed, Certificate: e.Certificate, Complete: e.Complete,
		Residue: ResidueReport{Residue: []ResidueFind{}, Explained: []ResidueFind{}},
	}
	for n, counts := range map[*int]map[string]int{&r.Removed: e.Removed, &r.Masked: e.Masked, &r.Kept: e.Kept} {
		for _, count := range counts {
			*n += count
		}
	}
	return r
}

// SayBackups puts in words what became of the copies of the store after an erasure on a day, of those on record at the
// time. It fills in Backups, BackupsUntil and Waiting.
func (r *ErasureReport) SayBackups(s *Settings, all []Backup, on calendar.Date) {
	kept, lost, overdue := 0, map[string]bool{}, false
	for i := range all {
		switch {
		case all[i].There():
			kept++
			overdue = overdue || s.BackupKeep.Last(&all[i]).Before(on)
		case !all[i].Lost.IsZero():
			lost[all[i].Folder] = true
		}
	}
	defer func() { r.Backups += lostWords(len(lost)) }()
	_, r.BackupsUntil = s.Copies(all, on)
	r.Waiting = slices.Sorted(maps.Keys(s.RingsDue))
	switch n := len(r.Waiting); {
	case kept == 0 && r.BackupsUntil.IsZero():
		r.Backups = "No backup of the store is on record."
		return
	case kept == 0:
		r.Backups = "No backup of the store is on record."
	case n == 1:
		r.Backups = "The person can still be read in the backups of a folder that is not at hand: connect it, and their key is" +
			" destroyed there as soon as somebody comes in."
	case n > 1:
		r.Backups = fmt.Sprintf("The person can still be read in the backups of %d folders that are not at hand: connect them,"+
			" and their key is destroyed there as soon as somebody comes in.", n)
	default:
		r.Backups = "In the backups nobody can read the person any more: their key is destroyed there."
	}
	switch {
	case overdue:
		r.Backups += " Some backups should be deleted already and could not be reached."
	case !r.BackupsUntil.IsZero():
		r.Backups += fmt.Sprintf(" The last copy that may hold them goes by %s.", r.BackupsUntil.Long())
	}
}

// lostWords tells of folders that were written off, where there are any.
func lostWords(n int) string {
	switch n {
	case 0:
		return ""
	case 1:
		return " The copies in a folder that was lost are beyond reach: in them the person's key cannot be destroyed."
	}
	return fmt.Sprintf(" The copies in %d folders that were lost are beyond reach: in them the person's key cannot be destroyed.", n)
}
