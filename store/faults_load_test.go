package store_test

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"

	"custos/internal/register"
	"custos/store"
	"custos/store/storetest"
)

const loadArg = "work-until-it-ends"

// load is what a child does with a store until it is killed, a fault stops it or its script ends. It says on its output
// what it tries and what it was answered, so that whoever opens the store afterwards can hold it to its word.
//
// Each lane has people of its own and does one thing at a time. What it does next follows from the seed, the number of
// the operation and what the lane holds, so the reader of the output knows it too.
type load struct {
	Dir    string `json:"dir"`
	To     string `json:"to,omitempty"` // the folder of backups
	Seed   uint64 `json:"seed"`
	Lanes  string `json:"lanes"`            // s, t, u: single changes; b: bulk changes; w: work on the whole store
	Bulk   int    `json:"bulk"`             // people in an import; each has a membership too
	Whole  string `json:"whole,omitempty"`  // what lane w does in turn: names of wholes, apart by spaces
	Script string `json:"script,omitempty"` // instead: names of operations, each done once, on one thread
	Early  bool   `json:"early,omitempty"`  // control: says ok before the change is made, then waits for a byte
	Backup string `json:"backup,omitempty"` // restored into Dir before it is opened
	Broken string `json:"broken,omitempty"` // repaired into Dir before it is opened
	Alone  bool   `json:"alone,omitempty"`  // verifies by itself, without a child
}

// records are the people and memberships of a lane, by kind and id, as words.
type records map[string]string

// operation is one thing a lane does. after is what the lane then holds; nil: what it held.
type operation struct {
	name  string
	after records
	do    func(db *store.DB) (said string, err error)
}

func laneID(lane byte, n uint64) register.ID {
	return register.ID(fmt.Sprintf("D%c%012d", lane, n%1_000_000_000_000))
}

func member(id register.ID, name string) register.Delegate {
	d := person(1)
	d.ID, d.Name, d.Email = id, name, strings.ToLower(string(id))+"@example.org"
	return d
}

func membership(id register.ID) register.Membership {
	return register.Membership{ID: "M" + id[1:], Delegate: id, Organisation: "O1", Role: "of " + string(id)}
}

func (r records) put(id register.ID, name string, status register.Status) {
	r["d/"+string(id)] = name + "|" + string(status)
	if status == register.Active {
		r["m/"+string(id)] = "of " + string(id)
	}
}

func (r records) drop(id register.ID) {
	delete(r, "d/"+string(id))
	delete(r, "m/"+string(id))
}

// people lists who is active, in order.
func (r records) people() []register.ID {
	var ids []register.ID
	for k, v := range r {
		if id, ok := strings.CutPrefix(k, "d/"); ok && strings.HasSuffix(v, "|"+string(register.Active)) {
			ids = append(ids, register.ID(id))
		}
	}
	slices.Sort(ids)
	return ids
}

// held reads what every lane holds.
func held(db *store.DB) (map[byte]records, error) {
	all := map[byte]records{}
	of := func(id register.ID) records {
		if all[id[1]] == nil {
			all[id[1]] = records{}
		}
		return all[id[1]]
	}
	err := db.View(func(tx *store.Tx) error {
		for d, err := range tx.Delegates().All() {
			if err != nil {
				return err
			}
			of(d.ID)["d/"+string(d.ID)] = d.Name + "|" + string(d.Status)
			for m, err := range tx.Memberships().Of(d.ID) {
				if err != nil {
					return err
				}
				of(d.ID)["m/"+string(d.ID)] = m.Role
			}
		}
		return nil
	})
	return all, err
}

// next is what a lane does as its nth operation.
func (l *load) next(lane byte, n int, have records) operation {
	rng := rand.New(rand.NewPCG(l.Seed, uint64(lane)<<32|uint64(n)))
	if l.Script != "" {
		return l.scripted(strings.Fields(l.Script)[n], rng, have)
	}
	switch lane {
	case 'b':
		return l.bulk(rng, have)
	case 'w':
		names := strings.Fields(l.Whole)
		return l.whole(names[rng.IntN(len(names))])
	default:
		return single(lane, rng, have)
	}
}

