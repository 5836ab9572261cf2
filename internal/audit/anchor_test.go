package audit

import (
	"bytes"
	"crypto/ed25519"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

var testSeed = [32]byte{7, 6, 5, 4, 3, 2, 1}

func anchorOf(h Head) Anchor { return h.Sign(&testSeed, testStore, 1_767_312_000_000) }

func encoded(t testing.TB, a Anchor) []byte {
	t.Helper()
	b, err := a.Encode()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// testdata/anchor.json is frozen: it must stay readable and good, and must stay what is written.
func TestFrozenAnchor(t *testing.T) {
	want, err := os.ReadFile(filepath.Join("testdata", "anchor.json"))
	if err != nil {
		t.Fatal(err)
	}
	a := anchorOf(Head{Seq: 481, Hash: [32]byte{0x9f, 0x2c, 31: 1}})
	if diff := cmp.Diff(string(want), string(encoded(t, a))); diff != "" {
		t.Errorf("the format of anchors has changed (-frozen +written):\n%s", diff)
	}
	got, err := DecodeAnchor(want)
	if diff := cmp.Diff(a, got); diff != "" || err != nil {
		t.Errorf("the frozen anchor reads otherwise: %v\n%s", err, diff)
	}
	if err := got.Verify(); err != nil {
		t.Error(err)
	}
}

// The message is built here a second time, by hand: a signature must mean the same to anybody who follows the layout.
func TestSignatureIsOverTheLayout(t *testing.T) {
	a := anchorOf(Head{Seq: 0x0102, Hash: [32]byte{9}})
	message := "custos audit anchor v1\x00" + "\x00\x07store-1" + "\x00\x00\x01\x9b\x7c\x01\x04\x00" +
		"\x00\x00\x00\x00\x00\x00\x01\x02" + string(a.Hash[:]) + string(a.PublicKey[:])
	if !ed25519.Verify(a.PublicKey[:], []byte(message), a.Signature[:]) {
		t.Errorf("the signature is not over the layout; the message is %q", a.message())
	}
	if a.PublicKey != Signer(&testSeed) || a.Head() != (Head{0x0102, [32]byte{9}}) {
		t.Error("the anchor names another key or head than were given")
	}
}

func TestAnyChangeOfAnAnchorIsFound(t *testing.T) {
	whole := encoded(t, anchorOf(Head{Seq: 12, Hash: [32]byte{1}}))
	for i := range whole {
		for _, to := range []byte{whole[i] ^ 1, whole[i] ^ 0x20, '0', '\n'} {
			if to == whole[i] {
				continue
			}
			bad := bytes.Clone(whole)
			bad[i] = to
			a, err := DecodeAnchor(bad)
			if err == nil {
				err = a.Verify()
			}
			if !errors.Is(err, ErrNotAnchor) && !errors.Is(err, ErrSignature) {
				t.Fatalf("byte %d changed from %q to %q: %v", i, whole[i], to, err)
			}
		}
		if _, err := DecodeAnchor(whole[:i]); !errors.Is(err, ErrNotAnchor) {
			t.Fatalf("cut to %d bytes: %v", i, err)
		}
	}
}

func TestDecodeAnchorIsStrict(t *testing.T) {
	good := string(encoded(t, anchorOf(Head{Seq: 12, Hash: [32]byte{1}})))
	for name, bad := range map[string]string{
		"nothing":          "",
		"no object":        "12\n",
		"unknown name":     strings.Replace(good, `  "seq"`, "  \"more\": 1,\n  \"seq\"", 1),
		"name given twice": strings.Replace(good, `  "seq"`, "  \"seq\": 12,\n  \"seq\"", 1),
		"name missing":     strings.Replace(good, "  \"seq\": 12,\n", "", 1),
		"other case":       strings.Replace(good, `"seq"`, `"Seq"`, 1),
		"other order": strings.Replace(strings.Replace(good, "  \"seq\": 12,\n", "", 1),
			`  "at"`, "  \"seq\": 12,\n  \"at\"", 1),
		"other version":     strings.Replace(good, `"version": 1`, `"version": 2`, 1),
		"other format":      strings.Replace(good, "custos-anchor", "custos-audit", 1),
		"something after":   good + "\n",
		"another after":     good + good,
		"compact":           strings.NewReplacer("\n", "", "  ", "").Replace(good),
		"lines of Windows":  strings.ReplaceAll(good, "\n", "\r\n"),
		"no entry":          strings.Replace(good, `"seq": 12`, `"seq": 0`, 1),
		"no store":          strings.Replace(good, testStore, "", 1),
		"control character": strings.Replace(good, testStore, `a\u0001`, 1),
		"short hash":        strings.Replace(good, `"hash": "01`, `"hash": "`, 1),
		"capitals":          strings.Replace(good, `"signature": "`, `"signature": "A`, 1),
		"far too long":      good + strings.Repeat(" ", MaxAnchor),
	} {
		if bad == good {
			t.Fatalf("%s: nothing was changed", name)
		}
		if _, err := DecodeAnchor([]byte(bad)); !errors.Is(err, ErrNotAnchor) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestEncodeRefusesWhatIsOutOfRange(t *testing.T) {
	for name, change := range map[string]func(*Anchor){
		"no entry":      func(a *Anchor) { a.Seq = 0 },
		"no store":      func(a *Anchor) { a.Store = "" },
		"long store":    func(a *Anchor) { a.Store = strings.Repeat("s", MaxText+1) },
		"before 1970":   func(a *Anchor) { a.At = -1 },
		"after 9999":    func(a *Anchor) { a.At = MaxAt + 1 },
		"not UTF-8":     func(a *Anchor) { a.Store = "\xff" },
		"control bytes": func(a *Anchor) { a.Store = "a\n" },
	} {
		a := anchorOf(Head{Seq: 1})
		change(&a)
		if b, err := a.Encode(); err == nil {
			t.Errorf("%s: written as %s", name, b)
		}
	}
}

func TestAnchorReadsAsItWasWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		bytes32 := rapid.SliceOfN(rapid.Byte(), 32, 32)
		seed := [32]byte(bytes32.Draw(t, "seed"))
		h := Head{rapid.Uint64Min(1).Draw(t, "seq"), [32]byte(bytes32.Draw(t, "hash"))}
		a := h.Sign(&seed, rapid.StringMatching(`[ -~é£—]{1,20}`).Draw(t, "store"), rapid.Int64Range(0, MaxAt).Draw(t, "at"))
		b, err := a.Encode()
		if err != nil {
			t.Fatal(err)
		}
		got, err := DecodeAnchor(b)
		if err != nil || got != a || got.Verify() != nil {
			t.Fatalf("%+v reads as %+v, %v", a, got, err)
		}
	})
}

func FuzzDecodeAnchor(f *testing.F) {
	f.Add(encoded(f, anchorOf(Head{Seq: 1, Hash: [32]byte{1}})))
	f.Add([]byte(`{"format":"custos-anchor","version":1}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		a, err := DecodeAnchor(b)
		if err != nil {
			return
		}
		if again, err := a.Encode(); err != nil || !bytes.Equal(again, b) {
			t.Fatalf("read from %q, written as %q: %v", b, again, err)
		}
		_ = a.Verify()
	})
}
