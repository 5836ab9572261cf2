package table

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestClean(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"", ""},
		{"Ann", "Ann"},
		{"  Ann\t\r\n", "Ann"},
		{"\u00a0Islington\u00a0", "Islington"},
		{"Mary\u00a0Ann", "Mary Ann"},
		{"\ufeffURN\u200b", "URN"},
		{"two\r\nlines", "two\nlines"},
		{"be\x07ll\x1b[8m", "be\x07ll\x1b[8m"},
		{"a\u202eb", "a\u202eb"},
		{"'1967-12-06", "1967-12-06"},
		{"'0123", "0123"},
		{"'=1+1", "=1+1"},
		{"''=1+1", "'=1+1"},
		{"'t Hooft", "'t Hooft"},
		{"'", "'"},
		{"007", "007"},
		{"O\u2019Neil", "O\u2019Neil"},
	} {
		if got := Clean(tt.in); got != tt.want {
			t.Errorf("Clean(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestGuard(t *testing.T) {
	guarded := []string{"=1+1", "+44 7700 900123", "-5", "-", "@SUM(1)", "\tx", "\rx", "\nx", "＝1", "＋1", "－1", "＠x", "  =1",
		"\u00a0=1", `"=1`, "'=1", "'5", "\x00=1"}
	for _, v := range guarded {
		if got := Guard(v); got != "'"+v {
			t.Errorf("Guard(%q) = %q, want an apostrophe before it", v, got)
		}
	}
	for _, v := range []string{"", "Ann", "1=1", "a+b", "a@b.example", "12-06-1967", "'t Hooft", "'", "5"} {
		if got := Guard(v); got != v {
			t.Errorf("Guard(%q) = %q, want it as it is", v, got)
		}
	}
}

func TestGuardLosesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.OneOf(rapid.String(), rapid.StringMatching(`['"= \t\r5a+-]{0,6}`)).Draw(t, "value")
		g := Guard(v)
		if got := Unguard(g); got != v {
			t.Fatalf("Unguard(Guard(%q)) = %q", v, got)
		}
		if dangerous(g) && !strings.HasPrefix(g, "'") {
			t.Fatalf("Guard(%q) = %q still runs", v, g)
		}
	})
}

func TestCleanQuickAnswer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringMatching(`[ -~\x00-\x1f\x7f']{0,8}`).Draw(t, "s")
		slow := trim(scrub(s))
		if protected(slow) {
			slow = trim(slow[1:])
		}
		if got := Clean(s); got != slow {
			t.Fatalf("Clean(%q) = %q, the long way gives %q", s, got, slow)
		}
	})
}
