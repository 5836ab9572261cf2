package desk

import (
	"context"
	"encoding/hex"
	"errors"
	"io"
	"time"

	"custos/internal/audit"
	"custos/internal/register"
	"custos/store"
)

// Anchor writes the head of the audit trail, signed by the store, to a new file
// that is to be kept elsewhere: held against the trail later, it shows whether
// everything up to it still stands. The entry about it is the head. Errors:
// Denied, Refused for a file that exists.
func (s *Seat) Anchor(ctx context.Context, to string) (register.Anchor, error) {
	var none register.Anchor
	if err := s.allow(register.AnchorMake); err != nil {
		return none, err
	}
	out, err := s.files.newOut(to)
	if err != nil {
		return none, err
	}
	a, err := s.writeAnchor(ctx, out)
	if err != nil {
		out.Drop()
		return none, err
	}
	return anchorTold(&a), out.Keep()
}

func (s *Seat) writeAnchor(ctx context.Context, out *outFile) (audit.Anchor, error) {
	if _, err := s.change(ctx, act{verb: register.AnchorMake}, func(*store.Tx) error { return nil }); err != nil {
		return audit.Anchor{}, err
	}
	a := s.desk.db.Sign(s.desk.db.AuditHead(), s.desk.now())
	b, err := a.Encode()
	if err != nil {
		return a, err
	}
	if _, err := out.Write(b); err != nil {
		return a, err
	}
	_, err = out.settle()
	return a, err
}

// CompareAnchor verifies the audit trail and holds it against an anchor. The
// verdict is there whatever came of it; the error is nil only where the trail
// holds: Internal where it is cut off or rewritten, or another signed the
// anchor; Conflict where it tells of a restore or a repair since; Invalid for
// what is no anchor, or one of another store or of an entry that is lost.
func (s *Seat) CompareAnchor(data []byte) (register.AnchorVerdict, error) {
	var v register.AnchorVerdict
	a, err := readAnchor(data)
	if err != nil {
		return v, err
	}
	err = s.read(register.AuditRead, func(tx *store.Tx) error {
		trail := s.desk.db.Trail(tx)
		trail.Marks = []audit.Head{s.desk.db.AuditHead()}
		told, err := audit.Compare(trail, a)
		if err != nil {
			return broken(err)
		}
		v, err = anchorVerdict(&told[0])
		return err
	})
	return v, err
}

// CompareExport verifies an exported trail and holds it against an anchor: it
// needs no store, so that it does not know who should have signed. Errors as
// VerifyExport and CompareAnchor.
func CompareExport(r io.Reader, anchor []byte) (register.AuditVerdict, register.AnchorVerdict, error) {
	var v register.AnchorVerdict
	a, err := readAnchor(anchor)
	if err != nil {
		return register.AuditVerdict{}, v, err
	}
	report, told, err := audit.CompareExport(r, a)
	if err != nil {
		return register.AuditVerdict{}, v, broken(err)
	}
	v, err = anchorVerdict(&told[0])
	return proved(&report), v, err
}

func readAnchor(data []byte) (audit.Anchor, error) {
	a, err := audit.DecodeAnchor(data)
	if err == nil {
		err = a.Verify()
	}
	if err != nil {
		return a, &register.Error{Kind: register.Invalid, Field: "anchor", Msg: err.Error(), Err: err}
	}
	return a, nil
}

func anchorVerdict(c *audit.Comparison) (register.AnchorVerdict, error) {
	v := register.AnchorVerdict{
		Anchor: anchorTold(&c.Anchor), Holds: c.Outcome == audit.Holds, Outcome: string(c.Outcome), Words: c.String(),
		Found: c.Found,
	}
	if c.At != 0 {
		v.FoundAt = time.UnixMilli(c.At).UTC()
	}
	e := register.Error{Kind: register.Internal, Msg: v.Words, Err: errAnchor}
	switch c.Outcome {
	case audit.Holds:
		return v, nil
	case audit.Restored:
		e.Kind = register.Conflict
	case audit.OtherStore, audit.Untold:
		e.Kind, e.Field = register.Invalid, "anchor"
	case audit.CutOff, audit.Rewritten, audit.OtherSigner:
	}
	return v, &e
}

var errAnchor = errors.New("the audit trail does not stand as the anchor says")

func anchorTold(a *audit.Anchor) register.Anchor {
	return register.Anchor{
		Store: a.Store, At: time.UnixMilli(a.At).UTC(), Seq: a.Seq, Hash: hex.EncodeToString(a.Hash[:]),
		Signer: hex.EncodeToString(a.PublicKey[:]),
	}
}
