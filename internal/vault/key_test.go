package vault

import (
	"bytes"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// testKey is 0, 1, 2 … plus a start, so that vectors can be made again elsewhere.
func testKey(start byte) *Key {
	var k Key
	for i := range k {
		k[i] = start + byte(i)
	}
	return &k
}

func TestKeyIsNeverPrinted(t *testing.T) {
	k := *testKey(200)
	holder := struct{ Secret Key }{k}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%o", "%b"} {
		for _, v := range []any{k, &k, holder, []Key{k}, map[string]Key{"k": k}} {
			got := fmt.Sprintf(verb, v)
			for _, leak := range []string{"200", "201", "c8c9", "C8C9", "\xc8", `\xc8`, "310", "11001000"} {
				if strings.Contains(got, leak) {
					t.Errorf("Sprintf(%q, %T) shows key bytes: %s", verb, v, got)
				}
			}
		}
	}
	if _, err := json.Marshal(holder); !errors.Is(err, ErrKeyText) {
		t.Errorf("json.Marshal of a key: %v, want ErrKeyText", err)
	}
}

func TestNewKeysDiffer(t *testing.T) {
	if a, b := NewKey(), NewKey(); a == b || a == (Key{}) {
		t.Fatal("two new keys are equal, or zero")
	}
}

func TestWipe(t *testing.T) {
	k := *testKey(1)
	k.Wipe()
	if k != (Key{}) {
		t.Fatal("a wiped key still holds bytes")
	}
}

func TestDeriveIsHKDFExpand(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := drawKey(t, "key")
		purpose := rapid.String().Draw(t, "purpose")
		want, err := hkdf.Expand(sha256.New, k[:], "custos key v1: "+purpose, KeySize)
		if err != nil {
			t.Fatal(err)
		}
		if got := k.Derive(purpose); !bytes.Equal(got[:], want) {
			t.Fatalf("Derive(%q) = %x, want %x", purpose, got[:], want)
		}
	})
}

func TestDerivedKeysDiffer(t *testing.T) {
	k := testKey(0)
	seen := map[Key]string{*k: "the key itself"}
	for _, purpose := range []string{"", "records", "record", "state", "lookup", "anchor"} {
		d := k.Derive(purpose)
		if other, dup := seen[d]; dup {
			t.Errorf("%q derives the same key as %q", purpose, other)
		}
		seen[d] = purpose
	}
}

func TestEqual(t *testing.T) {
	if !Equal([]byte("ab"), []byte("ab")) || Equal([]byte("ab"), []byte("ac")) || Equal([]byte("ab"), []byte("a")) {
		t.Fatal("Equal is wrong")
	}
}

func drawKey(t *rapid.T, label string) *Key {
	return (*Key)(rapid.SliceOfN(rapid.Byte(), KeySize, KeySize).Draw(t, label))
}
