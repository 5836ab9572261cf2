package backdrop

import (
	"go/parser"
	"go/token"
	"strconv"
	"testing"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"
)

func TestTrap1TheGuardIsInitialisedBeforeBubbletea(t *testing.T) {
	const self, asker = "custos/internal/backdrop", "github.com/charmbracelet/bubbletea"
	if self >= asker {
		t.Errorf("%s must sort before %s", self, asker)
	}
	file, err := parser.ParseFile(token.NewFileSet(), "backdrop.go", nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	allowed := map[string]bool{"github.com/charmbracelet/lipgloss": true, "github.com/muesli/termenv": true}
	for _, spec := range file.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		if !allowed[path] {
			t.Errorf("imports %s, which may delay this package until after bubbletea", path)
		}
	}
	if !lipgloss.HasDarkBackground() {
		t.Error("the background is not settled")
	}
}

func TestTrap2And5OneANSIProfileForTheProcess(t *testing.T) {
	t.Setenv("NO_COLOR", "1")
	if got := lipgloss.ColorProfile(); got != termenv.ANSI {
		t.Fatalf("profile %v, want ANSI", got)
	}
	if got := lipgloss.NewStyle().Reverse(true).Render("x"); got == "x" {
		t.Error("reverse is lost, so a selected row could not be seen")
	}
}
