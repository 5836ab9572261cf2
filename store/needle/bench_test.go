package needle

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// someone's values, as an erasure looks for them.
func values() []Needle {
	var all []Needle
	for _, text := range []string{"Élodie Smith-Jones", "Élodie", "Smith-Jones", "elodie.smith@school12.example",
		"12 High Street", "Leeds", "LS1 4AB", "Head of Year", "E. Smith-Jones", "AB123456C"} {
		all = append(all, Needle{text, Text})
	}
	return append(all, Needle{"01632 960123", Digits}, Needle{"1234567", Digits})
}

// BenchmarkRaw looks through noise.
func BenchmarkRaw(b *testing.B) {
	s, err := New(values())
	if err != nil {
		b.Fatal(err)
	}
	noise := make([]byte, 16<<20)
	r := rand.New(rand.NewPCG(1, 2))
	for i := range noise {
		noise[i] = byte(r.Uint32())
	}
	b.SetBytes(int64(len(noise)))
	for b.Loop() {
		s.Raw(noise, 0, len(noise), func(Find) {})
	}
}

// BenchmarkMay looks through records.
func BenchmarkMay(b *testing.B) {
	s, err := New(values())
	if err != nil {
		b.Fatal(err)
	}
	var text []byte
	for i := range 100 {
		text = fmt.Appendf(text, "bid nD%013d dname tGiven%d Family%d eemail given%d@school%d.example gupdated t"+
			"2026-03-02T09:00:00Z ephone k01632 960000 ijob_title lHead of House", i, i, i, i, i)
	}
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if s.May(text) {
			b.Fatal("found")
		}
	}
}
