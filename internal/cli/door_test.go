package cli_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"custos/internal/cli"
	"custos/internal/desk"
	"custos/store"
	"custos/store/storetest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// office is a program with a store of its own and somebody at its terminal.
type office struct {
	t       *testing.T
	env     cli.Env
	answers []string // to what is asked without echo
	asked   []string
	out     bytes.Buffer
	err     bytes.Buffer
}

func newOffice(t *testing.T) *office {
	o := &office{t: t}
	options, dir, clock := storetest.Options(), t.TempDir(), (&storetest.Clock{}).Now
	options.Now = clock
	o.env = cli.Env{
		Stdin: strings.NewReader(""), Stdout: &o.out, Stderr: &o.err, Now: clock,
		Getenv:       func(string) string { return "" },
		DefaultStore: filepath.Join(dir, "store"), ConfigFile: filepath.Join(dir, "config.toml"),
		ReadPassphrase: o.answer,
		Open: func(ctx context.Context, s cli.OpenStore) (*desk.Desk, error) {
			options := options
			options.Progress = s.Progress
			db, err := store.Open(ctx, s.Dir, store.Credential{Operator: s.Operator, Passphrase: s.Passphrase}, options)
			if err != nil {
				return nil, err
			}
			return desk.Open(db, clock), nil
		},
		Create: func(_ context.Context, n cli.NewStore) (string, error) {
			db, key, err := store.Create(n.Dir, store.Setup{
				Operator: n.Operator, Passphrase: n.Passphrase, Settings: n.Settings}, options)
			if err != nil {
				return "", err
			}
			return key, db.Close()
		},
	}
	return o
}

func (o *office) answer(_ context.Context, prompt string) ([]byte, error) {
	o.asked = append(o.asked, prompt)
	if len(o.answers) == 0 {
		return nil, errors.New("nobody answers")
	}
	next := o.answers[0]
	o.answers = o.answers[1:]
	return []byte(next), nil
}

// run carries out a command line and wants an exit code.
func (o *office) run(ctx context.Context, want int, args ...string) {
	o.t.Helper()
	o.out.Reset()
	o.err.Reset()
	if got := cli.Run(ctx, o.env, args); got != want {
		o.t.Fatalf("%v ended with %d, want %d\n%s%s", args, got, want, o.out.String(), o.err.String())
	}
}

const strong, other = "gravel teacup lantern otter", "violet harbour anvil quince"

// begin makes the store, with a passphrase file for what follows.
func (o *office) begin() {
	o.t.Helper()
	file := filepath.Join(o.t.TempDir(), "pass")
	if err := os.WriteFile(file, []byte(strong+"\r\nnot this\n"), 0o600); err != nil {
		o.t.Fatal(err)
	}
	o.env.Getenv = func(name string) string {
		return map[string]string{"CUSTOS_PASSPHRASE_FILE": file, "CUSTOS_OPERATOR": "alex"}[name]
	}
	o.run(context.Background(), 0, "init", "--profile", "teaching-school", "--name", "Office")
}

func TestInitAsksTwiceAndSaysHowStrong(t *testing.T) {
	o := newOffice(t)
	o.env.Terminal.In = true
	o.env.Stdin = strings.NewReader("alex\nleft over")
	o.answers = []string{"short", "passwordpassword", strong, other, strong, strong}
	o.run(context.Background(), 0, "init", "--profile", "teaching-school", "--name", "Office")
	for _, want := range []string{
		"Operator: ", "at least 10 characters", "easily guessed", "This one is strong", "The two differ.",
	} {
		if !strings.Contains(o.err.String(), want) {
			t.Errorf("said %q, without %q", o.err.String(), want)
		}
	}
	if strings.Contains(o.out.String()+o.err.String(), strong) {
		t.Error("the passphrase was shown")
	}
	if len(o.answers) != 0 || len(o.asked) != 6 {
		t.Errorf("asked %q", o.asked)
	}
	if rest, err := io.ReadAll(o.env.Stdin); err != nil || string(rest) != "left over" {
		t.Errorf("read on to %q, %v", rest, err)
	}
	o.answers = []string{strong}
	o.run(context.Background(), 0, "delegate", "list", "--operator", "alex")
	o.answers = []string{other}
	o.run(context.Background(), 4, "delegate", "list", "--operator", "alex")
	o.run(context.Background(), 2, "delegate", "list", "--operator", "alex", "--no-input")
}

