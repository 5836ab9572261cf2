package store

import (
	"bytes"
	"iter"
	"time"

	"custos/internal/register"
	"custos/internal/vault"

	bolt "go.etcd.io/bbolt"
)

// Tx is the store at one moment. In Update it sees its own writes, and nothing reaches the disk unless the function
// returns nil; in View every write is Refused. For one goroutine, and never after the function has returned.
type Tx struct {
	keys  *keyring
	bolt  *bolt.Tx
	group *overlay // what earlier changes of the same commit wrote; nil in View
	stage *stage   // what this change writes; nil in View
	state state    // as of the last change

	op  register.ID
	ids *register.IDs
	at  time.Time

	seal       sealer
	subject    register.ID // whose key lastKey is
	subjectRaw []byte
	lastKey    vault.Key
	note       *string // of the change; nil in a view
}

// Settings is the office as it was set up.
func (tx *Tx) Settings() Single[register.Settings] {
	return Single[register.Settings]{rows[register.Settings]{tx, settings}}
}

// Delegates are the people on record.
func (tx *Tx) Delegates() Table[register.Delegate] {
	return Table[register.Delegate]{rows[register.Delegate]{tx, delegates}}
}

// Organisations are schools and other bodies.
func (tx *Tx) Organisations() Table[register.Organisation] {
	return Table[register.Organisation]{rows[register.Organisation]{tx, organisations}}
}

// Memberships tie people to organisations: named by delegate and membership.
func (tx *Tx) Memberships() Owned[register.Membership] {
	return Owned[register.Membership]{rows[register.Membership]{tx, memberships}}
}

// Courses are training events.
func (tx *Tx) Courses() Table[register.Course] {
	return Table[register.Course]{rows[register.Course]{tx, courses}}
}

// Bookings are places on courses: named by delegate and booking.
func (tx *Tx) Bookings() Owned[register.Booking] {
	return Owned[register.Booking]{rows[register.Booking]{tx, bookings}}
}

// Consents is the ledger of UK GDPR Art 7(1): named by delegate and event, only ever added to.
func (tx *Tx) Consents() Owned[register.ConsentEvent] {
	return Owned[register.ConsentEvent]{rows[register.ConsentEvent]{tx, consents}}
}

// Requests are cases by case number. A case is sealed anew under the key of whoever it is matched to.
func (tx *Tx) Requests() Named[register.Request] {
	return Named[register.Request]{rows[register.Request]{tx, requests},
		func(_ *keyring, name []string) []string { return name }}
}

// Disclosures are files that left the office.
func (tx *Tx) Disclosures() Table[register.Disclosure] {
	return Table[register.Disclosure]{rows[register.Disclosure]{tx, disclosures}}
}

// Disclosed ties disclosures to the people in them: named by delegate and disclosure.
func (tx *Tx) Disclosed() Owned[register.DisclosedTo] {
	return Owned[register.DisclosedTo]{rows[register.DisclosedTo]{tx, disclosed}}
}

// Batches are imports.
func (tx *Tx) Batches() Table[register.Batch] {
	return Table[register.Batch]{rows[register.Batch]{tx, batches}}
}

// Operators are the office's staff by login.
func (tx *Tx) Operators() Named[register.Operator] {
	return Named[register.Operator]{rows[register.Operator]{tx, operators},
		func(k *keyring, name []string) []string { return operatorKey(k, first(name)) }}
}

// Drafts are unfinished forms by operator and form.
func (tx *Tx) Drafts() Named[register.Draft] {
	return Named[register.Draft]{rows[register.Draft]{tx, drafts},
		func(k *keyring, name []string) []string {
			return draftKey(k, first(name), first(name[min(1, len(name)):]))
		}}
}

// Breaches are the personal data breaches, by id.
func (tx *Tx) Breaches() Table[register.Breach] {
	return Table[register.Breach]{rows[register.Breach]{tx, breaches}}
}

// Preferences are how each operator has the console, by login.
func (tx *Tx) Preferences() Named[register.Preferences] {
	return Named[register.Preferences]{rows[register.Preferences]{tx, preferences},
		func(k *keyring, name []string) []string { return operatorKey(k, first(name)) }}
}

// Holds keep a person's data from being erased: named by delegate and hold.
func (tx *Tx) Holds() Owned[register.Hold] {
	return Owned[register.Hold]{rows[register.Hold]{tx, holds}}
}

// Templates are what letters are made from, by kind of letter.
func (tx *Tx) Templates() Named[register.LetterTemplate] {
	return Named[register.LetterTemplate]{rows[register.LetterTemplate]{tx, templates},
		func(_ *keyring, name []string) []string { return name }}
}

// Erasures are what stays on record of erasures, by case number: ids and counts. They outlive everybody, so that they can
// be carried out again on an older copy. One is put again as scrub and search end, and never deleted.
func (tx *Tx) Erasures() Named[register.Erasure] {
	return Named[register.Erasure]{rows[register.Erasure]{tx, erasures},
		func(_ *keyring, name []string) []string { return name }}
}

// Backups are the copies of the store that were made and proved.
func (tx *Tx) Backups() Table[register.Backup] {
	return Table[register.Backup]{rows[register.Backup]{tx, backups}}
}

func first(parts []string) string {
	if len(parts) == 0 {
		return ""
	}
	return parts[0]
}

// IDs makes random ids.
func (tx *Tx) IDs() *register.IDs { return tx.ids }

// Operation is the id of the change; empty in View.
func (tx *Tx) Operation() register.ID { return tx.op }

// At is the instant of the change, UTC; zero in View.
func (tx *Tx) At() time.Time { return tx.at }

