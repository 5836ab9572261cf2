package tui

import (
	"slices"

	"custos/tui/widget"
)

// bindings is the one table of keys: footer, help, palette, manual and documentation are made from it.
func bindings() *widget.Keys {
	return widget.NewKeys(slices.Concat(
		widget.Navigation(),
		everywhere(),
		widget.Listing(scopeHome, scopeDelegates, scopeMerge, scopeOrganisations, scopeRequests, scopeConsents,
			scopeAnswers, scopeRefresh, scopeMatrix, scopeNotices, scopeSuppressions, scopeEffect, scopeAsk, scopeSheet, scopeImports,
			scopePlan, scopeContacts, scopeAudit, scopeSettings, scopeOperator, scopeAdopt, scopeBackups, scopeTrouble,
			scopeIncoming, scopeFindings, scopeMarks, scopeExemptions, scopeLetters, scopeTemplates,
			scopeGuide, scopeErasure, scopeHolds, scopeRecipients, scopeBreaches, scopeCourses, scopeCourse, scopeDisclosures, scopeDisclosure, scopeMany,
			scopePresent),
		listKeys(),
		personKeys(),
		mergeKeys(),
		consentKeys(),
		noticeKeys(),
		paperKeys(),
		organisationKeys(),
		requestKeys(),
		breachKeys(),
		caseKeys(),
		packKeys(),
		dataKeys(),
		handoverKeys(),
		importKeys(),
		officeKeys(),
		courseKeys(),
		safeKeys(),
		guideKeys(),
		manyKeys(),
		presentKeys(),
	)...)
}

// BindingsMarkdown is the table of keys with the command that does the same, which the commands are held to.
func BindingsMarkdown() string { return bindings().Markdown() }

// BindingsText is the table of keys for the manual page.
func BindingsText() string { return bindings().Text() }

type (
	keyNames = []string
	places   = []widget.Scope
)

func everywhere() []widget.Binding {
	return []widget.Binding{
		{Action: goHome, Keys: keyNames{"1"}, Label: "home", Help: "Go to what must be done today."},
		{Action: goDelegates, Keys: keyNames{"2"}, Label: "delegates", Help: "Go to the people.", Command: "custos delegate list"},
		{
			Action: goOrganisations, Keys: keyNames{"3"}, Label: "organisations", Help: "Go to the organisations.",
			Command: "custos organisation list",
		},
		{Action: goRequests, Keys: keyNames{"4"}, Label: "requests", Help: "Go to the cases.", Command: "custos request list"},
		{Action: goConsents, Keys: keyNames{"5"}, Label: "consents", Help: "Go to what people agreed to.", Command: "custos consent list"},
		{Action: goImports, Keys: keyNames{"6"}, Label: "imports", Help: "Go to the imports.", Command: "custos delegate import FILE"},
		{Action: goAudit, Keys: keyNames{"7"}, Label: "audit", Help: "Go to the audit trail.", Command: "custos audit list"},
		{Action: goSettings, Keys: keyNames{"8"}, Label: "settings", Help: "Go to the settings.", Command: "custos info"},
		{
			Action: lockNow, Keys: keyNames{"ctrl+l"}, Label: "lock now",
			Help: "Hide everything until the passphrase is typed again; unfinished forms are kept.",
		},
		{
			Action: leave, Keys: keyNames{"ctrl+c", "ctrl+q"}, Label: "leave", Rank: 12,
			Help: "Leave the program; unfinished forms are kept.",
		},
	}
}

