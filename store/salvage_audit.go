package store

import (
	"fmt"
	"slices"

	"custos/internal/audit"
)

// chooseEntries takes the audit trail as far as it is there. Entries are never changed and never deleted, so it does not
// matter where one is found, as long as it follows the one before; those that are nowhere are a gap.
func (s *salvage) chooseEntries() {
	found := map[uint64][]*sealedAt{}
	last := uint64(0)
	for _, e := range s.found {
		if e.opens != bucketAudit {
			continue
		}
		seq := auditSeq([]byte(e.key))
		found[seq] = append(found[seq], e)
		if e.leaf.standing <= orphaned {
			last = max(last, seq)
		}
	}
	end := s.trailEnd(last)
	head := s.auditStart()
	var gaps []audit.Gap
	for seq := uint64(1); seq <= end.Seq; seq++ {
		e, entry := s.entryAfter(head, found[seq])
		if e == nil {
			if n := len(gaps); n > 0 && gaps[n-1].Last == seq-1 {
				gaps[n-1].Last = seq
			} else {
				gaps = append(gaps, audit.Gap{First: seq, Last: seq})
			}
			head = audit.Head{Seq: seq}
			continue
		}
		if n := len(gaps); n > 0 && gaps[n-1].Last == seq-1 {
			gaps[n-1].Hash = entry.Prev
		}
		head = audit.Head{Seq: seq, Hash: entry.Hash()}
		s.entries = append(s.entries, e)
	}
	if head.Hash == [32]byte{} {
		head.Hash = end.Hash
		if n := len(gaps); n > 0 {
			gaps[n-1].Hash = end.Hash
		}
	}
	s.state.AuditSeq, s.state.AuditHash = head.Seq, head.Hash
	s.addGaps(gaps)
}

// trailEnd is where the trail ended: by the state, by the head file, or by the last entry there is.
func (s *salvage) trailEnd(last uint64) audit.Head {
	end := audit.Head{Seq: last}
	if s.stated && s.state.AuditSeq >= last {
		end = s.state.head()
	}
	if a := s.anchor; a.AuditSeq > end.Seq || a.AuditSeq == end.Seq && !s.exact && a.AuditSeq > 0 {
		end = audit.Head{Seq: a.AuditSeq, Hash: a.AuditHash}
	}
	return end
}

// entryAfter returns the entry that follows a head; after a gap, whose hash nobody knows, the most credible one.
func (s *salvage) entryAfter(head audit.Head, found []*sealedAt) (*sealedAt, audit.Entry) {
	var best *sealedAt
	var entry audit.Entry
	sl := sealer{keys: s.keys}
	for _, e := range found {
		got, err := sl.openEntry([]byte(e.key), s.bytes(e))
		if err != nil || head.Hash != [32]byte{} && got.Prev != head.Hash {
			continue
		}
		if best == nil || e.leaf.standing < best.leaf.standing {
			best, entry = e, got
		}
	}
	return best, entry
}

// addGaps notes what the trail has lost, what it had lost before among it.
func (s *salvage) addGaps(gaps []audit.Gap) {
	for _, g := range gaps {
		if !slices.Contains(s.state.Gaps, g) {
			s.lose(bucketAudit, "", fmt.Sprintf("%s of the audit trail lost: %s",
				count(g.Last-g.First+1, "entry", "entries"), runOf(g)))
		}
	}
	s.state.Gaps = gaps
}

func runOf(g audit.Gap) string {
	if g.First == g.Last {
		return fmt.Sprint(g.First)
	}
	return fmt.Sprintf("%d to %d", g.First, g.Last)
}
