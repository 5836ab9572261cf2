package desk

import "custos/store"

// Damage is the error of a store that does not verify: with it and the names below the doors read what the store says
// of itself where no desk stands in front of it.
type Damage = store.Damage

// Finding is one thing that is damaged, or odd.
type Finding = store.Finding

// BackupReport is how proving a backup ended.
type BackupReport = store.BackupReport

// ListedBackup is what can be told of a backup without any key.
type ListedBackup = store.Listed

// RestoreReport tells what became of a backup in its new folder.
type RestoreReport = store.RestoreReport

// RepairReport tells what was saved of a damaged store, and what is lost.
type RepairReport = store.RepairReport
