package vault

import (
	"bytes"
	"encoding/hex"
	"testing"

	"golang.org/x/crypto/argon2"
	"golang.org/x/crypto/chacha20poly1305"
)

// The bytes of every format, frozen. A change here makes existing stores unreadable: it needs a new version instead.
const (
	vectorDerived = "ca3a83dc9b7d3b2a9293a85f6e8a11e3de3d36205ff93d9d534aefea853b4b32"
	vectorSealed  = "404142434445464748494a4b4c4d4e4f5051525354555657a0516050a08c187fe1d4f3dbd7e878b6d5b7a513f14ff57e" +
		"0e7076c6e166"
	vectorWrapped = "404142434445464748494a4b4c4d4e4f5051525354555657dd330e7cddee76069ee694aaba8a728a8ba0b6d80e474cba" +
		"4b13de612c2204b89da42fa8b77de266a32bb705454f933c"
	vectorSlot = "0101000000080000000101606162636465666768696a6b6c6d6e6f0773746f72652d310a6f70657261746f722d317071" +
		"72737475767778797a7b7c7d7e7f808182838485868744caab55df9c673e70395cea98fcd8d134379aab828b18b3fcf4" +
		"5e2ab84568b44a2e8270e25936d5ba1f0960a38998e2"
	vectorRecSlot = "0102000000000000000000606162636465666768696a6b6c6d6e6f0773746f72652d310a6f70657261746f722d317071" +
		"72737475767778797a7b7c7d7e7f8081828384858687d572a5a8ca0da1021158d5cc59a10d774c5f93e6a27155549e34" +
		"7578e89224b7b42ec64e3c58f4f3034ce429c6647227"
	vectorRecText  = "44H20-69159-4RKJW-GA9AP-5CP2J-TBHF0-60RKR-4CSME-Z2CHC"
	vectorRecKey   = "4f47010ceaa761bca0f5fef09da8b41268da6b2b79ac0b26577eeec6ac01c642"
	vectorLookup   = "098195d88255621b12374abb3ec42815ce003b7a879b1d6d1dbf81f7aeb2c771"
	vectorTerm     = "20894ffc206106c13e1902b6b047c1c518ff8d141c653fa3bbc11dc518290fd3"
	vectorTwoTerms = "9e81547dddb95b8f34bcfb9ebda4b732a2066fb68e211a236dc325f083a0c5b7"
	vectorAnchor   = "4355535448454144010000000000000029000000000000008d0102030405060708090a0b0c0d0e0f1011121314151617" +
		"18191a1b1c1d1e1f2002030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20216efd64b1710ce7" +
		"3d447c0a90a7ba6af48a88b179dba9c99470a5e3950577048b"
)

var vectorNonce = testKey(0x40)[:NonceSize]

func TestFrozenVectors(t *testing.T) {
	derived := testKey(0).Derive("records")
	sealed := sealAfterNonce(bytes.Clone(vectorNonce), testKey(0), []byte("place"), []byte("the plain text"))
	wrapped := sealAfterNonce(bytes.Clone(vectorNonce), testKey(0), []byte("subject-1"), testKey(9)[:])
	lookup := LookupHash(testKey(0), "email", "someone@school.example")
	termer := NewTermer(testKey(0))
	term := termer.Term("delegates", []byte("key-1"), sealed)
	sum := term
	sum.Add(termer.Term("delegates", []byte("key-2"), wrapped))
	anchor := anchorOf(41).Encode(testKey(0))
	recovery := recoveryKey(vectorSecret())
	for _, v := range []struct {
		name, want string
		got        []byte
	}{
		{"derived key", vectorDerived, derived[:]},
		{"sealed value", vectorSealed, sealed},
		{"wrapped key", vectorWrapped, wrapped},
		{"passphrase slot", vectorSlot, vectorSlotBytes(t, PassphraseSlot)},
		{"recovery slot", vectorRecSlot, vectorSlotBytes(t, RecoverySlot)},
		{"recovery key", vectorRecKey, recovery[:]},
		{"lookup hash", vectorLookup, lookup[:]},
		{"term", vectorTerm, term[:]},
		{"sum of two terms", vectorTwoTerms, sum[:]},
		{"anchor, its zeros left out", vectorAnchor, append(anchor[:89:89], anchor[anchorSigned:]...)},
	} {
		if got := hex.EncodeToString(v.got); got != v.want {
			t.Errorf("%s:\n got %s\nwant %s", v.name, got, v.want)
		}
	}
	if got := recoveryText(vectorSecret()); got != vectorRecText {
		t.Errorf("recovery text:\n got %s\nwant %s", got, vectorRecText)
	}
}

// The frozen values are still readable, through the functions that read.
func TestFrozenVectorsOpen(t *testing.T) {
	if got, err := Open(nil, testKey(0), []byte("place"), unhex(t, vectorSealed)); string(got) != "the plain text" {
		t.Errorf("sealed value: %q, %v", got, err)
	}
	if got, err := UnwrapKey(testKey(0), []byte("subject-1"), unhex(t, vectorWrapped)); got != *testKey(9) {
		t.Errorf("wrapped key: %v", err)
	}
	s, err := UnmarshalSlot(unhex(t, vectorSlot))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := OpenSlot(s, []byte("correct horse")); got != *testKey(7) {
		t.Errorf("passphrase slot: %v", err)
	}
	recovery, err := ParseRecoveryKey(vectorRecText)
	if err != nil {
		t.Fatal(err)
	}
	if s, err = UnmarshalSlot(unhex(t, vectorRecSlot)); err != nil {
		t.Fatal(err)
	}
	if got, err := OpenRecoverySlot(s, &recovery); got != *testKey(7) {
		t.Errorf("recovery slot: %v", err)
	}
}

// The slot opens by hand as its format says, without any of this package's code.
func TestFrozenSlotByHand(t *testing.T) {
	b := unhex(t, vectorSlot)
	header, wrapped := b[:len(b)-72], b[len(b)-72:]
	kek := argon2.IDKey([]byte("correct horse"), header[11:27], 1, 8, 1, 32)
	aead, err := chacha20poly1305.NewX(kek)
	if err != nil {
		t.Fatal(err)
	}
	ad := append([]byte("\x00\x00\x00\x12custos key slot v1"), header...)
	got, err := aead.Open(nil, wrapped[:24], wrapped[24:], ad)
	if err != nil || !bytes.Equal(got, testKey(7)[:]) {
		t.Fatalf("the slot does not open by hand: %v", err)
	}
}

func vectorSecret() *[recoverySize]byte { return (*[recoverySize]byte)(testKey(0x21)[:recoverySize]) }

func vectorSlotBytes(t *testing.T, kind SlotKind) []byte {
	t.Helper()
	random := bytes.NewReader(append(testKey(0x60)[:], testKey(0x80)[:]...))
	s := Slot{Name: slotName, Kind: kind}
	derive := func() (Key, error) {
		recovery := recoveryKey(vectorSecret())
		return s.expand(&recovery)
	}
	if kind == PassphraseSlot {
		s.Params = cheap
		derive = func() (Key, error) { return s.stretch([]byte("correct horse")) }
	}
	s, err := s.fill(random, testKey(7), derive)
	if err != nil {
		t.Fatal(err)
	}
	b, err := s.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	return b
}