func TestALockedStoreSaysWhoHasIt(t *testing.T) {
	o := newOffice(t)
	o.begin()
	db, err := store.Open(context.Background(), o.env.DefaultStore,
		store.Credential{Operator: "alex", Passphrase: []byte(strong)}, storetest.Options())
	if err != nil {
		t.Fatal(err)
	}
	defer storetest.Close(t, db)
	o.run(context.Background(), 5, "delegate", "list")
	if !strings.Contains(o.err.String(), "alex, process ") {
		t.Errorf("said %q", o.err.String())
	}
}

// stopper cancels as soon as a number of rows was shown as written.
type stopper struct {
	bytes.Buffer
	at   string
	stop func()
}

func (s *stopper) Write(p []byte) (int, error) {
	if bytes.Contains(p, []byte(s.at)) {
		s.stop()
	}
	return s.Buffer.Write(p)
}

func TestCtrlCStopsAnImportBetweenTransactions(t *testing.T) {
	o := newOffice(t)
	o.begin()
	file := filepath.Join(t.TempDir(), "many.csv")
	var rows strings.Builder
	rows.WriteString("Name\n")
	for i := range 12_000 {
		fmt.Fprintf(&rows, "Person %d\n", i)
	}
	if err := os.WriteFile(file, []byte(rows.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	shown := &stopper{at: "writing: 5000 of 12000", stop: cancel}
	o.env.Stderr, o.env.Terminal.Err = shown, true
	o.run(ctx, 130, "delegate", "import", file, "--json")
	var result struct {
		Rows, New int
		Batch     string
		State     string
	}
	if err := json.Unmarshal(o.out.Bytes(), &result); err != nil {
		t.Fatalf("%v in %s", err, o.out.String())
	}
	if result.Rows != 5000 || result.New != 5000 || result.State != "stopped" || result.Batch == "" {
		t.Errorf("result %+v", result)
	}
	if said := shown.String(); !strings.Contains(said, "5000 of 12000 rows are in the batch "+result.Batch) {
		t.Errorf("said %q", said)
	}
	o.run(context.Background(), 0, "import", "undo", result.Batch)
	o.run(context.Background(), 0, "delegate", "list", "--json")
	if got := strings.TrimSpace(o.out.String()); got != "[]" {
		t.Errorf("left behind: %.200s", got)
	}
}

func TestProgressIsForTerminalsAndForWorkThatTakesTime(t *testing.T) {
	o := newOffice(t)
	o.begin()
	o.run(context.Background(), 0, "delegate", "list")
	if o.err.Len() != 0 {
		t.Errorf("off a terminal it said %q", o.err.String())
	}
	o.env.Terminal.Err = true
	o.run(context.Background(), 0, "delegate", "list")
	if said := o.err.String(); !strings.Contains(said, " of ") || !strings.HasSuffix(said, "\r\x1b[K") {
		t.Errorf("on a terminal it drew %q", said)
	}
	still := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	o.env.Now = func() time.Time { return still }
	o.run(context.Background(), 0, "delegate", "list")
	if o.err.Len() != 0 {
		t.Errorf("in no time at all it drew %q", o.err.String())
	}
}

func TestTheConsoleStartsOnTerminalsOnly(t *testing.T) {
	o := newOffice(t)
	var started []cli.ConsoleStart
	o.env.Console = func(_ context.Context, s cli.ConsoleStart) error {
		started = append(started, s)
		return nil
	}
	for _, terminal := range []cli.Terminal{{}, {In: true}, {Out: true}} {
		o.env.Terminal = terminal
		o.run(context.Background(), 2)
		if o.out.Len() != 0 || !strings.Contains(o.err.String(), "Usage:") {
			t.Errorf("%+v: wrote %q", terminal, o.out.String())
		}
	}
	o.env.Terminal = cli.Terminal{In: true, Out: true}
	o.env.Getenv = func(name string) string {
		return map[string]string{"CUSTOS_THEME": "light", "CUSTOS_ACCESSIBLE": "1"}[name]
	}
	o.run(context.Background(), 0, "--operator", "alex", "--theme", "mono")
	o.run(context.Background(), 2, "--json")
	o.env.Terminal, o.env.Getenv = cli.Terminal{}, func(string) string { return "" }
	o.run(context.Background(), 0, "--accessible") // in lines, it needs none
	want := cli.ConsoleStart{Dir: o.env.DefaultStore, Operator: "alex", Look: cli.Look{Theme: "mono", Accessible: true}}
	lines := cli.ConsoleStart{Dir: o.env.DefaultStore, Look: cli.Look{Accessible: true}}
	if diff := cmp.Diff([]cli.ConsoleStart{want, lines}, started, cmpopts.IgnoreFields(cli.ConsoleStart{}, "Seat", "Close")); diff != "" {
		t.Error(diff)
	}
}
