package store

import (
	"encoding"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"custos/internal/audit"
)

// eachText visits the texts of an opened value with the names of their fields. It goes by what was written, not by what
// this program knows of the type, so that a field from elsewhere is not passed over; of the type it asks only which
// names are fields and which are names people give.
func eachText(r *Raw, visit func(field, text string)) error {
	if r.Bucket == bucketAudit {
		e, err := audit.Decode(r.Plain)
		if err != nil {
			return damagedRecord(r.Bucket, r.Key)
		}
		return auditTexts(&e, visit)
	}
	var v any
	if err := records.decode(r.Plain, &v); err != nil {
		return damagedRecord(r.Bucket, r.Key)
	}
	texts{visit}.walk("", v, shapeOf(r))
	return nil
}

func auditTexts(e *audit.Entry, visit func(field, text string)) error {
	visit("operator", e.Operator)
	visit("door", e.Door)
	visit("verb", e.Verb)
	visit("approver", e.Approver)
	visit("operation", e.Operation)
	visit("note", e.Note)
	for i, s := range e.Subjects {
		visit(fmt.Sprintf("subjects[%d]", i), s)
	}
	return nil
}

// shapeOf is the type of an opened value, nil where it is not known.
func shapeOf(r *Raw) reflect.Type {
	if c, ok := collectionNamed(r.Of); ok {
		return c.shape()
	}
	_, name, row := strings.Cut(r.Key, keySep)
	switch {
	case r.Bucket == bucketMeta:
		return reflect.TypeFor[state]()
	case r.Bucket == bucketUndo && !row:
		return reflect.TypeFor[undoHeader]()
	case r.Bucket == bucketUndo && strings.HasPrefix(name, madeName+keySep):
		return reflect.TypeFor[madeRow]()
	case r.Bucket == bucketUndo:
		return reflect.TypeFor[undoRow]()
	}
	return nil
}

// texts walks a decoded value beside its type.
type texts struct{ visit func(field, text string) }

func (w texts) walk(at string, v any, t reflect.Type) {
	t = plainType(t)
	switch v := v.(type) {
	case string:
		if t == nil || t.Kind() == reflect.String || !isDated(t) {
			w.visit(at, v)
		}
	case []byte:
		w.visit(at, string(v))
	case []any:
		for i, e := range v {
			w.walk(fmt.Sprintf("%s[%d]", at, i), e, elemOf(t))
		}
	case map[any]any:
		w.walkMap(at, v, t)
	}
}

func (w texts) walkMap(at string, v map[any]any, t reflect.Type) {
	names := make([]string, 0, len(v))
	byName := make(map[string]any, len(v))
	for k, e := range v {
		name := fmt.Sprint(k)
		names, byName[name] = append(names, name), e
	}
	slices.Sort(names)
	fields := t != nil && t.Kind() == reflect.Struct
	for _, name := range names {
		e := elemOf(t)
		if fields {
			e = fieldNamed(t, name)
		} else {
			w.visit(at+"{}", name)
		}
		w.walk(dotted(at, name), byName[name], e)
	}
}

func dotted(at, name string) string {
	if at == "" {
		return name
	}
	return at + "." + name
}

// plainType is what a pointer points to.
func plainType(t reflect.Type) reflect.Type {
	for t != nil && t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t
}

// elemOf is the type of what a list or map holds.
func elemOf(t reflect.Type) reflect.Type {
	if t != nil && (t.Kind() == reflect.Slice || t.Kind() == reflect.Array || t.Kind() == reflect.Map) {
		return t.Elem()
	}
	return nil
}

// isDated reports whether a type that is no text is written as one: a date or an instant.
func isDated(t reflect.Type) bool {
	return reflect.PointerTo(t).Implements(reflect.TypeFor[encoding.TextMarshaler]())
}

// fieldNamed is the type of a field by the name it is written under, nil where this program knows no such field.
func fieldNamed(t reflect.Type, name string) reflect.Type {
	for _, f := range reflect.VisibleFields(t) {
		if writtenName(&f) == name {
			return f.Type
		}
	}
	return nil
}

// writtenName is the name a field is written under, "" where it is not written.
func writtenName(f *reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	switch {
	case !f.IsExported() || name == "-":
		return ""
	case name == "":
		return f.Name
	}
	return name
}
