package store

import (
	"strings"

	"custos/internal/register"
)

// The bucket tree of store.db. "env" is an envelope: see envelope.go.
//
//	meta
//	├─ header                     "CUSTOSDB" 8 · format 2, big-endian · store id
//	└─ state                      env of CBOR state, under the state key
//	slots
//	└─ slot id                    vault.Slot: the store key, wrapped under a passphrase or the recovery key
//	keys
//	└─ subject id                 the key of a data subject, wrapped under the wrapping key: 72 bytes
//	audit
//	└─ sequence 8, big-endian     env of an audit entry, under the audit key
//	undo
//	├─ operation                  env of CBOR undoHeader
//	├─ operation/collection/key   env of CBOR undoRow, under the subject's key
//	└─ operation/made/number      env of CBOR madeRow: keys and hashes of records that were new
//	settings
//	└─ "settings"                 env of CBOR register.Settings
//	delegates
//	└─ delegate                   env of CBOR register.Delegate, under the delegate's key
//	organisations
//	└─ organisation               env of CBOR register.Organisation
//	memberships
//	└─ delegate/membership        env of CBOR register.Membership, under the delegate's key
//	courses
//	└─ course                     env of CBOR register.Course
//	bookings
//	└─ delegate/booking           env of CBOR register.Booking, under the delegate's key
//	consents
//	└─ delegate/event             env of CBOR register.ConsentEvent, under the delegate's key; only ever added to
//	suppressions
//	└─ hash/suppression           env of CBOR register.Suppression; hash: that of the address, which stands nowhere
//	requests
//	└─ case number                env of CBOR register.Request, under the delegate's key where one is matched
//	disclosures
//	└─ disclosure                 env of CBOR register.Disclosure
//	disclosed
//	└─ delegate/disclosure        env of CBOR register.DisclosedTo, under the delegate's key
//	batches
//	└─ batch                      env of CBOR register.Batch
//	operators
//	└─ keyed hash of the login    env of CBOR register.Operator
//	holds
//	└─ delegate/hold              env of CBOR register.Hold, under the delegate's key
//	templates
//	└─ kind of letter             env of CBOR register.LetterTemplate
//	erasures
//	└─ case number                env of CBOR register.Erasure: ids and counts; never deleted
//	backups
//	└─ backup                     env of CBOR register.Backup
//	preferences
//	└─ keyed hash of the login    env of CBOR register.Preferences
//	breaches
//	└─ breach                     env of CBOR register.Breach
//	drafts
//	└─ keyed hash of login, form  env of CBOR register.Draft, under the delegate's key where there is one
//
// Anything sealed without a subject's key is sealed under the record key unless another is named.
const (
	bucketMeta  = "meta"
	bucketSlots = "slots"
	bucketKeys  = "keys"
	bucketAudit = "audit"
	bucketUndo  = "undo"

	keyHeader = "header"
	keyState  = "state"
)

