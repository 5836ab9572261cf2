package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/spf13/cobra"

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

// Every command and every topic has a page in the manual.
func TestTheManualIsWhole(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "man")
	if out, code := helped(t, 80, "man", dir); code != exitOK {
		t.Fatalf("exit %d, %s", code, out)
	}
	pages := map[string]bool{}
	for _, p := range guide.Pages() {
		pages["custos-"+p.Name+".7"] = true
	}
	var each func(c *cobra.Command)
	each = func(c *cobra.Command) {
		pages[strings.ReplaceAll(c.CommandPath(), " ", "-")+".1"] = true
		for _, sub := range c.Commands() {
			if sub.IsAvailableCommand() {
				each(sub)
			}
		}
	}
	each(New(Env{}))
	for name := range pages {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil || !bytes.HasPrefix(data, []byte(".")) || bytes.ContainsFunc(data, func(r rune) bool { return r > unicode.MaxASCII }) {
			t.Errorf("%s: %v, or not in the marks of man(7), or not in ASCII", name, err)
		}
	}
	written, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range written {
		if !pages[f.Name()] && !strings.HasPrefix(f.Name(), "custos-completion") && f.Name() != "custos-help.1" {
			t.Errorf("%s is of no command and no topic", f.Name())
		}
	}
}
