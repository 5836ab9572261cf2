package cli_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"custos/internal/cli"
	"custos/internal/desk"

	"github.com/spf13/cobra"
)

// Every command was decided about: may somebody use it who comes in from elsewhere?
func TestEveryCommandIsDecidedAbout(t *testing.T) {
	root := cli.New(cli.Env{})
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	known := map[string]bool{}
	var walk func(*cobra.Command)
	walk = func(cmd *cobra.Command) {
		_, name, _ := strings.Cut(cmd.CommandPath(), " ")
		known[name] = true
		too, alone := cli.Decided(name)
		if cmd.Runnable() && too == alone {
			t.Errorf("'custos %s': say in elsewhere.go whether it may be used from elsewhere", name)
		}
		for _, sub := range cmd.Commands() {
			walk(sub)
		}
	}
	walk(root)
	for _, name := range cli.AllDecided() {
		if !known[name] && !strings.HasPrefix(name, "serve") {
			t.Errorf("there is no command 'custos %s'", name)
		}
	}
}

// elsewhere is an office where somebody has come in from elsewhere, with a drop folder and what they send.
func elsewhere(t *testing.T, sent string) (o *office, folder string) {
	t.Helper()
	o = newOffice(t)
	pass := filepath.Join(t.TempDir(), "pass")
	if err := os.WriteFile(pass, []byte("gravel teacup lantern otter\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	o.env.Getenv = func(name string) string {
		return map[string]string{"CUSTOS_PASSPHRASE_FILE": pass, "CUSTOS_OPERATOR": "alex"}[name]
	}
	o.run(t.Context(), 0, "init", "--profile", "teaching-school", "--name", "Hill Road")
	d, err := o.env.Open(t.Context(), cli.OpenStore{Dir: o.env.DefaultStore, Operator: "alex", Passphrase: []byte("gravel teacup lantern otter")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	folder = t.TempDir()
	root, err := os.OpenRoot(folder)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = root.Close() })
	o.env.Seat, err = d.As("alex", desk.SSH, desk.In(desk.DropFolder(root, strings.NewReader(sent), &o.out)))
	if err != nil {
		t.Fatal(err)
	}
	o.env.Open = nil // nothing is opened
	o.env.Getenv = func(string) string { return "" }
	return o, folder
}

func TestCommandsFromElsewhere(t *testing.T) {
	o, folder := elsewhere(t, "Name,Email\nAda Sample,ada@example.org\n")
	ctx := t.Context()
	o.run(ctx, 0, "delegate", "import", "-")
	o.run(ctx, 0, "delegate", "list", "--filter", "Ada")
	if !strings.Contains(o.out.String(), "Ada Sample") {
		t.Error(o.out.String())
	}
	o.run(ctx, 0, "delegate", "list", "--as-of", "2026-01-05")
	o.run(ctx, 2, "delegate", "add", "--name", "Bea", "--as-of", "2026-01-05")
	o.run(ctx, 0, "export", "delegates", "--to", "list.csv")
	if _, err := os.Stat(filepath.Join(folder, "list.csv")); err != nil {
		t.Error(err)
	}
	o.run(ctx, 4, "export", "delegates", "--to", filepath.Join(folder, "other.csv"))
	o.run(ctx, 4, "delegate", "import", "/etc/passwd")
	o.run(ctx, 4, "audit", "verify", "--file", "../trail.jsonl")
	o.run(ctx, 0, "export", "delegates", "--to", "-")
	if out := bytes.TrimPrefix(o.out.Bytes(), []byte("\ufeff")); !bytes.HasPrefix(out, []byte("id,kind")) {
		t.Errorf("%q", out)
	}
	if !strings.Contains(o.err.String(), "Disclosure") {
		t.Error(o.err.String())
	}
	o.run(ctx, 0, "due", "--received", "2026-02-02")
	o.run(ctx, 0, "check")
}

func TestWhatIsForTheMachineAlone(t *testing.T) {
	o, _ := elsewhere(t, "")
	for _, args := range [][]string{
		{"init", "--profile", "teaching-school", "--name", "Other"}, {"demo"}, {"info"}, {"man", "pages"}, {"compact"},
		{"restore", "backups", "--to", "new"}, {"repair", "--to", "new"}, {"completion", "bash"}, {"passphrase", "rekey"},
		{"passphrase", "recovery"}, {"passphrase", "reset"}, {"check", "backups"}, {"backup", "list", "--from", "/"},
		{"backup", "--to", t.TempDir()}, {"backup"}, {"office", "backup", t.TempDir()}, {"office", "exports", "."},
		{"delegate", "list", "--store", "x"}, {"delegate", "list", "--operator", "x"}, {"delegate", "list", "--read-only"},
		{"delegate", "list", "--salvage"}, {"delegate", "list", "--accept-older"}, {"delegate", "list", "--passphrase-file", "x"},
	} {
		o.run(t.Context(), 4, args...)
		if strings.Count(o.err.String(), "\n") != 1 || !strings.Contains(o.err.String(), "the office's") {
			t.Errorf("%v: %s", args, o.err.String())
		}
	}
}

// What is not there is told by the name it was asked for by, and never by where the machine looked.
func TestWhatIsMissingFromElsewhereIsToldByItsName(t *testing.T) {
	o, _ := elsewhere(t, "\n")
	for _, c := range []struct {
		line, want string
		code       int
	}{
		{"delegate import nothing.csv", "custos: file: nothing.csv is not in your drop folder\n", 3},
		{"audit verify --file trail.jsonl", "custos: file: trail.jsonl is not in your drop folder\n", 3},
		{"backup forget lost --reason burnt", "custos: folder: no backup is on record in lost\n", 3},
		{"operator remove nobody", "custos: operator: no operator of that name works with this store\n", 3},
		{"operator add kim --role viewer --new-passphrase-file -", "custos: standard input line 1: there is no passphrase in it\n", 1},
	} {
		o.run(t.Context(), c.code, strings.Fields(c.line)...)
		if got := o.err.String(); got != c.want {
			t.Errorf("custos %s: %q, want %q", c.line, got, c.want)
		}
	}
}

func TestHelpFromElsewhereOffersNothingThatIsRefused(t *testing.T) {
	o, _ := elsewhere(t, "")
	for args, never := range map[string][]string{
		"--help":            {"init ", "serve ", "restore ", "completion ", "info ", "man ", "--store", "--salvage", "--passphrase-file"},
		"help":              {"init ", "serve ", "restore ", "completion ", "--accept-older"},
		"passphrase --help": {"recovery", "rekey", "reset", "--operator"},
	} {
		o.run(t.Context(), 0, strings.Fields(args)...)
		for _, word := range never {
			if strings.Contains(o.out.String(), "\n  "+word) || strings.Contains(o.out.String(), "      "+word) {
				t.Errorf("custos %s offers %s", args, word)
			}
		}
		if !strings.Contains(o.out.String(), "--json") {
			t.Errorf("custos %s: %s", args, o.out.String())
		}
	}
}

// A key opens the way in, not the passphrase: who changes it gives the old one too.
func TestTheOldPassphraseIsAskedForFromElsewhere(t *testing.T) {
	next := "brass kettle marmot dune"
	for sent, want := range map[string]int{
		next + "\n":                   1,
		"another one\n" + next + "\n": 4,
		strong + "\nshort\n":          2,
		strong + "\r\n" + next + "\n": 0,
	} {
		o, _ := elsewhere(t, sent)
		o.run(t.Context(), want, "passphrase", "change", "--new-passphrase-file", "-")
		if strings.Contains(o.err.String(), "kettle") {
			t.Error(o.err.String())
		}
	}
	o, _ := elsewhere(t, "")
	o.run(t.Context(), 2, "passphrase", "change")
	o.env.Terminal.In = true
	o.answers = []string{"another one", next, next}
	o.run(t.Context(), 4, "passphrase", "change")
	o.answers = []string{strong, next, next}
	o.run(t.Context(), 0, "passphrase", "change")
}

// What is asked without echo is asked where there is a terminal, and refused where there is none.
func TestANewPassphraseFromElsewhere(t *testing.T) {
	o, _ := elsewhere(t, "brass kettle marmot dune\n")
	ctx := t.Context()
	o.run(ctx, 2, "operator", "add", "kim", "--role", "viewer")
	o.run(ctx, 0, "operator", "add", "kim", "--role", "viewer", "--new-passphrase-file", "-")
	o.env.Terminal.In = true
	o.answers = []string{"brass kettle marmot dune", "brass kettle marmot dune"}
	o.run(ctx, 0, "operator", "add", "lou", "--role", "viewer")
}
