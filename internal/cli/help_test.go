package cli

import (
	"bytes"
	"strings"
	"testing"

	"custos/internal/guide"
)

// helped runs a command and returns what it wrote and the exit code.
func helped(t *testing.T, width int, args ...string) (string, int) {
	t.Helper()
	var out bytes.Buffer
	code := Run(t.Context(), Env{
		Stdout: &out, Stderr: &bytes.Buffer{}, Getenv: func(string) string { return "" }, Terminal: Terminal{Width: width},
	}, args)
	return out.String(), code
}

func TestHelpShowsATopicAsWideAsTheTerminal(t *testing.T) {
	for _, width := range []int{0, 60, 100, 300} {
		out, code := helped(t, width, "help", "access")
		if code != exitOK || !strings.HasPrefix(out, "An access request, from first to last\n") {
			t.Fatalf("exit %d, %q", code, out)
		}
		p, _ := guide.Find("access")
		want := width
		if width == 0 {
			want = 80
		}
		if got := guide.Text(p.Text, min(want, 100)); got != out {
			t.Errorf("at %d columns another text is shown", width)
		}
	}
}

func TestHelpListsTheTopicsBesideTheCommands(t *testing.T) {
	out, code := helped(t, 80, "help")
	for _, want := range []string{"Available Commands:", "Topics, each shown by", "  access ", "custos help TOPIC"} {
		if code != exitOK || !strings.Contains(out, want) {
			t.Errorf("exit %d, no %q in\n%s", code, want, out)
		}
	}
	if out, code = helped(t, 80, "help", "request", "open"); code != exitOK || !strings.Contains(out, "custos request open") {
		t.Errorf("exit %d, %s", code, out)
	}
	if _, code = helped(t, 80, "help", "nothing-of-the-kind"); code != exitUsage {
		t.Errorf("exit %d for a name that is none", code)
	}
}

func TestNoTopicHasTheNameOfACommand(t *testing.T) {
	root := New(Env{})
	for _, p := range guide.Pages() {
		for _, c := range root.Commands() {
			if c.Name() == p.Name {
				t.Errorf("%q is a command and a topic", p.Name)
			}
		}
	}
}
