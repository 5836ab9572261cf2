package desk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"custos/internal/register"
	"custos/store"
)

// manyChunk is how many records go into one transaction, so that nobody else waits long.
const manyChunk = 1000

// ApplyMany carries a plan out: a transaction for a thousand records, each with one audit entry that counts them, all
// under one id by which an undo takes them back together. The rules are asked again: a record that was changed since the
// plan was made is refused and listed in what comes back, and the others are done. Where it is stopped or fails, what
// comes back says how many records were not come to; what was done stays and can be undone. told may be nil.
func (s *Seat) ApplyMany(
	ctx context.Context, plan register.ManyPlan, told func(done, total int),
) (register.ManyDone, error) {
	done := register.ManyDone{Refused: []register.ManyRow{}}
	what := plan.What
	if err := s.allow(what.Verb()); what.Verb() != "" && err != nil {
		return done, err
	}
	if err := s.checkMany(&what); err != nil {
		return done, err
	}
	var err error
	if done.ID, err = s.desk.ids.Next(register.BatchPrefix); err != nil {
		return done, err
	}
	todo := slices.DeleteFunc(slices.Clone(plan.Rows), func(r register.ManyRow) bool { return r.Outcome != register.ManyChanges })
	done.Left = len(todo)
	for rows := range slices.Chunk(todo, manyChunk) {
		if err := ctx.Err(); err != nil {
			return done, err
		}
		if err := s.applyMany(ctx, &done, &what, rows); err != nil {
			return done, err
		}
		if told != nil {
			told(len(todo)-done.Left, len(todo))
		}
	}
	return done, nil
}

// errNothing ends a transaction in which nothing was left to do.
var errNothing = errors.New("nothing is left to do")

// applyMany carries out as much as goes into one transaction, and counts it once it is written.
func (s *Seat) applyMany(ctx context.Context, done *register.ManyDone, what *register.Many, rows []register.ManyRow) error {
	var next register.ManyDone
	a := act{verb: what.Verb(), undoable: what.Undoable()}
	_, err := s.change(ctx, a, func(tx *store.Tx) error {
		next = *done
		next.Refused = slices.Clip(next.Refused)
		before := next.Counts
		for _, row := range rows {
			now, err := s.doRow(tx, row, what)
			if err != nil {
				return err
			}
			if next.Counts.Tally(now.Outcome); now.Outcome != register.ManyChanges {
				next.Refused = append(next.Refused, now)
			}
		}
		n := next.Counts.Changes - before.Changes
		if n == 0 {
			return errNothing
		}
		tx.Note(fmt.Sprintf("%s %s: %d of %d", done.ID, what.Act, n, len(rows)))
		return s.toldMany(tx, what, done.Counts.Changes, n)
	})
	if err != nil && !errors.Is(err, errNothing) {
		return err
	}
	next.Left -= len(rows)
	*done = next
	return nil
}

// doRow carries one record's part out, unless the record is no longer as it was planned from.
func (s *Seat) doRow(tx *store.Tx, row register.ManyRow, what *register.Many) (register.ManyRow, error) {
	now, d, err := s.manyRow(tx, row.ID, what)
	switch {
	case err != nil || now.Outcome != register.ManyChanges:
		return now, err
	case now.Seen != row.Seen || now.Was != row.Was || now.Becomes != row.Becomes:
		now.Outcome = register.ManyRefused
		now.Reason = fmt.Sprintf("%s was changed since the plan was made; plan again", row.ID)
		return now, nil
	}
	return now, d.write(tx)
}

// toldMany keeps that people were told of a notice, as one telling however many transactions it takes.
func (s *Seat) toldMany(tx *store.Tx, what *register.Many, before, more int) error {
	if what.Act != register.ManyTold {
		return nil
	}
	settings, err := tx.Settings().Get()
	if err != nil {
		return err
	}
	last, in := len(settings.Told)-1, s.toldOf(what, before+more)
	settings.Told = slices.Clone(settings.Told)
	if before > 0 && last >= 0 && settings.Told[last] == s.toldOf(what, before) {
		settings.Told[last] = in
	} else {
		in.People = more
		settings.Told = append(settings.Told, in)
	}
	return tx.Settings().Put(settings)
}

// manyOf is the id under which an operation was one of many; empty for one of its own.
func manyOf(op *store.UndoOp) string {
	id, rest, _ := strings.Cut(op.Note, " ")
	act, _, counted := strings.Cut(rest, ":")
	if counted && slices.Contains(register.ManyActs(), register.ManyAct(act)) {
		return id
	}
	return ""
}

// revertMany takes every part back of what was done under one id, the newest first. What was changed since is kept and
// counted, and so is everything of somebody restricted since.
func (s *Seat) revertMany(tx *store.Tx, id string) (store.Reverted, error) {
	var all store.Reverted
	ops, err := tx.UndoOps(s.operator.Name, 0)
	if err != nil {
		return all, err
	}
	restricted := func(_, key string) bool {
		row, ok := s.desk.db.Person(register.ID(key[:min(len(key), register.IDLen)]))
		return ok && row.Status == register.Restricted
	}
	for i := range ops {
		if manyOf(&ops[i]) != id {
			continue
		}
		done, err := tx.Revert(ops[i].Operation, restricted)
		if err != nil {
			return all, err
		}
		all.Restored, all.Removed, all.Kept = all.Restored+done.Restored, all.Removed+done.Removed, all.Kept+done.Kept
	}
	return all, nil
}
