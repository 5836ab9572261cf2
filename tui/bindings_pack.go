package tui

import "custos/tui/widget"

// packKeys are the keys of what is found, what is taken out of it, and what is written of a case.
func packKeys() []widget.Binding {
	here, found, text := places{scopeCase}, places{scopeFindings}, places{scopeRedaction}
	return append([]widget.Binding{
		{
			Action: requestFindings, Keys: keyNames{"F"}, Label: "findings",
			Help:    "Show what is held on the person and where others' records mention them, to be taken in or left out.",
			Command: "custos request findings REF", Scopes: here,
		},
		{
			Action: requestRedact, Keys: keyNames{"R"}, Label: "words to take out",
			Help:    "Read the text of the pack and mark the words that are taken out of it.",
			Command: "custos request text REF", Scopes: append(here, scopeFindings),
		},
		{
			Action: requestLetters, Keys: keyNames{"L"}, Label: "letters",
			Help:    "Show the letters of the case, the one that is due first, and write them.",
			Command: "custos request letter REF KIND", Scopes: here,
		},
		{
			Action: findingIn, Keys: keyNames{"i"}, Label: "take in", Rank: 5,
			Help: "Have the pack take in what is marked.", Command: "custos request choose REF", Scopes: found,
		},
		{
			Action: findingOut, Keys: keyNames{"o"}, Label: "leave out", Rank: 6,
			Help: "Leave what is marked out of the pack, with the reason.", Command: "custos request choose REF", Scopes: found,
		},
		{
			Action: documentAttach, Keys: keyNames{"n"}, Label: "attach", Rank: 7,
			Help:    "List a document held elsewhere; its digest is kept, not the document.",
			Command: "custos request attach REF FILE", Scopes: found,
		},
		{
			Action: redactMark, Keys: keyNames{"space"}, Label: "mark", Rank: 3,
			Help: "Begin a mark at the word, or take the next word in.", Scopes: text,
		},
		{
			Action: redactType, Keys: keyNames{"m"}, Label: "type words", Rank: 5,
			Help: "Type the words that are taken out.", Command: "custos request redact REF", Scopes: append(text, scopeMarks),
		},
		{Action: redactFind, Keys: keyNames{"/"}, Label: "find", Rank: 4, Help: "Find words in the text of the pack.", Scopes: text},
		{Action: redactNext, Keys: keyNames{"n"}, Label: "next", Help: "Go to where the words stand next.", Scopes: text},
		{Action: redactPrev, Keys: keyNames{"N"}, Label: "previous", Help: "Go to where the words stand before.", Scopes: text},
		{
			Action: redactOff, Keys: keyNames{"delete"}, Label: "take off", Rank: 6,
			Help:    "Take a mark off, with the reason: the words stand again.",
			Command: "custos request unredact REF ID", Scopes: append(text, scopeMarks),
		},
		{
			Action: goExemptions, Keys: keyNames{"e"}, Label: "exemptions", Rank: 7,
			Help:    "Show the exemptions words may be taken out under.",
			Command: "custos exemption list", Scopes: append(text, scopeMarks),
		},
	}, paperworkKeys()...)
}

// paperworkKeys are the keys of exemptions, letters and their templates.
func paperworkKeys() []widget.Binding {
	letters, template := places{scopeLetters}, places{scopeTemplate}
	return []widget.Binding{
		{
			Action: exemptionAdd, Keys: keyNames{"n"}, Label: "new", Rank: 3, Help: "Add an exemption to the list of the office.",
			Command: "custos exemption set CODE", Scopes: places{scopeExemptions},
		},
		{
			Action: exemptionRemove, Keys: keyNames{"delete"}, Label: "remove", Rank: 4, Danger: true,
			Help:    "Take an exemption off the list, after asking.",
			Command: "custos exemption remove CODE", Scopes: places{scopeExemptions},
		},
		{
			Action: letterFill, Keys: keyNames{"e"}, Label: "fill in", Rank: 4,
			Help:    "Say what the letter has to say and the case does not tell.",
			Command: "custos request letter REF KIND --set NAME=TEXT", Scopes: letters,
		},
		{
			Action: letterWrite, Keys: keyNames{"w"}, Label: "write to a file", Rank: 3,
			Help:    "Write the letter to a file, which is recorded.",
			Command: "custos request letter REF KIND --to FILE", Scopes: letters,
		},
		{
			Action: templateReset, Keys: keyNames{"delete"}, Label: "reset", Rank: 4, Danger: true,
			Help:    "Give a letter the words it came with, after asking.",
			Command: "custos template reset KIND", Scopes: places{scopeTemplates},
		},
		{
			Action: templateSave, Keys: keyNames{"ctrl+s"}, Label: "save", Rank: 3, Help: "Use these words from now on.",
			Command: "custos template save KIND FILE", Scopes: template,
		},
		{
			Action: templateField, Keys: keyNames{"ctrl+f"}, Label: "insert a field", Rank: 4,
			Help: "Choose a field that the letter fills in.", Scopes: template,
		},
		{
			Action: templateLook, Keys: keyNames{"ctrl+o"}, Label: "preview", Rank: 5,
			Help: "Show the letter with sample values in its fields.", Scopes: template,
		},
	}
}
