package desk

import "custos/store"

// What the store says of itself where no desk stands in front of it: a store that is damaged, a backup, a restored or
// repaired copy. The doors read it through these names.
type (
	Damage        = store.Damage
	Finding       = store.Finding
	BackupReport  = store.BackupReport
	ListedBackup  = store.Listed
	RestoreReport = store.RestoreReport
	RepairReport  = store.RepairReport
)
