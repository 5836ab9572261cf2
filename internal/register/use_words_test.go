package register

import (
	"strings"
	"testing"
)

// A use of data is no message: the answer speaks of using, and PECR has no part in it.
func TestAUseIsNotSpokenOfAsContact(t *testing.T) {
	for _, want := range []struct {
		use, may bool
		words    string
	}{
		{false, true, "may be contacted"}, {false, false, "may not be contacted"},
		{true, true, "may be used"}, {true, false, "may not be used"},
	} {
		if got := MayWords(want.use, want.may); got != want.words {
			t.Errorf("use %v, may %v: %q", want.use, want.may, got)
		}
	}
	p := person("learner")
	for purpose, use := range map[string]bool{"wall": true, "photos": false} {
		a := ask(t, purpose, "email", ymd(2026, 3, 1)).Answer(&p)
		last := a.Because[len(a.Because)-1]
		if a.Use != use || strings.Contains(last.Rule, "PECR") == use || last.Rule == "" {
			t.Errorf("%s: use %v, the law is %q", purpose, a.Use, last.Rule)
		}
	}
}
