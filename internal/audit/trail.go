package audit

import (
	"fmt"
	"iter"
)

// A Gap is a run of entries that a repair could not read and recorded as lost: nothing was renumbered.
type Gap struct {
	First uint64   `json:"first"` // sequence numbers, both lost
	Last  uint64   `json:"last"`
	Hash  [32]byte `json:"hash"` // of the entry Last, as the entry after it has it: there the chain goes on
}

// A Trail is a chain as it lies in a store.
type Trail struct {
	Store   string
	Signer  *[32]byte // public key the store signs with; nil where nobody knows it
	From    Head      // Start(Store) where it begins with the first entry
	Entries iter.Seq2[Entry, error]
	Gaps    []Gap  // recorded by repairs, in order; the chain is verified on both sides of each
	Marks   []Head // noted elsewhere, at or after From
}

// Verify checks that the entries follow from and each other without a gap but the recorded ones, and that they pass
// through every mark (one inside a gap is not looked at). It returns the head reached, which on a fault is the last good
// one. A fault in the chain is a *BreakError; an error of the iterator comes back wrapped.
func (t *Trail) Verify() (Head, error) { return t.walk(func(Head, *Entry) {}) }

// walk verifies, and shows every head that the trail stands at with the entry that led there, none for its beginning
// and for the last place of a gap.
func (t *Trail) walk(see func(Head, *Entry)) (Head, error) {
	c := Chain{head: t.From, gaps: t.Gaps}
	see(c.head, nil)
	if err := passes(c.head, t.Marks); err != nil {
		return c.head, err
	}
	var gap *BreakError
	for e, err := range t.Entries {
		if gap != nil { // is the missing entry further on?
			if err != nil || gap.settles(e.Seq) {
				break
			}
			continue
		}
		if err != nil {
			return c.head, fmt.Errorf("audit entry %d cannot be read: %w", c.head.Seq+1, err)
		}
		if c.leap(&e) {
			see(c.head, nil)
			if err := passes(c.head, t.Marks); err != nil {
				return c.head, err
			}
		}
		if fault := c.add(&e); fault != nil {
			if fault.Kind != Missing {
				return c.head, fault
			}
			gap = fault
			continue
		}
		see(c.head, &e)
		if err := passes(c.head, t.Marks); err != nil {
			return c.head, err
		}
	}
	if gap != nil {
		return c.head, gap
	}
	return c.head, reaches(c.head, t.Marks)
}

// leap passes over a recorded gap that ends before an entry.
func (c *Chain) leap(e *Entry) bool {
	for _, g := range c.gaps {
		if g.First == c.head.Seq+1 && g.Last >= g.First && g.Last+1 == e.Seq {
			c.head = Head{g.Last, g.Hash}
			return true
		}
	}
	return false
}
