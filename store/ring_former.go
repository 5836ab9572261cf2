package store

import (
	"custos/internal/vault"
)

// backupKey derives a key of what lies beside the store: "backup" authenticates manifests, "ledger" seals ledgers, "ring"
// the former keys in a ring. The caller wipes it.
func (k *keyring) backupKey(purpose string) vault.Key { return k.root.Derive(purpose) }

func (k *keyring) formerAD() []byte {
	return appendParts(nil, "custos former keys v1", k.id, k.generation())
}

// sealFormer seals the store keys that were replaced, for a key ring.
func (k *keyring) sealFormer(former []formerKey) ([]byte, error) {
	plain, err := records.encode(former)
	if err != nil {
		return nil, err
	}
	key := k.backupKey("ring")
	padded := vault.Pad(nil, plain)
	defer func() { key.Wipe(); clear(plain); clear(padded) }()
	return vault.Seal(nil, &key, k.formerAD(), padded), nil
}

// openFormer opens them; none where there are none.
func (k *keyring) openFormer(sealed []byte) ([]formerKey, error) {
	if len(sealed) == 0 {
		return nil, nil
	}
	key := k.backupKey("ring")
	defer key.Wipe()
	padded, err := vault.Open(nil, &key, k.formerAD(), sealed)
	if err != nil {
		return nil, err
	}
	defer clear(padded)
	plain, err := vault.Unpad(padded)
	if err != nil {
		return nil, err
	}
	var former []formerKey
	err = records.decode(plain, &former)
	return former, err
}
