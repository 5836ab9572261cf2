package store

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"custos/internal/register"
)

// Mask rewrites the texts of one record, under the same key and for the same person; an append-only collection does not
// refuse, for erasure is the one reason to change what was only ever added to. Mask is given the name of each field and
// its text, and returns what it is to be; fields are named as in Hit, and of a map both the names ("fields{}") and the
// values ("fields.notes") come. It returns how many texts changed; where none did, nothing is written.
//
// Only plain texts are given: no ids, no statuses and other enumerations, no dates. What names the record must stay:
// changing that is Refused. The former version is not kept for undoing, even in an undoable change; what older changes
// kept, DropUndo drops. Errors beside: NotFound; Invalid for a bucket that is no collection, the audit trail among them,
// which cannot change.
func (tx *Tx) Mask(bucket, key string, mask func(field, text string) string) (changed int, err error) {
	if tx.stage == nil {
		return 0, errReadOnly
	}
	c, ok := collectionNamed(bucket)
	if !ok {
		return 0, register.Errorf(register.Invalid, "", "%s is no collection: nothing can be masked in it", bucket)
	}
	plain, subject, err := tx.plain(bucket, key)
	if err != nil {
		return 0, err
	}
	if plain == nil {
		return 0, register.Errorf(register.NotFound, "", "there is no record %s in %s", key, bucket)
	}
	m := masker{mask: mask}
	p := place{bucket, key, subject}
	if plain, err = c.masked(tx.keys, p, plain, &m); err != nil || m.changed == 0 {
		return 0, err
	}
	tx.stage.masked[bucket+keySep+key] = true
	return m.changed, tx.put(p, plain)
}

// masked returns a record with its texts rewritten.
func (c *collection[T]) masked(k *keyring, at place, plain []byte, m *masker) ([]byte, error) {
	v, err := c.decode(plain)
	if err != nil {
		return nil, err
	}
	m.walk("", reflect.ValueOf(&v).Elem())
	key, err := joinKey(c.name, c.key(k, &v))
	if err != nil || key != at.key {
		return nil, register.Errorf(register.Refused, "", "what names the record %s of %s cannot be masked", at.key, c.name)
	}
	return records.encode(v)
}

// masker rewrites the texts of a value in place.
type masker struct {
	mask    func(field, text string) string
	changed int
}

var plainText = reflect.TypeFor[string]()

// text returns what a text is to be.
func (m *masker) text(at, old string) string {
	masked := m.mask(at, old)
	if masked != old {
		m.changed++
	}
	return masked
}

func (m *masker) walk(at string, v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		if v.Type() == plainText {
			v.SetString(m.text(at, v.String()))
		}
	case reflect.Pointer:
		if !v.IsNil() {
			m.walk(at, v.Elem())
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			m.walk(fmt.Sprintf("%s[%d]", at, i), v.Index(i))
		}
	case reflect.Map:
		m.walkMap(at, v)
	case reflect.Struct:
		if !isDated(v.Type()) {
			m.walkFields(at, v)
		}
	default: // numbers and the like
	}
}

func (m *masker) walkFields(at string, v reflect.Value) {
	for _, f := range reflect.VisibleFields(v.Type()) {
		name := writtenName(&f)
		if name == "" || f.Anonymous && !strings.Contains(string(f.Tag), "json:") {
			continue // its own fields come by themselves
		}
		if field, err := v.FieldByIndexErr(f.Index); err == nil {
			m.walk(dotted(at, name), field)
		}
	}
}

// walkMap rewrites names and values. Two names that become one are told apart by a number.
func (m *masker) walkMap(at string, v reflect.Value) {
	if v.Type().Key().Kind() != reflect.String || v.IsNil() {
		return
	}
	var names []string
	for _, k := range v.MapKeys() {
		names = append(names, k.String())
	}
	slices.Sort(names)
	given := v.Type().Key() == plainText
	out := reflect.MakeMapWithSize(v.Type(), v.Len())
	var renamed []string
	put := func(name, was string) {
		e := reflect.New(v.Type().Elem()).Elem()
		e.Set(v.MapIndex(keyOf(v, was)))
		m.walk(dotted(at, was), e)
		out.SetMapIndex(keyOf(v, name), e)
	}
	next := map[string]string{}
	for _, name := range names {
		if next[name] = name; given {
			next[name] = m.text(at+"{}", name)
		}
		if next[name] != name {
			renamed = append(renamed, name)
			continue
		}
		put(name, name)
	}
	for _, was := range renamed {
		name := next[was]
		for n := 2; out.MapIndex(keyOf(v, name)).IsValid(); n++ {
			name = fmt.Sprintf("%s %d", next[was], n)
		}
		put(name, was)
	}
	v.Set(out)
}

// keyOf is a name as a key of a map.
func keyOf(v reflect.Value, name string) reflect.Value {
	return reflect.ValueOf(name).Convert(v.Type().Key())
}
