// Package handover writes a case for a data protection officer elsewhere as a
// sealed file, and their advice as another, and reads both. It knows the form
// of the files. It never decides, opens no file, and writes nothing unsealed.
package handover

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"

	"custos/internal/exchange/sealed"
	"custos/internal/register"
)

// largest is the most bytes of either file once it is opened: a case is words.
const largest = 64 << 20

// WriteCase writes a case that is handed over. Errors: Invalid for a key that is
// none, those of w.
func WriteCase(w io.Writer, h register.HandOver, to sealed.Key) error {
	h.Format = register.HandOverFormat
	return write(w, h, to)
}

// ReadCase reads one. Errors: Denied for a wrong password or key, Invalid for
// another file or a damaged one.
func ReadCase(data []byte, with sealed.Key) (register.HandOver, error) {
	var h register.HandOver
	err := read(data, with, &h)
	if err == nil && h.Format != register.HandOverFormat {
		err = another(h.Format, "a case that was handed over")
	}
	return h, err
}

// WriteAdvice writes what is sent back. Errors as WriteCase.
func WriteAdvice(w io.Writer, a register.Advice, to sealed.Key) error {
	a.Format = register.AdviceFormat
	return write(w, a, to)
}

// ReadAdvice reads it. Errors as ReadCase.
func ReadAdvice(data []byte, with sealed.Key) (register.Advice, error) {
	var a register.Advice
	err := read(data, with, &a)
	if err == nil && a.Format != register.AdviceFormat {
		err = another(a.Format, "advice on a case")
	}
	return a, err
}

func write(w io.Writer, v any, to sealed.Key) error {
	if len(to.Password) == 0 && len(to.Recipients) == 0 {
		return register.Errorf(register.Invalid, "password", "a case leaves the office sealed: give a password, or a key of"+
			" whoever is to read it")
	}
	out, err := sealed.Seal(w, to)
	if err != nil {
		return err
	}
	if err := json.NewEncoder(out).Encode(v); err != nil {
		return err
	}
	return out.Close()
}

// read opens a file and reads the one value in it.
func read(data []byte, with sealed.Key, v any) error {
	in, err := sealed.Open(bytes.NewReader(data), with)
	if err != nil {
		return err
	}
	text, err := io.ReadAll(io.LimitReader(in, largest+1))
	switch {
	case err != nil:
		return err
	case len(text) > largest:
		return register.Errorf(register.Invalid, "", "the file is larger than any case")
	}
	return decode(text, v)
}

// decode reads JSON, and says where it is wrong without quoting it.
func decode(text []byte, v any) error {
	err := json.Unmarshal(text, v)
	var kind *json.UnmarshalTypeError
	var known *register.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &kind):
		return register.Errorf(register.Invalid, kind.Field, "this is not what stands there in such a file")
	case errors.As(err, &known):
		return err
	}
	return register.Errorf(register.Invalid, "", "the file is sealed well, but holds something else")
}

// another refuses a file of the right sort for something else.
func another(format, wanted string) error {
	is := map[string]string{
		register.HandOverFormat: "a case that was handed over", register.AdviceFormat: "advice on a case",
	}[format]
	if is == "" {
		is = "something this version does not know"
	}
	return register.Errorf(register.Invalid, "", "the file is %s, not %s", is, wanted)
}
