package audit

import (
	"fmt"
	"io"
	"strings"
)

// An Outcome is how a trail stands to an anchor.
type Outcome string

// The outcomes.
const (
	Holds       Outcome = "holds"        // everything up to the anchor is as it was signed
	CutOff      Outcome = "truncated"    // the trail ends before it
	Rewritten   Outcome = "rewritten"    // another entry has its number
	OtherStore  Outcome = "other-store"  // it is of another store
	OtherSigner Outcome = "other-signer" // the store did not sign it
	// Restored is Rewritten or CutOff with a reason that the trail itself gives: after the anchor was signed an older
	// backup was restored, a damaged file repaired, or an older state accepted, and numbers were given anew.
	Restored Outcome = "restored"
	Untold   Outcome = "untold" // its entry is not in the trail: an export that begins later, or a recorded gap
)

// The verbs of entries after which numbers may have been given anew.
const (
	verbRestore = "store.restore"
	verbRepair  = "store.repair"
	verbOpen    = "store.open" // with noteOlder: an older state of the store was accepted
	noteOlder   = "older state accepted"
)

// A Comparison is what holding a trail against an anchor told.
type Comparison struct {
	Anchor  Anchor
	Outcome Outcome
	Found   uint64 // CutOff: the last entry there is; Restored: the entry that tells why; Untold: the next one there is
	At      int64  // Restored: instant of that entry, in Unix milliseconds, UTC
}

// String says it in a sentence.
func (c *Comparison) String() string {
	seq := c.Anchor.Seq
	switch c.Outcome {
	case Holds:
		return fmt.Sprintf("the trail holds: up to entry %d it is as it was signed", seq)
	case CutOff:
		return fmt.Sprintf("the trail is cut off: it ends with entry %d, and entry %d was signed", c.Found, seq)
	case Rewritten:
		return fmt.Sprintf("the trail was written anew: entry %d, or one before it, is not the one that was signed", seq)
	case OtherStore:
		return fmt.Sprintf("the anchor is of another store, %s", c.Anchor.Store)
	case OtherSigner:
		return "the anchor was not signed by this store"
	case Restored:
		return fmt.Sprintf("the trail is not the one that was signed at entry %d, and gives a reason: "+
			"entry %d tells of a restore or a repair since", seq, c.Found)
	case Untold:
		return fmt.Sprintf("entry %d, which was signed, is not in this trail: it goes on with entry %d", seq, c.Found)
	default:
		return "the trail was not compared"
	}
}

// Compare verifies a trail and holds it against anchors, each of which must pass Verify: an ErrSignature otherwise, and a
// *BreakError for a trail that does not hold in itself. With several anchors a rewritten part lies between the last that
// holds and the first that does not.
func Compare(t Trail, anchors ...Anchor) ([]Comparison, error) {
	if err := signed(anchors); err != nil {
		return nil, err
	}
	w := watchFor(t.Store, t.Signer, anchors)
	if _, err := t.walk(w.see); err != nil {
		return nil, err
	}
	return w.outcomes(), nil
}

// CompareExport is VerifyExport, and holds the export against anchors on the way: that takes no store. Nobody but the
// store knows who should have signed, so OtherSigner does not come of it.
func CompareExport(r io.Reader, anchors ...Anchor) (Report, []Comparison, error) {
	if err := signed(anchors); err != nil {
		return Report{}, nil, err
	}
	v := newVerifier(r)
	v.anchors = anchors
	report, err := v.verify()
	if err != nil {
		return report, nil, err
	}
	return report, v.watches.outcomes(), nil
}

func signed(anchors []Anchor) error {
	for i := range anchors {
		if err := anchors[i].Verify(); err != nil {
			return err
		}
	}
	return nil
}

// watches hold a trail against several anchors as it goes by.
type watches []*watch

func watchFor(store string, signer *[32]byte, anchors []Anchor) watches {
	var all watches
	for _, a := range anchors {
		w := &watch{anchor: a}
		switch {
		case a.Store != store:
			w.outcome = OtherStore
		case signer != nil && a.PublicKey != *signer:
			w.outcome = OtherSigner
		}
		all = append(all, w)
	}
	return all
}

func (all watches) see(h Head, e *Entry) {
	for _, w := range all {
		w.see(h, e)
	}
}

func (all watches) outcomes() []Comparison {
	list := make([]Comparison, 0, len(all))
	for _, w := range all {
		list = append(list, w.compared())
	}
	return list
}

type watch struct {
	anchor  Anchor
	outcome Outcome // settled; empty until then
	last    uint64  // where the trail stands
	next    uint64  // the first number after the anchor's
	reason  Entry   // that numbers were given anew after the anchor was signed; Seq 0 without
}

func (w *watch) see(h Head, e *Entry) {
	if w.next == 0 && h.Seq > w.anchor.Seq {
		if w.next = h.Seq; e == nil { // the place before the next entry
			w.next++
		}
	}
	w.last = h.Seq
	if e != nil && w.reason.Seq == 0 && w.explains(e) {
		w.reason = Entry{Seq: e.Seq, At: e.At}
	}
	if h.Seq != w.anchor.Seq || w.outcome != "" {
		return
	}
	w.outcome = Rewritten
	if h.Hash == w.anchor.Hash {
		w.outcome = Holds
	}
}

// explains reports whether an entry can be why the anchor's number was given anew: one that came after the signing, by
// the trail's own clock, and yet does not have a higher number.
func (w *watch) explains(e *Entry) bool {
	renewing := e.Verb == verbRestore || e.Verb == verbRepair ||
		e.Verb == verbOpen && strings.HasPrefix(e.Note, noteOlder)
	return renewing && !e.Refused && e.Seq <= w.anchor.Seq && e.At >= w.anchor.At
}

func (w *watch) compared() Comparison {
	c := Comparison{Anchor: w.anchor, Outcome: w.outcome}
	if c.Outcome == "" {
		c.Outcome, c.Found = CutOff, w.last
		if w.next > 0 {
			c.Outcome, c.Found = Untold, w.next
		}
	}
	if (c.Outcome == CutOff || c.Outcome == Rewritten) && w.reason.Seq > 0 {
		c.Outcome, c.Found, c.At = Restored, w.reason.Seq, w.reason.At
	}
	return c
}
