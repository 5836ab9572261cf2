package calendar

import "errors"

var errDateCBOR = errors.New("a date is stored as a text of the form YYYY-MM-DD")

const (
	cborEmptyText = 0x60                     // a text string of no bytes
	cborDateText  = 0x60 + len("2006-01-02") // a text string of ten bytes
	cborDateSize  = 1 + len("2006-01-02")    // its head and its bytes
)

// MarshalText gives YYYY-MM-DD, and an empty text for the zero Date.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText gives. Errors: ErrDateForm, ErrNoSuchDay.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	got, err := ParseDate(string(text))
	if err != nil {
		return err
	}
	*d = got
	return nil
}

// MarshalCBOR gives the text of MarshalText as a CBOR text string (RFC 8949). It is
// here because a CBOR encoder that does not look for MarshalText would see a struct
// without fields and lose the date in silence.
func (d Date) MarshalCBOR() ([]byte, error) {
	if d.IsZero() {
		return []byte{cborEmptyText}, nil
	}
	return append([]byte{byte(cborDateText)}, d.String()...), nil
}

// UnmarshalCBOR reads what MarshalCBOR gives and nothing else.
func (d *Date) UnmarshalCBOR(data []byte) error {
	switch {
	case len(data) == 1 && data[0] == cborEmptyText:
		return d.UnmarshalText(nil)
	case len(data) == cborDateSize && data[0] == byte(cborDateText):
		return d.UnmarshalText(data[1:])
	default:
		return errDateCBOR
	}
}
