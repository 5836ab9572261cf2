package exchange_test

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"custos/internal/calendar"
	"custos/internal/exchange"
	"custos/internal/exchange/consentfile"
	"custos/internal/exchange/contacts"
	"custos/internal/exchange/handover"
	"custos/internal/exchange/mapping"
	"custos/internal/exchange/rightsfile"
	"custos/internal/exchange/sealed"
)

const fileName = "from-outside"

// doors are all through which a file comes into the exchange, and those of the calendar.
var doors = map[string]func(data []byte) error{
	"table": func(data []byte) error {
		_, err := exchange.Read(fileName, data)
		return err
	},
	"contacts": func(data []byte) error {
		t, err := exchange.Read(fileName, data)
		if err == nil {
			_, err = contacts.Read(contacts.Source{File: fileName, Table: t})
		}
		return err
	},
	"mapping": func(data []byte) error {
		_, err := mapping.Parse(fileName, data)
		return err
	},
	"requests": func(data []byte) error {
		_, problems, err := rightsfile.Read(fileName, data)
		if err == nil && len(problems) > 0 {
			err = fmt.Errorf("%d: %s: %s", problems[0].Line, problems[0].Field, problems[0].Reason)
		}
		return err
	},
	"case": func(data []byte) error {
		_, err := handover.ReadCase(data, sealed.Key{Password: []byte("seven quiet herons")})
		return err
	},
	"sealed": func(data []byte) error {
		r, err := sealed.Open(bytes.NewReader(data), sealed.Key{Password: []byte("seven quiet herons")})
		if err == nil {
			_, err = io.Copy(io.Discard, r)
		}
		return err
	},
	"terms": func(data []byte) error {
		_, err := calendar.ReadTerms(bytes.NewReader(data), fileName)
		return err
	},
	"holidays": func(data []byte) error {
		_, err := calendar.Builtin().WithOverride(bytes.NewReader(data), fileName)
		return err
	},
	"consents as csv":       consents(consentfile.CSV),
	"consents as json":      consents(consentfile.JSON),
	"consents as iso27560":  consents(consentfile.ISO27560),
	"consents as receipts":  consents(consentfile.Receipt),
	"consents as a receipt": consents(consentfile.Kantara),
}

func consents(f consentfile.Format) func([]byte) error {
	return func(data []byte) error {
		var first error
		err := consentfile.Read(f, bytes.NewReader(data), func(e consentfile.Entry) {
			if first == nil && e.Problem != nil {
				first = fmt.Errorf("%d: %s", e.Place, e.Problem.Reason)
			}
		})
		if err == nil {
			err = first
		}
		return err
	}
}

// hostile are files that are made to harm whoever reads them.
func hostile() map[string]string {
	const n = 1 << 20
	return map[string]string{
		"nothing":           "",
		"NULs":              strings.Repeat("\x00", n),
		"not UTF-8":         "name,email\n\xff\xfe\xfd,\xc3\x28\n",
		"half a mark":       "\xff\xfe\x00",
		"an endless line":   strings.Repeat("a", 2*n),
		"an endless cell":   "name,email\n\"" + strings.Repeat("a", 2*n),
		"an endless row":    "name,email\n" + strings.Repeat("a,", n) + "\n",
		"endless headings":  strings.Repeat("a,", n) + "\n1\n",
		"quotation marks":   strings.Repeat("\"", n+1),
		"lists in lists":    strings.Repeat("[", n),
		"objects":           strings.Repeat(`{"a":`, n/4) + "1" + strings.Repeat("}", n/4),
		"a list of lists":   "[" + strings.Repeat(`[`, n/2) + strings.Repeat(`]`, n/2) + "]",
		"an endless text":   `[{"a":"` + strings.Repeat("a", 2*n),
		"an endless number": `[{"a":` + strings.Repeat("9", 2*n) + `}]`,
		"billion laughs": `<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;"><!ENTITY c "&b;&b;">]>` +
			`<l>&c;</l>`,
		"half a zip":          "PK\x03\x04" + strings.Repeat("\x00", 100),
		"arrays of TOML":      "a = " + strings.Repeat("[", n/2) + strings.Repeat("]", n/2-8),
		"escapes":             "\x1b]0;owned\a\x1b[2J\x1b[31mname,email\n\x1b[0m\n",
		"half a sealed file":  "age-encryption.org/v1\n-> scrypt AAAA 63\n",
		"an endless header":   "age-encryption.org/v1\n" + strings.Repeat("-> X25519 AAAA\n", n/8),
		"endless armour":      "-----BEGIN AGE ENCRYPTED FILE-----\n" + strings.Repeat("A", 2*n),
		"a name that travels": "../../../etc/passwd\n",
	}
}

