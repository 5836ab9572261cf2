package audit

import "crypto/sha256"

const startDomain = "custos audit start\x00"

// A Head is a place in a chain: after entry Seq, whose hash is Hash.
type Head struct {
	Seq  uint64
	Hash [32]byte
}

// Start is the head before a store's first entry. It depends on the store's id, so that no chain fits another store.
func Start(store string) Head {
	return Head{Hash: sha256.Sum256([]byte(startDomain + store))}
}

// Link puts an entry after h: it sets Seq and Prev, and returns the entry and the new head. It fails when Check does.
func (h Head) Link(e Entry) (Entry, Head, error) {
	e.Seq, e.Prev = h.Seq+1, h.Hash
	if err := e.Check(); err != nil {
		return Entry{}, h, err
	}
	return e, Head{e.Seq, e.Hash()}, nil
}

// A Chain checks entries one after another.
type Chain struct {
	head Head
	gaps []Gap // recorded; nil outside a Trail
	buf  []byte
}

// NewChain returns a chain that expects the entry after from.
func NewChain(from Head) *Chain { return &Chain{head: from} }

// Add takes the next entry, or returns a *BreakError of kind Missing, Repeated or Altered and stays where it was.
func (c *Chain) Add(e Entry) error {
	if fault := c.add(&e); fault != nil {
		return fault
	}
	return nil
}

func (c *Chain) add(e *Entry) *BreakError {
	switch {
	case e.Seq > c.head.Seq+1:
		return &BreakError{Kind: Missing, Seq: c.head.Seq + 1, Found: e.Seq}
	case e.Seq <= c.head.Seq:
		return &BreakError{Kind: Repeated, Seq: e.Seq, Found: c.head.Seq}
	case e.Prev != c.head.Hash:
		return &BreakError{Kind: Altered, Seq: c.head.Seq, Found: e.Seq}
	}
	c.head.Seq = e.Seq
	c.head.Hash, c.buf = e.hash(c.buf)
	return nil
}

// passes finds a mark of the same number and another hash.
func passes(h Head, marks []Head) error {
	for _, m := range marks {
		if m.Seq == h.Seq && m.Hash != h.Hash {
			return &BreakError{Kind: Altered, Seq: h.Seq}
		}
	}
	return nil
}

// reaches finds a mark beyond the end.
func reaches(h Head, marks []Head) error {
	for _, m := range marks {
		if m.Seq > h.Seq {
			return &BreakError{Kind: Truncated, Seq: h.Seq + 1, Found: m.Seq}
		}
	}
	return nil
}
