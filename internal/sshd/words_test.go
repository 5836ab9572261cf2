package sshd

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestACommandLineIsSplitAsAShellDoes(t *testing.T) {
	for line, want := range map[string][]string{
		"":                              nil,
		"  \t ":                         nil,
		"request list --json":           {"request", "list", "--json"},
		`add --name 'Ada "A" O\Neil' x`: {"add", "--name", `Ada "A" O\Neil`, "x"},
		`a "b 'c' \"d\" \e" f`:          {"a", `b 'c' "d" \e`, "f"},
		`a\ b ''  "" c\\`:               {"a b", "", "", `c\`},
		`--name=Ada' 'B"C"`:             {"--name=Ada BC"},
		"a\nb # c $HOME `d` ; e | f":    {"a", "b", "#", "c", "$HOME", "`d`", ";", "e", "|", "f"},
		"a\\\nb":                        {"ab"},
	} {
		got, err := words(line)
		if err != nil || !cmp.Equal(got, want) {
			t.Errorf("%q: %q, %v", line, got, err)
		}
	}
	for _, line := range []string{`'a`, `a "b`, `a\`, `"a\"`} {
		if got, err := words(line); err == nil {
			t.Errorf("%q: %q", line, got)
		}
	}
}

func FuzzWords(f *testing.F) {
	f.Add("request note AR-2026-0001 'it\\'s \"late\"'")
	f.Add("a\\ b\xff")
	f.Fuzz(func(t *testing.T, line string) {
		got, err := words(line)
		if err != nil {
			return
		}
		var again []string
		for _, w := range got {
			again = append(again, "'"+strings.ReplaceAll(w, "'", `'\''`)+"'")
		}
		if read, err := words(strings.Join(again, " ")); err != nil || !cmp.Equal(read, got) {
			t.Fatalf("%q reads %q, and quoted %q, %v", line, got, read, err)
		}
	})
}