// The collections. A collection is declared with personal, which demands a type that answers "what do you hold on this
// person?", or with impersonal, which demands the reason why it holds nothing on anybody.
var (
	settings = impersonal("settings", "the office as it was set up; no data subject",
		func(*keyring, *register.Settings) []string { return []string{"settings"} })
	delegates = personal("delegates", "Personal record", "",
		func(d *register.Delegate) register.ID { return d.ID },
		func(_ *keyring, d *register.Delegate) []string { return []string{string(d.ID)} })
	organisations = impersonal("organisations", "schools and other bodies; people belong to them by memberships",
		func(_ *keyring, o *register.Organisation) []string { return []string{string(o.ID)} })
	memberships = personal("memberships", "Organisations", "",
		func(m *register.Membership) register.ID { return m.Delegate },
		func(_ *keyring, m *register.Membership) []string { return owned(m.Delegate, m.ID) })
	courses = impersonal("courses", "training events; people are on them by bookings",
		func(_ *keyring, c *register.Course) []string { return []string{string(c.ID)} })
	bookings = personal("bookings", "Training", "",
		func(b *register.Booking) register.ID { return b.Delegate },
		func(_ *keyring, b *register.Booking) []string { return owned(b.Delegate, b.ID) })
	consents = briefly(ledger(personal("consents", "Consents and objections", "",
		func(e *register.ConsentEvent) register.ID { return e.Delegate },
		func(_ *keyring, e *register.ConsentEvent) []string { return owned(e.Delegate, e.ID) })), briefFact)
	suppressions = since(impersonal("suppressions", "keyed hashes of addresses that belong to nobody",
		func(_ *keyring, s *register.Suppression) []string { return []string{s.Hash, string(s.ID)} }))
	requests = personal("requests", "Rights requests", "",
		func(r *register.Request) register.ID { return r.Delegate },
		func(_ *keyring, r *register.Request) []string { return []string{r.Ref} })
	holds = since(personal("holds", "Holds on erasure", "",
		func(h *register.Hold) register.ID { return h.Delegate },
		func(_ *keyring, h *register.Hold) []string { return owned(h.Delegate, h.ID) }))
	disclosures = impersonal("disclosures", "files that left the office; who was in them is in disclosed",
		func(_ *keyring, d *register.Disclosure) []string { return []string{string(d.ID)} })
	disclosed = personal("disclosed", "Disclosures to others", "",
		func(d *register.DisclosedTo) register.ID { return d.Delegate },
		func(_ *keyring, d *register.DisclosedTo) []string { return owned(d.Delegate, d.Disclosure) })
	batches = impersonal("batches", "imports by counts; the people are in delegates",
		func(_ *keyring, b *register.Batch) []string { return []string{string(b.ID)} })
	operators = impersonal("operators", "the office's own staff as users of this program, not as data subjects of it",
		func(k *keyring, o *register.Operator) []string { return operatorKey(k, o.Name) })
	templates = since(impersonal("templates", "the office's letters before they are anybody's",
		func(_ *keyring, t *register.LetterTemplate) []string { return []string{string(t.Kind)} }))
	erasures = lasting(since(impersonal("erasures", "who was erased, by random id only: replayed over restored copies",
		func(_ *keyring, e *register.Erasure) []string { return []string{e.Request} })))
	backups = since(impersonal("backups", "copies of the store that were made and proved",
		func(_ *keyring, b *register.Backup) []string { return []string{string(b.ID)} }))
	preferences = since(impersonal("preferences", "how the office's own staff have the console",
		func(k *keyring, p *register.Preferences) []string { return operatorKey(k, p.Operator) }))
	breaches = since(impersonal("breaches", "what went wrong and what was done about it; the people affected are a number",
		func(_ *keyring, b *register.Breach) []string { return []string{string(b.ID)} }))
	drafts = personal("drafts", "Unfinished forms", "",
		func(d *register.Draft) register.ID { return d.Subject },
		func(k *keyring, d *register.Draft) []string { return draftKey(k, d.Operator, d.Form) })
)

// registry lists every collection, in the order an access reply shows them. A test compares it with the accessors of
// Tx.
var registry = []declared{
	delegates, memberships, bookings, consents, requests, holds, disclosed, drafts,
	settings, organisations, courses, disclosures, batches, operators, suppressions, templates,
	erasures, backups, preferences, breaches,
}

func collectionNamed(bucket string) (declared, bool) {
	for _, c := range registry {
		if c.bucket() == bucket {
			return c, true
		}
	}
	return nil, false
}

// systemBuckets are the buckets that are not collections, each with why it answers no question about a person.
func systemBuckets() map[string]string {
	return map[string]string{
		bucketMeta:  "the header and the sealed state",
		bucketSlots: "the store key under each operator's passphrase",
		bucketKeys:  "keys, one to a person, named by a random id",
		bucketAudit: "who did what, with people by random id only",
		bucketUndo:  "former versions of records that answer themselves; they go when the person is forgotten",
	}
}

func owned(subject, id register.ID) []string { return []string{string(subject), string(id)} }

func operatorKey(k *keyring, login string) []string {
	return []string{k.hashed("operator", login)}
}

func draftKey(k *keyring, operator, form string) []string {
	return []string{k.hashed("draft", operator+keySep+form)}
}

// keySep stands between the parts of a key; ids never hold it.
const keySep = "/"

// joinKey makes a bucket key of its parts. It returns an Invalid error when a part is missing or holds the separator.
func joinKey(collection string, parts []string) (string, error) {
	for _, p := range parts {
		if p == "" || strings.Contains(p, keySep) {
			return "", register.Errorf(register.Invalid, "id", "a record of %s needs an id without %q", collection, keySep)
		}
	}
	key := strings.Join(parts, keySep)
	if len(key) > maxKey {
		return "", register.Errorf(register.Invalid, "id", "an id in %s is longer than %d bytes", collection, maxKey)
	}
	return key, nil
}

// maxKey is the longest key of a record, in bytes.
const maxKey = 512
