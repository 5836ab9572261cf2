//go:build !campaign

package store_test

import (
	"io"
	"os"
)

// output is where a child says what it does.
func output() io.Writer { return os.Stdout }
