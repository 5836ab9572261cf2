package audit

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
)

const (
	anchorFormat  = "custos-anchor"
	anchorVersion = 1

	// MaxAnchor is more than the longest anchor file, in bytes.
	MaxAnchor = 4 << 10
)

// ErrNotAnchor is wrapped by every error about bytes that are not an anchor.
var ErrNotAnchor = errors.New("this is not an anchor of a version that this program knows")

// anchorFile is an anchor as a file: its fields in this order and all of them present, one to a line.
type anchorFile struct {
	Format    string    `json:"format"`
	Version   int       `json:"version"`
	Store     string    `json:"store"`
	At        instant   `json:"at"`
	Seq       uint64    `json:"seq"`
	Hash      sum       `json:"hash"`
	PublicKey sum       `json:"public_key"`
	Signature signature `json:"signature"`
}

// Encode gives the anchor as a JSON file, or says which field is out of range.
func (a *Anchor) Encode() ([]byte, error) {
	if err := a.check(); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	err := enc.Encode(anchorFile{
		Format: anchorFormat, Version: anchorVersion, Store: a.Store, At: instant(a.At), Seq: a.Seq, Hash: a.Hash,
		PublicKey: a.PublicKey, Signature: a.Signature,
	})
	if err != nil {
		return nil, fmt.Errorf("writing an anchor: %w", err)
	}
	return b.Bytes(), nil
}

// DecodeAnchor reads what Encode wrote and nothing else: a name that is unknown, missing or given twice, another order
// or one byte more is refused with an error that wraps ErrNotAnchor. It does not look at the signature: see Verify.
func DecodeAnchor(b []byte) (Anchor, error) {
	if len(b) > MaxAnchor {
		return Anchor{}, fmt.Errorf("%w: it has %d bytes, more than %d", ErrNotAnchor, len(b), MaxAnchor)
	}
	var f anchorFile
	if err := json.Unmarshal(b, &f); err != nil || f.Format != anchorFormat || f.Version != anchorVersion {
		return Anchor{}, ErrNotAnchor // the decoder's own words may quote the file
	}
	a := Anchor{
		Store: f.Store, At: int64(f.At), Seq: f.Seq, Hash: f.Hash, PublicKey: f.PublicKey, Signature: f.Signature,
	}
	again, err := a.Encode()
	if err != nil {
		return Anchor{}, fmt.Errorf("%w: %w", ErrNotAnchor, err)
	}
	if !bytes.Equal(again, b) {
		return Anchor{}, fmt.Errorf("%w: %w", ErrNotAnchor, errLine)
	}
	return a, nil
}

// signature is written in hexadecimal.
type signature [64]byte

func (s signature) MarshalText() ([]byte, error) { return hex.AppendEncode(nil, s[:]), nil }

func (s *signature) UnmarshalText(b []byte) error {
	if len(b) != hex.EncodedLen(len(s)) {
		return errLine
	}
	_, err := hex.Decode(s[:], b)
	return err
}