// single is a change of one to three people.
func single(lane byte, rng *rand.Rand, have records) operation {
	ids, after := have.people(), maps.Clone(have)
	if after == nil {
		after = records{}
	}
	fresh := laneID(lane, rng.Uint64())
	what := rng.IntN(10)
	if len(ids) == 0 {
		what = 0
	}
	switch {
	case what < 4 || len(ids) < 3:
		after.put(fresh, "New", register.Active)
		return operation{"add", after, changing(register.DelegateAdd, what == 0, func(tx *store.Tx) error {
			return addMember(tx, fresh, "New")
		})}
	case what < 7:
		id, name := ids[rng.IntN(len(ids))], fmt.Sprintf("Name %d", rng.IntN(1000))
		after.put(id, name, register.Active)
		after.put(fresh, name, register.Active)
		return operation{"change", after, changing(register.DelegateChange, what == 4, func(tx *store.Tx) error {
			if err := addMember(tx, fresh, name); err != nil {
				return err
			}
			return tx.Delegates().Put(member(id, name))
		})}
	case what < 8:
		id := ids[rng.IntN(len(ids))]
		after.drop(id)
		return operation{"delete", after, changing(register.DelegateChange, false, func(tx *store.Tx) error {
			return tx.Forget(id)
		})}
	default:
		id := ids[rng.IntN(len(ids))]
		return erasure(id, after)
	}
}

func addMember(tx *store.Tx, id register.ID, name string) error {
	if err := tx.Delegates().Put(member(id, name)); err != nil {
		return err
	}
	return tx.Memberships().Put(membership(id))
}

func erasure(id register.ID, after records) operation {
	after.drop(id)
	after.put(id, "", register.Erased)
	return operation{"erase", after, changing(register.DelegateChange, false, func(tx *store.Tx) error {
		if err := tx.Forget(id); err != nil {
			return err
		}
		tomb := register.Delegate{ID: id, Status: register.Erased, Created: storetest.Start, Updated: storetest.Start}
		return tx.Delegates().Put(tomb)
	})}
}

// changing is an Update.
func changing(v register.Verb, undoable bool, fn func(*store.Tx) error) func(*store.DB) (string, error) {
	return func(db *store.DB) (string, error) {
		c := storetest.By(v)
		c.Undoable = undoable
		_, err := db.Update(ctx, c, fn)
		return "", err
	}
}

const bulkNote = "bulk"

// bulk is a change of everybody in the lane at once: an import, a change of all, the undoing of either, or a Forget.
func (l *load) bulk(rng *rand.Rand, have records) operation {
	ids := have.people()
	switch {
	case len(ids) == 0:
		return l.imports(have, rng.Uint64())
	case rng.IntN(4) == 0:
		return operation{"forget all", records{}, changing(register.DelegateChange, false, func(tx *store.Tx) error {
			return tx.Forget(ids...)
		})}
	case rng.IntN(2) == 0 || changed(have):
		return reverts(have)
	}
	return changes(have)
}

const (
	imported = "Imported"
	renamed  = "Changed"
)

func changed(have records) bool {
	return strings.HasPrefix(have["d/"+string(have.people()[0])], renamed)
}

func (l *load) imports(have records, from uint64) operation {
	made := records{}
	for i := range l.Bulk {
		made.put(laneID('b', from+uint64(i)), imported, register.Active)
	}
	ids, after := made.people(), made
	maps.Copy(after, have)
	return operation{"import", after, undoableBulk(func(tx *store.Tx) error {
		for _, id := range ids {
			if err := addMember(tx, id, imported); err != nil {
				return err
			}
		}
		return nil
	})}
}

func changes(have records) operation {
	after, ids := maps.Clone(have), have.people()
	for _, id := range ids {
		after.put(id, renamed, register.Active)
	}
	return operation{"change all", after, undoableBulk(func(tx *store.Tx) error {
		for _, id := range ids {
			if err := tx.Delegates().Put(member(id, renamed)); err != nil {
				return err
			}
		}
		return nil
	})}
}

