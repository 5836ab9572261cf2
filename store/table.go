package store

import (
	"iter"

	"custos/internal/register"
)

// rows is a collection within a transaction: the one implementation behind Table, Owned, Named and Single.
type rows[T any] struct {
	tx *Tx
	c  *collection[T]
}

// Table is a collection whose records are named by an id of their own.
type Table[T any] struct{ rows[T] }

// Get returns the record with an id, or a NotFound error.
func (t Table[T]) Get(id register.ID) (T, error) { return t.get(string(id)) }

// Delete removes the record with an id, or returns a NotFound error. Its bytes stay in freed pages until a Scrub.
func (t Table[T]) Delete(id register.ID) error { return t.remove(string(id)) }

// Owned is a collection whose records belong to a data subject and are named by the subject's id and their own.
type Owned[T any] struct{ rows[T] }

// Get returns a subject's record, or a NotFound error.
func (t Owned[T]) Get(subject, id register.ID) (T, error) { return t.get(string(subject), string(id)) }

// Delete removes a subject's record, or returns a NotFound error; an append-only collection refuses.
func (t Owned[T]) Delete(subject, id register.ID) error { return t.remove(string(subject), string(id)) }

// Named is a collection whose records go by a name: a case number, a login, a login and a form.
type Named[T any] struct {
	rows[T]
	key func(*keyring, []string) []string
}

// Get returns the record of a name, or a NotFound error. Operators: login. Requests: case number. Drafts: login, form.
func (t Named[T]) Get(name ...string) (T, error) { return t.get(t.key(t.tx.keys, name)...) }

// Delete removes the record of a name, or returns a NotFound error.
func (t Named[T]) Delete(name ...string) error { return t.remove(t.key(t.tx.keys, name)...) }

// Single is the one record of a collection that has only one.
type Single[T any] struct{ r rows[T] }

// Get returns the record, or a NotFound error.
func (s Single[T]) Get() (T, error) { return s.r.get(s.r.c.name) }

// Put writes the record.
func (s Single[T]) Put(v T) error { return s.r.Put(v) }

func (r rows[T]) get(parts ...string) (T, error) {
	var none T
	key, err := joinKey(r.c.name, parts)
	if err != nil {
		return none, err
	}
	plain, _, err := r.tx.plain(r.c.name, key)
	if err != nil {
		return none, err
	}
	if plain == nil {
		return none, register.Errorf(register.NotFound, "", "there is no record %s in %s", key, r.c.name)
	}
	return r.c.decode(plain)
}

// Put writes a record under the name it bears. It keeps nothing of v: v may be changed afterwards. Errors: Invalid for
// a missing id, Refused in a View, Conflict for a record of an append-only collection that exists.
func (r rows[T]) Put(v T) error {
	key, err := joinKey(r.c.name, r.c.key(r.tx.keys, &v))
	if err != nil {
		return err
	}
	var subject register.ID
	if r.c.subject != nil {
		subject = r.c.subject(&v)
	}
	if len(subject) > maxSubject {
		return register.Errorf(register.Invalid, "id", "the id of a person is longer than %d bytes", maxSubject)
	}
	if r.c.ledger {
		if old, err := r.tx.has(r.c.name, key); err != nil || old {
			return ledgerError(r.c.name, key, err)
		}
	}
	plain, err := records.encode(v)
	if err != nil {
		return err
	}
	return r.tx.put(place{r.c.name, key, subject}, plain)
}

func ledgerError(name, key string, err error) error {
	if err != nil {
		return err
	}
	return register.Errorf(register.Conflict, "", "%s is only ever added to, and %s is in it", name, key)
}

func (r rows[T]) remove(parts ...string) error {
	key, err := joinKey(r.c.name, parts)
	if err != nil {
		return err
	}
	if r.c.ledger {
		return register.Errorf(register.Refused, "", "%s is only ever added to; nothing is deleted from it", r.c.name)
	}
	if r.c.lasting {
		return register.Errorf(register.Refused, "", "nothing is ever deleted from %s", r.c.name)
	}
	old, err := r.tx.has(r.c.name, key)
	if err != nil {
		return err
	}
	if !old {
		return register.Errorf(register.NotFound, "", "there is no record %s in %s", key, r.c.name)
	}
	return r.tx.remove(r.c.name, key)
}

// Of returns the records about a data subject, in key order. It costs one seek where the collection is owned, a walk
// over its keys otherwise.
func (r rows[T]) Of(subject register.ID) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		if r.c.subject != nil && subject != "" {
			r.yieldAll(r.tx.scanSubject(r.c.name, subject), yield)
		}
	}
}

// All returns every record in key order. Records put while it runs may or may not be seen.
func (r rows[T]) All() iter.Seq2[T, error] {
	return func(yield func(T, error) bool) { r.yieldAll(r.tx.scan(r.c.name, ""), yield) }
}

func (r rows[T]) yieldAll(rows iter.Seq2[row, error], yield func(T, error) bool) {
	var none T
	for raw, err := range rows {
		if err != nil {
			yield(none, err)
			return
		}
		plain, err := r.tx.openRow(r.c.name, raw)
		if err != nil {
			yield(none, err)
			return
		}
		v, err := r.c.decode(plain)
		if !yield(v, err) || err != nil {
			return
		}
	}
}

// Len returns how many records there are, without reading them.
func (r rows[T]) Len() int { return r.tx.count(r.c.name) }
