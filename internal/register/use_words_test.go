package register

import (
	"strings"
	"testing"
)

// A use of data is no message: the answer speaks of using. PECR reg 22 has a part in electronic marketing alone.
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
	for _, tt := range []struct {
		purpose, channel string
		use, pecr        bool
	}{
		{"wall", "email", true, false}, {"photos", "email", false, false},
		{"news", "email", false, true}, {"news", "sms", false, true}, {"news", "post", false, false}, {"news", "phone", false, false},
	} {
		a := ask(t, tt.purpose, tt.channel, ymd(2026, 3, 1)).Answer(&p)
		last := a.Because[len(a.Because)-1]
		if a.Use != tt.use || strings.Contains(last.Rule, "PECR") != tt.pecr || last.Rule == "" {
			t.Errorf("%s by %s: use %v, the law is %q", tt.purpose, tt.channel, a.Use, last.Rule)
		}
	}
}
