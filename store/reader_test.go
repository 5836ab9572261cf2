package store_test

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// The reader of these files was made from FORMAT.md alone. It uses nothing of the program, and no library beside Go's
// own and its crypto: what it cannot read, nobody can read who has only the text.

// document is everything a store holds, as the golden files have it.
type document struct {
	Store    string         `json:"store"`
	Format   int            `json:"format"`
	State    any            `json:"state"`
	Head     map[string]any `json:"head"`
	Audit    []auditLine    `json:"audit"`
	Subjects []string       `json:"subjects"`
	Records  []recordLine   `json:"records"`
}

type recordLine struct {
	Bucket  string `json:"bucket"`
	Key     string `json:"key"`
	Subject string `json:"subject,omitempty"`
	Value   any    `json:"value"`
	Former  any    `json:"former,omitempty"` // of an undo row: the former version, opened
}

type auditLine struct {
	Seq       uint64   `json:"seq"`
	At        string   `json:"at"`
	Operator  string   `json:"operator"`
	Door      string   `json:"door"`
	Verb      string   `json:"verb"`
	Approver  string   `json:"approver,omitempty"`
	Operation string   `json:"operation,omitempty"`
	Note      string   `json:"note,omitempty"`
	Subjects  []string `json:"subjects,omitempty"`
	Flags     byte     `json:"flags,omitempty"`
	Changes   string   `json:"changes"`
}

// unlocking is what somebody has in hand.
type unlocking struct{ login, passphrase, recovery string }

// storeReader reads one store.
type storeReader struct {
	store    string
	root     []byte
	buckets  map[string]bucketRows
	headFile []byte
	people   map[string][]byte // keys of people
	digest   *big.Int
	out      document
}

// newStoreReader reads the pages of the store in a folder.
func newStoreReader(dir string) (*storeReader, error) {
	file, err := os.ReadFile(filepath.Join(dir, "store.db"))
	if err != nil {
		return nil, err
	}
	pages, err := readPages(file)
	if err != nil {
		return nil, err
	}
	head, err := os.ReadFile(filepath.Join(dir, "head"))
	return &storeReader{buckets: pages.buckets, headFile: head, people: map[string][]byte{}, digest: new(big.Int)}, err
}

