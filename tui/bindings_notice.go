package tui

import "custos/tui/widget"

// noticeKeys are the keys of notices, of suppressions and of what other tools export.
func noticeKeys() []widget.Binding {
	return []widget.Binding{
		{
			Action: goNotices, Keys: keyNames{"n"}, Label: "notices", Rank: 6,
			Help:    "Show the notices and their versions.",
			Command: "custos notice list", Scopes: places{scopeConsents},
		},
		{
			Action: noticePublish, Keys: keyNames{"n"}, Label: "new version", Rank: 3,
			Help:    "Publish a version of the notice, after showing whom it concerns.",
			Command: "custos notice publish NOTICE", Scopes: places{scopeNotices},
		},
		{
			Action: noticeTold, Keys: keyNames{"t"}, Label: "told", Rank: 4,
			Help:    "Record that people were told of the version.",
			Command: "custos notice told NOTICE", Scopes: places{scopeNotices},
		},
		{
			Action: noticeCompare, Keys: keyNames{"d"}, Label: "compare", Rank: 5,
			Help: "Show what changed from the version before, word by word.", Command: "custos notice diff NOTICE",
			Scopes: places{scopeNotices},
		},
		{
			Action: noticeIssue, Keys: keyNames{"ctrl+s"}, Label: "publish", Rank: 4,
			Help: "Publish the version, after asking.", Command: "custos notice publish NOTICE", Scopes: places{scopeEffect},
		},
		{
			Action: goSuppressions, Keys: keyNames{"b"}, Label: "suppressions", Rank: 7,
			Help:    "Show the addresses that are never to be used.",
			Command: "custos suppression list", Scopes: places{scopeConsents},
		},
		{
			Action: suppressionAdd, Keys: keyNames{"n"}, Label: "suppress", Rank: 3,
			Help:    "Keep an address or a number from being used.",
			Command: "custos suppression add", Scopes: places{scopeSuppressions},
		},
		{
			Action: suppressionLift, Keys: keyNames{"delete"}, Label: "lift", Rank: 4, Danger: true,
			Help:    "Take a suppression away, with a reason.",
			Command: "custos suppression lift ID", Scopes: places{scopeSuppressions},
		},
		{
			Action: importContact, Keys: keyNames{"c"}, Label: "contacts", Rank: 5,
			Help:    "Read what a mailing tool exported: an answer never turns from no to yes.",
			Command: "custos contact import FILE", Scopes: places{scopeImports},
		},
		{
			Action: contactsRefused, Keys: keyNames{"r"}, Label: "refused rows", Rank: 4,
			Help:    "Write the refused rows to a file, each with its reason, to be corrected.",
			Command: "custos contact import FILE --refused FILE", Scopes: places{scopeContacts},
		},
	}
}
