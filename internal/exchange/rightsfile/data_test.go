package rightsfile

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"custos/internal/calendar"
)

// examples are the JSON examples of a published protocol.
func examples(t *testing.T, name string) []string {
	t.Helper()
	root := os.Getenv("CUSTOS_DATA")
	if root == "" {
		t.Skip("CUSTOS_DATA does not name a folder of real inputs")
	}
	text, err := os.ReadFile(filepath.Join(root, "privacy", name))
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, e := range strings.Split(string(text), "==== next example ====") {
		if at := strings.Index(e, "{"); at >= 0 {
			all = append(all, e[at:])
		}
	}
	return all
}

func TestPublishedExamplesAreReadOrRefused(t *testing.T) {
	for _, name := range []string{"opendsr_examples_open.txt", "data_rights_protocol_examples.txt"} {
		for i, text := range examples(t, name) {
			requests, problems, err := Read(name, []byte(text))
			if err != nil || len(requests) > 0 || len(problems) == 0 {
				t.Errorf("%s, example %d: read %d, problems %v, %v", name, i, len(requests), problems, err)
			}
			for _, p := range problems {
				t.Logf("%s, example %d, line %d: %s %s", name, i, p.Line, p.Field, p.Reason)
			}
		}
	}
}

// TestPublishedRequestReads puts right what makes the example of a request no JSON, its remarks and a missing comma, and
// names a person in it.
func TestPublishedRequestReads(t *testing.T) {
	var kept []string
	for line := range strings.Lines(examples(t, "data_rights_protocol_examples.txt")[0]) {
		if !strings.HasPrefix(strings.TrimSpace(line), "#") {
			kept = append(kept, line)
		}
	}
	text := strings.Join(kept, "")
	text = strings.Replace(text, `update_status"`, `update_status", "email": "ann@example.org"`, 1)
	text = strings.Replace(text, `"drp.version": "1.0"`, `"drp.version": "1.0",`, 1)
	got := one(t, text)
	if got.Right != calendar.Objection || got.Raw != "sale:opt-out" || got.Reference != "foo" || got.Agent != "aa-id" ||
		got.Regime != "ccpa" || len(got.Relationships) != 2 || got.Email != "ann@example.org" {
		t.Errorf("read %+v", got)
	}
}
