package consentfile

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
)

// member is one member of an object about to be written. Members keep their
// order, so that equal events make equal files.
type member struct {
	name  string
	value any
}

// object is written as a JSON object. Members without a value are left out.
type object []member

// MarshalJSON writes the members in order.
func (o object) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	first := true
	for _, m := range o {
		if void(m.value) {
			continue
		}
		if !first {
			b.WriteByte(',')
		}
		first = false
		name, err := encode(m.name)
		if err != nil {
			return nil, err
		}
		value, err := encode(m.value)
		if err != nil {
			return nil, err
		}
		b.Write(name)
		b.WriteByte(':')
		b.Write(value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// void reports whether there is nothing to write. An empty list that a standard
// demands is a []string{}, which is not nil.
func void(v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case string:
		return v == ""
	case object:
		return len(v) == 0
	case []any:
		return len(v) == 0
	}
	return false
}

// encode is json.Marshal without the escapes meant for web pages.
func encode(v any) ([]byte, error) {
	if o, ok := v.(object); ok {
		return o.MarshalJSON()
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, fmt.Errorf("json: %w", err)
	}
	return bytes.TrimRight(b.Bytes(), "\n"), nil
}

// array writes values one per line between an opening and a closing.
type array struct {
	w           *bufio.Writer
	open, close string
	n           int
}

func newArray(w io.Writer, open, end string) *array {
	return &array{w: bufio.NewWriter(w), open: open, close: end}
}

func (a *array) add(v any) error {
	p, err := encode(v)
	if err != nil {
		return err
	}
	lead := ",\n"
	if a.n == 0 {
		lead = a.open + "\n"
	}
	a.n++
	return a.put(lead, string(p))
}

func (a *array) end() error {
	lead := "\n"
	if a.n == 0 {
		lead = a.open + "\n"
	}
	if err := a.put(lead, a.close, "\n"); err != nil {
		return err
	}
	if err := a.w.Flush(); err != nil {
		return fmt.Errorf("json: %w", err)
	}
	return nil
}

func (a *array) put(parts ...string) error {
	for _, s := range parts {
		if _, err := a.w.WriteString(s); err != nil {
			return fmt.Errorf("json: %w", err)
		}
	}
	return nil
}
