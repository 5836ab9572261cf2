package desk

import (
	"reflect"

	"custos/internal/register"
)

// asRead returns a Conflict where something is held no more as it was when
// somebody began to type what is to replace it. Was is what they read then;
// where it is not given, whatever is held is replaced.
func asRead[T any](what string, held T, was []T) error {
	if len(was) == 0 || reflect.DeepEqual(held, was[0]) {
		return nil
	}
	return register.Errorf(register.Conflict, "", "%s changed while you were typing; look again", what)
}
