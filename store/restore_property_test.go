package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"custos/internal/register"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// history is a store that changes at random, with a backup at a random moment, and what a restored copy must know.
type history struct {
	t    *rapid.T
	db   *DB
	now  time.Time
	next int // number of the next record

	people []register.ID // who is on record
	erased []register.ID
	joined map[register.ID]bool // somebody was joined into, since the backup

	backedUp bool
	before   map[string][]byte // plain records at the backup
	since    map[string]bool   // keys of noes recorded since
	stopped  map[register.ID]bool
}

func (h *history) id(prefix byte) register.ID {
	h.next++
	return register.ID(fmt.Sprintf("%c%013d", prefix, h.next))
}

func (h *history) change(fn func(tx *Tx) error) {
	h.t.Helper()
	h.now = h.now.Add(time.Minute)
	c := byTester()
	c.Undoable = rapid.Bool().Draw(h.t, "undoable")
	if _, err := h.db.Update(context.Background(), c, fn); err != nil {
		h.t.Fatalf("change: %v", err)
	}
}

func (h *history) somebody() register.ID {
	if len(h.people) == 0 {
		h.add()
	}
	return rapid.SampledFrom(h.people).Draw(h.t, "who")
}

// secretOf is a text that stands in records of a person, and of others, and nowhere else.
func secretOf(id register.ID) string { return "Secret" + strings.ReplaceAll(string(id), "0", "Q") }

func (h *history) add() {
	id := h.id('D')
	h.people = append(h.people, id)
	h.change(func(tx *Tx) error {
		d := someone(0)
		d.ID, d.Name, d.Created = id, secretOf(id), h.now
		return errors.Join(tx.Delegates().Put(d),
			tx.Memberships().Put(register.Membership{ID: h.id('M'), Delegate: id, Organisation: "O1", Role: secretOf(id)}))
	})
}

func (h *history) rename() {
	id := h.somebody()
	h.change(func(tx *Tx) error {
		d, err := tx.Delegates().Get(id)
		d.JobTitle = fmt.Sprintf("title %d", h.next)
		return errors.Join(err, tx.Delegates().Put(d))
	})
}

func (h *history) consent() {
	e := register.ConsentEvent{ID: h.id('K'), Delegate: h.somebody(), Purpose: "news", Channel: "email",
		Act: rapid.SampledFrom(register.ConsentActs()).Draw(h.t, "act"), At: h.now, Recorded: h.now}
	h.change(func(tx *Tx) error { return tx.Consents().Put(e) })
	if e.Act.No() && h.backedUp {
		h.since[string(e.Delegate)+keySep+string(e.ID)] = true
	}
}

func (h *history) suppress() {
	h.change(func(tx *Tx) error {
		n := h.next
		h.next++
		return tx.Suppressions().Put(suppression(h.db, n, "email", fmt.Sprintf("a%d@x.example", n)))
	})
}

func (h *history) restrict() {
	id := h.somebody()
	on := rapid.IntRange(0, 2).Draw(h.t, "restrict") > 0
	h.change(func(tx *Tx) error {
		d, err := tx.Delegates().Get(id)
		d.Status, d.Restrictions = register.Active, nil
		if on {
			d.Status, d.Restrictions = register.Restricted, []register.Restriction{{Ground: fmt.Sprint(h.next)}}
		}
		return errors.Join(err, tx.Delegates().Put(d))
	})
	if h.backedUp {
		h.stopped[id] = on
	}
}

// mention writes of somebody in a record of another.
func (h *history) mention() {
	who, where := h.somebody(), h.somebody()
	h.change(func(tx *Tx) error {
		if !h.backedUp && rapid.Bool().Draw(h.t, "over another") { // so that a former version speaks of them
			return tx.Organisations().Put(register.Organisation{ID: "O1", Name: "asked for " + secretOf(who)})
		}
		if rapid.Bool().Draw(h.t, "organisation") {
			return tx.Organisations().Put(register.Organisation{ID: h.id('O'), Name: "asked for " + secretOf(who)})
		}
		if where == who {
			return nil
		}
		return tx.Memberships().Put(register.Membership{ID: h.id('M'), Delegate: where, Organisation: "O1", Role: secretOf(who)})
	})
}

