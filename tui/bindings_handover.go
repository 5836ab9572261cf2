package tui

import "custos/tui/widget"

// handoverKeys are the keys of cases that are decided elsewhere, and of those of other offices.
func handoverKeys() []widget.Binding {
	here, list := places{scopeCase}, places{scopeRequests}
	return []widget.Binding{
		{
			Action: requestHandOver, Keys: keyNames{"J"}, Label: "hand over elsewhere",
			Help:    "Seal the case in a file for a data protection officer elsewhere, who decides it there.",
			Command: "custos request hand-over REF --to FILE", Scopes: here,
		},
		{
			Action: requestHandBack, Keys: keyNames{"K"}, Label: "send back",
			Help:    "Seal the decision on another office's case in a file for that office.",
			Command: "custos request hand-back REF --to FILE", Scopes: here,
		},
		{
			Action: requestTakeIn, Keys: keyNames{"H"}, Label: "take in a case",
			Help:    "Open the file of another office's case, to decide it here.",
			Command: "custos request take-in FILE", Scopes: list,
		},
		{
			Action: requestTakeBack, Keys: keyNames{"A"}, Label: "take advice back",
			Help:    "Open the advice on a case that was handed over, and see what it brings before it is taken in.",
			Command: "custos request take-back FILE", Scopes: list,
		},
	}
}
