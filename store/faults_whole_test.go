package store_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"strings"

	"custos/internal/register"
	"custos/store"
	"custos/store/storetest"
)

// whole is work on the whole store: it changes no record.
func (l *load) whole(name string) operation {
	return operation{name: name, do: func(db *store.DB) (string, error) {
		switch name {
		case "scrub":
			_, err := db.Scrub(ctx)
			return "", err
		case "check":
			report, err := db.Check(ctx)
			if err == nil && len(report.Findings) > 0 {
				err = fmt.Errorf("WRONG: a finding while at work: %s", report.Findings[0])
			}
			return "", err
		case "compact":
			_, err := db.Compact(ctx)
			return "", err
		case "rekey":
			in := store.RekeyInput{Operator: storetest.Operator, Passphrase: []byte(storetest.Passphrase)}
			done, err := db.Rekey(ctx, in, storetest.By(register.StoreRekey))
			return done.Recovery, err
		case "backup":
			made, err := db.Backup(ctx, l.To, nil)
			return made.Path, err
		}
		return "", fmt.Errorf("WRONG: there is no work called %q", name)
	}}
}

// scripted is an operation by its name.
func (l *load) scripted(name string, rng *rand.Rand, have records) operation {
	switch name {
	case "single":
		return single('s', rng, have)
	case "import":
		return l.imports(have, rng.Uint64())
	case "change":
		return changes(have)
	case "undo":
		return reverts(have)
	}
	return l.whole(name)
}

// scriptLane is the lane an operation of a script belongs to.
func scriptLane(name string) byte {
	switch name {
	case "single":
		return 's'
	case "import", "change", "undo":
		return 'b'
	}
	return 'w'
}

// script does the operations that are named, and looks after each whether the store shows what was answered.
func (w *worker) script(have map[byte]records) {
	for n, name := range strings.Fields(w.Script) {
		lane := scriptLane(name)
		if (name == "change" || name == "undo") && len(have[lane].people()) == 0 {
			continue // the import before it was not saved
		}
		op := w.next(lane, n, have[lane])
		if w.one(lane, n, op) && op.after != nil {
			have[lane] = op.after
		}
		now, err := held(w.db)
		if err == nil && !w.unsure && !maps.Equal(now[lane], have[lane]) {
			w.say("wrong %c %d the store shows something else than was answered", lane, n)
		}
	}
}