func listKeys() []widget.Binding {
	tables := places{scopeDelegates, scopeOrganisations, scopeRequests}
	parts := append(slices.Clone(tables), scopeAnswers, scopePlan, scopeContacts, scopeFindings, scopeMarks, scopeErasure, scopeMany)
	lists := places{scopeDelegates, scopeOrganisations, scopeRequests, scopeAudit}
	changes := places{scopeHome, scopeDelegates, scopePerson, scopeOrganisations, scopeOrganisation}
	copies := places{scopeDelegates, scopePerson, scopeHistory, scopeOrganisations, scopeOrganisation, scopeRequests, scopeCase,
		scopeAnswers, scopeRefresh, scopeMatrix, scopeWhy, scopeSuppressions, scopeSheet, scopeImports, scopeAudit, scopeKey,
		scopeHolds, scopeCourses, scopeCourse, scopeDisclosures, scopeDisclosure}
	return []widget.Binding{
		{Action: sortNext, Keys: keyNames{"s"}, Label: "sort", Help: "Sort by the next column.", Scopes: lists},
		{Action: sortTurn, Keys: keyNames{"S"}, Label: "turn", Help: "Turn the order round.", Scopes: lists},
		{
			Action: viewNext, Keys: keyNames{"v"}, Label: "view", Help: "Show another part of the list.",
			Scopes: parts,
		},
		{
			Action: export, Keys: keyNames{"x"}, Label: "export", Rank: 6, Help: "Write the list to a file, which is recorded as a disclosure.",
			Command: "custos export NOUN --to FILE", Scopes: append(slices.Clone(tables), scopeBreaches),
		},
		{Action: undo, Keys: keyNames{"u"}, Label: "undo", Rank: 8, Help: "Take back your last change, after asking.", Scopes: changes},
		{
			Action: pinIt, Keys: keyNames{"*"}, Label: "pin", Help: "Pin the record, so that home and the palette show it first; or unpin it.",
			Scopes: places{scopePerson, scopeOrganisation, scopeCase},
		},
		{Action: copyIt, Keys: keyNames{"y"}, Label: "copy", Help: "Copy the number or id of what is selected.", Scopes: copies},
		{
			Action: formFresh, Keys: keyNames{"ctrl+r"}, Label: "start afresh", Rank: 5,
			Help: "Forget what was typed, after asking.", Scopes: places{scopeForm, scopeTemplate},
		},
		{
			Action: keySave, Keys: keyNames{"s"}, Label: "save to a file", Rank: 3,
			Help: "Write the recovery key to a file of your choice.", Scopes: places{scopeKey},
		},
	}
}

func personKeys() []widget.Binding {
	both := places{scopeDelegates, scopePerson}
	return []widget.Binding{
		{
			Action: delegateAdd, Keys: keyNames{"n"}, Label: "new", Rank: 3, Help: "Add a person.",
			Command: "custos delegate add", Scopes: places{scopeDelegates},
		},
		{
			Action: delegateEdit, Keys: keyNames{"e"}, Label: "edit", Rank: 3, Help: "Change what is held on this person.",
			Command: "custos delegate change ID", Scopes: both,
		},
		{
			Action: consentRecord, Keys: keyNames{"c"}, Label: "consent", Rank: 4,
			Help: "Record a consent, an objection or a withdrawal.", Command: "custos consent record", Scopes: both,
		},
		{
			Action: consentHistory, Keys: keyNames{"C"}, Label: "history", Help: "Show every consent event.",
			Command: "custos consent history --delegate ID", Scopes: places{scopePerson},
		},
		{
			Action: membershipSet, Keys: keyNames{"m"}, Label: "membership", Rank: 6,
			Help: "Make the person a member of an organisation, or change how.", Scopes: both,
		},
		{
			Action: membershipEnd, Keys: keyNames{"M"}, Label: "end membership", Help: "End a membership today.",
			Scopes: places{scopePerson},
		},
		{
			Action: delegateDeactivate, Keys: keyNames{"d"}, Label: "deactivate", Rank: 7,
			Help: "End the use of the record at once, with a reason.", Command: "custos delegate deactivate ID", Scopes: both,
		},
		{
			Action: delegateReactivate, Keys: keyNames{"r"}, Label: "reactivate", Help: "Take a deactivated record back into use.",
			Command: "custos delegate reactivate ID", Scopes: places{scopePerson},
		},
	}
}

