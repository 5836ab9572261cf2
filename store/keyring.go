package store

import (
	"crypto/sha256"
	"encoding/hex"

	"custos/internal/register"
	"custos/internal/vault"
)

// keyring holds the store key, what is derived from it, and the two keys that lie in the sealed state because they
// outlive it. One per open store; wiped when it closes.
type keyring struct {
	id     string // of the store: part of everything authenticated
	root   vault.Key
	record vault.Key // records about nobody
	wrap   vault.Key // wraps the keys of data subjects
	state  vault.Key
	audit  vault.Key
	anchor vault.Key
	digest vault.Key

	lookup  vault.Key // of the state; zero until it was read
	signing vault.Key // of the state: an Ed25519 seed
}

// newKeyring derives everything but what lies in the state: see adopt.
func newKeyring(id string, root vault.Key) *keyring {
	k := &keyring{id: id}
	k.derive(root)
	return k
}

func (k *keyring) derive(root vault.Key) {
	k.root = root
	k.record, k.wrap, k.state = root.Derive("records"), root.Derive("subject keys"), root.Derive("state")
	k.audit, k.anchor, k.digest = root.Derive("audit"), root.Derive("anchor"), root.Derive("digest")
}

// adopt takes the keys that lie in a state, unless it holds them already: they never change while a store is open. A
// state of format 1 holds none; there the lookup key was derived.
func (k *keyring) adopt(s *state) error {
	switch {
	case k.lookup != vault.Key{} && k.signing != vault.Key{}:
	case s.Lookup == nil && s.Signing == nil:
		k.lookup = k.root.Derive("lookup")
	case len(s.Lookup) != vault.KeySize || len(s.Signing) != vault.KeySize:
		return damagedRecord(bucketMeta, keyState)
	default:
		k.lookup, k.signing = vault.Key(s.Lookup), vault.Key(s.Signing)
	}
	return nil
}

// generation names a store key without telling it: it stays the same until the store is sealed anew.
func (k *keyring) generation() string {
	own := k.root.Derive("generation")
	defer own.Wipe()
	sum := sha256.Sum256(appendParts(nil, "custos generation v1", k.id, string(own[:])))
	return hex.EncodeToString(sum[:4])
}

func (k *keyring) wipe() {
	for _, key := range []*vault.Key{
		&k.root, &k.record, &k.wrap, &k.state, &k.audit, &k.anchor, &k.digest, &k.lookup, &k.signing,
	} {
		key.Wipe()
	}
}

// hashed turns a name into a key that says nothing without the store key: 32 hexadecimal digits.
func (k *keyring) hashed(scope, name string) string {
	sum := vault.LookupHash(&k.lookup, scope, name)
	return hex.EncodeToString(sum[:16])
}

func (k *keyring) wrapSubject(subject register.ID, key *vault.Key) []byte {
	w := vault.WrapKey(&k.wrap, k.subjectAD(subject), key)
	return w[:]
}

func (k *keyring) unwrapSubject(subject register.ID, wrapped []byte) (vault.Key, error) {
	return vault.UnwrapKey(&k.wrap, k.subjectAD(subject), wrapped)
}

func (k *keyring) subjectAD(subject register.ID) []byte {
	return appendParts(nil, "custos subject key v1", k.id, string(subject))
}
