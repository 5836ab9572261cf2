package tui_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/guide"
	"custos/tui"
	"custos/tui/widget"
)

// everyScope reads the scopes out of the source of the console.
func everyScope(t *testing.T) []widget.Scope {
	t.Helper()
	paths := must[[]string](t)(filepath.Glob("*.go"))
	var all []widget.Scope
	for _, p := range paths {
		if strings.HasSuffix(p, "_test.go") {
			continue
		}
		f := must[*ast.File](t)(parser.ParseFile(token.NewFileSet(), p, nil, 0))
		ast.Inspect(f, func(n ast.Node) bool {
			v, ok := n.(*ast.ValueSpec)
			if !ok || len(v.Values) != 1 {
				return true
			}
			of, ok := v.Type.(*ast.SelectorExpr)
			if ok && of.Sel.Name == "Scope" {
				all = append(all, widget.Scope(must[string](t)(strconv.Unquote(v.Values[0].(*ast.BasicLit).Value))))
			}
			return true
		})
	}
	if len(all) < 50 {
		t.Fatalf("only %d scopes were found", len(all))
	}
	return all
}

func TestEveryScreenSaysWhatItIsFor(t *testing.T) {
	for _, scope := range everyScope(t) {
		words, page := tui.About(scope)
		switch _, ok := guide.Find(page); {
		case words == "":
			t.Errorf("the help of %q does not say what people do there: give it a row in abouts", scope)
		case !ok:
			t.Errorf("the help of %q leads to the page %q, and there is none", scope, page)
		case strings.Contains(words, "!") || len(words) < 40:
			t.Errorf("the help of %q says %q", scope, words)
		}
	}
}

func TestHelpSaysWhatTheScreenIsForAndLeadsToTheGuide(t *testing.T) {
	d, _ := roster(t)
	d.keys("?")
	d.shows("What has to be done today", "Enter reads on in the guide: Your first day", "Everywhere")
	d.keys("enter")
	d.shows("Custos > Your first day")
	d.keys("esc")
	d.shows("Custos > Home")
	d.keys("2", "?", "g")
	d.shows("Custos > Delegates > ")
	d.keys("esc", "n", "enter", "f1")
	d.shows("Answer from top to bottom")
	d.keys("esc")
	d.hides("Answer from top to bottom")
}

var f2 = tea.KeyMsg{Type: tea.KeyF2}

func TestTheGuideIsSearchedAndRead(t *testing.T) {
	d, _ := roster(t)
	d.send(f2)
	d.shows("Custos > Guide", "> Your first day")
	d.keys("/", "zzyzx")
	d.shows("No page has all of these words.")
	d.keys("esc", "esc", "/", "first day", "enter", "enter")
	d.shows("Custos > Guide > Your first day")
	d.sweep()
	d.size(80, 24)
	for _, name := range guide.Links(mustFind(t, "start").Text) {
		d.keys("tab")
		d.shows("> ")
		d.keys("enter")
		d.shows("> Guide > Your first day > " + mustFind(t, name).Title)
		d.keys("esc")
	}
	d.keys("/", "zzyzx", "enter")
	d.shows("Nothing on this page says that.")
	d.keys("right")
	d.hides("Custos > Guide > Your first day")
	d.keys("left", "esc")
	d.shows("Custos > Guide")
	d.keys("esc", "esc")
	d.shows("Custos > Home")
}

func TestTheGuideIsReadOverAFormAndOverALock(t *testing.T) {
	d, _, _ := lockable(t, 80, 24)
	d.keys("2", "n", "enter", "Grace Ho")
	d.send(f2)
	d.shows("> Guide", "> Your first day")
	d.keys("esc")
	d.shows("Custos > Delegates > ", "Grace Ho")
	d.keys("ctrl+l")
	d.shows("Custos > Locked")
	d.hides("keeping what is typed") // nothing is: it is a passphrase
	d.keys("ctrl+p")
	d.hides("filter", "pin  ", "tour") // nobody is in
	d.keys("esc", "f1")
	d.hides("F3")
	d.keys("esc")
	d.send(f3)
	d.shows("Custos > Locked")
	d.send(f2)
	d.shows("Custos > Guide", "> Your first day")
	d.keys("1", "2", "esc")
	d.shows("Custos > Locked")
	d.hides("Grace")
}

func TestWordsOnAPageAreGoneTo(t *testing.T) {
	d, _ := roster(t)
	d.send(f2)
	d.keys("/", "first day", "enter", "enter")
	lines := guide.Lines(mustFind(t, "start").Text, 78)
	word := ""
	for _, l := range lines[len(lines)/2:] {
		if words := strings.Fields(l.String()); l.Kind == guide.Body && len(words) > 2 {
			word = strings.Join(words[:2], " ")
			break
		}
	}
	d.size(80, 15)
	d.shows("Custos > Guide > Your first day")
	d.keys("/", strings.ToUpper(word), "enter")
	if at := strings.Split(d.text(), "\n"); !strings.Contains(strings.Join(at[1:], "\n"), word) {
		t.Errorf("%q was not gone to:\n%s", word, d.text())
	}
}

func mustFind(t *testing.T, name string) guide.Page {
	t.Helper()
	p, ok := guide.Find(name)
	if !ok {
		t.Fatalf("there is no page %s", name)
	}
	return p
}
