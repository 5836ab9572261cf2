package register_test

import (
	"strings"
	"testing"

	"custos/internal/register"
)

func TestEveryLetterIsExplained(t *testing.T) {
	seen := map[register.LetterKind]bool{}
	for _, k := range register.LetterKinds() {
		if seen[k] {
			t.Errorf("%s stands twice in the table", k)
		}
		seen[k] = true
		if k.Title() == "" {
			t.Errorf("%s has no title", k)
		}
		if got, err := register.ParseLetterKind(string(k)); err != nil || got != k {
			t.Errorf("ParseLetterKind(%q) = %q, %v", k, got, err)
		}
		names := map[string]bool{}
		for _, f := range register.LetterFields(k) {
			if names[f.Name] || f.About == "" || strings.Trim(f.Name, "abcdefghijklmnopqrstuvwxyz_") != "" {
				t.Errorf("%s: the field %+v is there twice, unexplained or oddly named", k, f)
			}
			names[f.Name] = true
		}
	}
	if len(seen) != 24 {
		t.Errorf("%d kinds, want 24", len(seen))
	}
}

// A letter that says no tells the reasons and every remedy: UK GDPR Art 12(4),
// DPA 2018 ss.164A, 167.
func TestLettersThatSayNoNeedTheRemedies(t *testing.T) {
	for _, k := range []register.LetterKind{register.LetterRefusal, register.LetterPartial} {
		needed := map[string]bool{}
		for _, f := range register.LetterFields(k) {
			needed[f.Name] = f.Needed
		}
		for _, name := range []string{"reasons", "complaint", "regulator", "court"} {
			if !needed[name] {
				t.Errorf("a letter of the kind %s may go without {%s}", k, name)
			}
		}
	}
}

func TestNeededFieldsExist(t *testing.T) {
	count := map[register.LetterKind]int{}
	for _, k := range register.LetterKinds() {
		for _, f := range register.LetterFields(k) {
			if f.Needed {
				count[k]++
			}
		}
		if count[k] == 0 {
			t.Errorf("%s needs nothing", k)
		}
	}
	if count[register.LetterPartial] != 5 || count[register.LetterErased] != 3 {
		t.Errorf("partial needs %d fields and the certificate %d; want 5 and 3: a name is misspelt",
			count[register.LetterPartial], count[register.LetterErased])
	}
}

func TestLetterKindIsRefusedByName(t *testing.T) {
	_, err := register.ParseLetterKind("refusall")
	if register.KindOf(err) != register.Invalid || !strings.Contains(err.Error(), "refusal, partial") {
		t.Errorf("error %v, want Invalid with the names to choose from", err)
	}
	if got := len(register.LetterFields("refusall")); got == 0 {
		t.Error("no common fields for an unknown kind")
	}
}
