package tui

import "custos/tui/widget"

const (
	scopeBreaches widget.Scope = "Breaches"
	scopeBreach   widget.Scope = "Breach"

	goBreaches   widget.Action = "go.breaches"
	breachAdd    widget.Action = "breach.add"
	breachChange widget.Action = "breach.change"
	breachDecide widget.Action = "breach.decide"
	breachClose  widget.Action = "breach.close"
)

func breachKeys() []widget.Binding {
	one := places{scopeBreach}
	return []widget.Binding{{
		Action: goBreaches, Keys: keyNames{"B"}, Label: "breaches", Help: "Show the personal data breaches.",
		Command: "custos breach list", Scopes: places{scopeHome, scopeRequests},
	}, {
		Action: breachAdd, Keys: keyNames{"n"}, Label: "new breach", Rank: 3,
		Help:    "Record a breach, from which the 72 hours count.",
		Command: "custos breach add", Scopes: places{scopeBreaches},
	}, {
		Action: breachChange, Keys: keyNames{"e"}, Label: "facts", Rank: 3, Help: "Put the facts of the breach right, or add to them.",
		Command: "custos breach change ID", Scopes: one,
	}, {
		Action: breachDecide, Keys: keyNames{"d"}, Label: "decide", Rank: 4,
		Help:    "Judge the risk, and record who was told or why not.",
		Command: "custos breach report ID", Scopes: one,
	}, {
		Action: breachClose, Keys: keyNames{"z"}, Label: "close", Rank: 5, Help: "Close the breach, after asking.",
		Command: "custos breach close ID", Scopes: one,
	}}
}
