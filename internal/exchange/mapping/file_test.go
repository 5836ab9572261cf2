package mapping

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestParse(t *testing.T) {
	text := "\ufeff# our form\r\n\"First name\" = \"forename\" # yes\r\n\n'E-mail \"work\"' = 'email'\nPlace = \"\"\n\"a\\nb\"=\"x\""
	got, err := Parse("map.toml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	want := Mapping{Pairs: []Pair{{"First name", "forename", 1}, {`E-mail "work"`, "email", 1}, {"a\nb", "x", 1}}, Unmapped: []string{"Place"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestParseRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"x":                              `m.toml, line 1: expected "Column name" = "field"`,
		"\n\"a\" = b":                    `m.toml, line 2: expected "Column name" = "field"`,
		"a = 1":                          `m.toml, line 1: expected "Column name" = "field", both in quotation marks`,
		"a.b = \"c\"":                    `m.toml, line 1: expected "Column name" = "field", both in quotation marks`,
		"[fields]":                       `m.toml, line 1: expected "Column name" = "field", both in quotation marks`,
		"\"\" = \"c\"":                   `m.toml, line 1: expected "Column name" = "field", both in quotation marks`,
		"a = \"x\"\nb = \"y\"\na = \"\"": `m.toml, line 3: the column "a" is named a second time`,
		"a = \"x\"\nb = \"x\"":           `m.toml, line 2: the field "x" is taken by the column "a"`,
	} {
		_, err := Parse("m.toml", []byte(text))
		var refused *FileError
		if !errors.As(err, &refused) || err.Error() != want {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
	if _, err := Parse("m.toml", make([]byte, maxFile+1)); err == nil {
		t.Error("a mapping file of a megabyte was taken")
	}
}

func TestFormatIsParsed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		names := rapid.SliceOfDistinct(rapid.StringMatching(`[a-zé"\\'=#\n\r\t\x00\x7f .]{0,5}x`), rapid.ID[string]).Draw(t, "names")
		var m Mapping
		for i, n := range names {
			if i%3 == 2 {
				m.Unmapped = append(m.Unmapped, n)
			} else {
				m.Pairs = append(m.Pairs, Pair{n, "f" + n, 1})
			}
		}
		for i := range m.Pairs {
			m.Pairs[i].Field = string(rune('a'+i%26)) + string(rune('a'+i/26%26))
		}
		got, err := Parse("m.toml", m.Format())
		if err != nil {
			t.Fatalf("%v in\n%s", err, m.Format())
		}
		if diff := cmp.Diff(m, got); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestFor(t *testing.T) {
	columns := []string{"E-Mail", "First  Name", "Note", "a b", "A-B"}
	m := Mapping{Pairs: []Pair{{"first_name", "forename", 1}, {"E-Mail", "email", 1}}}
	got, err := m.For("m.toml", columns, targets)
	want := Mapping{Pairs: []Pair{{"E-Mail", "email", 1}, {"First  Name", "forename", 1}}, Unmapped: []string{"Note", "a b", "A-B"}}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Error(diff, err)
	}
	for want, pairs := range map[string][]Pair{
		`m.toml: there is no field "nickname"`:                                   {{"Note", "nickname", 1}},
		`m.toml: the table has no column "Town"`:                                 {{"Town", "email", 1}},
		`m.toml: two columns of the table could be "ab"; write its name exactly`: {{"ab", "email", 1}},
		`m.toml: the column "first_name" is named a second time`:                 {{"First  Name", "email", 1}, {"first_name", "forename", 1}},
	} {
		if _, err := (Mapping{Pairs: pairs}).For("m.toml", columns, targets); err == nil || err.Error() != want {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte("\"First name\" = \"forename\"\n# x\n'a' = ''\n"))
	f.Add([]byte("a.b = {c = 1}\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := Parse("m.toml", data)
		if err != nil {
			return
		}
		if again, err := Parse("m.toml", m.Format()); err != nil || len(again.Pairs) != len(m.Pairs) {
			t.Fatalf("%q is not read back: %v", m.Format(), err)
		}
	})
}
