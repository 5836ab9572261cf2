package profile_test

import (
	"strings"
	"testing"

	"custos/internal/profile"
)

// A profile may come from anywhere: what is built to exhaust the reader ends in
// problems like anything else that is wrong.
func TestHostileProfiles(t *testing.T) {
	const n = 100_000
	for name, c := range map[string]struct{ text, field, reason string }{
		"too large":        {strings.Repeat("# remark\n", 40_000), "file", "it is larger than 256 kB, which no profile is"},
		"two gigabytes":    {strings.Repeat(" ", 256<<10+1), "file", "it is larger than 256 kB, which no profile is"},
		"arrays in arrays": {"a = " + strings.Repeat("[", n) + strings.Repeat("]", n), "", "nest"},
		"tables in tables": {"a = " + strings.Repeat("{a=", n/2) + "1" + strings.Repeat("}", n/2), "", "nest"},
		"a long key":       {strings.Repeat("a.", n) + "a = 1\n", "", "a profile has no such key"},
		"a long heading":   {"[" + strings.Repeat("a.", n) + "a]\n", "", "a profile has no such key"},
		"an endless line":  {"title = \"" + strings.Repeat("x", 2*n), "", ""},
		"NULs":             {"title = \"a\x00b\"\n", "", ""},
		"not UTF-8":        {"title = \"a\xff\"\n", "", ""},
		"no TOML":          {"PK\x03\x04\x00\x00", "", ""},
		"nothing":          {"", "", ""},
	} {
		problems := profile.Check([]byte(c.text))
		found := false
		for _, p := range problems {
			if p.Field == "" || p.Reason == "" || len(p.Reason) > 400 {
				t.Errorf("%s: a problem of %d bytes in field %.40q", name, len(p.Reason), p.Field)
			}
			found = found || (c.field == "" || p.Field == c.field) && strings.Contains(p.Reason, c.reason)
		}
		if !found {
			t.Errorf("%s: none of %d problems says %q; the first: %+.200v", name, len(problems), c.reason, problems[:min(1, len(problems))])
		}
		if _, err := profile.Parse([]byte(c.text), "mine.toml"); err == nil || !strings.HasPrefix(err.Error(), "mine.toml") {
			t.Errorf("%s: Parse says %.200v", name, err)
		}
	}
}

// Every element of an array is found on its own line, however many there are.
func TestManyTablesKeepTheirLines(t *testing.T) {
	for _, n := range []int{1, 2, 3, 4, 5, 7, 8, 9, 100} {
		text := strings.Repeat("[[purpose]]\nid = 3\n", n)
		lines := map[int]bool{}
		for _, p := range profile.Check([]byte(text)) {
			if p.Field == "purpose.id" || strings.HasPrefix(p.Field, "purpose[") && strings.HasSuffix(p.Field, ".title") {
				lines[p.Line] = true
			}
		}
		if len(lines) < n && n < 20 {
			t.Errorf("%d purposes are wrong on %d lines", n, len(lines))
		}
	}
}
