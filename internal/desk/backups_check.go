package desk

import (
	"context"
	"path/filepath"

	"custos/internal/register"
)

// CheckBackup reads a backup on record back whole, once more; nothing is written. told may be nil and hears of each
// step. Errors: Denied; NotFound for one that is not on record or not in its folder.
func (s *Seat) CheckBackup(
	ctx context.Context, id register.ID, told func(step string, done, total int),
) (register.BackupProof, error) {
	var proof register.BackupProof
	if err := s.allow(register.StoreCheck); err != nil {
		return proof, err
	}
	all, err := s.desk.backups()
	if err != nil {
		return proof, err
	}
	for i := range all {
		if all[i].ID != id {
			continue
		}
		found, err := s.desk.db.ProveBackup(ctx, filepath.Join(all[i].Folder, all[i].File), told)
		if err != nil {
			return proof, err
		}
		proof.Records, proof.Dark, proof.Problems = found.Records, len(found.Dark), []register.StoreProblem{}
		for _, f := range found.Findings {
			proof.Problems = append(proof.Problems, register.StoreProblem{
				Where: f.Where, ID: f.ID, What: f.What, Oddity: !f.IsDamage(),
			})
		}
		return proof, nil
	}
	return proof, register.Errorf(register.NotFound, "", "no backup %s is on record", id)
}
