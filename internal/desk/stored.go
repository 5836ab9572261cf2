package desk

import "custos/store"

// The doors read what the store says of itself, where no desk stands in front of it, through these names.
type (
	// Damage is the error of a store that does not verify, and Finding one thing that is wrong with it.
	Damage  = store.Damage
	Finding = store.Finding
	// BackupReport is how proving a backup ended, and ListedBackup what a backup says of itself.
	BackupReport = store.BackupReport
	ListedBackup = store.Listed
	// RestoreReport and RepairReport tell what became of a backup, or of a damaged store, in its new folder.
	RestoreReport = store.RestoreReport
	RepairReport  = store.RepairReport
)
