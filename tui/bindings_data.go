package tui

import (
	"slices"

	"custos/tui/widget"
)

// dataKeys are the keys of what a case does to a person's data.
func dataKeys() []widget.Binding {
	return slices.Concat(erasureKeys(), rightsKeys(), holdKeys())
}

func erasureKeys() []widget.Binding {
	here, plan := places{scopeCase}, places{scopeErasure}
	return []widget.Binding{
		{
			Action: requestErase, Keys: keyNames{"E"}, Label: "erasure plan",
			Help:    "Show what an erasure removes, masks and keeps, choose otherwise, and carry it out.",
			Command: "custos request erase REF --plan", Scopes: here,
		},
		{
			Action: requestResidue, Keys: keyNames{"Y"}, Label: "search again",
			Help:    "Search everything for what is left of an erased person, by values you type.",
			Command: "custos request residue REF", Scopes: here,
		},
		{
			Action: erasureKeep, Keys: keyNames{"e"}, Label: "keep or mask", Rank: 4,
			Help:    "Say what becomes of what is marked, with the ground and the reason.",
			Command: "custos request keep REF", Scopes: plan,
		},
		{
			Action: erasureAgain, Keys: keyNames{"c"}, Label: "looked at it", Rank: 5,
			Help:    "Say that the plan was looked at as it is now, so that it can be approved anew.",
			Command: "custos request keep REF", Scopes: plan,
		},
		{
			Action: erasureRun, Keys: keyNames{"ctrl+s"}, Label: "erase", Rank: 3, Danger: true,
			Help:    "Carry the plan out, after the case number is typed.",
			Command: "custos request erase REF --confirm REF", Scopes: append(plan, scopeErasing),
		},
		{
			Action: goResidue, Keys: keyNames{"f"}, Label: "search for what is left",
			Help:    "Search every record and every byte for a name, an address or a number you type.",
			Command: "custos request residue", Scopes: places{scopeAudit, scopeSettings},
		},
	}
}

func rightsKeys() []widget.Binding {
	here := places{scopeCase}
	return []widget.Binding{
		{
			Action: requestRectify, Keys: keyNames{"P"}, Label: "put right", Help: "Put a value right, or add a statement, as was decided.",
			Command: "custos request rectify REF", Scopes: here,
		},
		{
			Action: requestRestrict, Keys: keyNames{"S"}, Label: "restrict",
			Help:    "Have the record stored and used for nothing else, on one of four grounds.",
			Command: "custos request restrict REF", Scopes: here,
		},
		{
			Action: requestTellLift, Keys: keyNames{"I"}, Label: "told of lifting",
			Help:    "Record that the person was told that the restriction will be lifted.",
			Command: "custos request lifting-told REF", Scopes: here,
		},
		{
			Action: requestLift, Keys: keyNames{"U"}, Label: "lift", Help: "Lift the restriction, with the reason.",
			Command: "custos request lift REF", Scopes: here,
		},
		{
			Action: requestRecipients, Keys: keyNames{"W"}, Label: "recipients",
			Help:    "Show who outside had the data, and record that they were told.",
			Command: "custos request recipients REF", Scopes: here,
		},
		{
			Action: requestBalance, Keys: keyNames{"B"}, Label: "weigh",
			Help: "Write down how the interests were weighed.", Command: "custos request balance REF", Scopes: here,
		},
		{
			Action: requestStop, Keys: keyNames{"X"}, Label: "stop marketing", Help: "Stop direct marketing to the person, after asking.",
			Command: "custos request stop REF", Scopes: here,
		},
		{
			Action: requestWithdraw, Keys: keyNames{"V"}, Label: "take consents back",
			Help:    "Take back the consents the person gave, after asking.",
			Command: "custos request withdraw REF", Scopes: here,
		},
		{
			Action: recipientTold, Keys: keyNames{"t"}, Label: "told", Rank: 3,
			Help:    "Record that the recipient was told, or that they cannot be and why.",
			Command: "custos request tell REF", Scopes: places{scopeRecipients},
		},
	}
}

func holdKeys() []widget.Binding {
	return []widget.Binding{
		{
			Action: goHolds, Keys: keyNames{"H"}, Label: "holds", Help: "Show what keeps the person's data from being erased.",
			Command: "custos hold list", Scopes: places{scopePerson, scopeCase},
		},
		{
			Action: holdSet, Keys: keyNames{"n"}, Label: "new", Rank: 3, Help: "Keep the person's data from being erased, with the reason.",
			Command: "custos hold set", Scopes: places{scopeHolds},
		},
		{
			Action: holdRelease, Keys: keyNames{"r"}, Label: "release", Rank: 4, Help: "Release a hold, with the reason.",
			Command: "custos hold release ID", Scopes: places{scopeHolds},
		},
	}
}
