package letter_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"custos/internal/letter"
)

// values returns every text and number of a JSON value with its path.
func values(v any, path string, out map[string]string) {
	switch v := v.(type) {
	case map[string]any:
		for k, x := range v {
			values(x, path+"."+k, out)
		}
	case []any:
		for i, x := range v {
			values(x, fmt.Sprintf("%s[%d]", path, i), out)
		}
	case string:
		out[path] = v
	case float64:
		out[path] = fmt.Sprint(v)
	}
}

func asJSON(t *testing.T, r letter.Reply) map[string]string {
	t.Helper()
	return asJSONOf(t, r)
}

func asJSONOf(t interface{ Fatal(...any) }, r letter.Reply) map[string]string {
	data, err := json.Marshal(letter.Data(r))
	if err != nil {
		t.Fatal(err)
	}
	var v any
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	values(v, "", out)
	return out
}

// onPage returns all a page says: its text, the machine form of its dates and
// the ids of its chapters.
func onPage(t *testing.T, page string) string {
	t.Helper()
	all := nodes(t, page)
	var b strings.Builder
	b.WriteString(text(all["body"][0]))
	for _, n := range all["time"] {
		b.WriteString("\n" + attr(n, "datetime"))
	}
	for _, n := range all["h2"] {
		b.WriteString("\n" + attr(n, "id"))
	}
	return b.String()
}

// inTables returns all each table says, by the part of the data it stands for.
func inTables(r letter.Reply) map[string]string {
	tables := map[string]string{}
	for _, s := range letter.Sections(r) {
		for _, row := range s.Rows {
			tables[s.Name] += strings.Join(row, "\n") + "\n"
		}
	}
	tables["format"] = tables["audit"]
	return tables
}

// part returns the first name of a path such as ".held[0].title".
func part(path string) string {
	name, _, _ := strings.Cut(path[1:], ".")
	name, _, _ = strings.Cut(name, "[")
	return name
}

func TestPageDataAndTablesSayTheSame(t *testing.T) {
	r := sample()
	r.Access = []string{"reader", "manager"}
	page, tables := onPage(t, render(t, r)), inTables(r)
	held := asJSON(t, r)
	if len(held) < 80 {
		t.Errorf("only %d values", len(held))
	}
	for path, value := range held {
		if !strings.Contains(page, value) {
			t.Errorf("the page lacks %s = %q", path, value)
		}
		if !strings.Contains(tables[part(path)], value) {
			t.Errorf("its table lacks %s = %q", path, value)
		}
	}
}

func TestEveryTableCellIsOnThePage(t *testing.T) {
	r := sample()
	page := onPage(t, render(t, r))
	for _, s := range letter.Sections(r) {
		for _, row := range s.Rows {
			if len(row) != len(s.Header) || len(row) != len(s.Headings) {
				t.Errorf("%s: a row of %d cells under %d names", s.Name, len(row), len(s.Header))
			}
			for _, cell := range row {
				for _, part := range strings.Split(cell, "; ") {
					if !strings.Contains(page, part) && cell != "yes" && part != "We hold nothing here." {
						t.Errorf("%s: the page lacks %q", s.Name, part)
					}
				}
			}
		}
	}
}

func TestSectionsHaveNamesOfTheirOwn(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range letter.Sections(sample()) {
		if seen[s.File()] || s.Title == "" {
			t.Errorf("%s has no title or stands twice", s.Name)
		}
		seen[s.File()] = true
	}
	if !seen["tables/held.csv"] {
		t.Errorf("got %v", seen)
	}
}

func TestDataKeepsValuesAsTheyAre(t *testing.T) {
	r := sample()
	r.Holdings[0].Entries[0].Lines[0].Value = "\u202eexe.txt"
	d := letter.Data(r)
	if got := d.Held[0].Records[0].Lines[0].Value; got != "\u202eexe.txt" {
		t.Errorf("the data holds %q", got)
	}
}

func TestDataIsNeverNull(t *testing.T) {
	data, err := json.Marshal(letter.Data(letter.Reply{}))
	if err != nil || strings.Contains(string(data), "null") {
		t.Errorf("%s, %v", data, err)
	}
}

func TestEveryAccessLevelGivesItsBasis(t *testing.T) {
	for _, tt := range []struct {
		access []string
		want   string
	}{
		{nil, "Public task"},
		{[]string{"reader"}, "Consent"},
		{[]string{"reader", "manager"}, "Consent, Public task"},
		{[]string{"manager", "manager"}, "Public task"},
	} {
		r := sample()
		r.Access = tt.access
		var got []string
		for _, b := range letter.Data(r).Purposes[0].Bases {
			got = append(got, b.Title)
		}
		if strings.Join(got, ", ") != tt.want {
			t.Errorf("%v: %v, want %s", tt.access, got, tt.want)
		}
	}
}
