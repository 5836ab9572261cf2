package store

import (
	"bytes"
	"maps"
	"slices"
	"strings"

	"custos/internal/register"
)

// redoing does again on a copy what a ledger tells of.
type redoing struct {
	ring    *ring
	keys    map[register.ID][]byte // newer than the ring; nil: gone
	records map[string]map[string]*ledgerEntry

	r  *restoring
	to *rebuild
	// erased says that an erasure is done again that the copy does not know of.
	erased bool
}

// load reads the ledger; of several entries on a record the last counts. What cannot be relied on of it ends it.
func (d *redoing) load(p *proof, ring *ring) error {
	d.ring, d.keys, d.records = ring, map[register.ID][]byte{}, map[string]map[string]*ledgerEntry{}
	_, err := p.scanLedger(func(e *ledgerEntry) error {
		if e.Bucket == bucketKeys {
			if e.Seq > ring.at.Seq {
				d.keys[register.ID(e.Key)] = e.Value
			}
			return nil
		}
		if d.records[e.Bucket] == nil {
			d.records[e.Bucket] = map[string]*ledgerEntry{}
		}
		entry := *e
		d.records[e.Bucket][e.Key] = &entry
		return nil
	})
	if err != nil && p.ledgerBad == "" {
		return badBackup("the ledger changed while it was being read", []Finding{{Where: p.m.Ledger, What: sentence(err)}})
	}
	return nil
}

// view looks at the copy as it stands.
func (d *redoing) view() *Tx {
	k := d.r.keys
	return &Tx{keys: k, bolt: d.to.tx, seal: sealer{keys: k}}
}

func (d *redoing) did(kind, id string) {
	d.r.report.Redone[kind] = append(d.r.report.Redone[kind], id)
}

// each visits what the ledger says of a collection, in order of the keys.
func (d *redoing) each(bucket string, visit func(e *ledgerEntry) error) error {
	for _, key := range slices.Sorted(maps.Keys(d.records[bucket])) {
		if err := visit(d.records[bucket][key]); err != nil {
			return err
		}
	}
	return nil
}

