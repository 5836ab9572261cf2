package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"testing"

	"custos/internal/register"
)

func TestExitCodes(t *testing.T) {
	of := func(kind register.Kind, field string) error { return register.Errorf(kind, field, "words") }
	tests := []struct {
		name string
		err  error
		want int
	}{
		{"done", nil, 0},
		{"unclassified", errors.New("disk on fire"), 1},
		{"internal", of(register.Internal, ""), 1},
		{"no store but something else", of(register.Invalid, "store"), 3},
		{"a newer program's store", of(register.Conflict, "format"), 1},
		{"usage", usagef("--x is needed"), 2},
		{"a wrong value", of(register.Invalid, "name"), 2},
		{"no such record", of(register.NotFound, ""), 3},
		{"no store there", of(register.NotFound, "store"), 3},
		{"no such file", fmt.Errorf("reading: %w", fs.ErrNotExist), 3},
		{"changed meanwhile", of(register.Conflict, ""), 4},
		{"another role", of(register.Denied, ""), 4},
		{"a rule", of(register.Refused, ""), 4},
		{"a file that cannot be written, though its cause is a missing folder",
			&register.Error{Kind: register.Refused, Err: fs.ErrNotExist}, 4},
		{"in use", of(register.Locked, "store"), 5},
		{"interrupted", fmt.Errorf("importing: %w", context.Canceled), 130},
		{"interrupted, and said so twice", errors.Join(context.Canceled, of(register.Invalid, "x")), 130},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := exitCode(tt.err); got != tt.want {
				t.Errorf("got %d, want %d", got, tt.want)
			}
		})
	}
}
