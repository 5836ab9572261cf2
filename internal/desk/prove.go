package desk

import (
	"context"

	"custos/internal/register"
)

// Prove returns nil where a passphrase is an operator's own. It takes the time that opening the store takes, and the
// memory, so it is done one at a time. Errors: Denied for anybody but an operator of this store; Refused for a
// passphrase that is not theirs.
func (d *Desk) Prove(ctx context.Context, operator string, passphrase []byte) error {
	if op := d.member(operator); !op.Removed.IsZero() {
		return register.Errorf(register.Denied, "operator", "no operator of that name works with this store")
	}
	select {
	case d.proving <- struct{}{}:
		defer func() { <-d.proving }()
	case <-ctx.Done():
		return ctx.Err()
	}
	return d.db.Prove(operator, passphrase)
}
