package store

import (
	"fmt"

	"custos/internal/register"
	"custos/internal/vault"
)

// lose lists what is gone.
func (s *salvage) lose(bucket, key, what string) {
	if bucket == bucketAudit && len(key) == auditKeySize {
		key = fmt.Sprint(auditSeq([]byte(key)))
	}
	s.lost = append(s.lost, Finding{Where: bucket, ID: key, What: what, Severity: SeverityDamage})
}

// listLost lists what is gone by all that still speaks of it: values that do not open, keys of people without a record,
// records of people without one, and the numbers in the sealed state.
func (s *salvage) listLost() {
	have := map[string]bool{}
	at := func(bucket, key string) string { return bucket + keySep + key }
	counts := map[string]int{bucketSlots: len(s.slots)}
	for _, e := range s.taken {
		have[at(e.opens, e.key)] = true
		counts[e.opens]++
	}
	for _, f := range append(s.lost, s.ambiguous...) {
		have[at(f.Where, f.ID)] = true
	}
	for _, e := range s.found {
		l := e.leaf
		if e.opens != "" || l.bucket == "" || l.standing > orphaned || l.bucket == bucketMeta || l.bucket == bucketSlots ||
			l.bucket == bucketAudit || have[at(l.bucket, e.key)] {
			continue
		}
		have[at(l.bucket, e.key)] = true
		s.lose(l.bucket, e.key, "the record is damaged and does not open")
	}
	for _, e := range s.taken {
		id := subjectOf(e.opens, e.key)
		if e.opens == bucketKeys {
			id = register.ID(e.key)
		}
		if id == "" || have[at(delegates.name, string(id))] || !s.inHole(delegates.name, string(id)) {
			continue
		}
		have[at(delegates.name, string(id))] = true
		s.lose(delegates.name, string(id), "the record is lost; other records speak of it")
	}
	s.countLost(counts)
}

// countLost compares with the sealed state, where it is that of the last commit.
func (s *salvage) countLost(counts map[string]int) {
	if !s.exact {
		return
	}
	listed := map[string]int{}
	for _, f := range append(s.lost, s.ambiguous...) {
		if f.ID != "" {
			listed[f.Where]++
		}
	}
	for bucket, want := range s.state.Counts {
		if more := want - counts[bucket] - listed[bucket]; more > 0 && bucket != bucketSlots {
			s.lose(bucket, "", fmt.Sprintf("%s lost, and nothing tells which", count(uint64(more), "record is", "records are")))
		}
	}
	terms := vault.NewTermer(&s.keys.digest)
	var sum vault.Digest
	for _, e := range s.taken {
		sum.Add(term(terms, e.opens, e.key, s.bytes(e)))
	}
	fits, excess := sum.Equal(s.state.Digest), false
	for bucket, n := range counts {
		excess = excess || n > s.state.Counts[bucket] && bucket != bucketSlots
	}
	s.whole = fits && !excess && len(s.lost)+len(s.ambiguous) == 0
	if !fits && (excess || len(s.lost)+len(s.ambiguous) == 0) {
		s.note("digest", "", "the sum over all records does not fit: "+
			"a record that was taken may be out of date or deleted, and nothing tells which")
	}
}
