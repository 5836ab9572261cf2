package store_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// frozenRecovery is the recovery key of testdata/reader2, as it was printed when that was made.
const frozenRecovery = "V053V-TY5GC-K9FWH-D643S-DNC0K-ARYXS-Z6RCZ-JQ2WS-T87Q9"

// frozenStores were each made once by the program of their format.
func frozenStores() map[string]unlocking {
	byPassphrase := unlocking{login: "tester", passphrase: "correct horse battery staple"}
	return map[string]unlocking{
		"v1":                     byPassphrase,
		"v2":                     byPassphrase,
		"reader2":                byPassphrase,
		"reader2 (recovery key)": {recovery: frozenRecovery},
	}
}

// TestTheFormatCanBeReadByTheTextAlone reads the frozen stores and holds them against what is known to be in them. Run
// once with CUSTOS_GOLDEN=1, it writes what it read.
func TestTheFormatCanBeReadByTheTextAlone(t *testing.T) {
	for name, with := range frozenStores() {
		t.Run(name, func(t *testing.T) {
			folder, _, _ := strings.Cut(name, " ")
			got := read(t, folder, with)
			text, err := json.MarshalIndent(got, "", " ")
			if err != nil {
				t.Fatal(err)
			}
			text = append(text, '\n')
			path := filepath.Join("testdata", "reader-"+folder+".json")
			if os.Getenv("CUSTOS_GOLDEN") != "" {
				if err := os.WriteFile(path, text, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(text, want) {
				t.Errorf("read otherwise than %s has it:\n%s", path, firstDifference(want, text))
			}
		})
	}
}

// firstDifference shows the first line in which two texts differ.
func firstDifference(want, got []byte) string {
	w, g := strings.Split(string(want), "\n"), strings.Split(string(got), "\n")
	for i := range min(len(w), len(g)) {
		if w[i] != g[i] {
			return fmt.Sprintf("line %d: want %s, got %s", i+1, w[i], g[i])
		}
	}
	return fmt.Sprintf("%d lines, want %d", len(g), len(w))
}

func reading(t *testing.T, folder string) *storeReader {
	t.Helper()
	r, err := newStoreReader(filepath.Join("testdata", folder))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func read(t *testing.T, folder string, with unlocking) *document {
	t.Helper()
	d, err := reading(t, folder).read(with)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestTheFrozenFileHasEveryKindOfPage: otherwise reading it would prove less than it seems to.
func TestTheFrozenFileHasEveryKindOfPage(t *testing.T) {
	file, err := os.ReadFile(filepath.Join("testdata", "reader2", "store.db"))
	if err != nil {
		t.Fatal(err)
	}
	pages, err := readPages(file)
	if err != nil || pages.met["inline"] == 0 || pages.met["branch"] == 0 || pages.met["overflow"] < 3 {
		t.Errorf("met %v, %v", pages.met, err)
	}
}

// TestTheTextSaysWhatToVerify: the reader, too, sees what somebody without the keys could change.
func TestTheTextSaysWhatToVerify(t *testing.T) {
	drop := func(r *storeReader, bucket string, n int) {
		rows := r.buckets[bucket]
		rows.keys = append(append([]string(nil), rows.keys[:n]...), rows.keys[n+1:]...)
		r.buckets[bucket] = rows
	}
	for name, c := range map[string]struct {
		spoil func(r *storeReader)
		says  string
	}{
		"a record removed": {func(r *storeReader) { drop(r, "delegates", 3) }, "digest"},
		"a key removed":    {func(r *storeReader) { drop(r, "keys", 0) }, "missing"},
		"a record under another's name": {func(r *storeReader) {
			rows := r.buckets["delegates"]
			rows.values[rows.keys[0]] = rows.values[rows.keys[1]]
		}, "delegates"},
		"a slot removed":          {func(r *storeReader) { drop(r, "slots", 0) }, "slots"},
		"an entry removed":        {func(r *storeReader) { drop(r, "audit", 2) }, "follow"},
		"the last entry removed":  {func(r *storeReader) { drop(r, "audit", len(r.buckets["audit"].keys)-1) }, "ends elsewhere"},
		"a changed head":          {func(r *storeReader) { r.headFile[9]++; r.headFile[4096+9]++ }, "another key"},
		"the head before":         {func(r *storeReader) { r.spoilNewestHead() }, "differ"},
		"another store's records": {func(r *storeReader) { r.store, r.out.Store = "S0000000000000", "" }, "slot"},
	} {
		t.Run(name, func(t *testing.T) {
			r := reading(t, "reader2")
			if name == "another store's records" {
				header := append([]byte(nil), r.buckets["meta"].values["header"]...)
				header[len(header)-1] ^= 1
				r.buckets["meta"].values["header"] = header
			}
			c.spoil(r)
			if _, err := r.read(frozenStores()["reader2"]); err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("got %v, want it to speak of %q", err, c.says)
			}
		})
	}
	for name, with := range map[string]unlocking{
		"wrong passphrase":      {login: "tester", passphrase: "wrong"},
		"unknown login":         {login: "nobody", passphrase: "correct horse battery staple"},
		"mistyped recovery key": {recovery: strings.Replace(frozenRecovery, "V053V", "V053W", 1)},
		"exchanged groups":      {recovery: frozenRecovery[6:12] + frozenRecovery[:6] + frozenRecovery[12:]},
	} {
		if _, err := reading(t, "reader2").read(with); err == nil {
			t.Errorf("%s opens the store", name)
		}
	}
}

// spoilNewestHead destroys the slot of the head file with the higher commit.
func (r *storeReader) spoilNewestHead() {
	at := 0
	if bytes.Compare(r.headFile[4096+9:4096+17], r.headFile[9:17]) > 0 {
		at = 4096
	}
	r.headFile[at]++
}

// TestTheExampleIsOfTheFrozenFile works the example of FORMAT.md through, and looks for each of its bytes in the text.
func TestTheExampleIsOfTheFrozenFile(t *testing.T) {
	text, err := os.ReadFile("FORMAT.md")
	if err != nil {
		t.Fatal(err)
	}
	squeezed := strings.Join(strings.Fields(string(text)), "")
	r := reading(t, "reader2")
	if _, err := r.read(frozenStores()["reader2 (recovery key)"]); err != nil {
		t.Fatal(err)
	}
	printed, err := recoveryBytes(frozenRecovery)
	if err != nil {
		t.Fatal(err)
	}
	slot, env := r.buckets["slots"].values["recovery"], r.buckets["courses"].values["C1"]
	plain, _, _, err := r.open("courses", "C1", env)
	if err != nil {
		t.Fatal(err)
	}
	state := r.out.State.(map[string]any)
	login := sha256.Sum256(parts("custos slot v1", r.store, "tester"))
	entry := r.buckets["audit"].values["\x00\x00\x00\x00\x00\x00\x00\x01"]
	first, _, _, err := r.open("audit", "\x00\x00\x00\x00\x00\x00\x00\x01", entry)
	if err != nil {
		t.Fatal(err)
	}
	hash := sha256.Sum256(append([]byte("custos audit entry\x00"), first...))
	for name, b := range map[string][]byte{
		"header": r.buckets["meta"].values["header"], "printed key": printed, "recovery slot": slot, "store key": r.root,
		"record key": expand(r.root, "records"), "envelope": env, "plaintext": plain, "slot id": login[:8],
		"associated data": append(parts("custos record v1", r.store, "courses", "C1", ""), 1),
		"audit entry":     first, "its hash": hash[:], "digest": unquoted(state["digest"]),
	} {
		if !strings.Contains(squeezed, hex.EncodeToString(b)) {
			t.Errorf("the example lacks the %s: %x", name, b)
		}
	}
}
