package xlsx

import (
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"

	"custos/internal/exchange/table"
)

// loadStrings reads the table of texts that cells refer to by number.
func (w *workbook) loadStrings(part string) error {
	r, err := w.stream(part, maxPart)
	if err != nil {
		return err
	}
	defer r.Close() //nolint:errcheck // nothing was written
	d, size := newTokens(r), 0
	for {
		tok, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return damaged(part, err)
		}
		start, ok := tok.(xml.StartElement)
		if !ok || start.Name.Local != "si" {
			continue
		}
		text, err := readText(d, "si")
		if err != nil {
			return damaged(part, err)
		}
		if size += len(text) + 16; size > table.MaxBytes {
			return errTooLarge
		}
		w.strings = append(w.strings, text)
	}
}

// readText joins the <t> runs up to the end of the element, without phonetic hints.
func readText(d *tokens, element string) (string, error) {
	var b strings.Builder
	inText, phonetic := false, 0
	for {
		tok, err := d.RawToken()
		if err != nil {
			return "", unexpectedEnd(err)
		}
		switch t := tok.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "t":
				inText = true
			case "rPh":
				phonetic++
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "t":
				inText = false
			case "rPh":
				phonetic--
			case element:
				return unescape(b.String()), nil
			}
		case xml.CharData:
			if inText && phonetic == 0 {
				b.Write(t)
			}
			if b.Len() > maxToken {
				return "", errTooLong
			}
		}
	}
}

func unexpectedEnd(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// unescape turns _x000D_ into the character it stands for: the way workbooks write what XML cannot hold.
func unescape(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		if c, ok := escapeAt(s[i:]); ok {
			b.WriteRune(c)
			i += 7
			continue
		}
		b.WriteByte(s[i])
		i++
	}
	return b.String()
}

// escapeAt reads _xHHHH_ at the start of s.
func escapeAt(s string) (rune, bool) {
	if len(s) < 7 || s[0] != '_' || s[1] != 'x' || s[6] != '_' {
		return 0, false
	}
	n, err := strconv.ParseUint(s[2:6], 16, 16)
	if err != nil {
		return 0, false
	}
	return rune(n), true
}
