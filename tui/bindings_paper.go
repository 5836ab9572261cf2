package tui

import "custos/tui/widget"

// paperKeys are the keys of asking on paper and of typing in what came back.
func paperKeys() []widget.Binding {
	grid := places{scopeGrid}
	return []widget.Binding{
		{
			Action: sheetPrint, Keys: keyNames{"ctrl+s"}, Label: "make it", Rank: 3,
			Help:    "Make the paper, which is recorded as a print with everybody on it.",
			Command: "custos consent sheet --to FILE", Scopes: places{scopeSheet},
		},
		{Action: gridYes, Keys: keyNames{"y"}, Label: "yes", Rank: 3, Help: "Yes, and on to the next answer.", Scopes: grid},
		{Action: gridNo, Keys: keyNames{"n"}, Label: "no", Rank: 3, Help: "No, and on to the next answer.", Scopes: grid},
		{Action: gridSkip, Keys: keyNames{"space"}, Label: "leave", Help: "Leave it as it is, and on to the next.", Scopes: grid},
		{Action: gridBack, Keys: keyNames{"backspace"}, Label: "back one", Help: "Go back one answer and take it away.", Scopes: grid},
		{
			Action: gridHead, Keys: keyNames{"d"}, Label: "day", Rank: 5,
			Help: "Say the day on the paper and where it lies, for all the answers.", Scopes: grid,
		},
		{
			Action: gridGiven, Keys: keyNames{"b"}, Label: "given by", Rank: 6,
			Help: "Say who answered for the person, and on whose authority.", Scopes: grid,
		},
		{
			Action: gridSave, Keys: keyNames{"ctrl+s", "s"}, Label: "record", Rank: 4,
			Help: "Record all the answers at once, after asking.", Command: "custos consent record", Scopes: grid,
		},
	}
}