// merge joins two people: everything of the one becomes the other's.
func (h *history) merge() {
	from, into := h.somebody(), h.somebody()
	if from == into {
		return
	}
	h.change(func(tx *Tx) error {
		old, err := tx.Delegates().Get(from)
		one, intoErr := tx.Delegates().Get(into)
		one.MergedFrom = append(append(slices.Clone(one.MergedFrom), from), old.MergedFrom...)
		one.JobTitle = secretOf(from)
		if old.Status == register.Restricted {
			one.Status, one.Restrictions = old.Status, old.Restrictions
		}
		err = errors.Join(err, intoErr)
		for e, eachErr := range tx.Consents().Of(from) {
			was := string(from) + keySep + string(e.ID)
			e.Delegate = into
			err = errors.Join(err, eachErr, tx.Consents().Put(e))
			if h.since[was] {
				delete(h.since, was)
				h.since[string(into)+keySep+string(e.ID)] = true
			}
		}
		return errors.Join(err, tx.Forget(from), tx.Delegates().Put(one))
	})
	h.people = slices.DeleteFunc(h.people, func(id register.ID) bool { return id == from })
	if h.backedUp {
		if h.stopped[from] {
			h.stopped[into] = true
		}
		delete(h.stopped, from)
		h.joined[into] = true
	}
}

// erase erases somebody as desks do, and brings ring and ledger up to date.
func (h *history) erase(to string) {
	id := h.somebody()
	ref := fmt.Sprintf("ER-2026-%04d", h.next)
	h.next++
	h.change(func(tx *Tx) error {
		d, err := tx.Delegates().Get(id)
		if err != nil {
			return err
		}
		x := register.Erasure{Delegate: id, MergedFrom: d.MergedFrom, Request: ref, At: h.now}
		tomb := register.Delegate{ID: id, Status: register.Erased, MergedFrom: d.MergedFrom, Created: d.Created, Updated: h.now}
		ids := append([]register.ID{id}, d.MergedFrom...)
		err = errors.Join(tx.Forget(id), tx.Delegates().Put(tomb))
		secrets := h.needles(ids)
		hits, searchErr := tx.Search(context.Background(), secrets, nil)
		err = errors.Join(err, searchErr)
		for _, hit := range hits {
			if op := hit.Operation(); op != "" {
				err = errors.Join(err, tx.DropUndo(op))
				continue
			}
			x.Touched = append(x.Touched, register.Place{Collection: hit.Bucket, Key: hit.Key})
			_, maskErr := tx.Mask(hit.Bucket, hit.Key, func(_, text string) string {
				if len(secrets.In(text)) > 0 {
					return "[removed]"
				}
				return text
			})
			err = errors.Join(err, maskErr)
		}
		h.erased = append(h.erased, ids...)
		return errors.Join(err, tx.Erasures().Put(x))
	})
	h.people = slices.DeleteFunc(h.people, func(p register.ID) bool { return p == id })
	delete(h.stopped, id)
	for key := range h.since {
		if strings.HasPrefix(key, string(id)+keySep) {
			delete(h.since, key)
		}
	}
	_, err := h.db.Scrub(context.Background())
	if rapid.IntRange(0, 3).Draw(h.t, "reached") > 0 { // else the folder could not be reached, and the ledger is flushed later
		err = errors.Join(err, h.db.ReplaceRing(context.Background(), to))
		err = errors.Join(err, h.db.WriteLedger(context.Background(), to, time.Time{}))
	}
	if err != nil {
		h.t.Fatal(err)
	}
}

func (h *history) needles(ids []register.ID) Needles {
	var words []Needle
	for _, id := range ids {
		words = append(words, Needle{Kind: TextNeedle, Text: secretOf(id)})
	}
	n, err := NewNeedles(words)
	if err != nil {
		h.t.Fatal(err)
	}
	return n
}

