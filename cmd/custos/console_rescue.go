package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"custos/internal/cli"
	"custos/internal/register"
	"custos/store"
	"custos/tui"
)

// rescue is what the console can do with a store in trouble.
func (d *door) rescue() tui.Rescue {
	enter := func(o cli.OpenStore) tui.Opening {
		return func(ctx context.Context, operator string, passphrase []byte, tell tui.Tell) (tui.Session, error) {
			o := o
			o.Operator, o.Passphrase, o.Progress = operator, passphrase, cli.Progress(tell)
			return d.enter(ctx, o)
		}
	}
	return tui.Rescue{
		Look:        enter(cli.OpenStore{ReadOnly: true, Salvage: true, AcceptOlder: true}),
		AcceptOlder: enter(cli.OpenStore{AcceptOlder: true}),
		Restore:     d.restoreFrom, Repair: d.repairInto,
	}
}

// troubled tells the console what is the matter with a store that does not open.
func troubled(err error) error {
	var damage *store.Damage
	var e *register.Error
	errors.As(err, &e)
	switch {
	case errors.As(err, &damage):
		kind := tui.TroubleDamaged
		if e != nil && e.Field == "head" {
			kind = tui.TroubleOlder
		}
		return &tui.Trouble{Kind: kind, Problems: problems(damage.Findings), Err: err}
	case e == nil:
		return err
	case e.Kind == register.Locked:
		return &tui.Trouble{Kind: tui.TroubleHeld, Err: err}
	case e.Kind == register.Conflict && e.Field == "format":
		return &tui.Trouble{Kind: tui.TroubleNewer, Err: err}
	case e.Kind == register.Invalid && e.Field == "store":
		return &tui.Trouble{Kind: tui.TroubleDamaged, Err: err}
	}
	return err
}

func problems(found []store.Finding) []register.StoreProblem {
	all := make([]register.StoreProblem, len(found))
	for i, f := range found {
		all[i] = register.StoreProblem{Where: f.Where, ID: f.ID, What: f.What, Oddity: !f.IsDamage()}
	}
	return all
}

func credentialOf(in tui.RescueInput) store.Credential {
	if in.Operator == "" {
		return store.Credential{Recovery: string(in.Passphrase)}
	}
	return store.Credential{Operator: in.Operator, Passphrase: in.Passphrase}
}

func (d *door) restoreFrom(ctx context.Context, in tui.RescueInput, tell tui.Tell) ([]string, error) {
	r, err := store.Restore(ctx, store.RestoreInput{
		Backup: in.Backup, To: in.To, Credential: credentialOf(in), WithoutLedger: in.WithoutLedger,
	}, d.outside(cli.Progress(tell)))
	if err != nil {
		return nil, err
	}
	lines := []string{fmt.Sprintf("Restored: %d records, as of %s UTC.", r.Records, r.Backup.At.UTC().Format("2 January 2006, 15:04"))}
	for _, kind := range slices.Sorted(maps.Keys(r.Redone)) {
		if n := len(r.Redone[kind]); n > 0 {
			lines = append(lines, fmt.Sprintf("Done again, %s: %d. %v", kind, n, r.Redone[kind]))
		}
	}
	if n := len(r.Dark); n > 0 {
		lines = append(lines, fmt.Sprintf("Left out: %d records of %d people whose key is gone since.", r.DarkRecords, n))
	}
	if r.Missing > 0 {
		lines = append(lines, fmt.Sprintf("Lost: at least %d changes made after the backup.", r.Missing))
	}
	if r.LedgerLost != "" {
		lines = append(lines, "There was no ledger to go by: "+r.LedgerLost+". What was refused or erased since is not known.")
	}
	return append(lines, fmt.Sprintf("Entry %d of the audit trail tells of it.", r.Audit)), nil
}

func (d *door) repairInto(ctx context.Context, in tui.RescueInput, tell tui.Tell) ([]string, error) {
	r, err := store.Repair(ctx, store.RepairInput{
		From: d.start.Dir, To: in.To, Ring: in.Backup, Credential: credentialOf(in),
	}, d.outside(cli.Progress(tell)))
	if err != nil {
		return nil, err
	}
	n := 0
	for _, x := range r.Recovered {
		n += x
	}
	lines := []string{fmt.Sprintf("Recovered: %d records.", n)}
	if r.Whole {
		lines = append(lines, "Nothing is lost: every record is there in its last version.")
	}
	for _, f := range r.Lost {
		lines = append(lines, "LOST  "+f.String())
	}
	for _, f := range r.Ambiguous {
		lines = append(lines, "IN DOUBT, left out  "+f.String())
	}
	for _, g := range r.Gaps {
		lines = append(lines, fmt.Sprintf("The audit trail has a gap: %v", g))
	}
	return lines, nil
}
