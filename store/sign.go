package store

import (
	"crypto/ed25519"
	"time"

	"custos/internal/audit"
)

// Sign makes the anchor of a head of the audit trail, at an instant of the caller's clock. The key is the store's own and
// outlives a Rekey.
func (db *DB) Sign(head audit.Head, at time.Time) audit.Anchor {
	seed := [ed25519.SeedSize]byte(db.keys.signing)
	defer clear(seed[:])
	return head.Sign(&seed, db.keys.id, at.UnixMilli())
}

// Signer is the public key that the anchors of this store are signed with.
func (db *DB) Signer() [ed25519.PublicKeySize]byte {
	seed := [ed25519.SeedSize]byte(db.keys.signing)
	defer clear(seed[:])
	return audit.Signer(&seed)
}
