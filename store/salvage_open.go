package store

import (
	"crypto/sha256"
	"maps"
	"runtime"
	"slices"
	"sync"

	"custos/internal/register"
	"custos/internal/vault"
)

// sealTester finds out where values open; for one goroutine.
type sealTester struct {
	*salvage
	seal    sealer
	buckets []string
	buf     []byte
	plain   []byte

	wrapped *sealedAt
	key     vault.Key
}

// openAll finds out in which bucket each value opens that does not open yet, on all processors.
func (s *salvage) openAll(values []*sealedAt) {
	names := append(slices.Sorted(maps.Keys(systemBuckets())), registryNames()...)
	shares := max(1, min(runtime.GOMAXPROCS(0), len(values)/minShare))
	used := make([]map[*sealedAt]bool, shares)
	var wg sync.WaitGroup
	for i := range shares {
		wg.Go(func() {
			t := sealTester{salvage: s, seal: sealer{keys: s.keys}, buckets: names}
			used[i] = map[*sealedAt]bool{}
			for _, e := range values[len(values)*i/shares : len(values)*(i+1)/shares] {
				if s.ctx.Err() != nil {
					return
				}
				if e.opens != "" {
					continue
				}
				if t.try(e); e.under != nil && e.leaf.standing <= orphaned {
					used[i][e.under] = true
				}
			}
		})
	}
	wg.Wait()
	for _, u := range used {
		for e := range u {
			e.proved = true
		}
	}
}

func registryNames() []string {
	var names []string
	for _, c := range registry {
		names = append(names, c.bucket())
	}
	return names
}

// try opens a value in the bucket the tree names, then in every other one.
func (t *sealTester) try(e *sealedAt) {
	if t.buf = t.read(e); len(t.buf) == 0 {
		return
	}
	order := append([]string{e.leaf.bucket}, t.buckets...)
	for _, bucket := range order {
		if bucket != "" && t.opensIn(bucket, e) {
			sum := sha256.Sum256(t.buf)
			e.opens, e.sum = bucket, [16]byte(sum[:16])
			return
		}
	}
}

func (t *sealTester) read(e *sealedAt) []byte {
	if e.value != nil {
		return e.value
	}
	if cap(t.buf) < e.size {
		t.buf = make([]byte, e.size)
	}
	n, _ := t.file.r.ReadAt(t.buf[:e.size], e.at)
	return t.buf[:n]
}

func (t *sealTester) opensIn(bucket string, e *sealedAt) bool {
	switch bucket {
	case bucketMeta:
		if e.key == keyHeader {
			h, err := decodeHeader(t.buf)
			return err == nil && h.id == t.keys.id
		}
		return e.key == keyState && t.envelope(bucket, e)
	case bucketSlots:
		slot, err := vault.UnmarshalSlot(t.buf)
		return err == nil && slot.Name.Slot == e.key && slot.Name.Store == t.keys.id
	case bucketKeys:
		if len(t.buf) != vault.WrappedKeySize {
			return false
		}
		k, err := t.keys.unwrapSubject(register.ID(e.key), t.buf)
		k.Wipe()
		return err == nil
	case bucketAudit:
		if len(e.key) != auditKeySize {
			return false
		}
		entry, err := t.seal.openEntry([]byte(e.key), t.buf)
		return err == nil && entry.Seq == auditSeq([]byte(e.key))
	}
	return t.envelope(bucket, e)
}

// envelope opens a value under the key of whoever it is about: every one that was found.
func (t *sealTester) envelope(bucket string, e *sealedAt) bool {
	subject, sealed, err := splitEnvelope(t.buf)
	if err != nil {
		return false
	}
	at := place{bucket, e.key, subject}
	if subject == "" {
		t.plain, err = t.seal.open(t.plain[:0], t.keys.impersonal(bucket), at, sealed)
		return err == nil
	}
	if bucket == bucketMeta {
		return false
	}
	for _, w := range t.wraps[subject] {
		if !t.unwrap(subject, w) {
			continue
		}
		if t.plain, err = t.seal.open(t.plain[:0], &t.key, at, sealed); err == nil {
			e.under = w
			return true
		}
	}
	return false
}

// unwrap opens a wrapped key, once for a run of values of one person.
func (t *sealTester) unwrap(subject register.ID, w *sealedAt) bool {
	if t.wrapped == w {
		return true
	}
	value := w.value
	if value == nil {
		value = make([]byte, w.size)
		if n, _ := t.file.r.ReadAt(value, w.at); n < len(value) {
			return false
		}
	}
	k, err := t.keys.unwrapSubject(subject, value)
	if err != nil {
		return false
	}
	t.key, t.wrapped = k, w
	return true
}

// auditKeySize is the length of the key of an audit entry.
const auditKeySize = 8
