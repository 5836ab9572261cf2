package profile

import (
	"encoding"
	"fmt"
	"reflect"
	"strings"
	"unicode/utf8"

	"custos/internal/register"
)

// Marshal writes a profile as a file of the form Parse reads, so that one a
// store has adopted can be changed and adopted again: Parse gives back what was
// written. What is empty is left out; long texts are broken at words. It
// returns an Invalid error for a text that is not UTF-8.
func Marshal(p register.Profile) ([]byte, error) {
	unnameRegulator(&p)
	m := &marshaller{}
	m.table("", reflect.ValueOf(p))
	if m.spoilt != "" {
		return nil, register.Errorf(register.Invalid, m.spoilt, "this text is not UTF-8, so it cannot be written to a file")
	}
	return []byte(strings.TrimLeft(m.String(), "\n")), nil
}

// unnameRegulator puts the mark back for the regulator's name, so that it
// stands in the file once. It leaves the profile it was copied from alone.
func unnameRegulator(p *register.Profile) {
	if p.Regulator == "" {
		return
	}
	p.Rights = append([]register.RightOffer(nil), p.Rights...)
	p.Contacts = append([]register.ContactPoint(nil), p.Contacts...)
	inSentences(p, func(s string) string { return strings.ReplaceAll(s, p.Regulator, regulatorMark) })
}

// marshaller writes tables in the order of the profile's own fields, under
// their keys: first the values of a table, then the tables in it.
type marshaller struct {
	strings.Builder
	spoilt string // the key of a text that cannot be written
}

func (m *marshaller) table(name string, v reflect.Value) {
	t := v.Type()
	var tables []int
	for i := range t.NumField() {
		if f := v.Field(i); isTables(f.Type()) {
			tables = append(tables, i)
		} else if !f.IsZero() {
			m.value(t.Field(i).Tag.Get("toml"), f)
		}
	}
	for _, i := range tables {
		path := join(name, t.Field(i).Tag.Get("toml"))
		for j := range v.Field(i).Len() {
			fmt.Fprintf(m, "\n[[%s]]\n", path)
			m.table(path, v.Field(i).Index(j))
		}
	}
}

func isTables(t reflect.Type) bool {
	return t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Struct
}

func (m *marshaller) value(key string, v reflect.Value) {
	text := ""
	switch v.Kind() {
	case reflect.String:
		text = m.text(key, v.String())
	case reflect.Slice:
		all := make([]string, v.Len())
		for i := range all {
			all[i] = m.line(key, v.Index(i).String())
		}
		text = "[" + strings.Join(all, ", ") + "]"
	case reflect.Bool, reflect.Int:
		text = fmt.Sprint(v.Interface())
	default:
		if day, ok := v.Interface().(encoding.TextMarshaler); ok {
			b, err := day.MarshalText()
			if err != nil {
				m.spoilt = key
			}
			text = m.line(key, string(b))
		}
	}
	fmt.Fprintf(m, "%s = %s\n", key, text)
}

// text writes a sentence on one line, and a longer one on several.
func (m *marshaller) text(key, s string) string {
	const long = 200
	if !strings.Contains(s, "\n") && len(s) < long {
		return m.line(key, s)
	}
	lines := strings.Split(s, "\n")
	for i := range lines {
		lines[i] = fold(m.escaped(key, lines[i]))
	}
	return "\"\"\"\n" + strings.Join(lines, "\n") + "\"\"\""
}

func (m *marshaller) line(key, s string) string { return `"` + m.escaped(key, s) + `"` }

// escaped writes what a TOML text may not hold as it is.
func (m *marshaller) escaped(key, s string) string {
	if !utf8.ValidString(s) {
		m.spoilt = key
	}
	var b strings.Builder
	for _, c := range s {
		switch {
		case c == '"' || c == '\\':
			b.WriteByte('\\')
			b.WriteRune(c)
		case c < ' ' || c == 0x7f:
			fmt.Fprintf(&b, `\u%04X`, c)
		default:
			b.WriteRune(c)
		}
	}
	return b.String()
}

// fold breaks an escaped line at single spaces between words: a backslash at
// the end of a line takes all white space after it away.
func fold(s string) string {
	const width = 138
	var b strings.Builder
	used := 0
	for i, word := range strings.Split(s, " ") {
		n := utf8.RuneCountInString(word)
		switch {
		case i == 0:
		case used+n >= width && word != "" && used > 0:
			b.WriteString(" \\\n")
			used = 0
		default:
			b.WriteByte(' ')
			used++
		}
		b.WriteString(word)
		used += n
	}
	return b.String()
}
