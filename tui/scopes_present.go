package tui

import "custos/tui/widget"

// scopePresent is the list of who is at work.
const scopePresent widget.Scope = "Who is here"

const whoIsHere widget.Action = "present.list"

// presentKeys opens the list of who is at work, from everywhere.
func presentKeys() []widget.Binding {
	return []widget.Binding{{
		Action: whoIsHere, Label: "who is here", Help: "List who is at work now, and which record they have open.",
	}}
}
