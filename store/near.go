package store

import (
	"strings"

	"custos/internal/register"
)

// near finds the keys written in a commit by how they begin, so that reading one person's records inside a large import
// does not walk the whole of it. Keys of people's records, and of an operation's undo rows, begin with an id.
type near map[string][]string

func nearKey(bucket, key string) string { return bucket + keySep + key[:min(len(key), register.IDLen)] }

func (n near) add(bucket, key string) {
	k := nearKey(bucket, key)
	n[k] = append(n[k], key)
}

// having returns the keys of a bucket with a prefix: from the index where the prefix is long enough, else out of all.
func having[V any](n near, bucket, prefix string, all map[string]V) []string {
	candidates := n[nearKey(bucket, prefix)]
	if len(prefix) < register.IDLen {
		candidates = candidates[:0:0]
		for key := range all {
			candidates = append(candidates, key)
		}
	}
	var keys []string
	for _, key := range candidates {
		if strings.HasPrefix(key, prefix) {
			keys = append(keys, key)
		}
	}
	return keys
}
