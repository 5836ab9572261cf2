package vault

import (
	"bytes"
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

func drawDigest(t *rapid.T, label string) Digest {
	return Digest(rapid.SliceOfN(rapid.SampledFrom([]byte{0, 1, 0x7f, 0x80, 0xfe, 0xff}), 32, 32).Draw(t, label))
}

func TestDigestIsAdditionModulo2To256(t *testing.T) {
	modulus := new(big.Int).Lsh(big.NewInt(1), 256)
	rapid.Check(t, func(t *rapid.T) {
		a, b := drawDigest(t, "a"), drawDigest(t, "b")
		x, y := new(big.Int).SetBytes(a[:]), new(big.Int).SetBytes(b[:])
		sum, diff := a, a
		sum.Add(b)
		diff.Sub(b)
		wantSum := new(big.Int).Mod(new(big.Int).Add(x, y), modulus)
		wantDiff := new(big.Int).Mod(new(big.Int).Sub(x, y), modulus)
		if new(big.Int).SetBytes(sum[:]).Cmp(wantSum) != 0 || new(big.Int).SetBytes(diff[:]).Cmp(wantDiff) != 0 {
			t.Fatalf("a+b = %s, a-b = %s", sum, diff)
		}
	})
}

func TestDigestDoesNotDependOnOrder(t *testing.T) {
	termer := NewTermer(testKey(0))
	rapid.Check(t, func(t *rapid.T) {
		keys := rapid.SliceOfN(rapid.SliceOfN(rapid.Byte(), 1, 8), 1, 20).Draw(t, "keys")
		var sum, other Digest
		for _, k := range keys {
			sum.Add(termer.Term("delegates", k, k))
		}
		for _, k := range rapid.Permutation(keys).Draw(t, "order") {
			other.Add(termer.Term("delegates", k, k))
		}
		if !sum.Equal(other) {
			t.Fatal("the sum depends on the order")
		}
		for _, k := range keys {
			sum.Sub(termer.Term("delegates", k, k))
		}
		if sum != (Digest{}) {
			t.Fatal("taking every term out does not lead back to zero")
		}
	})
}

func TestTermDependsOnEveryPart(t *testing.T) {
	k := testKey(0)
	sealed := sealAfterNonce(make([]byte, NonceSize), k, nil, []byte("value"))
	changedNonce, changedTag := bytes.Clone(sealed), bytes.Clone(sealed)
	changedNonce[0]++
	changedTag[len(sealed)-1]++
	termer := NewTermer(k)
	seen := map[Digest]string{}
	for name, term := range map[string]Digest{
		"as it is":      termer.Term("b", []byte("k"), sealed),
		"other bucket":  termer.Term("c", []byte("k"), sealed),
		"other key":     termer.Term("b", []byte("l"), sealed),
		"moved letter":  termer.Term("bk", nil, sealed),
		"other nonce":   termer.Term("b", []byte("k"), changedNonce),
		"other tag":     termer.Term("b", []byte("k"), changedTag),
		"short value":   termer.Term("b", []byte("k"), sealed[:30]),
		"shorter value": termer.Term("b", []byte("k"), sealed[:29]),
		"other MAC key": NewTermer(testKey(1)).Term("b", []byte("k"), sealed),
	} {
		if other, dup := seen[term]; dup {
			t.Errorf("%s and %s give the same term", name, other)
		}
		seen[term] = name
	}
}

func TestLookupHashKeepsPartsApart(t *testing.T) {
	k, seen := testKey(0), map[[32]byte]string{}
	for _, c := range [][2]string{{"email", "a@example.org"}, {"emaila", "@example.org"}, {"phone", "a@example.org"}, {"email", ""}} {
		h := LookupHash(k, c[0], c[1])
		if h != LookupHash(k, c[0], c[1]) {
			t.Fatal("the same value hashes differently")
		}
		if other, dup := seen[h]; dup {
			t.Errorf("%q hashes like %q", c, other)
		}
		seen[h] = c[0] + "|" + c[1]
	}
	if LookupHash(testKey(1), "email", "") == LookupHash(k, "email", "") {
		t.Error("the key does not matter")
	}
}
