package tui

import "custos/tui/widget"

func requestKeys() []widget.Binding {
	list := places{scopeRequests}
	return []widget.Binding{{
		Action: casesFilter, Keys: keyNames{"f"}, Label: "which cases", Rank: 6,
		Help: "List only some: open, mine, due soon, a state, a kind.", Command: "custos request list --state STATE", Scopes: list,
	}, {
		Action: casesMine, Keys: keyNames{"w"}, Label: "mine or all", Help: "List only your own cases, or those of all.",
		Command: "custos request list --owner NAME", Scopes: list,
	}, {
		Action: goMonth, Keys: keyNames{"m"}, Label: "by month", Rank: 7,
		Help:    "Show a month with what falls due on its days.",
		Command: "custos request calendar", Scopes: places{scopeRequests, scopeHome},
	}, {
		Action: monthExport, Keys: keyNames{"x"}, Label: "export", Rank: 3,
		Help:    "Write the due dates for a calendar, with nobody's name.",
		Command: "custos request calendar --to FILE.ics", Scopes: places{scopeMonth},
	}, {
		Action: goFigures, Keys: keyNames{"F"}, Label: "figures", Rank: 8,
		Help:    "Show the cases of a year in numbers and charts.",
		Command: "custos request figures YEAR", Scopes: list,
	}, {
		Action: figuresExport, Keys: keyNames{"x"}, Label: "export", Rank: 3,
		Help:    "Write the figures as a report or a table.",
		Command: "custos request figures YEAR --to FILE", Scopes: places{scopeFigures},
	}, {
		Action: incomingRead, Keys: keyNames{"i"}, Label: "read a file",
		Help:    "Read requests sent by machine; see first what becomes of each.",
		Command: "custos request import FILE --dry-run", Scopes: list,
	}, {
		Action: incomingApply, Keys: keyNames{"ctrl+s"}, Label: "open the cases", Rank: 3,
		Help:    "Open a case for each, after asking.",
		Command: "custos request import FILE", Scopes: places{scopeIncoming},
	}, {
		Action: requestAnyway, Keys: keyNames{"ctrl+s"}, Label: "open all the same", Rank: 3,
		Help:    "Open the new case beside those it may be over again.",
		Command: "custos request open", Scopes: places{scopeAlike},
	}, {
		Action: requestOpen, Keys: keyNames{"o"}, Label: "open a case", Rank: 5,
		Help: "Open a case from a request received in any way.", Command: "custos request open",
		Scopes: places{scopeHome, scopeDelegates, scopePerson, scopeRequests},
	}}
}

func caseKeys() []widget.Binding {
	here := places{scopeCase}
	return append(deskKeys(), []widget.Binding{
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
			Action: requestIdentity, Keys: keyNames{"i"}, Label: "identity",
			Help:    "Ask for proof of identity, or record that it came.",
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
			Action: requestApprove, Keys: keyNames{"p"}, Label: "approve", Rank: 4,
			Help:    "Approve a decision somebody else prepared, after asking.",
			Command: "custos request approve REF", Scopes: here,
		},
		{
			Action: requestPack, Keys: keyNames{"b"}, Label: "build pack", Rank: 5,
			Help:    "Build the pack that answers the request.",
			Command: "custos request pack REF --to FILE.zip", Scopes: here,
		},
		{
			Action: requestReply, Keys: keyNames{"r"}, Label: "reply", Rank: 6, Help: "Record that the reply has gone out.",
			Command: "custos request reply REF", Scopes: here,
		},
		{
			Action: requestNote, Keys: keyNames{"n"}, Label: "note", Rank: 7,
			Help: "Add a note.", Command: "custos request note REF TEXT", Scopes: here,
		},
		{
			Action: requestClose, Keys: keyNames{"z"}, Label: "close", Help: "Close the case.",
			Command: "custos request close REF", Scopes: here,
		},
		{
			Action: requestPerson, Keys: keyNames{"w"}, Label: "who", Help: "Show the person the case is about.",
			Command: "custos delegate show ID", Scopes: here,
		},
	}...)
}

// deskKeys are the day's work on a case: what the person is told, what is found, who does it, what is put right.
func deskKeys() []widget.Binding {
	here := places{scopeCase}
	return []widget.Binding{
		{
			Action: requestAcknowledge, Keys: keyNames{"a"}, Label: "acknowledge",
			Help:    "Record that the person was told the request has come.",
			Command: "custos request acknowledge REF", Scopes: here,
		},
		{
			Action: requestTold, Keys: keyNames{"T"}, Label: "told", Help: "Record that the person was told how it goes.",
			Command: "custos request progress REF", Scopes: here,
		},
		{
			Action: requestFound, Keys: keyNames{"N"}, Label: "finding", Help: "Write down what the enquiry found.",
			Command: "custos request found REF TEXT", Scopes: here,
		},
		{
			Action: requestReturn, Keys: keyNames{"s"}, Label: "send back",
			Help:    "Send back what waits for your approval, with the reason.",
			Command: "custos request return REF", Scopes: here,
		},
		{
			Action: requestCorrect, Keys: keyNames{"e"}, Label: "put an entry right", Rank: 9,
			Help:    "Choose an entry of the timeline whose day or words are wrong, or that never happened.",
			Command: "custos request correct REF ENTRY", Scopes: here,
		},
		{
			Action: requestAssign, Keys: keyNames{"A"}, Label: "give to a colleague", Help: "Give the case to a colleague.",
			Command: "custos request assign REF OPERATOR", Scopes: here,
		},
		{
			Action: requestTask, Keys: keyNames{"space"}, Label: "tick", Help: "Tick the selected task by hand, with a note.",
			Command: "custos request task REF TASK", Scopes: here,
		},
		{
			Action: requestDuplicate, Keys: keyNames{"D"}, Label: "duplicate",
			Help:    "Say that the case is another one over again.",
			Command: "custos request duplicate REF", Scopes: here,
		},
		{
			Action: caseOrder, Keys: keyNames{"O"}, Label: "order",
			Help: "Show the timeline from its other end.", Scopes: here,
		},
	}
}
