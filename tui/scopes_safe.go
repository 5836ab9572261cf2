package tui

import "custos/tui/widget"

// The screens of safe keeping.
const (
	scopeDoing    widget.Scope = "Work under way"
	scopeBackups  widget.Scope = "Backups"
	scopeTrouble  widget.Scope = "Store in trouble"
	scopeOperator widget.Scope = "Operator"
)

const (
	goBackups     widget.Action = "go.backups"
	backupMake    widget.Action = "backup.make"
	storeCheck    widget.Action = "store.check"
	storeCompact  widget.Action = "store.compact"
	storeRekey    widget.Action = "store.rekey"
	recoveryNew   widget.Action = "recovery.replace"
	anchorMake    widget.Action = "anchor.make"
	anchorCompare widget.Action = "anchor.compare"
	passphraseSet widget.Action = "passphrase.set"
)
