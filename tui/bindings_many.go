package tui

import "custos/tui/widget"

// manyKeys are the keys of what a list shows as a whole: under a name, in which columns, and with all marked.
func manyKeys() []widget.Binding {
	return []widget.Binding{
		{
			Action: filtersOpen, Keys: keyNames{"*"}, Label: "saved filters",
			Help: "Keep what the list shows under a name, show it again, or forget it.", Scopes: filterLists(),
		},
		{
			Action: columnsOpen, Keys: keyNames{"|"}, Label: "columns",
			Help: "Choose the columns of the list; the first stays.", Scopes: columnLists(),
		},
		{
			Action: manyOpen, Keys: keyNames{"b"}, Label: "with all marked", Rank: 7,
			Help:    "List what can be done with every marked row at once, or with the selected one; a preview comes first.",
			Command: "custos delegate many --ACT --id ID", Scopes: places{scopeDelegates, scopeAnswers, scopeRequests},
		},
		{
			Action: manyApply, Keys: keyNames{"ctrl+s"}, Label: "carry out", Rank: 3, Danger: true,
			Help: "Do it with every row that changes, after asking.", Command: "custos delegate many --ACT --id ID",
			Scopes: places{scopeMany},
		},
		{
			Action: backupForget, Keys: keyNames{"delete"}, Label: "write the folder off", Rank: 4, Danger: true,
			Help:    "Write the folder of the selected backup off, lost for good, with a reason.",
			Command: "custos backup forget DIR", Scopes: places{scopeBackups},
		},
	}
}

// filterLists are the lists with a filter.
func filterLists() places {
	return places{
		scopeDelegates, scopeOrganisations, scopeRequests, scopeAnswers, scopeRefresh, scopeNotices, scopeSuppressions,
		scopeEffect, scopeImports, scopePlan, scopeContacts, scopeAudit, scopeIncoming, scopeFindings, scopeMarks,
		scopeExemptions, scopeTemplates, scopeErasure, scopeHolds, scopeRecipients, scopeMany,
		scopeBreaches, scopeCourses, scopeCourse, scopeDisclosures, scopeDisclosure, scopeAdopt,
	}
}

// columnLists are the lists with columns to choose from.
func columnLists() places {
	return append(filterLists(), scopeConsents, scopeBackups, scopeHistory, scopeOrganisation, scopeLetters)
}
