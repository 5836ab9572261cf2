package tui

import "custos/tui/widget"

func requestKeys() []widget.Binding {
	return []widget.Binding{{
		Action: requestOpen, Keys: keyNames{"o"}, Label: "open a case", Rank: 5,
		Help: "Open a case from a request received in any way.", Command: "custos request open",
		Scopes: places{scopeHome, scopeDelegates, scopePerson, scopeRequests},
	}}
}

func caseKeys() []widget.Binding {
	here := places{scopeCase}
	return []widget.Binding{
		{
			Action: requestMenu, Keys: keyNames{"."}, Label: "everything", Rank: 3,
			Help: "List everything that can be done in the case, what is next first.", Scopes: here,
		},
		{
			Action: requestMatch, Keys: keyNames{"m"}, Label: "match", Rank: 8,
			Help:    "Say whose data the case is about, where it was opened under a name.",
			Command: "custos request match REF --delegate ID", Scopes: here,
		},
		{
			Action: requestIdentity, Keys: keyNames{"i"}, Label: "identity", Help: "Ask for proof of identity, or record that it came.",
			Command: "custos request identity REF", Scopes: here,
		},
		{
			Action: requestAuthority, Keys: keyNames{"t"}, Label: "authority",
			Help: "Ask for proof of authority, or record that it came.", Command: "custos request authority REF", Scopes: here,
		},
		{
			Action: requestFee, Keys: keyNames{"f"}, Label: "fee", Help: "Ask for a fee, or record that it was paid.",
			Command: "custos request fee REF", Scopes: here,
		},
		{
			Action: requestClarify, Keys: keyNames{"c"}, Label: "clarify",
			Help: "Ask which data is wanted, which stops the clock, or record the answer.", Command: "custos request clarify REF", Scopes: here,
		},
		{
			Action: requestExtend, Keys: keyNames{"x"}, Label: "extend", Help: "Extend by two months, with reasons.",
			Command: "custos request extend REF", Scopes: here,
		},
		{
			Action: requestDecide, Keys: keyNames{"d"}, Label: "decide", Rank: 3, Help: "Record the decision and its reasons.",
			Command: "custos request decide REF", Scopes: here,
		},
		{
			Action: requestApprove, Keys: keyNames{"p"}, Label: "approve", Rank: 4, Help: "Approve a decision somebody else prepared, after asking.",
			Command: "custos request approve REF", Scopes: here,
		},
		{
			Action: requestPack, Keys: keyNames{"b"}, Label: "build pack", Rank: 5, Help: "Build the pack that answers the request.",
			Command: "custos request pack REF --to FILE.zip", Scopes: here,
		},
		{
			Action: requestReply, Keys: keyNames{"r"}, Label: "reply", Rank: 6, Help: "Record that the reply has gone out.",
			Command: "custos request reply REF", Scopes: here,
		},
		{Action: requestNote, Keys: keyNames{"n"}, Label: "note", Rank: 7, Help: "Add a note.", Command: "custos request note REF TEXT", Scopes: here},
		{
			Action: requestClose, Keys: keyNames{"z"}, Label: "close", Help: "Close the case.",
			Command: "custos request close REF", Scopes: here,
		},
		{
			Action: requestPerson, Keys: keyNames{"w"}, Label: "who", Help: "Show the person the case is about.",
			Command: "custos delegate show ID", Scopes: here,
		},
	}
}
