package tui

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// looker is a session of a store that may be open for reading only.
type looker interface {
	ReadOnly() bool
	Missing() []register.StoreProblem // what is lost or in doubt in what is shown; none for a sound store
}

// reads reports whether a verb changes nothing: all that is left where a store is only looked at.
func reads(v register.Verb) bool {
	return slices.Contains([]register.Verb{
		register.StoreOpen, register.DelegateRead, register.SpecialRead, register.OrganisationRead, register.CourseRead,
		register.SuppressionRead, register.RequestRead, register.AuditRead, register.OperatorRead, register.SettingsRead,
		register.StoreCheck,
	}, v)
}

// missing is the line about what is lost of a store that is only looked at.
func (s *settings) missing() settingRows {
	l, ok := s.kit.desk.(looker)
	if !ok || len(l.Missing()) == 0 {
		return nil
	}
	return settingRows{{
		id: "missing", label: "MISSING", value: count(len(l.Missing()), "thing") + " lost or in doubt: this store is damaged",
		does: "lists them", open: func() tea.Cmd { return push(newMissing(s.kit, l.Missing())) }, command: "custos check",
	}}
}

func newMissing(k *kit, all []register.StoreProblem) Screen {
	return newTold(k, "Missing", func(t *text) {
		t.add("", theme.Bad, "What is lost or in doubt in what is shown. Nothing can be written to it.")
		t.problems(all)
	})
}

// newTold is a doing that is done already.
func newTold(k *kit, title string, told report) Screen {
	return &doing{kit: k, title: title, pane: widget.NewPane(k.theme), report: told}
}
