package cli

import "reflect"

// withoutNull returns a copy of a result in which every list that is nil is an empty one, so that scripts always find
// an array.
func withoutNull(result any) any {
	if result == nil {
		return []any{}
	}
	return fill(reflect.ValueOf(result)).Interface()
}

func fill(v reflect.Value) reflect.Value {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return v
		}
		pointer := reflect.New(v.Type().Elem())
		pointer.Elem().Set(fill(v.Elem()))
		return pointer
	case reflect.Slice:
		list := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		for i := range v.Len() {
			list.Index(i).Set(fill(v.Index(i)))
		}
		return list
	case reflect.Struct:
		copied := reflect.New(v.Type()).Elem()
		copied.Set(v)
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				copied.Field(i).Set(fill(v.Field(i)))
			}
		}
		return copied
	default:
		return v
	}
}
