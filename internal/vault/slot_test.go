package vault

import (
	"errors"
	"testing"

	"pgregory.net/rapid"
)

// cheap keeps argon2id out of the tests' way.
var cheap = Params{MemoryKiB: 8, Time: 1, Threads: 1}

var slotName = SlotName{Store: "store-1", Slot: "operator-1"}

func passphraseSlot(t testing.TB) Slot {
	t.Helper()
	s, err := NewPassphraseSlot(testKey(7), slotName, []byte("correct horse"), cheap)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestPassphraseSlot(t *testing.T) {
	s := passphraseSlot(t)
	if k, err := OpenSlot(s, []byte("correct horse")); err != nil || k != *testKey(7) {
		t.Fatalf("OpenSlot failed: %v", err)
	}
	if _, err := OpenSlot(s, []byte("correct horsf")); !errors.Is(err, ErrPassphrase) {
		t.Errorf("wrong passphrase: %v, want ErrPassphrase", err)
	}
	if _, err := OpenSlot(s, nil); !errors.Is(err, ErrEmptyPassphrase) {
		t.Errorf("empty passphrase: %v", err)
	}
	if _, err := OpenRecoverySlot(s, testKey(7)); !errors.Is(err, ErrSlotKind) {
		t.Errorf("opened as a recovery slot: %v", err)
	}
	if again := passphraseSlot(t); again.Salt == s.Salt || again.Wrapped == s.Wrapped {
		t.Error("two slots share a salt or a wrapped key")
	}
}

func TestRecoverySlot(t *testing.T) {
	text, recovery := NewRecoveryKey()
	s, err := NewRecoverySlot(testKey(7), slotName, &recovery)
	if err != nil {
		t.Fatal(err)
	}
	typed, err := ParseRecoveryKey(text)
	if err != nil {
		t.Fatal(err)
	}
	if k, err := OpenRecoverySlot(s, &typed); err != nil || k != *testKey(7) {
		t.Fatalf("OpenRecoverySlot failed: %v", err)
	}
	if _, err := OpenRecoverySlot(s, testKey(0)); !errors.Is(err, ErrRecovery) {
		t.Errorf("other recovery key: %v, want ErrRecovery", err)
	}
	if _, err := OpenSlot(s, []byte(text)); !errors.Is(err, ErrSlotKind) {
		t.Errorf("opened as a passphrase slot: %v", err)
	}
}

func TestSlotRefusedOnMaking(t *testing.T) {
	pass := []byte("x")
	long := string(make([]byte, 65))
	for name, make := range map[string]func() (Slot, error){
		"no store id":   func() (Slot, error) { return NewPassphraseSlot(testKey(0), SlotName{Slot: "a"}, pass, cheap) },
		"no slot id":    func() (Slot, error) { return NewPassphraseSlot(testKey(0), SlotName{Store: "a"}, pass, cheap) },
		"long slot id":  func() (Slot, error) { return NewPassphraseSlot(testKey(0), SlotName{"a", long}, pass, cheap) },
		"no passphrase": func() (Slot, error) { return NewPassphraseSlot(testKey(0), slotName, nil, cheap) },
		"no cost":       func() (Slot, error) { return NewPassphraseSlot(testKey(0), slotName, pass, Params{}) },
		"long store id": func() (Slot, error) { return NewRecoverySlot(testKey(0), SlotName{long, "a"}, testKey(1)) },
	} {
		if s, err := make(); err == nil || s != (Slot{}) {
			t.Errorf("%s: a slot was made (error %v)", name, err)
		}
	}
}

// Any changed bit of a slot is refused on reading or does not open: name, kind, cost, salt and key alike.
func TestSlotIsAuthenticated(t *testing.T) {
	b, err := passphraseSlot(t).MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		s, err := UnmarshalSlot(flipBit(t, b))
		if err != nil {
			if !errors.Is(err, ErrSlotFormat) {
				t.Fatalf("error does not wrap ErrSlotFormat: %v", err)
			}
			return
		}
		if s.Params.MemoryKiB > 1<<12 || s.Kind != PassphraseSlot {
			return // a costly or a different derivation; TestSlotHeaderIsBound covers both without running it
		}
		if _, err := OpenSlot(s, []byte("correct horse")); !errors.Is(err, ErrPassphrase) {
			t.Fatalf("a changed slot opened: %v", err)
		}
	})
}

func TestSlotHeaderIsBound(t *testing.T) {
	whole := passphraseSlot(t)
	kek, err := whole.stretch([]byte("correct horse"))
	if err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(*Slot){
		"store":  func(s *Slot) { s.Name.Store = "store-2" },
		"slot":   func(s *Slot) { s.Name.Slot = "operator-2" },
		"joined": func(s *Slot) { s.Name = SlotName{"store-1o", "perator-1"} },
		"kind":   func(s *Slot) { s.Kind = RecoverySlot },
		"memory": func(s *Slot) { s.Params.MemoryKiB++ },
		"passes": func(s *Slot) { s.Params.Time++ },
		"lanes":  func(s *Slot) { s.Params.Threads++ },
		"salt":   func(s *Slot) { s.Salt[3]++ },
	} {
		s, k := whole, kek
		change(&s)
		if _, err := s.unwrap(&k, ErrPassphrase); !errors.Is(err, ErrPassphrase) {
			t.Errorf("%s is not authenticated: %v", name, err)
		}
	}
}

func TestSlotReadingIsCapped(t *testing.T) {
	for name, change := range map[string]func(*Slot){
		"memory":        func(s *Slot) { s.Params.MemoryKiB = MaxMemoryKiB + 1 },
		"passes":        func(s *Slot) { s.Params.Time = MaxTime + 1 },
		"lanes":         func(s *Slot) { s.Params.Threads = MaxThreads + 1 },
		"recovery cost": func(s *Slot) { s.Kind = RecoverySlot },
		"kind":          func(s *Slot) { s.Kind = 3 },
	} {
		s := passphraseSlot(t)
		change(&s)
		if _, err := UnmarshalSlot(append(s.appendHeader(nil), s.Wrapped[:]...)); !errors.Is(err, ErrSlotFormat) {
			t.Errorf("%s: read without complaint: %v", name, err)
		}
		if _, err := OpenSlot(s, []byte("x")); err == nil || errors.Is(err, ErrPassphrase) {
			t.Errorf("%s: derivation was tried: %v", name, err)
		}
	}
}

func FuzzUnmarshalSlot(f *testing.F) {
	b, err := passphraseSlot(f).MarshalBinary()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Add(b[:len(b)-1])
	f.Add(append([]byte{2}, b[1:]...))
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := UnmarshalSlot(b)
		if err != nil {
			return
		}
		again, err := s.MarshalBinary()
		if err != nil || string(again) != string(b) {
			t.Fatalf("slot does not encode back to its bytes: %v", err)
		}
	})
}
