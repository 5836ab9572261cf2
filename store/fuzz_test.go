package store

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"custos/internal/register"
)

func FuzzBoltHeaders(f *testing.F) {
	whole, err := os.ReadFile(filepath.Join("testdata", "v1", dbFile))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole[:1<<15])
	f.Add([]byte{})
	f.Add(bytes.Repeat([]byte{0xED}, 9000))
	f.Fuzz(func(t *testing.T, file []byte) {
		r := bytes.NewReader(file)
		metas, errs := readMetas(r, int64(len(file)))
		for n, m := range metas {
			if errs[n] != nil || m.pageSize < minPage || m.pageSize > maxPage {
				continue
			}
			free, err := freePages(r, m)
			for _, p := range free {
				if err == nil && (p < metaPages || p >= m.highWater) {
					t.Errorf("page %d is called free; pages end at %d", p, m.highWater)
				}
			}
		}
	})
}

func FuzzEnvelope(f *testing.F) {
	f.Add([]byte{1, 0})
	f.Add(append([]byte{1, 2, 'D', '1'}, make([]byte, 60)...))
	f.Fuzz(func(t *testing.T, env []byte) {
		subject, sealed, err := splitEnvelope(env)
		if err != nil {
			return
		}
		again := append([]byte{envelopeVersion, byte(len(subject))}, subject...)
		if !bytes.Equal(append(again, sealed...), env) {
			t.Error("the parts are not the whole")
		}
	})
}

func FuzzHeader(f *testing.F) {
	f.Add(header{format, "S1"}.encode())
	f.Add([]byte(headerMagic))
	f.Fuzz(func(t *testing.T, b []byte) {
		h, err := decodeHeader(b)
		if err == nil && !bytes.Equal(h.encode(), b) {
			t.Error("a header that reads is not the one written")
		}
	})
}

func FuzzRecord(f *testing.F) {
	plain, err := records.encode(someone(1))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(plain)
	f.Add([]byte{0xA1, 0x61})
	f.Fuzz(func(t *testing.T, b []byte) {
		for _, c := range registry {
			v, err := c.decodeAny(b)
			if err == nil {
				if _, err := records.encode(v); err != nil {
					t.Errorf("%s: what reads does not write: %v", c.bucket(), err)
				}
			}
		}
	})
}

// FuzzQuestions: whatever is asked, the verifier answers or ends; it never panics.
func FuzzQuestions(f *testing.F) {
	dir := f.TempDir()
	f.Add(`{"dir":"testdata/v1"}` + "\n" + `{"key":"AAAA"}`)
	f.Add(`{"dir":` + "\n")
	f.Fuzz(func(t *testing.T, in string) {
		t.Chdir(dir) // whatever folder is named, there is nothing
		var out bytes.Buffer
		if code := VerifyMain(bytes.NewBufferString(in), &out); code == 0 {
			t.Error("a store was verified without its key")
		}
	})
}

func TestANetworkFolderIsRefusedUnlessAllowed(t *testing.T) {
	dir, _ := sample(t)
	o := testOptions()
	o.AllowNetwork = false
	o.network = func(string) string { return "NFS" }
	if err := openOnly(dir, o); register.KindOf(err) != register.Refused {
		t.Errorf("opening: %v, want Refused", err)
	}
	if _, _, err := Create(t.TempDir(), testSetup(), o); register.KindOf(err) != register.Refused {
		t.Errorf("creating: %v, want Refused", err)
	}
	o.AllowNetwork = true
	if err := openOnly(dir, o); err != nil {
		t.Errorf("allowed: %v", err)
	}
}
