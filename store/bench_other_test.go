//go:build !linux

package store

import (
	"os"
	"testing"
)

// dataSync makes a file's bytes durable, as bolt does it.
func dataSync(f *os.File) error { return f.Sync() }

// dropCache cannot empty the cache here: the benchmark then compares two warm starts.
func dropCache(b *testing.B, _ string) { b.Helper() }
