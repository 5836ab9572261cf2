package store

import (
	"bytes"
	"errors"
	"io"
	"testing"

	"custos/internal/vault"
)

// FuzzBackupData: whatever lies there, reading ends, never asks for more than the file has, and what is called whole is
// written again as it was.
func FuzzBackupData(f *testing.F) {
	var small bytes.Buffer
	w := newDataWriter(&small, "S1")
	w.put(bucketMeta, []byte(keyHeader), []byte("h"))
	w.put("delegates", []byte("D1"), []byte("v"))
	if err := w.close(); err != nil {
		f.Fatal(err)
	}
	f.Add(small.Bytes())
	f.Add([]byte(dataMagic))
	f.Fuzz(func(t *testing.T, file []byte) {
		r, err := newDataReader(bytes.NewReader(file), int64(len(file)))
		if err != nil {
			return
		}
		for {
			b, err := r.next()
			if errors.Is(err, io.EOF) && r.left != 0 {
				t.Error("bytes are left at the end")
			}
			if err != nil {
				return
			}
			if !b.whole() {
				continue
			}
			again := dataBlock{bucket: b.bucket}
			if b.each(func(key, value []byte) error { again.add(key, value); return nil }) == nil && again.records != b.records {
				t.Errorf("%d records of %d", again.records, b.records)
			}
		}
	})
}

func FuzzManifest(f *testing.F) {
	m := Manifest{Version: manifestVersion, Store: "S1", Records: map[string]int{"delegates": 1}}
	b, err := m.encode()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Add([]byte(`{"version":2}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := parseManifest(b)
		if err != nil {
			return
		}
		if again, err := m.encode(); err != nil || !bytes.Equal(again, b) {
			t.Error("a manifest that is taken is not the one that would be written")
		}
	})
}

func FuzzRing(f *testing.F) {
	h := ringHead{store: "S1", generation: "0a0b0c0d", slots: []ringSlot{{"recovery", []byte("slot")}}}
	b, err := encodeRing(&h, 1, func(yield func(ringEntry) bool) {
		yield(ringEntry{id: []byte("D1"), wrapped: make([]byte, vault.WrappedKeySize)})
	})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Add([]byte(ringMagic))
	f.Fuzz(func(t *testing.T, b []byte) {
		r, err := parseRing(b)
		if err != nil {
			return
		}
		again, err := encodeRing(&r.ringHead, int(min(r.count, 1000)), r.all())
		if err != nil || !bytes.Equal(again, b) {
			t.Errorf("a ring that is taken is not the one that would be written: %v", err)
		}
	})
}

func FuzzLedger(f *testing.F) {
	k := newKeyring("S1", vault.Key{1})
	key := k.backupKey("ledger")
	l := &ledgerFile{ledgerHead: ledgerHead{store: "S1", generation: k.generation()}}
	b, err := l.sealEntry(l.begin(), &key, &ledgerEntry{Seq: 3, Hash: make([]byte, 32)})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Add([]byte(ledgerMagic))
	f.Fuzz(func(t *testing.T, b []byte) {
		l, err := scanLedger(bytes.NewReader(b), int64(len(b)), k, func(*ledgerEntry) error { return nil })
		if err == nil && !l.marked {
			t.Error("a ledger without a mark is taken")
		}
		if l.size > int64(len(b)) {
			t.Errorf("%d bytes of %d are whole", l.size, len(b))
		}
	})
}
