package sample

import (
	"encoding/binary"
	"hash/fnv"
	"io"
	"math/rand/v2"
	"sync"
)

// dice is a stream of choices that a seed fixes.
type dice struct{ *rand.Rand }

// roll returns the stream one part of the sample draws from. Each part has its
// own, so that one course more does not change anybody's name.
func roll(seed uint64, part string) dice {
	h := fnv.New64a()
	_, _ = io.WriteString(h, part) // a hash never fails to write
	return dice{rand.New(rand.NewPCG(seed, h.Sum64()))}
}

// chance is true so many times in a hundred.
func (d dice) chance(percent int) bool { return d.IntN(100) < percent }

// between returns a number from low to high, both included.
func (d dice) between(low, high int) int {
	if high <= low {
		return low
	}
	return low + d.IntN(high-low+1)
}

func oneOf[T any](d dice, all []T) T { return all[d.IntN(len(all))] }

// Reader returns random bytes that a seed fixes, for the ids of a sample. It may
// be read from many goroutines, but the same bytes in the same order come only
// to one. Use it for a store that is new: in a second run on the same store
// the same ids would fall on the same records.
func Reader(seed uint64) io.Reader {
	pcg := rand.NewPCG(seed, 0)
	var key [32]byte
	for i := 0; i < len(key); i += 8 {
		binary.LittleEndian.PutUint64(key[i:], pcg.Uint64())
	}
	return &reader{source: rand.NewChaCha8(key)}
}

type reader struct {
	mu     sync.Mutex
	source *rand.ChaCha8
}

func (r *reader) Read(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.source.Read(p)
}
