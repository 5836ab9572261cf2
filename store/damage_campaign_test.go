//go:build campaign

package store

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"
)

const (
	campaignCopies = 200
	campaignPeople = 600
	campaignLimit  = 15 * time.Second
)

// outcomes is what became of all copies of one mode.
type outcomes struct {
	right, wrong, refused      int
	longest                    time.Duration
	repaired, whole            int
	intact, recovered, doubted int
	missed, silent, told       int
}

func (c *outcomes) add(v *verdict) {
	switch {
	case v.wrong:
		c.wrong++
	case v.accepted:
		c.right++
	default:
		c.refused++
	}
	c.longest = max(c.longest, v.took)
	if v.refused == nil {
		c.repaired++
	}
	if v.whole {
		c.whole++
	}
	c.intact += v.intactOnes
	c.recovered += v.recovered
	c.doubted += len(v.doubtful)
	c.missed += len(v.missed)
	c.silent += len(v.silent)
	c.told += v.told
}

// TestDamageCampaign damages two hundred copies in each mode, and prints what became of them.
func TestDamageCampaign(t *testing.T) {
	p := newPatient(t, campaignPeople)
	t.Logf("%d bytes, %d live pages, %d records", len(p.file), len(p.live), len(p.truth))
	t.Logf("%-18s right wrong refused longest | repaired whole intact recovered in-doubt missed silent told", "")
	for _, mode := range damageModes() {
		t.Run(mode.name, func(t *testing.T) { p.campaign(t, mode) })
	}
}

func (p *patient) campaign(t *testing.T, mode damageMode) {
	var c outcomes
	for seed := range uint64(campaignCopies) {
		v, what := p.look(t, mode, 1000+seed)
		c.add(&v)
		v.judge(t, what)
		if v.refused != nil {
			t.Logf("%s: not repaired: %v", what, v.refused)
		}
		if v.took > campaignLimit {
			t.Errorf("%s: it took %s to say so", what, v.took)
		}
	}
	t.Logf("%-18s %5d %5d %7d %7s | %8d %5d %6d %9d %8d %6d %6d %4d", mode.name, c.right, c.wrong, c.refused,
		c.longest.Round(time.Millisecond), c.repaired, c.whole, c.intact, c.recovered, c.doubted, c.missed, c.silent, c.told)
}

// TestAnOlderFileOfAnyAgeIsNamed puts back the whole file of some changes ago.
func TestAnOlderFileOfAnyAgeIsNamed(t *testing.T) {
	dir, o := sample(t)
	var files [][]byte
	for i := range 10 {
		file, err := os.ReadFile(filepath.Join(dir, dbFile))
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
		db, err := Open(context.Background(), dir, testCredential(), o)
		if err != nil {
			t.Fatal(err)
		}
		put(t, db, byTester(), someone(100+i))
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
	for i, file := range files {
		dir := copyStore(t, dir)
		if err := os.WriteFile(filepath.Join(dir, dbFile), file, 0o600); err != nil {
			t.Fatal(err)
		}
		want := count(uint64(len(files)-i), "change is missing", "changes are missing")
		if err := openOnly(dir, o); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%d changes ago: got %v, want %q", len(files)-i, err, want)
		}
	}
}

// TestWithoutSealsDamageIsAccepted is the control: the same damage to a plain bolt file is taken for data often. If it is
// not, the campaign proves nothing.
func TestWithoutSealsDamageIsAccepted(t *testing.T) {
	const records = 12000
	file, want := plainFile(t, records)
	wrong := 0
	for seed := range uint64(campaignCopies) {
		h := &hand{rng: rand.New(rand.NewPCG(seed, 2)), file: bytes.Clone(file), page: os.Getpagesize()}
		damaged, _ := h.bit(0, len(file))
		if acceptsWrong(t, damaged, want) {
			wrong++
		}
	}
	t.Logf("wrong or missing data and no error: %d of %d", wrong, campaignCopies)
	if wrong*10 <= campaignCopies {
		t.Errorf("a plain file shows wrong data in %d of %d copies: the control does not fail", wrong, campaignCopies)
	}
}

func plainFile(t *testing.T, records int) ([]byte, map[string]string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "plain.db")
	b, err := bolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{}
	err = b.Update(func(tx *bolt.Tx) error {
		bucket, err := tx.CreateBucket([]byte("delegates"))
		for i := 0; err == nil && i < records; i++ {
			key := string(binary.BigEndian.AppendUint64(nil, uint64(i)))
			want[key] = strings.Repeat(fmt.Sprintf("person %d ", i), 50)
			err = bucket.Put([]byte(key), []byte(want[key]))
		}
		return err
	})
	if err == nil {
		err = b.Close()
	}
	file, readErr := os.ReadFile(path)
	if err != nil || readErr != nil {
		t.Fatal(err, readErr)
	}
	return file, want
}

// acceptsWrong reports whether bolt reads a damaged file without an error and not as it was.
func acceptsWrong(t *testing.T, file []byte, want map[string]string) (wrong bool) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "damaged.db")
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if recover() != nil {
			wrong = false // bolt said so, in its way
		}
	}()
	b, err := bolt.Open(path, 0o600, &bolt.Options{ReadOnly: true})
	if err != nil {
		return false
	}
	defer func() { _ = b.Close() }()
	n := 0
	err = b.View(func(tx *bolt.Tx) error {
		bucket := tx.Bucket([]byte("delegates"))
		if bucket == nil {
			wrong = true
			return nil
		}
		c := bucket.Cursor()
		for k, v := c.First(); k != nil && n <= 2*len(want); k, v = c.Next() {
			n++
			wrong = wrong || want[string(k)] != string(v)
		}
		return nil
	})
	return err == nil && (wrong || n != len(want))
}
