package store

import (
	"cmp"
	"path/filepath"
	"slices"

	"custos/internal/register"
	"custos/internal/vault"
)

// today is the newest key ring beside a backup that was made under former keys. Its ledger is the one that serves; its
// slots open it; and the former keys lie in it.
type today struct {
	ring   *ring
	keys   *keyring
	former []formerKey
}

// unlock turns a credential into the keys of the backup. Where there is a newer ring beside it, the credential is one of
// that; one of the backup's own time opens it too, for looking only: see outdated.
func (p *proof) unlock(c Credential) error {
	newer := p.newerRing()
	if newer == nil {
		return p.unlockOwn(c)
	}
	root, err := unlock(newer.opening(), c)
	if err != nil {
		p.outdated = err
		if ownErr := p.unlockOwn(c); ownErr == nil {
			return nil
		}
		return err
	}
	defer root.Wipe()
	t := &today{ring: newer, keys: newKeyring(newer.store, root)}
	if t.former, err = t.keys.openFormer(newer.former); err != nil {
		t.keys.wipe()
		return badBackup("the backup cannot be opened", []Finding{{Where: ringPrefix + newer.generation,
			What: "the former keys in it do not open: they were changed"}})
	}
	for _, f := range t.former {
		if f.Generation == p.m.Generation && len(f.Key) == vault.KeySize {
			p.k, p.now = newKeyring(newer.store, vault.Key(f.Key)), t
			return nil
		}
	}
	t.keys.wipe()
	return register.Errorf(register.Refused, "backup", "the backup was sealed under keys %s, which %s does not know of",
		p.m.Generation, ringPrefix+newer.generation)
}

func (p *proof) unlockOwn(c Credential) error {
	root, err := unlock(p.ring.opening(), c)
	if err != nil {
		return err
	}
	defer root.Wipe()
	p.k = newKeyring(p.ring.store, root)
	return nil
}

// newerRing is the newest of the rings beside the backup's own that was written later; nil where there is none.
func (p *proof) newerRing() *ring {
	paths, err := filepath.Glob(filepath.Join(escapeGlob(p.dir), ringPrefix+"????????"))
	if err != nil {
		return nil
	}
	var newer []*ring
	for _, path := range paths {
		r, err := readRing(path)
		if err == nil && r.store == p.m.Store && r.generation != p.m.Generation && r.at.Seq > p.ring.at.Seq {
			newer = append(newer, r)
		}
	}
	if len(newer) == 0 {
		return nil
	}
	return slices.MaxFunc(newer, func(a, b *ring) int { return cmp.Compare(a.at.Seq, b.at.Seq) })
}