func undoableBulk(fn func(*store.Tx) error) func(*store.DB) (string, error) {
	return func(db *store.DB) (string, error) {
		c := storetest.By(register.DelegateAdd)
		c.Undoable, c.Note = true, bulkNote
		_, err := db.Update(ctx, c, fn)
		return "", err
	}
}

// reverts takes back the newest change of all, or the import.
func reverts(have records) operation {
	after := records{}
	if changed(have) {
		for _, id := range have.people() {
			after.put(id, imported, register.Active)
		}
	}
	return operation{"undo", after, changing(register.ChangeUndo, false, func(tx *store.Tx) error {
		ops, err := tx.UndoOps(storetest.Operator, 0)
		if err != nil {
			return err
		}
		for _, op := range ops {
			if op.Note == bulkNote {
				_, err = tx.Revert(op.Operation, nil)
				return err
			}
		}
		return fmt.Errorf("none of %d operations is a bulk change", len(ops))
	})}
}

// worker is a child at its load.
type worker struct {
	load
	db  *store.DB
	out io.Writer
	in  io.Reader
	mu  sync.Mutex

	unsure bool // in a script: a change was answered with "nobody knows"
}

func (w *worker) say(format string, args ...any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	line := strings.ReplaceAll(fmt.Sprintf(format, args...), "\n", " ")
	_, _ = io.WriteString(w.out, line+"\n")
}

// workMain is the body of a child under load.
func workMain(arg string) int {
	w := &worker{out: output(), in: os.Stdin}
	if err := json.Unmarshal([]byte(arg), &w.load); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	if w.Script != "" {
		runtime.LockOSThread() // whoever has the turn commits: all the writing of changes is done by this thread
	}
	o := storetest.Options()
	if !w.Alone {
		o.Verifier = []string{os.Args[0], store.VerifyArg}
	}
	if err := w.made(o); err != nil {
		w.say("not open: %v", err)
		return 1
	}
	db, err := store.Open(ctx, w.Dir, credential(), o)
	if err != nil {
		w.say("not open: %v", err)
		return 1
	}
	w.db = db
	all, err := held(db)
	if err != nil {
		w.say("not open: %v", err)
		return 1
	}
	w.say("open")
	if w.Script != "" {
		w.script(all)
		w.say("closed %v", db.Close())
		return 0
	}
	var wg sync.WaitGroup
	for _, lane := range []byte(w.Lanes) {
		wg.Go(func() { w.run(lane, all[lane]) })
	}
	wg.Wait()
	return 1
}

// made makes the store of what it is to be made of.
func (w *worker) made(o store.Options) error {
	var err error
	switch {
	case w.Backup != "":
		_, err = store.Restore(ctx, store.RestoreInput{Backup: w.Backup, To: w.Dir, Credential: credential()}, o)
	case w.Broken != "":
		_, err = store.Repair(ctx, store.RepairInput{From: w.Broken, To: w.Dir, Credential: credential()}, o)
	}
	return err
}

// run works a lane until the child ends, or until the store takes nothing more.
func (w *worker) run(lane byte, have records) {
	for n := 0; ; n++ {
		op := w.next(lane, n, have)
		if w.Early {
			w.say("ok %c %d", lane, n)
			_, _ = w.in.Read(make([]byte, 1))
		}
		if !w.one(lane, n, op) {
			return
		}
		if op.after != nil {
			have = op.after
		}
	}
}

// one does an operation and says how it ended.
func (w *worker) one(lane byte, n int, op operation) (saved bool) {
	w.say("try %c %d %s", lane, n, op.name)
	said, err := op.do(w.db)
	switch {
	case err == nil:
		w.say("ok %c %d %s", lane, n, said)
	case nobodyKnows(err):
		if w.Script != "" {
			w.unsure = true
		}
		w.say("unknown %c %d %v", lane, n, err)
	default:
		w.say("no %c %d %v", lane, n, err)
	}
	return err == nil
}

// nobodyKnows reports whether an error says that a change may have been saved and may not.
func nobodyKnows(err error) bool {
	return strings.Contains(err.Error(), "will show at the next start") ||
		strings.Contains(err.Error(), "in the file that was open")
}
