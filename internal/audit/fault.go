package audit

import "fmt"

// A Kind is a way in which a chain can be broken.
type Kind string

// The kinds of break.
const (
	Missing   Kind = "missing"   // an entry between two others is not there
	Reordered Kind = "reordered" // it is there, but later than its place
	Altered   Kind = "altered"   // it is not what was written
	Truncated Kind = "truncated" // the entries end too early
	Repeated  Kind = "repeated"  // it comes again, or comes where a later one is due
)

// A BreakError says where a chain is broken, and how.
type BreakError struct {
	Kind Kind
	Seq  uint64 // the entry at fault: the first missing, reordered, altered, repeated or cut off

	// Found is the other entry that shows it: the one in Seq's place (Missing, Reordered), the one that does not name the
	// hash of Seq (Altered; 0 when Seq's own hash shows it), the last in order (Repeated), the one to reach (Truncated).
	Found uint64
}

func (b *BreakError) Error() string {
	switch b.Kind {
	case Missing:
		return fmt.Sprintf("audit %s missing: entry %d comes instead", span(b.Seq, b.Found-1), b.Found)
	case Reordered:
		return fmt.Sprintf("audit entry %d is not in its place: entry %d comes before it", b.Seq, b.Found)
	case Altered:
		return b.altered()
	case Truncated:
		return fmt.Sprintf("the audit trail is cut off: %s missing at its end", span(b.Seq, b.Found))
	case Repeated:
		return fmt.Sprintf("audit entry %d comes again after entry %d", b.Seq, b.Found)
	default:
		return fmt.Sprintf("audit entry %d is at fault", b.Seq)
	}
}

// settles says whether a later entry is the missing one, and then calls it reordered.
func (b *BreakError) settles(seq uint64) bool {
	if seq == b.Seq {
		b.Kind = Reordered
	}
	return seq == b.Seq
}

func span(first, last uint64) string {
	if first == last {
		return fmt.Sprintf("entry %d is", first)
	}
	return fmt.Sprintf("entries %d to %d are", first, last)
}

func (b *BreakError) altered() string {
	switch {
	case b.Found == 0:
		return fmt.Sprintf("audit entry %d has been altered: its hash is not the one that was noted", b.Seq)
	case b.Seq == 0:
		return "audit entry 1 has been altered or belongs to another store: it does not follow this store's beginning"
	default:
		return fmt.Sprintf("audit entry %d or %d has been altered: entry %d does not name the hash of entry %d",
			b.Seq, b.Found, b.Found, b.Seq)
	}
}
