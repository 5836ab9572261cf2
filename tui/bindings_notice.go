package tui

import "custos/tui/widget"

// noticeKeys are the keys of notices, of suppressions and of what other tools export.
func noticeKeys() []widget.Binding {
	return []widget.Binding{
		{
			Action: goNotices, Keys: keyNames{"n"}, Label: "notices", Rank: 6,
			Help: "Show the notices and their versions.", Scopes: places{scopeConsents},
		},
		{
			Action: noticePublish, Keys: keyNames{"n"}, Label: "new version", Rank: 3,
			Help: "Publish a version of the notice, after showing whom it concerns.", Scopes: places{scopeNotices},
		},
		{
			Action: noticeTold, Keys: keyNames{"t"}, Label: "told", Rank: 4,
			Help: "Record that people were told of the version.", Scopes: places{scopeNotices},
		},
		{
			Action: goSuppressions, Keys: keyNames{"b"}, Label: "suppressions", Rank: 7,
			Help: "Show the addresses that are never to be used.", Scopes: places{scopeConsents},
		},
		{
			Action: suppressionAdd, Keys: keyNames{"n"}, Label: "suppress", Rank: 3,
			Help: "Keep an address or a number from being used.", Scopes: places{scopeSuppressions},
		},
		{
			Action: suppressionLift, Keys: keyNames{"delete"}, Label: "lift", Rank: 4, Danger: true,
			Help: "Take a suppression away, with a reason.", Scopes: places{scopeSuppressions},
		},
		{
			Action: importContact, Keys: keyNames{"c"}, Label: "contacts", Rank: 5,
			Help: "Read what a mailing tool exported: an answer never turns from no to yes.", Scopes: places{scopeImports},
		},
	}
}
