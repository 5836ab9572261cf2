package store

import (
	"reflect"
	"slices"
	"strings"
	"testing"
)

// accessors returns the collections Tx gives access to, by reflection: every method whose result holds a collection.
func accessors(t *testing.T) []string {
	t.Helper()
	tx := &Tx{}
	var names []string
	typ := reflect.TypeOf(tx)
	for i := range typ.NumMethod() {
		m := typ.Method(i)
		if m.Type.NumIn() != 1 || m.Type.NumOut() != 1 || m.Type.Out(0).Kind() != reflect.Struct {
			continue
		}
		if name := collectionIn(m.Func.Call([]reflect.Value{reflect.ValueOf(tx)})[0]); name != "" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// collectionIn digs the collection's name out of a Table, Owned, Named or Single.
func collectionIn(v reflect.Value) string {
	for v.Kind() == reflect.Struct {
		if c := v.FieldByName("c"); c.IsValid() && c.Kind() == reflect.Pointer {
			return c.Elem().FieldByName("name").String()
		}
		if v.NumField() == 0 {
			return ""
		}
		v = v.Field(0)
	}
	return ""
}

func TestEveryAccessorIsRegistered(t *testing.T) {
	var listed []string
	for _, c := range registry {
		listed = append(listed, c.bucket())
	}
	slices.Sort(listed)
	if got := accessors(t); !slices.Equal(got, listed) {
		t.Errorf("Tx gives access to %v, the registry lists %v: a collection that is not registered would never be "+
			"asked what it holds on a person", got, listed)
	}
}

func TestEveryCollectionAnswersOrSaysWhyNot(t *testing.T) {
	for _, c := range registry {
		v := reflect.ValueOf(c).Elem()
		answers, reason := !v.FieldByName("answer").IsNil(), c.reason()
		hasSubject := !v.FieldByName("subject").IsNil()
		if answers == (reason != "") || answers != hasSubject {
			t.Errorf("%s: it answers (%v) for a subject (%v) or gives a reason (%q), one or the other",
				c.bucket(), answers, hasSubject, reason)
		}
	}
	for name, reason := range systemBuckets() {
		if reason == "" {
			t.Errorf("%s: no reason why it answers nothing", name)
		}
		if _, ok := collectionNamed(name); ok {
			t.Errorf("%s is both a system bucket and a collection", name)
		}
	}
}

func TestTheBucketTreeIsDrawn(t *testing.T) {
	drawing := readSource(t, "schema.go")
	for name := range systemBuckets() {
		if !strings.Contains(drawing, "//\t"+name+"\n") {
			t.Errorf("the comment of schema.go does not draw %s", name)
		}
	}
	for _, c := range registry {
		if !strings.Contains(drawing, "//\t"+c.bucket()+"\n") {
			t.Errorf("the comment of schema.go does not draw %s", c.bucket())
		}
	}
}