// mergeKeys join two records of the same person.
func mergeKeys() []widget.Binding {
	const command = "custos delegate merge ID --into ID"
	return []widget.Binding{
		{
			Action: delegateMerge, Keys: keyNames{"J"}, Label: "merge with another record",
			Help:    "Join two records of the same person, after showing what becomes of both.",
			Command: command + " --dry-run", Scopes: places{scopePerson},
		},
		{
			Action: mergeTurn, Keys: keyNames{"t"}, Label: "turn round", Rank: 3,
			Help: "Have the other of the two records stay.", Command: command + " --dry-run", Scopes: places{scopeMerge},
		},
		{
			Action: mergeRecords, Keys: keyNames{"ctrl+s"}, Label: "merge", Rank: 4, Danger: true,
			Help: "Join the records for good, after asking.", Command: command + " --yes", Scopes: places{scopeMerge},
		},
	}
}

func organisationKeys() []widget.Binding {
	return []widget.Binding{
		{
			Action: organisationAdd, Keys: keyNames{"n"}, Label: "new", Rank: 3, Help: "Add an organisation.",
			Command: "custos organisation add", Scopes: places{scopeOrganisations},
		},
		{
			Action: organisationEdit, Keys: keyNames{"e"}, Label: "edit", Rank: 3, Help: "Change what is held on this organisation.",
			Command: "custos organisation change ID", Scopes: places{scopeOrganisations, scopeOrganisation},
		},
	}
}

func importKeys() []widget.Binding {
	return []widget.Binding{
		{
			Action: importFile, Keys: keyNames{"n"}, Label: "new import", Rank: 3, Help: "Choose a file and see what it would change.",
			Command: "custos delegate import FILE --dry-run", Scopes: places{scopeImports},
		},
		{
			Action: importUndo, Keys: keyNames{"u"}, Label: "undo import", Rank: 4, Help: "Take a whole import back, after asking.",
			Command: "custos import undo BATCH", Scopes: places{scopeImports},
		},
		{
			Action: importMapping, Keys: keyNames{"m"}, Label: "mapping", Rank: 3, Help: "Say which column is which field.",
			Command: "custos delegate import FILE --map FILE", Scopes: places{scopePlan},
		},
		{
			Action: importApply, Keys: keyNames{"ctrl+s"}, Label: "apply", Rank: 4, Help: "Carry the plan out, after asking.",
			Command: "custos delegate import FILE", Scopes: places{scopePlan, scopeContacts}, Danger: true,
		},
	}
}

func officeKeys() []widget.Binding {
	return []widget.Binding{
		{
			Action: auditVerify, Keys: keyNames{"v"}, Label: "verify", Rank: 3, Help: "Walk the chain from its first entry.",
			Command: "custos audit verify", Scopes: places{scopeAudit},
		},
		{
			Action: auditExport, Keys: keyNames{"x"}, Label: "export", Rank: 4,
			Help: "Write the trail to a file that can be verified without the store.", Command: "custos audit export --to FILE",
			Scopes: places{scopeAudit},
		},
		{
			Action: operatorAdd, Keys: keyNames{"n"}, Label: "new operator", Rank: 3, Help: "Add a member of staff.",
			Command: "custos operator add NAME", Scopes: places{scopeSettings},
		},
		{
			Action: operatorRemove, Keys: keyNames{"delete"}, Label: "remove", Rank: 4,
			Help: "Take a member of staff's way in away, after asking.", Command: "custos operator remove NAME",
			Scopes: places{scopeSettings, scopeOperator}, Danger: true,
		},
		{
			Action: profileAdopt, Keys: keyNames{"ctrl+s"}, Label: "adopt", Rank: 3, Help: "Go over to the profile, after asking.",
			Command: "custos profile adopt FILE", Scopes: places{scopeAdopt}, Danger: true,
		},
	}
}