// run does everything again, erasures first.
func (d *redoing) run(r *restoring, to *rebuild) error {
	d.r, d.to = r, to
	for _, step := range []func() error{
		d.erasures, d.merges, d.suppressions, d.noes, d.restrictions, d.dropUndo, d.dropKeys,
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// opened is what an entry says, once it is known to open in the copy; none where it says that the record is gone. One
// that does not open is of somebody whose key is gone: nothing of them comes back.
func (d *redoing) opened(e *ledgerEntry) (plain []byte, ok bool) {
	if e.Value == nil {
		return nil, true
	}
	plain, _, err := d.view().openEnvelope(e.Bucket, e.Key, e.Value)
	return plain, err == nil
}

// put takes an entry into the copy, if it opens there; it reports whether it says something else than what there was.
func (d *redoing) put(e *ledgerEntry) (changed bool, err error) {
	plain, ok := d.opened(e)
	before := d.view().raw(e.Bucket, e.Key)
	if !ok || bytes.Equal(before, e.Value) {
		return false, nil
	}
	if before != nil && e.Value != nil {
		was, _, err := d.view().openEnvelope(e.Bucket, e.Key, before)
		if err == nil && bytes.Equal(was, plain) { // sealed anew
			return false, nil
		}
	}
	return true, d.to.put(e.Bucket, []byte(e.Key), e.Value)
}

func (d *redoing) erasures() error {
	return d.each(erasures.name, func(e *ledgerEntry) error {
		plain, _, err := d.view().openEnvelope(e.Bucket, e.Key, e.Value)
		if err != nil {
			return err
		}
		x, err := decode[register.Erasure](e.Bucket, plain)
		if err != nil {
			return err
		}
		old, err := d.view().Erasures().Get(e.Key)
		known := err == nil && old.Delegate == x.Delegate && slices.Equal(old.Touched, x.Touched)
		if _, err := d.put(e); err != nil || known {
			return err
		}
		d.erased = true
		d.did(RedoErasure, x.Request)
		return d.erase(&x)
	})
}

// erase forgets a person under every id they went by, puts what was left of them, and masks what the erasure masked.
func (d *redoing) erase(x *register.Erasure) error {
	gone := map[register.ID]bool{x.Delegate: true}
	for _, id := range x.MergedFrom {
		gone[id] = true
	}
	if err := d.renew(gone); err != nil {
		return err
	}
	for _, at := range x.Touched {
		e := d.records[at.Collection][at.Key]
		if e == nil {
			continue
		}
		changed, err := d.put(e)
		if err != nil {
			return err
		}
		if changed {
			d.did(RedoMask, at.Collection+keySep+at.Key)
		}
		if _, opens := d.opened(e); !opens { // so nothing may stay that was not masked
			if err := d.to.put(at.Collection, []byte(at.Key), nil); err != nil {
				return err
			}
		}
	}
	return nil
}

// renew removes all that the copy holds on people, and puts what the ledger holds on them.
func (d *redoing) renew(people map[register.ID]bool) error {
	for _, bucket := range append(personalBuckets(), bucketUndo) {
		var keys []string
		if err := d.view().eachAbout(bucket, people, func(r row) { keys = append(keys, r.key) }); err != nil {
			return err
		}
		for _, key := range keys {
			if err := d.to.put(bucket, []byte(key), nil); err != nil {
				return err
			}
		}
	}
	for _, bucket := range personalBuckets() {
		err := d.each(bucket, func(e *ledgerEntry) error {
			if subject, _, err := splitEnvelope(e.Value); err != nil || !people[subject] {
				return nil //nolint:nilerr // it is gone
			}
			_, err := d.put(e)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// merges puts people who were joined from several records in place of those. Who the copy has joined already stays.
func (d *redoing) merges() error {
	return d.eachPerson(func(now, was *register.Delegate) error {
		if len(now.MergedFrom) == 0 || was != nil && slices.Equal(was.MergedFrom, now.MergedFrom) {
			return nil
		}
		if was == nil && !d.anyOf(now.MergedFrom) {
			return nil // none of them is in the backup
		}
		people := map[register.ID]bool{now.ID: true}
		for _, id := range now.MergedFrom {
			people[id] = true
		}
		d.did(RedoMerge, string(now.ID))
		return d.renew(people)
	})
}

// anyOf reports whether the backup has one of some people.
func (d *redoing) anyOf(ids []register.ID) bool {
	return slices.ContainsFunc(ids, func(id register.ID) bool {
		return slices.Contains(d.r.report.Dark, id) || d.view().raw(delegates.name, string(id)) != nil
	})
}

// eachPerson visits the people of the ledger whose record opens, as they are there and as the copy has them, nil where it
// does not.
func (d *redoing) eachPerson(visit func(now, was *register.Delegate) error) error {
	return d.each(delegates.name, func(e *ledgerEntry) error {
		now, ok := d.person(e.Value, e.Key)
		if !ok {
			return nil
		}
		if was, ok := d.person(d.view().raw(e.Bucket, e.Key), e.Key); ok {
			return visit(&now, &was)
		}
		return visit(&now, nil)
	})
}

func (d *redoing) person(env []byte, key string) (p register.Delegate, ok bool) {
	if env == nil {
		return p, false
	}
	plain, _, err := d.view().openEnvelope(delegates.name, key, env)
	if err != nil {
		return p, false
	}
	p, err = delegates.decode(plain)
	return p, err == nil
}

func (d *redoing) suppressions() error {
	return d.each(suppressions.name, func(e *ledgerEntry) error {
		changed, err := d.put(e)
		if changed {
			_, id, _ := strings.Cut(e.Key, keySep)
			d.did(RedoSuppression, id)
		}
		return err
	})
}

// noes adds every no the copy lacks; with whoever said it, where the copy does not know them.
func (d *redoing) noes() error {
	return d.each(consents.name, func(e *ledgerEntry) error {
		if e.Value == nil || d.view().raw(e.Bucket, e.Key) != nil {
			return nil
		}
		fact, ok := d.fact(e.Key, e.Value)
		who, _, _ := strings.Cut(e.Key, keySep)
		if !ok || !fact.Act.No() && !d.correctsNo(who, &fact) {
			return nil
		}
		if d.view().raw(delegates.name, who) == nil {
			person := d.records[delegates.name][who]
			if person == nil {
				return nil // they were forgotten since
			}
			changed, err := d.put(person)
			if err != nil || !changed {
				return err
			}
			d.did(RedoPerson, who)
		}
		changed, err := d.put(e)
		if changed {
			d.did(RedoNo, string(fact.ID))
		}
		return err
	})
}

// fact reads an event of the ledger of consents; false where it does not open.
func (d *redoing) fact(key string, env []byte) (register.ConsentFact, bool) {
	if env == nil {
		return register.ConsentFact{}, false
	}
	plain, _, err := d.view().openEnvelope(consents.name, key, env)
	if err != nil {
		return register.ConsentFact{}, false
	}
	v, err := briefFact(plain)
	f, ok := v.(register.ConsentFact)
	return f, ok && err == nil
}

// correctsNo reports whether an event corrects a no.
func (d *redoing) correctsNo(who string, f *register.ConsentFact) bool {
	if f.Corrects == "" {
		return false
	}
	key := who + keySep + string(f.Corrects)
	env := d.view().raw(consents.name, key)
	if e := d.records[consents.name][key]; env == nil && e != nil {
		env = e.Value
	}
	old, ok := d.fact(key, env)
	return ok && old.Act.No()
}

// restrictions restricts again whoever the copy does not have as restricted on the same grounds.
func (d *redoing) restrictions() error {
	return d.eachPerson(func(now, was *register.Delegate) error {
		if now.Status != register.Restricted || was == nil {
			return nil
		}
		if was.Status == register.Restricted && slices.Equal(was.Restrictions, now.Restrictions) {
			return nil
		}
		changed, err := d.put(d.records[delegates.name][string(now.ID)])
		if changed {
			d.did(RedoRestriction, string(now.ID))
		}
		return err
	})
}

// dropUndo drops all former versions once an erasure is done again: what they say of the person nobody can tell any more.
func (d *redoing) dropUndo() error {
	if !d.erased {
		return nil
	}
	var keys []string
	for r, err := range d.view().scan(bucketUndo, "") {
		if err != nil {
			return err
		}
		keys = append(keys, r.key)
	}
	for _, key := range keys {
		if err := d.to.put(bucketUndo, []byte(key), nil); err != nil {
			return err
		}
	}
	d.r.report.Undo += len(keys)
	return nil
}

// dropKeys removes the keys of people of whom the copy holds nothing.
func (d *redoing) dropKeys() error {
	loose := map[register.ID]bool{}
	for r, err := range d.view().scan(bucketKeys, "") {
		if err != nil {
			return err
		}
		if d.view().raw(delegates.name, r.key) == nil {
			loose[register.ID(r.key)] = true
		}
	}
	held := map[register.ID]bool{}
	for _, bucket := range append(personalBuckets(), bucketUndo) {
		if err := d.view().eachAbout(bucket, loose, func(r row) { held[r.subject()] = true }); err != nil {
			return err
		}
	}
	for id := range loose {
		if !held[id] {
			if err := d.to.put(bucketKeys, []byte(id), nil); err != nil {
				return err
			}
		}
	}
	return nil
}
