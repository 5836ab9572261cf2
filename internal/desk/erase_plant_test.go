package desk_test

import (
	"encoding"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"custos/store"
)

// held is a collection of the store, found by what a transaction offers.
type held struct {
	name string // of the method of store.Tx
	of   reflect.Type
}

// collectionsOf lists every collection there is: each method of a transaction
// that gives something records can be put into.
func collectionsOf() []held {
	var all []held
	tx := reflect.TypeFor[*store.Tx]()
	for i := range tx.NumMethod() {
		m := tx.Method(i)
		if m.Type.NumIn() != 1 || m.Type.NumOut() != 1 {
			continue
		}
		if put, ok := m.Type.Out(0).MethodByName("Put"); ok {
			all = append(all, held{m.Name, put.Type.In(1)})
		}
	}
	return all
}

// textPaths lists the plain texts of a record by the names they are written
// under: the names in a map end in {}, elements of lists and maps in [].
func textPaths(at string, t reflect.Type) []string {
	switch t.Kind() {
	case reflect.String:
		if t == reflect.TypeFor[string]() {
			return []string{at}
		}
	case reflect.Pointer:
		return textPaths(at, t.Elem())
	case reflect.Slice, reflect.Array:
		return textPaths(at+"[]", t.Elem())
	case reflect.Map:
		var names []string
		if t.Key() == reflect.TypeFor[string]() {
			names = []string{at + "{}"}
		}
		return append(names, textPaths(at+"[]", t.Elem())...)
	case reflect.Struct:
		if reflect.PointerTo(t).Implements(reflect.TypeFor[encoding.TextMarshaler]()) {
			return nil
		}
		var all []string
		for _, f := range reflect.VisibleFields(t) {
			if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); name != "" && name != "-" {
				all = append(all, textPaths(strings.TrimPrefix(at+"."+name, "."), f.Type)...)
			}
		}
		return all
	default:
	}
	return nil
}

// filler writes a text into every free text of a record, making a first element
// where a list or map has none.
type filler struct {
	text string
	free func(path string) bool
	n    int
}

func (f *filler) fill(at string, v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		if v.Type() == reflect.TypeFor[string]() && f.free(at) {
			f.n++
			v.SetString(fmt.Sprintf("%s, no. %d", f.text, f.n))
		}
	case reflect.Pointer:
		if v.IsNil() {
			v.Set(reflect.New(v.Type().Elem()))
		}
		f.fill(at, v.Elem())
	case reflect.Slice:
		if v.Len() == 0 && f.reaches(at+"[]", v.Type().Elem()) {
			v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		}
		if v.Len() > 0 {
			f.fill(at+"[]", v.Index(0))
		}
	case reflect.Map:
		f.fillMap(at, v)
	case reflect.Struct:
		for _, x := range reflect.VisibleFields(v.Type()) {
			if name, _, _ := strings.Cut(x.Tag.Get("json"), ","); name != "" && name != "-" {
				f.fill(strings.TrimPrefix(at+"."+name, "."), v.FieldByIndex(x.Index))
			}
		}
	default:
	}
}

func (f *filler) fillMap(at string, v reflect.Value) {
	if v.Type().Key().Kind() != reflect.String || !f.free(at+"{}") && !f.reaches(at+"[]", v.Type().Elem()) {
		return
	}
	if v.IsNil() {
		v.Set(reflect.MakeMap(v.Type()))
	}
	key := reflect.New(v.Type().Key()).Elem()
	key.SetString("notes")
	if f.free(at + "{}") {
		f.n++
		key.SetString(fmt.Sprintf("%s, no. %d", f.text, f.n))
	}
	e := reflect.New(v.Type().Elem()).Elem()
	f.fill(at+"[]", e)
	v.SetMapIndex(key, e)
}

// reaches reports whether anything below a place is free text.
func (f *filler) reaches(at string, t reflect.Type) bool {
	return slices.ContainsFunc(textPaths(at, t), f.free)
}
