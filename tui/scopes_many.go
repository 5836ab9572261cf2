package tui

import "custos/tui/widget"

// Scopes and actions of what is done with lists as a whole.
const (
	scopeMany widget.Scope = "With all marked"

	filtersOpen widget.Action = "list.filters"
	columnsOpen widget.Action = "list.columns"
	filterTaken widget.Action = "list.filter-taken" // another filter is in place; no key does it
	manyOpen    widget.Action = "many.open"
	manyApply   widget.Action = "many.apply"

	backupForget widget.Action = "backup.forget"
)
