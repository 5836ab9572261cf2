package store

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"custos/internal/register"
	"custos/internal/vault"
)

// gathering collects what a ledger says of spots, from one moment of the store.
type gathering struct {
	tx     *Tx
	seq    uint64
	key    vault.Key
	into   *ledgerFile
	out    []byte
	people map[register.ID]bool // whose records are all wanted
	places map[spot]bool
	keys   map[string]bool // subjects whose key is wanted
}

func newGathering(tx *Tx, into *ledgerFile, seq uint64) *gathering {
	return &gathering{tx: tx, seq: seq, key: tx.keys.backupKey("ledger"), into: into, people: map[register.ID]bool{},
		places: map[spot]bool{}, keys: map[string]bool{}}
}

// spot takes in what a spot asks for.
func (g *gathering) spot(s spot) error {
	switch {
	case s.bucket == bucketKeys:
		g.keys[s.key] = true
	case s.bucket == erasures.name:
		return g.erasure(s.key)
	case s.whole:
		return g.joined(register.ID(s.key))
	case s.bucket == consents.name:
		delegate, _, _ := strings.Cut(s.key, keySep)
		g.places[spot{bucket: delegates.name, key: delegate}] = true
		g.places[s] = true
	default:
		g.places[spot{bucket: s.bucket, key: s.key}] = true
	}
	return nil
}

// erasure takes in an erasure: what is left of the person, under every id they went by, and each record it masked.
func (g *gathering) erasure(ref string) error {
	g.places[spot{bucket: erasures.name, key: ref}] = true
	e, err := g.tx.Erasures().Get(ref)
	if err != nil {
		return err
	}
	for _, id := range append([]register.ID{e.Delegate}, e.MergedFrom...) {
		g.people[id], g.keys[string(id)] = true, true
	}
	for _, at := range e.Touched {
		g.places[spot{bucket: at.Collection, key: at.Key}] = true
	}
	return nil
}

// joined takes in a person who was joined from several records.
func (g *gathering) joined(id register.ID) error {
	g.people[id] = true
	d, err := g.tx.Delegates().Get(id)
	if register.KindOf(err) == register.NotFound && err != nil {
		return nil
	}
	for _, from := range d.MergedFrom {
		g.keys[string(from)] = true
	}
	return err
}

// seal appends all that was asked for, keys first.
func (g *gathering) seal() ([]byte, error) {
	defer g.key.Wipe()
	if err := g.findPeople(); err != nil {
		return nil, err
	}
	places := slices.SortedFunc(maps.Keys(g.places), func(a, b spot) int {
		return cmp.Or(cmp.Compare(a.bucket, b.bucket), cmp.Compare(a.key, b.key))
	})
	for _, p := range places {
		if subject, _, err := splitEnvelope(g.tx.raw(p.bucket, p.key)); err == nil && subject != "" {
			g.keys[string(subject)] = true
		}
	}
	for _, id := range slices.Sorted(maps.Keys(g.keys)) {
		if err := g.entry(bucketKeys, id); err != nil {
			return nil, err
		}
	}
	for _, p := range places {
		if err := g.entry(p.bucket, p.key); err != nil {
			return nil, err
		}
	}
	return g.out, nil
}

func (g *gathering) entry(bucket, key string) error {
	var err error
	e := ledgerEntry{Seq: g.seq, Bucket: bucket, Key: key, Value: g.tx.raw(bucket, key)}
	g.out, err = g.into.sealEntry(g.out, &g.key, &e)
	g.into.count++
	return err
}

// mark ends what was gathered.
func (g *gathering) mark(l *ledgerFile) error {
	var err error
	key := g.tx.keys.backupKey("ledger")
	defer key.Wipe()
	e := ledgerEntry{Seq: l.through.Seq, Hash: l.through.Hash[:]}
	g.out, err = l.sealEntry(g.out, &key, &e)
	l.marked = true
	return err
}

// findPeople names every record of those whose records are all wanted.
func (g *gathering) findPeople() error {
	if len(g.people) == 0 {
		return nil
	}
	for _, bucket := range personalBuckets() {
		err := g.tx.eachAbout(bucket, g.people, func(r row) { g.places[spot{bucket: bucket, key: r.key}] = true })
		if err != nil {
			return err
		}
	}
	return nil
}

// everything asks for all that a ledger holds when it is written anew: every erasure and suppression, and what the given
// spots say.
func (g *gathering) everything(spots []spot) error {
	for _, bucket := range []string{erasures.name, suppressions.name} {
		for r, err := range g.tx.scan(bucket, "") {
			if err == nil {
				err = g.spot(spot{bucket: bucket, key: r.key})
			}
			if err != nil {
				return err
			}
		}
	}
	for _, s := range spots {
		if err := g.spot(s); err != nil {
			return err
		}
	}
	return nil
}

// standing are the spots that a ledger written anew has beside erasures and suppressions: every no recorded since an
// instant, and everybody who is restricted or was joined from several records.
func (db *DB) standing(since time.Time) []spot {
	spots := db.model.noes(since)
	db.keep.mu.Lock()
	defer db.keep.mu.Unlock()
	for id := range db.keep.restricted {
		spots = append(spots, spot{bucket: delegates.name, key: string(id)})
	}
	for id := range db.keep.merged {
		spots = append(spots, spot{delegates.name, string(id), true})
	}
	return spots
}

// noes finds every event of the ledger of consents that isNo and was recorded since an instant.
func (m *model) noes(since time.Time) []spot {
	var spots []spot
	var facts []register.ConsentFact
	m.mu.RLock()
	rows := len(m.people.rows)
	m.mu.RUnlock()
	for from := 0; from < rows; from += lookRows {
		m.mu.RLock()
		known := m.forms.known()
		for row := from; row < min(rows, from+lookRows); row++ {
			packed := m.people.facts.get(uint32(row))
			if len(packed) == 0 {
				continue
			}
			u := unpacker{string(packed)}
			facts = u.facts(facts[:0], known)
			id := m.people.get(uint32(row)).id
			for i := range facts {
				if f := &facts[i]; isNo(f) && !f.Recorded.Before(since) {
					spots = append(spots, spot{bucket: consents.name, key: string(id) + keySep + string(f.ID)})
				}
			}
		}
		m.mu.RUnlock()
	}
	return spots
}
