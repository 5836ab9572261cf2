package guide

import (
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
)

func TestAPageOfTheManual(t *testing.T) {
	p := Page{Name: "one", Title: "A job", Text: "# A job\n\n.first `x` and [two](two)\n\n- an entry\n\n    a\\b --c\n\n## More\n\nEnd.\n"}
	want := `.TH "CUSTOS-ONE" "7" "2026-01-01" "Custos 1" "Custos manual"
.SH NAME
custos\-one \- A job
.SH DESCRIPTION
.PP
\&.first \fBx\fR and two (\fBcustos\-two\fR(7))
.IP * 4
an entry
.PP
.nf
    a\eb \-\-c
.fi
.SH MORE
.PP
End.
`
	if diff := cmp.Diff(want, Manual(p, "2026-01-01", "Custos 1")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestEveryPageHasAManualPage(t *testing.T) {
	for _, p := range Pages() {
		out := Manual(p, "2026-01-01", "Custos")
		if strings.Count(out, ".nf") != strings.Count(out, ".fi") || !strings.Contains(out, ".SH DESCRIPTION") {
			t.Errorf("the manual page of %s is not closed:\n%s", p.Name, out)
		}
		if i := strings.IndexFunc(out, func(r rune) bool { return r > unicode.MaxASCII }); i >= 0 {
			t.Errorf("the manual page of %s is not in ASCII: %.40q", p.Name, out[i:])
		}
	}
}