// raw returns the sealed bytes under a key as the transaction sees them, or nil. A value this change has put and not
// yet sealed counts as none: see plain.
func (tx *Tx) raw(bucket, key string) []byte {
	if tx.group != nil {
		if v, ok := tx.group.get(bucket, key); ok {
			return v
		}
	}
	b := tx.bolt.Bucket([]byte(bucket))
	if b == nil {
		return nil
	}
	return b.Get([]byte(key))
}

// plain returns the CBOR under a key and whose it is, or nil when there is none.
func (tx *Tx) plain(bucket, key string) ([]byte, register.ID, error) {
	env := []byte(nil)
	if s := tx.stage.get(bucket, key); s != nil {
		if s.plain != nil {
			return s.plain, s.subject, nil
		}
		env = s.raw
	} else {
		env = tx.raw(bucket, key)
	}
	if env == nil {
		return nil, "", nil
	}
	return tx.openEnvelope(bucket, key, env)
}

func (tx *Tx) has(bucket, key string) (bool, error) {
	if s := tx.stage.get(bucket, key); s != nil {
		return !s.gone(), nil
	}
	return tx.raw(bucket, key) != nil, nil
}

// openEnvelope opens sealed bytes that lie under a key.
func (tx *Tx) openEnvelope(bucket, key string, env []byte) ([]byte, register.ID, error) {
	subject, sealed, err := splitEnvelope(env)
	if err != nil {
		return nil, "", damagedRecord(bucket, key)
	}
	k, err := tx.keyFor(subject)
	if err != nil {
		return nil, "", damagedRecord(bucket, key)
	}
	plain, err := tx.seal.open(nil, k, place{bucket, key, subject}, sealed)
	if err != nil {
		return nil, "", damagedRecord(bucket, key)
	}
	return plain, subject, nil
}

// keyFor returns the key records about a subject are sealed under. The pointer holds until the next call.
func (tx *Tx) keyFor(subject register.ID) (*vault.Key, error) {
	if subject == "" {
		return &tx.keys.record, nil
	}
	wrapped := tx.wrapped(subject)
	if wrapped == nil {
		return nil, vault.ErrOpen
	}
	if tx.subject == subject && bytes.Equal(tx.subjectRaw, wrapped) {
		return &tx.lastKey, nil
	}
	k, err := tx.keys.unwrapSubject(subject, wrapped)
	if err != nil {
		return nil, err
	}
	tx.subject, tx.lastKey = subject, k
	tx.subjectRaw = append(tx.subjectRaw[:0], wrapped...)
	return &tx.lastKey, nil
}

// wipe forgets the keys and texts it holds, once nobody uses it any longer.
func (tx *Tx) wipe() {
	tx.lastKey.Wipe()
	tx.subject = ""
	tx.seal.wipe()
}

func (tx *Tx) wrapped(subject register.ID) []byte {
	if s := tx.stage.get(bucketKeys, string(subject)); s != nil {
		return s.raw
	}
	return tx.raw(bucketKeys, string(subject))
}

// put stages a record, with a key for its subject where there is none yet.
func (tx *Tx) put(p place, plain []byte) error {
	if tx.stage == nil {
		return errReadOnly
	}
	if p.subject != "" && tx.wrapped(p.subject) == nil {
		k := vault.NewKey()
		tx.stage.set(bucketKeys, string(p.subject), &staged{raw: tx.keys.wrapSubject(p.subject, &k)})
		k.Wipe()
	}
	tx.stage.set(p.bucket, p.key, &staged{plain: plain, subject: p.subject})
	return nil
}

func (tx *Tx) remove(bucket, key string) error {
	if tx.stage == nil {
		return errReadOnly
	}
	tx.stage.set(bucket, key, &staged{})
	return nil
}

func (tx *Tx) count(bucket string) int {
	n := tx.state.Counts[bucket]
	if tx.stage == nil {
		return n
	}
	for key, s := range tx.stage.buckets[bucket] {
		before := tx.raw(bucket, key) != nil
		switch {
		case before && s.gone():
			n--
		case !before && !s.gone():
			n++
		}
	}
	return n
}

// row is a record during a walk: staged, or sealed.
type row struct {
	key    string
	env    []byte
	staged *staged
}

func (r row) subject() register.ID {
	if r.staged != nil && r.staged.plain != nil {
		return r.staged.subject
	}
	subject, _, err := splitEnvelope(r.env)
	if err != nil {
		return ""
	}
	return subject
}

func (tx *Tx) openRow(bucket string, r row) ([]byte, error) {
	if r.staged != nil && r.staged.plain != nil {
		return r.staged.plain, nil
	}
	plain, _, err := tx.openEnvelope(bucket, r.key, r.env)
	return plain, err
}

// byPerson reports whether the keys of a bucket about people begin with the person's id.
func byPerson(bucket string) bool {
	return bucket != requests.name && bucket != drafts.name && bucket != bucketUndo
}

// scanSubject walks the records about a person: by prefix where keys begin with the person's id, by the envelopes'
// plain subject otherwise.
func (tx *Tx) scanSubject(bucket string, subject register.ID) iter.Seq2[row, error] {
	prefix := ""
	switch {
	case bucket == delegates.name:
		prefix = string(subject)
	case byPerson(bucket):
		prefix = string(subject) + keySep
	}
	return func(yield func(row, error) bool) {
		for r, err := range tx.scan(bucket, prefix) {
			if err == nil && r.subject() != subject {
				continue
			}
			if !yield(r, err) {
				return
			}
		}
	}
}

// Note sets what the change's audit entry says, where it is known only inside: ids and counts, never personal data.
func (tx *Tx) Note(text string) {
	if tx.note != nil {
		*tx.note = text
	}
}
