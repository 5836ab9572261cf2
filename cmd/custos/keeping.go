package main

import (
	"context"

	"custos/internal/cli"
	"custos/internal/desk"
	"custos/store"
)

// outside are the options of work on files that no desk stands in front of.
func (m machine) outside(told cli.Progress) store.Options {
	o := m.options
	o.Progress = told
	return o
}

func credential(k cli.Key) store.Credential {
	return store.Credential{Operator: k.Operator, Passphrase: k.Passphrase, Recovery: k.Recovery}
}

func (m machine) restore(ctx context.Context, in cli.RestoreStore) (desk.RestoreReport, error) {
	return store.Restore(ctx, store.RestoreInput{
		Backup: in.Backup, To: in.To, Credential: credential(in.Key), WithoutLedger: in.WithoutLedger,
	}, m.outside(in.Progress))
}

func (m machine) repair(ctx context.Context, in cli.RepairStore) (desk.RepairReport, error) {
	return store.Repair(ctx, store.RepairInput{
		From: in.From, To: in.To, Ring: in.Ring, Credential: credential(in.Key),
	}, m.outside(in.Progress))
}

func (m machine) checkBackup(
	ctx context.Context, path string, k cli.Key, told cli.Progress,
) (desk.BackupReport, error) {
	return store.CheckBackup(ctx, path, credential(k), m.outside(told))
}
