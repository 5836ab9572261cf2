package tui

import "custos/tui/widget"

// consentKeys are the keys of the ledger of consents.
func consentKeys() []widget.Binding {
	people := places{scopeDelegates, scopeOrganisation}
	asked := append(places{scopeMatrix, scopeAnswers}, people...)
	return []widget.Binding{
		{
			Action: consentRefresh, Keys: keyNames{"f"}, Label: "ask again", Rank: 4,
			Help:    "Show whom to ask again, the most pressing first.",
			Command: "custos consent refresh", Scopes: places{scopeConsents},
		},
		{
			Action: consentMailing, Keys: keyNames{"x"}, Label: "mailing list", Rank: 5,
			Help:    "Write everybody who may be contacted today to a file, which is recorded as a disclosure.",
			Command: "custos export NOUN --purpose ID --channel NAME --to FILE",
			Scopes:  places{scopeConsents},
		},
		{
			Action: consentCounts, Keys: keyNames{"p"}, Label: "profiling",
			Help:    "Write counts of people by what the profile allows to a file; nobody is in it.",
			Command: "custos export NOUN --to FILE", Scopes: places{scopeConsents},
		},
		{
			Action: consentAsOf, Keys: keyNames{"t"}, Label: "as it stood", Rank: 8,
			Help:    "Show how it stood on a day, as known on a day.",
			Command: "custos consent state --delegate ID --on DATE", Scopes: places{scopeConsents, scopeHistory},
		},
		{
			Action: consentCorrect, Keys: keyNames{"e"}, Label: "correct", Rank: 3,
			Help:    "Record what the event should have said; both stay in the ledger.",
			Command: "custos consent record --corrects ID", Scopes: places{scopeHistory},
		},
		{
			Action: consentShare, Keys: keyNames{"x"}, Label: "export", Rank: 6,
			Help:    "Write the person's consents to a file, also as records or a receipt by a standard.",
			Command: "custos export NOUN --delegate ID --as FORM --to FILE", Scopes: places{scopeHistory},
		},
		{
			Action: consentWhy, Keys: keyNames{"W"}, Label: "why", Rank: 6,
			Help:    "Show why the person may be contacted, or may not: every event and every rule.",
			Command: "custos consent may --delegate ID --purpose ID --channel NAME",
			Scopes:  places{scopePerson, scopeAnswers, scopeRefresh, scopeMatrix},
		},
		{
			Action: consentWithdraw, Keys: keyNames{"w"}, Label: "withdraw", Rank: 5,
			Help:    "Take consents back, or object to all marketing, as the person asks.",
			Command: "custos consent withdraw --delegate ID", Scopes: places{scopePerson, scopeAnswers},
		},
		{
			Action: consentMatrix, Keys: keyNames{"p"}, Label: "by purpose",
			Help:    "Show how every question stands for the people marked, or for all the list shows.",
			Command: "custos consent matrix", Scopes: people,
		},
		{
			Action: consentAskAgain, Keys: keyNames{"r"}, Label: "record asked", Rank: 3,
			Help:    "Record that the people marked were asked again, after asking.",
			Command: "custos consent record --state STATE", Scopes: places{scopeRefresh},
		},
		{
			Action: consentErase, Keys: keyNames{"e"}, Label: "erasure", Rank: 3,
			Help:    "Open a case to erase the person's data.",
			Command: "custos request open --right RIGHT", Scopes: places{scopeWithdrawn},
		},
		{
			Action: consentLetter, Keys: keyNames{"r"}, Label: "reply letter", Rank: 4,
			Help:    "Write the letter that says it is done to a file.",
			Command: "custos consent withdraw --delegate ID --letter FILE", Scopes: places{scopeWithdrawn},
		},
		{
			Action: consentSheet, Keys: keyNames{"P"}, Label: "print a sheet",
			Help:    "Make the sheet that asks the people marked, with the exact wording.",
			Command: "custos consent sheet --to FILE", Scopes: asked,
		},
		{
			Action: consentGrid, Keys: keyNames{"E"}, Label: "enter answers",
			Help: "Type in the answers of the people marked from paper.", Scopes: append(places{scopeSheet}, asked...),
		},
	}
}
