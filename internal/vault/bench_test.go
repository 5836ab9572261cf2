package vault

import "testing"

const recordSize = 600

func BenchmarkSeal(b *testing.B) {
	k, ad, plain := testKey(0), []byte("store/delegates/0123456789abcdef/1"), make([]byte, recordSize)
	buf := make([]byte, 0, recordSize+Overhead)
	b.ReportAllocs()
	for b.Loop() {
		buf = Seal(buf[:0], k, ad, plain)
	}
}

func BenchmarkOpen(b *testing.B) {
	k, ad := testKey(0), []byte("store/delegates/0123456789abcdef/1")
	sealed := Seal(nil, k, ad, make([]byte, recordSize))
	buf := make([]byte, 0, recordSize)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Open(buf[:0], k, ad, sealed); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkUnwrapAndOpen(b *testing.B) {
	wrapping, own, ad := testKey(0), testKey(1), []byte("store/delegates/0123456789abcdef/1")
	wrapped := WrapKey(wrapping, ad, own)
	sealed := Seal(nil, own, ad, make([]byte, recordSize))
	buf := make([]byte, 0, recordSize)
	b.ReportAllocs()
	for b.Loop() {
		k, err := UnwrapKey(wrapping, ad, wrapped[:])
		if err != nil {
			b.Fatal(err)
		}
		if _, err := Open(buf[:0], &k, ad, sealed); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkTerm(b *testing.B) {
	t, key := NewTermer(testKey(0)), []byte("0123456789abcdef")
	sealed := Seal(nil, testKey(0), nil, make([]byte, recordSize))
	var sum Digest
	b.ReportAllocs()
	for b.Loop() {
		sum.Add(t.Term("delegates", key, sealed))
	}
}

func BenchmarkLookupHash(b *testing.B) {
	k := testKey(0)
	b.ReportAllocs()
	for b.Loop() {
		LookupHash(k, "email", "someone@school.example")
	}
}
