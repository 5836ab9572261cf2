package widget

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"

	"custos/tui/theme"
)

const (
	requests Scope = "Requests"
	letters  Scope = "Letters"
)

func sampleKeys() *Keys {
	rows := append(Navigation(), Listing(requests, letters)...)
	return NewKeys(append(rows,
		Binding{
			Action: "request.extend", Keys: []string{"e"}, Label: "extend", Help: "Extend the time to reply.",
			Command: "custos request extend", Scopes: []Scope{requests}, Rank: 6,
		},
		Binding{
			Action: "letter.edit", Keys: []string{"e"}, Label: "edit", Help: "Edit the letter.",
			Scopes: []Scope{letters}, Rank: 6,
		},
		Binding{
			Action: "request.erase", Label: "erase", Help: "Erase what is held about a person.",
			Command: "custos request erase", Scopes: []Scope{requests}, Danger: true,
		},
	)...)
}

func TestMatchFollowsTheScope(t *testing.T) {
	keys := sampleKeys()
	tests := []struct {
		key  string
		at   Where
		want Action
	}{
		{"up", Where{}, Up},
		{"k", Where{}, Up},
		{"ctrl+u", Where{}, PageUp},
		{"e", Where{Scope: requests}, "request.extend"},
		{"e", Where{Scope: letters}, "letter.edit"},
		{"e", Where{Scope: "Home"}, ""},
		{"space", Where{Scope: letters}, MarkOne},
		{"q", Where{Scope: letters}, Quit},
		{"q", Where{Scope: "Home"}, ""},
		{"ctrl+p", Where{}, OpenAll},
		{"z", Where{}, ""},
	}
	for _, tt := range tests {
		got, ok := keys.Match(press(tt.key), tt.at)
		if got != tt.want || ok != (tt.want != "") {
			t.Errorf("%s in %q: %q, %v; want %q", tt.key, tt.at.Scope, got, ok, tt.want)
		}
	}
}

func TestLettersAreTextWhileTyping(t *testing.T) {
	keys, at := sampleKeys(), Where{Scope: requests, Typing: true}
	letters := []string{"h", "j", "k", "l", "g", "G", "ctrl+u", "ctrl+d", "a", "q", "e", "?", ":", "/", "space"}
	for _, name := range letters {
		if got, ok := keys.Match(press(name), at); ok {
			t.Errorf("%s means %s while typing", name, got)
		}
	}
	for name, want := range map[string]Action{
		"up": Up, "esc": Back, "enter": Open, "f1": OpenHelp, "ctrl+p": OpenAll, "tab": NextField,
	} {
		if got, _ := keys.Match(press(name), at); got != want {
			t.Errorf("%s means %q while typing, want %s", name, got, want)
		}
	}
}

func TestPastedTextIsNeverAKey(t *testing.T) {
	msg := press("q")
	msg.Paste = true
	if got, ok := sampleKeys().Match(msg, Where{Scope: requests}); ok {
		t.Errorf("pasting matched %s", got)
	}
}

func TestAnActionThatIsOffDoesNotMatch(t *testing.T) {
	at := Where{Scope: requests, Off: func(a Action) bool { return a == "request.extend" }}
	keys := sampleKeys()
	if got, ok := keys.Match(press("e"), at); ok {
		t.Errorf("matched %s", got)
	}
	if line := ansi.Strip(keys.Footer(named(theme.Dark), at, 120)); strings.Contains(line, "extend") {
		t.Errorf("footer offers it: %q", line)
	}
}

func TestValidate(t *testing.T) {
	if err := sampleKeys().Validate(); err != nil {
		t.Errorf("the sample table: %v", err)
	}
	bad := NewKeys(
		Binding{Action: "a", Keys: []string{"x"}, Label: "a", Help: "A."},
		Binding{Action: "b", Aliases: []string{"x"}, Label: "b", Help: "B.", Scopes: []Scope{requests}},
		Binding{Action: "b", Keys: []string{"y"}, Label: "b", Help: "B."},
		Binding{Action: "c", Keys: []string{"z"}, Label: "c"},
		Binding{Action: "d", Keys: []string{"D"}, Label: "d", Help: "D.", Danger: true},
		Binding{Keys: []string{"w"}, Label: "e", Help: "E."},
	)
	err := bad.Validate()
	if err == nil {
		t.Fatal("nothing found")
	}
	for _, want := range []string{
		`key "x" means both a and b`, "action b is listed twice", "action c has no label or no help",
		`dangerous action d hangs on the single key "D"`, "a binding of [w] has no action",
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("missing %q in:\n%v", want, err)
		}
	}
}

func TestFooterFitsAndShowsFourToSixKeys(t *testing.T) {
	keys, th := sampleKeys(), named(theme.Dark)
	for width := range 200 {
		line := keys.Footer(th, Where{Scope: requests}, width)
		if got := ansi.StringWidth(line); got != width {
			t.Fatalf("%d columns: footer is %d wide", width, got)
		}
	}
	got := strings.TrimSpace(ansi.Strip(keys.Footer(th, Where{Scope: requests}, 80)))
	if want := "Enter open  Esc back  ? help  / filter  Space mark  e extend"; got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	got = strings.TrimSpace(ansi.Strip(keys.Footer(th, Where{Scope: requests, Typing: true}, 80)))
	if want := "Enter open  Esc back  F1 help  Ctrl+P all actions"; got != want {
		t.Errorf("while typing: got %q, want %q", got, want)
	}
}

func TestFooterHelpPaletteAndManualComeFromOneTable(t *testing.T) {
	keys := sampleKeys()
	entries := map[Action]Entry{}
	for _, e := range keys.All() {
		entries[e.Action] = e
	}
	for _, s := range keys.Here(Where{Scope: requests}) {
		for _, e := range s.Entries {
			if diff := cmp.Diff(entries[e.Action], e); diff != "" {
				t.Errorf("help and palette differ on %s:\n%s", e.Action, diff)
			}
		}
	}
	for _, text := range []string{keys.Markdown(), keys.Text()} {
		for _, e := range entries {
			if !strings.Contains(text, e.Help) || !strings.Contains(text, e.Keys) {
				t.Errorf("the manual lacks %s", e.Action)
			}
		}
	}
	if e := entries["request.erase"]; e.Keys != "" || !e.Danger {
		t.Errorf("erase is listed as %+v", e)
	}
	if !strings.Contains(keys.Markdown(), "| e | extend | Extend the time to reply. | `custos request extend` |") {
		t.Errorf("markdown:\n%s", keys.Markdown())
	}
}

func TestHereStartsWithTheScreensOwnKeys(t *testing.T) {
	sections := sampleKeys().Here(Where{Scope: letters})
	if len(sections) != 2 || sections[0].Title != "Letters" || sections[1].Title != "Everywhere" {
		t.Fatalf("sections %+v", sections)
	}
	if got := sections[1].Entries[0].Keys; got != "Up, k" {
		t.Errorf("arrows must come before letters: %q", got)
	}
}

func TestKeyName(t *testing.T) {
	for in, want := range map[string]string{
		"ctrl+p": "Ctrl+P", "pgdown": "PgDn", "space": "Space", " ": "Space", "shift+tab": "Shift+Tab", "G": "G", "g": "g",
		"f1": "F1", "?": "?", "esc": "Esc",
	} {
		if got := KeyName(in); got != want {
			t.Errorf("%q is %q, want %q", in, got, want)
		}
	}
}
