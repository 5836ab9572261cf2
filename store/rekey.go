package store

import (
	"bytes"
	"context"
	"fmt"
	"time"

	"custos/internal/register"
	"custos/internal/vault"

	bolt "go.etcd.io/bbolt"
)

// RekeyInput says who seals the store anew, and what the others are to open it with.
type RekeyInput struct {
	Operator   string            // whose passphrase stays as it is
	Passphrase []byte            // theirs, to be proved
	Others     map[string][]byte // new passphrases by login; who is not named gets one that is made up
}

// Rekeyed is what a Rekey leaves to be handed over, once.
type Rekeyed struct {
	Recovery    string            // the new recovery key, to be printed
	Passphrases map[string]string // those made up, by login
	Records     int               // values sealed anew
	Took        time.Duration     // by the store's clock
}

// Rekey replaces the store key and the key of everybody on record, and seals everything anew, into a new file that takes
// the place of the old one: after a passphrase or the recovery key has leaked, neither opens what is written from now on.
// Copies made before still open with them. Changes wait meanwhile; views do not, but for a moment at the end. Interrupted
// anywhere, the store opens with the old or the new key, and in both cases with the passphrase of who began it.
//
// Errors: Refused (wrong passphrase, no room on the disk), NotFound (Others names somebody without a passphrase), Invalid
// (a passphrase that cannot be one), *Damage. Where Rekeyed is not empty beside an error, the new keys are in force.
func (db *DB) Rekey(ctx context.Context, in RekeyInput, c Change) (Rekeyed, error) {
	var done Rekeyed
	err := db.submit(ctx, &job{done: make(chan struct{}), exclusive: func() error {
		var err error
		done, err = db.rekey(ctx, &in, c)
		return err
	}})
	return done, err
}

func (db *DB) rekey(ctx context.Context, in *RekeyInput, c Change) (Rekeyed, error) {
	began := db.opts.Now()
	if err := db.writable(); err != nil {
		return Rekeyed{}, err
	}
	if err := db.prove(in); err != nil {
		return Rekeyed{}, err
	}
	next := newKeyring(db.keys.id, vault.NewKey())
	defer next.wipe()
	slots, done, err := db.slotsAnew(next, in)
	if err != nil {
		return Rekeyed{}, err
	}
	s := &successor{keys: next, fresh: true}
	s.build = func(to *bolt.DB) error {
		return db.bolt.View(func(tx *bolt.Tx) error {
			r := newResealing(ctx, db, tx, next)
			defer r.wipe()
			r.out = &fileWriter{bolt: to, wrote: func() { db.at("building") }}
			defer r.out.drop()
			state, err := r.run(slots, c)
			s.state, done.Records = state, r.done
			return err
		})
	}
	if err := db.exchange(ctx, s); err != nil && !s.inPlace {
		return Rekeyed{}, err
	} else if err != nil {
		return done, err
	}
	done.Took = db.opts.Now().Sub(began)
	return done, nil
}

// prove refuses whoever cannot open the store with their passphrase.
func (db *DB) prove(in *RekeyInput) error {
	var open *opening
	err := db.bolt.View(func(tx *bolt.Tx) error {
		var err error
		open, err = readOpening(tx)
		return err
	})
	if err != nil {
		return err
	}
	if in.Operator == "" {
		return register.Errorf(register.Invalid, "operator", "sealing the store anew takes somebody with a passphrase")
	}
	root, err := unlock(open, Credential{Operator: in.Operator, Passphrase: in.Passphrase})
	defer root.Wipe()
	if err == nil && !vault.Equal(root[:], db.keys.root[:]) {
		err = register.Errorf(register.Internal, "passphrase", "the passphrase opens another store")
	}
	return err
}

// run writes the new file, and returns the state it ends with.
func (r *resealing) run(slots map[string][]byte, c Change) (state, error) {
	s := r.db.current()
	if err := r.records(); err != nil {
		return s, err
	}
	for id, slot := range slots {
		if err := r.out.put(bucketSlots, []byte(id), slot); err != nil {
			return s, err
		}
	}
	if c.Note == "" {
		c.Note = fmt.Sprintf("%s, %s", count(uint64(r.done), "value", "values"),
			count(uint64(len(slots)-1), "passphrase", "passphrases"))
	}
	if err := r.entry(&s, &c); err != nil {
		return s, err
	}
	s.Former = append(s.Former[:len(s.Former):len(s.Former)], formerKey{
		Generation: r.old.generation(), Key: bytes.Clone(r.old.root[:]), Until: r.db.opts.Now().UTC()})
	s.Digest, s.Counts[bucketSlots] = r.sum, len(slots)
	return s, r.out.finish(r.new, &s)
}

// entry adds the audit entry of the rekey itself.
func (r *resealing) entry(s *state, c *Change) error {
	op, err := register.NewIDs(r.db.opts.random()).Next(register.OperationPrefix)
	if err != nil {
		return err
	}
	at := r.db.opts.Now().UTC().Truncate(time.Millisecond)
	entry, head, err := s.head().Link(c.entry(op, at, [32]byte{}))
	if err != nil {
		return register.Errorf(register.Invalid, "", "%w", err)
	}
	s.AuditSeq, s.AuditHash = head.Seq, head.Hash
	return r.out.put(bucketAudit, []byte(auditKey(head.Seq)), r.new.sealEntry(entry))
}
