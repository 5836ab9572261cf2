package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"

	"custos/internal/vault"

	bolt "go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"
)

// VerifyArg is the hidden argument that makes a program call VerifyMain and nothing else.
const VerifyArg = "verify-store"

// The verification is a conversation, one JSON object a line. The asker sends the folder; the verifier answers with the
// header and the key slots, and goes on to the pages; the asker, who meanwhile turned a passphrase into the store key,
// sends it; the verifier opens everything and ends with its report. The key passes through a pipe, never through
// arguments or the environment.
type question struct {
	Dir         string `json:"dir,omitempty"`
	AcceptOlder bool   `json:"accept_older,omitempty"`
	Next        bool   `json:"next,omitempty"` // the new file of an exchange
	Key         []byte `json:"key,omitempty"`
}

type answer struct {
	Step   string       `json:"step,omitempty"`
	Done   int          `json:"done,omitempty"`
	Total  int          `json:"total,omitempty"`
	Open   *opening     `json:"open,omitempty"`
	Found  *Finding     `json:"found,omitempty"`
	Report *CheckReport `json:"report,omitempty"`
	Held   bool         `json:"held,omitempty"` // another process has store.db open
}

// opening is what is readable in a store.
type opening struct {
	Format uint16   `json:"format"`
	ID     string   `json:"id"`
	Slots  [][]byte `json:"slots"`
}

// VerifyMain is the body of the verifying child: it reads questions from in, answers on out, and returns an exit code.
// A damaged file may kill it, which is why it is a process of its own.
func VerifyMain(in io.Reader, out io.Writer) int {
	v := &verification{in: json.NewDecoder(in), out: json.NewEncoder(out)}
	if err := v.run(); err != nil {
		return 1
	}
	return 0
}

// verification is the answering side.
type verification struct {
	in  *json.Decoder
	mu  sync.Mutex
	out *json.Encoder
	err error
}

func (v *verification) say(a answer) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if err := v.out.Encode(a); err != nil && v.err == nil {
		v.err = err
	}
}

func (v *verification) run() (err error) {
	defer func() {
		if r := recover(); r != nil {
			f := Finding{Where: "pages", What: fmt.Sprintf("the file cannot be walked: %v", r)}
			v.say(answer{Report: &CheckReport{Findings: []Finding{f}}})
			err = errors.New(f.What)
		}
	}()
	var q question
	if err := v.in.Decode(&q); err != nil {
		return err
	}
	path := filepath.Join(q.Dir, dbFile)
	if q.Next {
		path = filepath.Join(q.Dir, nextFile)
	}
	if err := v.walk(path, bucketMeta, bucketSlots); err != nil {
		return err
	}
	db, err := bolt.Open(path, 0o600, &bolt.Options{ReadOnly: true, PreLoadFreelist: true, Timeout: boltTimeout})
	if errors.Is(err, berrors.ErrTimeout) {
		v.say(answer{Held: true})
		return err
	}
	if err != nil {
		f := Finding{Where: "pages", What: "the file does not open: " + err.Error()}
		v.say(answer{Report: &CheckReport{Findings: []Finding{f}}})
		return err
	}
	defer func() { _ = db.Close() }()
	return db.View(func(tx *bolt.Tx) error { return v.verify(tx, path) })
}

// walk reports the first fault in the tree of pages, before bolt follows it.
func (v *verification) walk(path string, buckets ...string) error {
	f, openErr := os.Open(path)
	if openErr != nil {
		return nil // bolt will say so
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err == nil {
		err = checkPages(f, info.Size(), buckets...)
	}
	if err != nil {
		found := []Finding{{Where: "pages", What: err.Error(), Severity: SeverityDamage}}
		v.say(answer{Report: &CheckReport{Findings: found}})
	}
	return err
}

func (v *verification) verify(tx *bolt.Tx, path string) error {
	open, err := readOpening(tx)
	if err != nil {
		v.say(answer{Open: &opening{}})
		return err
	}
	v.say(answer{Open: open})
	if err := v.readAhead(path); err != nil {
		return err
	}
	if err := v.walk(path); err != nil {
		return err
	}
	w := verifier{
		tx:    tx,
		found: func(f Finding) { v.say(answer{Found: &f}) },
		progress: func(step string, done, total int) {
			v.say(answer{Step: step, Done: done, Total: total})
		},
	}
	w.pages()
	var q question
	if err := v.in.Decode(&q); err != nil || len(q.Key) != vault.KeySize {
		return errors.Join(err, errors.New("no key came"))
	}
	root := vault.Key(q.Key)
	w.keys = newKeyring(open.ID, root)
	defer w.keys.wipe()
	head, err := readHead(filepath.Dir(path), &w.keys.anchor)
	if err != nil {
		w.add(Finding{Where: headFile, What: "the head file cannot be read: " + err.Error()})
	}
	w.seals(head)
	v.say(answer{Report: &w.report})
	return v.err
}

func (v *verification) readAhead(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	return readThrough(f, func(done, total int) {
		if done%64 == 0 || done == total {
			v.say(answer{Step: "read", Done: done, Total: total})
		}
	})
}

func readOpening(tx *bolt.Tx) (*opening, error) {
	h, err := readHeader(tx)
	if err != nil {
		return nil, err
	}
	o := &opening{Format: h.format, ID: h.id}
	if b := tx.Bucket([]byte(bucketSlots)); b != nil {
		err = b.ForEach(func(_, slot []byte) error {
			o.Slots = append(o.Slots, append([]byte(nil), slot...))
			return nil
		})
	}
	return o, err
}
