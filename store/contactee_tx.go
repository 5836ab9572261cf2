package store

import (
	"custos/internal/calendar"
	"custos/internal/register"
)

// Contactee is DB.Contactee as the transaction sees it, what it has changed itself among it. Memberships count that are
// current today. Errors: NotFound.
func (tx *Tx) Contactee(id register.ID, today calendar.Date) (register.Contactee, error) {
	return readContactee(tx, id, today)
}