// Whatever comes in at any door ends in one sentence, or in a table; it repeats nothing of the file at length and hands
// no escapes on.
func TestHostileFilesAtEveryDoor(t *testing.T) {
	files := hostile()
	for door, read := range doors {
		for name, text := range files {
			err := read([]byte(text))
			if err == nil {
				isTable := door == "table" || door == "contacts" // what is amiss is said row by row
				if !isTable && name != "nothing" {
					t.Errorf("%s: %s was taken in", door, name)
				}
				continue
			}
			said := err.Error()
			if said == "" || len(said) > 500 || !utf8.ValidString(said) || strings.ContainsFunc(said, unicode.IsControl) {
				t.Errorf("%s: %s: %d bytes: %.200q", door, name, len(said), said)
			}
		}
	}
}

// endless is a file without an end: it begins as it is told to, goes on with the same, and counts what is read of it.
type endless struct {
	start, again string
	read         int
}

func (e *endless) Read(p []byte) (int, error) {
	n := copy(p, e.start)
	e.start = e.start[n:]
	for n < len(p) {
		n += copy(p[n:], e.again)
	}
	e.read += n
	return n, nil
}

// What has no end is given up after a bound, at every door that reads as it goes.
func TestFilesWithoutAnEnd(t *testing.T) {
	const most = 4 << 20
	key := sealed.Key{Password: []byte("seven quiet herons")}
	into := func(f consentfile.Format) func(io.Reader) error {
		return func(r io.Reader) error { return consentfile.Read(f, r, func(consentfile.Entry) {}) }
	}
	for name, c := range map[string]struct {
		start, again string
		read         func(io.Reader) error
	}{
		"a row of consents":     {"", "a", into(consentfile.CSV)},
		"a cell of consents":    {"delegate,purpose,state,at\n\"", "a", into(consentfile.CSV)},
		"a record of consents":  {`[{"a":"`, "a", into(consentfile.JSON)},
		"space before consents": {"", " ", into(consentfile.JSON)},
		"a list in a record":    {`[{"a":[`, "1,", into(consentfile.Kantara)},
		"terms": {"", "2026-01-01,2026-02-01\n", func(r io.Reader) error {
			_, err := calendar.ReadTerms(r, fileName)
			return err
		}},
		"holidays": {"", "# \n", func(r io.Reader) error {
			_, err := calendar.Builtin().WithOverride(r, fileName)
			return err
		}},
		"a sealed file": {"age-encryption.org/v1\n", "-> X25519 AAAA\n", func(r io.Reader) error {
			_, err := sealed.Open(r, key)
			return err
		}},
		"armour": {"-----BEGIN AGE ENCRYPTED FILE-----\n", strings.Repeat("A", 64) + "\n", func(r io.Reader) error {
			_, err := sealed.Open(r, key)
			return err
		}},
	} {
		in := &endless{start: c.start, again: c.again}
		if err := c.read(in); err == nil || len(err.Error()) > 500 {
			t.Errorf("%s: %.300v", name, err)
		}
		if in.read > most {
			t.Errorf("%s: %d bytes were read before it was given up", name, in.read)
		}
	}
}