// read reads the store, and verifies digest, audit chain and head on the way.
func (r *storeReader) read(u unlocking) (*document, error) {
	steps := []func() error{r.header, func() error { return r.unlock(u) }, r.subjects, r.records, r.state, r.audit, r.head}
	for _, step := range steps {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return &r.out, nil
}

func (r *storeReader) header() error {
	b := r.buckets["meta"].values["header"]
	if len(b) < 11 || string(b[:8]) != "CUSTOSDB" {
		return fmt.Errorf("the header is none")
	}
	r.out.Format, r.store = int(binary.BigEndian.Uint16(b[8:])), string(b[10:])
	r.out.Store = r.store
	return nil
}

func (r *storeReader) unlock(u unlocking) error {
	id := slotOf(r.store, u.login)
	if u.recovery != "" {
		id = "recovery"
	}
	s, err := readSlot(r.buckets["slots"].values[id])
	if err != nil {
		return err
	}
	if s.store != r.store || s.id != id {
		return fmt.Errorf("the slot is another's")
	}
	r.root, err = s.open(u.passphrase, u.recovery)
	return err
}

// subjects unwraps the keys of people.
func (r *storeReader) subjects() error {
	wrapping := expand(r.root, "subject keys")
	rows := r.buckets["keys"]
	for _, id := range rows.keys {
		k, err := unseal(wrapping, rows.values[id], parts("custos subject key v1", r.store, id))
		if err != nil {
			return fmt.Errorf("the key of %s: %w", id, err)
		}
		r.people[id] = k
		r.sum("keys", id, rows.values[id])
	}
	r.out.Subjects = rows.keys
	return nil
}

// sum adds a term to the digest.
func (r *storeReader) sum(bucket, key string, sealed []byte) {
	mac := hmac.New(sha256.New, expand(r.root, "digest"))
	mac.Write(parts("custos state v1", bucket, key, string(sealed[:24]), string(sealed[len(sealed)-16:])))
	r.digest.Add(r.digest, new(big.Int).SetBytes(mac.Sum(nil)))
	r.digest.Mod(r.digest, new(big.Int).Lsh(big.NewInt(1), 256))
}

// open opens an envelope, and returns the plaintext, whose it is, and the sealed part.
func (r *storeReader) open(bucket, key string, env []byte) (plain []byte, subject string, sealed []byte, err error) {
	if len(env) < 2 || env[0] != 1 || len(env) < 2+int(env[1]) {
		return nil, "", nil, fmt.Errorf("%s %s is no envelope", bucket, key)
	}
	subject, sealed = string(env[2:2+env[1]]), env[2+env[1]:]
	k := r.people[subject]
	if subject == "" {
		purpose := map[string]string{"meta": "state", "audit": "audit"}[bucket]
		if purpose == "" {
			purpose = "records"
		}
		k = expand(r.root, purpose)
	}
	if k == nil {
		return nil, "", nil, fmt.Errorf("%s %s: the key of %s is missing", bucket, key, subject)
	}
	plain, err = unseal(k, sealed, append(parts("custos record v1", r.store, bucket, key, subject), 1))
	if err == nil {
		plain, err = unpad(plain)
	}
	if err != nil {
		err = fmt.Errorf("%s %s: %w", bucket, key, err)
	}
	return plain, subject, sealed, err
}

// records opens every record, former versions included.
func (r *storeReader) records() error {
	var names []string
	for name := range r.buckets {
		if !slices.Contains([]string{"meta", "slots", "keys", "audit"}, name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, bucket := range names {
		rows := r.buckets[bucket]
		for _, key := range rows.keys {
			plain, subject, sealed, err := r.open(bucket, key, rows.values[key])
			if err != nil {
				return err
			}
			r.sum(bucket, key, sealed)
			v, err := readCBOR(plain)
			if err != nil {
				return fmt.Errorf("%s %s: %w", bucket, key, err)
			}
			line := recordLine{Bucket: bucket, Key: key, Subject: subject, Value: v}
			if bucket == "undo" {
				if line.Former, err = r.former(key, v); err != nil {
					return err
				}
			}
			r.out.Records = append(r.out.Records, line)
		}
	}
	return nil
}

// former opens the envelope that an undo row keeps; nil where it keeps none.
func (r *storeReader) former(key string, row any) (any, error) {
	kept, ok := row.(map[string]any)["former"].(string)
	place := strings.SplitN(key, "/", 3)
	if !ok || len(place) < 3 {
		return nil, nil
	}
	plain, _, _, err := r.open(place[1], place[2], unquoted(kept))
	if err != nil {
		return nil, err
	}
	return readCBOR(plain)
}

// state opens the state and holds what was read against it.
func (r *storeReader) state() error {
	plain, _, _, err := r.open("meta", "state", r.buckets["meta"].values["state"])
	if err != nil {
		return err
	}
	v, err := readCBOR(plain)
	if err != nil {
		return err
	}
	r.out.State = v
	s := v.(map[string]any)
	if want := quoted(r.digest.FillBytes(make([]byte, 32))); s["digest"] != want {
		return fmt.Errorf("the digest is %s, and the state has %s", want, s["digest"])
	}
	meta := []string{"custos meta v1", string(r.buckets["meta"].values["header"])}
	for _, id := range r.buckets["slots"].keys {
		meta = append(meta, id, string(r.buckets["slots"].values[id]))
	}
	if sum := sha256.Sum256(parts(meta...)); s["meta"] != quoted(sum[:]) {
		return fmt.Errorf("header and slots are not those the state has")
	}
	counts := s["counts"].(map[string]any)
	for bucket, rows := range r.buckets {
		if n, _ := counts[bucket].(uint64); bucket != "meta" && bucket != "audit" && n != uint64(len(rows.keys)) {
			return fmt.Errorf("%s has %d records, and the state %d", bucket, len(rows.keys), n)
		}
	}
	return nil
}

// audit walks the trail from its beginning to the state's end.
func (r *storeReader) audit() error {
	s := r.out.State.(map[string]any)
	hash := sha256.Sum256([]byte("custos audit start\x00" + r.store))
	rows := r.buckets["audit"]
	seq := uint64(0)
	for _, key := range rows.keys {
		plain, _, _, err := r.open("audit", key, rows.values[key])
		if err != nil {
			return err
		}
		line, before, err := readEntry(plain)
		if err != nil {
			return fmt.Errorf("audit entry %d: %w", seq+1, err)
		}
		if gap, ok := gapAfter(s["gaps"], seq); ok {
			seq, hash = gap.last, gap.hash
		}
		seq++
		if line.Seq != seq || binary.BigEndian.Uint64([]byte(key)) != seq || !bytes.Equal(before, hash[:]) {
			return fmt.Errorf("audit entry %d does not follow on the one before", seq)
		}
		hash = sha256.Sum256(append([]byte("custos audit entry\x00"), plain...))
		r.out.Audit = append(r.out.Audit, line)
	}
	if s["audit_seq"] != seq || s["audit_hash"] != quoted(hash[:]) {
		return fmt.Errorf("the trail ends elsewhere than the state says")
	}
	return nil
}

// trailGap is a run of entries that a repair recorded as lost.
type trailGap struct {
	last uint64
	hash [32]byte
}

// gapAfter returns the gap that begins after an entry.
func gapAfter(gaps any, seq uint64) (trailGap, bool) {
	all, _ := gaps.([]any)
	for _, g := range all {
		gap := g.(map[string]any)
		if gap["first"] == seq+1 {
			return trailGap{gap["last"].(uint64), [32]byte(unquoted(gap["hash"]))}, true
		}
	}
	return trailGap{}, false
}

// readEntry reads the plaintext of an audit entry, and the hash of the one before it.
func readEntry(b []byte) (line auditLine, before []byte, err error) {
	e := &entryBytes{rest: b}
	version := e.take(1)
	line.Seq = binary.BigEndian.Uint64(e.take(8))
	before = e.take(32)
	line.At = time.UnixMilli(int64(binary.BigEndian.Uint64(e.take(8)))).UTC().Format(time.RFC3339Nano)
	line.Flags, line.Changes = e.take(1)[0], hex.EncodeToString(e.take(32))
	for _, text := range []*string{&line.Operator, &line.Door, &line.Verb, &line.Approver, &line.Operation, &line.Note} {
		*text = e.text()
	}
	for range binary.BigEndian.Uint32(e.take(4)) {
		if e.short {
			break
		}
		line.Subjects = append(line.Subjects, e.text())
	}
	if e.short || version[0] != 1 || len(e.rest) > 0 {
		err = fmt.Errorf("it is cut short, too long, or of another version")
	}
	return line, before, err
}

type entryBytes struct {
	rest  []byte
	short bool
}

func (e *entryBytes) take(n int) []byte {
	if n > len(e.rest) {
		e.short, e.rest = true, nil
		return make([]byte, n)
	}
	b := e.rest[:n]
	e.rest = e.rest[n:]
	return b
}

func (e *entryBytes) text() string { return string(e.take(int(binary.BigEndian.Uint16(e.take(2))))) }

// head takes the whole slot with the higher commit.
func (r *storeReader) head() error {
	file := r.headFile
	for at := 0; at+512 <= len(file); at += 4096 {
		b := file[at : at+512]
		mac := hmac.New(sha256.New, expand(r.root, "anchor"))
		mac.Write([]byte("custos anchor v1"))
		mac.Write(b[:480])
		if string(b[:8]) != "CUSTHEAD" || b[8] != 1 || !hmac.Equal(mac.Sum(nil), b[480:]) {
			continue
		}
		commit := binary.BigEndian.Uint64(b[9:])
		if r.out.Head == nil || commit > r.out.Head["commit"].(uint64) {
			r.out.Head = map[string]any{"commit": commit, "audit_seq": binary.BigEndian.Uint64(b[17:]),
				"audit_hash": quoted(b[25:57]), "meta": quoted(b[57:89])}
		}
	}
	if r.out.Head == nil {
		return fmt.Errorf("the head file answers to another key")
	}
	s := r.out.State.(map[string]any)
	for _, name := range []string{"commit", "audit_seq", "audit_hash", "meta"} {
		if r.out.Head[name] != s[name] {
			return fmt.Errorf("head and state differ in %s", name)
		}
	}
	return nil
}

func quoted(b []byte) string { return "h'" + hex.EncodeToString(b) + "'" }

// unquoted is the reverse of quoted; nothing for anything else.
func unquoted(v any) []byte {
	text, _ := v.(string)
	b, _ := hex.DecodeString(strings.TrimSuffix(strings.TrimPrefix(text, "h'"), "'"))
	return b
}
