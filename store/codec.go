package store

import (
	"fmt"

	"github.com/fxamacker/cbor/v2"
)

// codec encodes values as deterministic CBOR (RFC 8949, section 4.2) with text keys, and decodes them. Instants are RFC
// 3339 texts in UTC.
type codec struct {
	enc cbor.EncMode
	dec cbor.DecMode
}

// records is the codec of everything the store seals.
var records = newCodec()

func newCodec() codec {
	enc := cbor.CoreDetEncOptions()
	enc.Time = cbor.TimeRFC3339NanoUTC
	e, err := enc.EncMode()
	if err != nil {
		panic("store: " + err.Error()) // options fixed above
	}
	d, err := cbor.DecOptions{
		DupMapKey: cbor.DupMapKeyEnforcedAPF, MaxArrayElements: 1 << 20,
		UTF8: cbor.UTF8DecodeInvalid, // text is kept as it was given, and must always come back
	}.DecMode()
	if err != nil {
		panic("store: " + err.Error())
	}
	return codec{e, d}
}

func (c codec) encode(v any) ([]byte, error) {
	b, err := c.enc.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("encoding a record: %w", err)
	}
	return b, nil
}

func (c codec) decode(b []byte, into any) error {
	if err := c.dec.Unmarshal(b, into); err != nil {
		return fmt.Errorf("decoding a record: %w", err)
	}
	return nil
}
