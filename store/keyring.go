package store

import (
	"encoding/hex"

	"custos/internal/register"
	"custos/internal/vault"
)

// keyring holds the store key and what is derived from it. One per open store; wiped when it closes.
type keyring struct {
	id     string // of the store: part of everything authenticated
	root   vault.Key
	record vault.Key // records about nobody
	wrap   vault.Key // wraps the keys of data subjects
	state  vault.Key
	audit  vault.Key
	anchor vault.Key
	digest vault.Key
	lookup vault.Key
}

func newKeyring(id string, root vault.Key) *keyring {
	return &keyring{
		id: id, root: root,
		record: root.Derive("records"), wrap: root.Derive("subject keys"), state: root.Derive("state"),
		audit: root.Derive("audit"), anchor: root.Derive("anchor"), digest: root.Derive("digest"),
		lookup: root.Derive("lookup"),
	}
}

func (k *keyring) wipe() {
	for _, key := range []*vault.Key{
		&k.root, &k.record, &k.wrap, &k.state, &k.audit, &k.anchor, &k.digest, &k.lookup,
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
