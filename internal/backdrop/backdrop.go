// Package backdrop settles, before anything else runs, what the styling library believes about the terminal: a dark
// background and the sixteen colours of ANSI. It knows nothing of the program and never writes to a terminal or reads
// one.
//
// bubbletea asks the terminal for its background while packages are initialised. A terminal that does not answer makes
// every subcommand wait five seconds, and the question itself is printed. A value set beforehand stops the question.
// Go initialises packages that are ready in the order of their import paths, and "custos/..." sorts before
// "github.com/charmbracelet/bubbletea", so this package must import nothing that needs bubbletea.
//
// The profile is set here for the whole process, never per session: with NO_COLOR the library would otherwise drop
// reverse and bold along with colour and the selected row would vanish.
package backdrop

import (
	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"
)

func init() {
	lipgloss.SetHasDarkBackground(true)
	lipgloss.SetColorProfile(termenv.ANSI)
}