// plainRecords are all records of collections, opened, by collection and key.
func plainRecords(t *rapid.T, db *DB) map[string][]byte {
	all := map[string][]byte{}
	err := db.View(func(tx *Tx) error {
		for _, c := range registry {
			for r, err := range tx.scan(c.bucket(), "") {
				if err != nil {
					return err
				}
				plain, err := tx.openRow(c.bucket(), r)
				if err != nil {
					return err
				}
				all[c.bucket()+keySep+r.key] = slices.Clone(plain)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func newHistory(t *rapid.T) *history {
	h := &history{t: t, now: testStart, joined: map[register.ID]bool{}, since: map[string]bool{},
		stopped: map[register.ID]bool{}}
	dir, err := os.MkdirTemp("", "custos-history-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	o := testOptions()
	o.Now = func() time.Time { return h.now }
	if h.db, _, err = Create(filepath.Join(dir, "store"), testSetup(), o); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = h.db.Close() })
	return h
}

// live lets the store change, with one backup on the way, and closes it in good order.
func (h *history) live(to string) {
	n := rapid.IntRange(4, 24).Draw(h.t, "steps")
	at := rapid.IntRange(1, n-1).Draw(h.t, "backup at")
	h.add()
	for i := range n {
		if i == at {
			if _, err := h.db.Backup(context.Background(), to, nil); err != nil {
				h.t.Fatal(err)
			}
			h.backedUp, h.before = true, plainRecords(h.t, h.db)
		}
		switch rapid.SampledFrom([]string{"add", "rename", "consent", "consent", "consent", "suppress", "restrict", "mention",
			"mention", "merge", "erase", "flush"}).Draw(h.t, "step") {
		case "add":
			h.add()
		case "rename":
			h.rename()
		case "consent":
			h.consent()
		case "suppress":
			h.suppress()
		case "restrict":
			h.restrict()
		case "mention":
			h.mention()
		case "merge":
			h.merge()
		case "erase":
			h.erase(to)
		default:
			h.flush(to)
		}
	}
	h.flush(to)
	if behind, err := h.db.LedgerBehind(to); err != nil || behind {
		h.t.Fatalf("the ledger is behind after it was flushed: %v", err)
	}
}

func (h *history) flush(to string) {
	if err := h.db.FlushLedger(to); err != nil {
		h.t.Fatal(err)
	}
}

// wrong says what is wrong with a restored copy.
func (h *history) wrong(copied *DB) []string {
	var wrong []string
	say := func(format string, args ...any) { wrong = append(wrong, fmt.Sprintf(format, args...)) }
	now, then := plainRecords(h.t, h.db), plainRecords(h.t, copied)
	if len(h.erased) > 0 {
		n := h.needles(h.erased)
		hits, err := copied.Search(context.Background(), n, nil)
		if err != nil || len(hits) > 0 {
			say("an erased person is found: %v, %v", hits, err)
		}
	}
	for key := range h.since {
		if _, ok := then[consents.name+keySep+key]; !ok {
			say("the no %s is lost", key)
		}
	}
	for key, plain := range now {
		if strings.HasPrefix(key, suppressions.name+keySep) && string(then[key]) != string(plain) {
			say("the suppression %s is lost", key)
		}
	}
	for id, on := range h.stopped {
		_, known := h.before[delegates.name+keySep+string(id)]
		p, err := personIn(copied, id)
		if on && (known || err == nil) && p.Status != register.Restricted {
			say("%s is not restricted", id)
		}
	}
	for id := range h.joined {
		live, err := personIn(h.db, id)
		if err != nil || !h.known(append(slices.Clone(live.MergedFrom), id)) {
			continue
		}
		if p, err := personIn(copied, id); err != nil || !slices.Equal(p.MergedFrom, live.MergedFrom) {
			say("%s was joined from %v, and is %v, %v", id, live.MergedFrom, p.MergedFrom, err)
		}
	}
	expected, got := map[string]string{}, map[string]string{}
	for key, plain := range h.before {
		if h.untouched(key, now) {
			expected[key] = string(plain)
			got[key] = string(then[key])
		}
	}
	if d := cmp.Diff(expected, got); d != "" {
		say("what nobody erased, joined or restricted differs:\n%s", d)
	}
	return wrong
}

// known reports whether the backup has one of some people.
func (h *history) known(ids []register.ID) bool {
	return slices.ContainsFunc(ids, func(id register.ID) bool { return h.before[delegates.name+keySep+string(id)] != nil })
}

func personIn(db *DB, id register.ID) (p register.Delegate, err error) {
	err = db.View(func(tx *Tx) error {
		p, err = tx.Delegates().Get(id)
		return err
	})
	return p, err
}

// untouched reports whether a record of the backup must be in the copy as it was.
func (h *history) untouched(key string, now map[string][]byte) bool {
	bucket, rest, _ := strings.Cut(key, keySep)
	who, _, _ := strings.Cut(rest, keySep)
	id := register.ID(who)
	_, lasts := now[delegates.name+keySep+who]
	switch {
	case strings.Contains(string(now[key]), "[removed]"), h.joined[id], slices.Contains(h.erased, id):
		return false
	case bucket == delegates.name && (h.stopped[id] || !lasts), strings.HasPrefix(who, "D") && !lasts:
		return false
	case bucket == suppressions.name, bucket == erasures.name, bucket == backups.name:
		return false
	}
	return true
}

func (h *history) restore(to string, in RestoreInput) (RestoreReport, *DB) {
	dir, err := os.MkdirTemp("", "custos-restored-")
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(func() { _ = os.RemoveAll(dir) })
	in.Backup, in.To, in.Credential = to, filepath.Join(dir, "copy"), testCredential()
	o := h.db.opts
	report, err := Restore(context.Background(), in, o)
	if err != nil {
		h.t.Fatalf("restore: %v", err)
	}
	copied, err := Open(context.Background(), in.To, testCredential(), o)
	if err != nil {
		h.t.Fatalf("opening the copy: %v", err)
	}
	h.t.Cleanup(func() { _ = copied.Close() })
	return report, copied
}

// TestARestoredCopyKnowsWhatWasRefusedAndErasedSince is about random histories with a backup at a random moment.
func TestARestoredCopyKnowsWhatWasRefusedAndErasedSince(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := newHistory(t)
		to := filepath.Join(filepath.Dir(h.db.Path()), "backups")
		h.live(to)
		_, copied := h.restore(to, RestoreInput{})
		for _, w := range h.wrong(copied) {
			t.Error(w)
		}
		if report, err := copied.Check(context.Background()); err != nil || len(report.Damage()) > 0 {
			t.Errorf("the copy: %v, %v", report.Findings, err)
		}
	})
}

// TestWithoutTheLedgerTheCopyForgets is the control of the test above: the same questions, and no ledger to answer them.
func TestWithoutTheLedgerTheCopyForgets(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := newHistory(t)
		to := filepath.Join(filepath.Dir(h.db.Path()), "backups")
		h.add()
		h.add()
		if _, err := h.db.Backup(context.Background(), to, nil); err != nil {
			t.Fatal(err)
		}
		h.backedUp, h.before = true, plainRecords(t, h.db)
		no := register.ConsentEvent{ID: h.id('K'), Delegate: h.people[0], Purpose: "news", Channel: "email",
			Act: register.Objected, At: h.now, Recorded: h.now}
		h.change(func(tx *Tx) error { return tx.Consents().Put(no) })
		h.since[string(no.Delegate)+keySep+string(no.ID)] = true
		h.suppress()
		h.flush(to)
		if report, copied := h.restore(to, RestoreInput{}); len(h.wrong(copied)) > 0 || report.Missing != 2 {
			t.Errorf("with the ledger: %v; %+v", h.wrong(copied), report)
		}
		if err := os.Remove(h.db.ledgerPath(h.db.BackupFolder(to))); err != nil {
			t.Fatal(err)
		}
		if _, copied := h.restore(to, RestoreInput{WithoutLedger: true}); len(h.wrong(copied)) != 2 {
			t.Errorf("without the ledger a no and a suppression are lost, and the test sees %v", h.wrong(copied))
		}
	})
}
