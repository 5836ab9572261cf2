package vault

import (
	"bytes"
	"errors"
	"testing"

	"pgregory.net/rapid"
)

func anchorOf(commit uint64) Anchor {
	return Anchor{Commit: commit, AuditSeq: commit + 100, AuditHash: *testKey(1), MetaHash: *testKey(2)}
}

func anchorFile(k *Key, slots ...uint64) []byte {
	file := make([]byte, AnchorFileSize)
	for i, commit := range slots {
		b := anchorOf(commit).Encode(k)
		copy(file[AnchorOffset(i):], b[:])
	}
	return file
}

func TestAnchorComesBack(t *testing.T) {
	k := testKey(0)
	want := anchorOf(41)
	b := want.Encode(k)
	if got, err := DecodeAnchor(k, b[:]); err != nil || got != want {
		t.Fatalf("DecodeAnchor = %+v, %v", got, err)
	}
	if _, err := DecodeAnchor(testKey(1), b[:]); !errors.Is(err, ErrAnchor) {
		t.Errorf("other key: %v", err)
	}
}

func TestAnchorIsAuthenticated(t *testing.T) {
	k := testKey(0)
	b := anchorOf(41).Encode(k)
	rapid.Check(t, func(t *rapid.T) {
		if a, err := DecodeAnchor(k, flipBit(t, b[:])); !errors.Is(err, ErrAnchor) || a != (Anchor{}) {
			t.Fatalf("a changed anchor was read: %v", err)
		}
	})
}

func TestNewestAnchor(t *testing.T) {
	k := testKey(0)
	torn := anchorFile(k, 8, 9)
	clear(torn[AnchorOffset(1)+300:])
	for _, c := range []struct {
		name   string
		file   []byte
		commit uint64
		slot   int
	}{
		{"second is newer", anchorFile(k, 8, 9), 9, 1},
		{"first is newer", anchorFile(k, 10, 9), 10, 0},
		{"first alone", anchorFile(k, 1), 1, 0},
		{"newer one torn", torn, 8, 0},
		{"first of all, commit 0", anchorFile(k, 0), 0, 0},
		{"cut after the first", anchorFile(k, 8, 9)[:AnchorSize], 8, 0},
	} {
		got, slot, err := NewestAnchor(k, c.file)
		if err != nil || got != anchorOf(c.commit) || slot != c.slot {
			t.Errorf("%s: NewestAnchor = commit %d in slot %d, %v", c.name, got.Commit, slot, err)
		}
	}
	for _, bad := range [][]byte{nil, make([]byte, AnchorFileSize), anchorFile(testKey(3), 1, 2)} {
		if _, _, err := NewestAnchor(k, bad); !errors.Is(err, ErrAnchor) {
			t.Errorf("no anchor: %v, want ErrAnchor", err)
		}
	}
}

func FuzzDecodeAnchor(f *testing.F) {
	k := testKey(0)
	b := anchorOf(3).Encode(k)
	f.Add(b[:])
	f.Add(b[1:])
	f.Fuzz(func(t *testing.T, b []byte) {
		a, err := DecodeAnchor(k, b)
		if err != nil {
			return
		}
		if again := a.Encode(k); !bytes.Equal(again[:], b) {
			t.Fatal("anchor does not encode back to its bytes")
		}
	})
}
