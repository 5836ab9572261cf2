package tui

import (
	"cmp"
	"fmt"

	"custos/internal/register"
	"custos/tui/theme"
)

// manyWords names an act as a thing to do.
func manyWords(a register.ManyAct) string {
	switch a {
	case register.ManyDeactivate:
		return "Deactivate"
	case register.ManyReactivate:
		return "Reactivate"
	case register.ManySet:
		return "Set a field"
	case register.ManyJoin:
		return "Make members"
	case register.ManyLeave:
		return "End the membership"
	case register.ManyTold:
		return "Told of a notice"
	case register.ManyAssign:
		return "Give to a colleague"
	case register.ManyNote:
		return "Add a note"
	}
	return string(a)
}

// manyFate is an outcome as the heading names it.
func manyFate(o register.ManyOutcome) string {
	switch o {
	case register.ManyChanges:
		return "what would change"
	case register.ManySame:
		return "what is so already"
	case register.ManyRefused:
		return "what is REFUSED"
	}
	return string(o)
}

// manyRows shows the rows of a plan.
type manyRows []*register.ManyRow

func (r manyRows) Len() int           { return len(r) }
func (r manyRows) ID(i int) string    { return string(r[i].ID) }
func (r manyRows) Row(i int) []string { return manyCells(r[i]) }

// manyCells are who it is, what becomes of it, and why not.
func manyCells(r *register.ManyRow) []string {
	fate := string(r.Outcome)
	if r.Outcome == register.ManyRefused {
		fate = "REFUSED"
	}
	return []string{cmp.Or(r.Name, string(r.ID)), fate, r.Was, cmp.Or(r.Reason, r.Becomes)}
}

// manyWhole is a row in a sentence, where a column may have cut it.
func manyWhole(r *register.ManyRow) string {
	if r.Reason != "" {
		return r.Reason
	}
	return fmt.Sprintf("Is %s, becomes %s.", cmp.Or(r.Was, "empty"), cmp.Or(r.Becomes, "empty"))
}

// Tone is what an outcome means.
func (r manyRows) Tone(row, column int) theme.Tone {
	if column != 1 {
		return theme.Plain
	}
	switch r[row].Outcome {
	case register.ManyRefused:
		return theme.Bad
	case register.ManySame:
		return theme.Muted
	case register.ManyChanges:
	}
	return theme.Soon
}
