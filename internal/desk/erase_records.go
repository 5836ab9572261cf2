package desk

import (
	"fmt"
	"iter"
	"slices"
	"strings"

	"custos/internal/register"
	"custos/store"
)

// carryOut does all of the plan inside one transaction.
func (x *erasure) carryOut(tx *store.Tx) error {
	plan := &x.now.plan
	x.report = register.ErasureReport{Ref: plan.Ref, Delegate: plan.Delegate, Kept: plan.Count(register.ErasureKeeps)}
	x.record = register.Erasure{
		Delegate: plan.Delegate, MergedFrom: x.now.facts.Person.MergedFrom, Request: plan.Ref, At: x.seat.desk.now(),
		By: x.seat.operator.Name, Unchecked: x.unchecked(), Plan: plan.Digest, Removed: plan.Counts(register.ErasureRemoves),
		Kept: plan.Counts(register.ErasureKeeps), Masked: map[string]int{},
	}
	for _, step := range []func(*store.Tx) error{x.suppress, x.remove, x.mask, x.dropFormer} {
		if err := step(tx); err != nil {
			return err
		}
	}
	x.report.Removed = plan.Count(register.ErasureRemoves)
	tx.Note(fmt.Sprintf("%s %d removed, %d masked, %d kept", plan.Ref, x.report.Removed, x.report.Masked, x.report.Kept))
	return tx.Erasures().Put(x.record)
}

// suppress keeps the addresses from being used again, while they are still known.
func (x *erasure) suppress(tx *store.Tx) error {
	before := tx.Suppressions().Len()
	for _, b := range x.now.plan.Suppress {
		in := register.SuppressionInput{
			Scope: b.Scope, Reason: "erased under " + x.now.plan.Ref, Source: "erasure",
		}
		if b.Channel != register.AnyChannel {
			in.Channel = b.Channel
		}
		if in.Email = b.Address; b.Kind == "phone" {
			in.Email, in.Phone = "", b.Address
		}
		if err := x.seat.alsoSuppress(tx, in); err != nil {
			return err
		}
	}
	x.record.Suppressed = tx.Suppressions().Len() - before
	x.report.Suppress = x.record.Suppressed
	return nil
}

// remove forgets the person with their key, and puts back what is left: the
// tombstone, the skeletons, and what a choice keeps.
func (x *erasure) remove(tx *store.Tx) error {
	d, ref := x.now.facts.Person, x.now.plan.Ref
	var cases []register.Request
	for r, err := range tx.Requests().Of(d.ID) {
		if err != nil {
			return err
		}
		if r.Ref == ref {
			if err := keepRecipients(tx, &r); err != nil {
				return err
			}
		}
		cases = append(cases, r.Skeleton())
	}
	back, err := x.keepers(tx)
	if err != nil {
		return err
	}
	if err := tx.Forget(d.ID); err != nil {
		return err
	}
	left := d.Tombstone(ref, x.seat.Today())
	if x.now.facts.Case.KeepsOwn() {
		left = d.Reduced(ref, x.seat.Today())
	}
	left.Updated = x.seat.desk.now()
	if err := tx.Delegates().Put(left); err != nil {
		return err
	}
	for _, put := range back {
		if err := put(); err != nil {
			return err
		}
	}
	for i := range cases {
		if err := x.leave(tx, &cases[i]); err != nil {
			return err
		}
	}
	return nil
}

// leave puts the skeleton of a case, the one the erasure runs under with what
// was done.
func (x *erasure) leave(tx *store.Tx, r *register.Request) error {
	if r.Ref == x.now.plan.Ref {
		p := &x.now.plan
		text := fmt.Sprintf("%d records removed, %d texts masked, %d kept, %d suppressions",
			p.Count(register.ErasureRemoves), p.Count(register.ErasureMasks), p.Count(register.ErasureKeeps), x.record.Suppressed)
		if err := x.seat.add(r, register.RequestEvent{Kind: register.ErasedData, On: x.seat.Today(), Text: text}); err != nil {
			return err
		}
	}
	if err := x.seat.save(tx, r); err != nil {
		return err
	}
	_, err := tx.Mask("requests", r.Ref, func(_, text string) string { return x.now.blot(text) })
	return err
}

// keepers read the collections a choice keeps, and return what puts them back
// once the person is forgotten.
func (x *erasure) keepers(tx *store.Tx) ([]func() error, error) {
	who := x.now.facts.Person.ID
	var back []func() error
	for _, c := range x.now.facts.Case.Keeps {
		if c.Record != "" || c.Fate != register.ErasureKeeps {
			continue
		}
		var err error
		switch c.Collection {
		case "memberships":
			err = keepRows(&back, tx.Memberships().Of(who), tx.Memberships().Put)
		case "bookings":
			err = keepRows(&back, tx.Bookings().Of(who), tx.Bookings().Put)
		case "consents":
			err = keepRows(&back, tx.Consents().Of(who), tx.Consents().Put)
		case "disclosed":
			err = keepRows(&back, tx.Disclosed().Of(who), tx.Disclosed().Put)
		}
		if err != nil {
			return nil, err
		}
	}
	return back, nil
}

func keepRows[T any](back *[]func() error, all iter.Seq2[T, error], put func(T) error) error {
	for v, err := range all {
		if err != nil {
			return err
		}
		*back = append(*back, func() error { return put(v) })
	}
	return nil
}

// mask takes the person out of the records of others.
func (x *erasure) mask(tx *store.Tx) error {
	byRecord := map[[2]string][]*register.ErasureHit{}
	for i := range x.now.facts.Hits {
		h := &x.now.facts.Hits[i]
		if x.now.plan.Masks(h) {
			at := [2]string{h.Collection, h.Record}
			byRecord[at] = append(byRecord[at], h)
		}
	}
	for at, hits := range byRecord {
		n, err := tx.Mask(at[0], at[1], func(field, text string) string {
			i := slices.IndexFunc(hits, func(h *register.ErasureHit) bool { return h.Field == field && h.Text == text })
			if i < 0 {
				return text
			}
			return x.now.sorting.Mask(hits[i])
		})
		if err != nil {
			return err
		}
		if n > 0 {
			x.record.Masked[at[0]]++
			x.record.Touched = append(x.record.Touched, register.Place{Collection: at[0], Key: at[1]})
			x.report.Masked++
		}
	}
	return nil
}

// dropFormer drops the changes of others whose former versions name the person. An older copy may hold such a version as
// the present one, so their records are noted too.
func (x *erasure) dropFormer(tx *store.Tx) error {
	ops := x.now.sorting.Former(x.now.facts.Hits)
	for i := range x.now.facts.Hits {
		h := &x.now.facts.Hits[i]
		at, ok := formerly(h)
		if ok && slices.Contains(ops, h.Operation) && !slices.Contains(x.record.Touched, at) {
			x.record.Touched = append(x.record.Touched, at)
		}
	}
	for _, op := range ops {
		if err := tx.DropUndo(op); err != nil {
			return err
		}
	}
	return nil
}

// formerly is the record that a former version is of: the row's key is operation, collection, and the record's key.
func formerly(h *register.ErasureHit) (register.Place, bool) {
	parts := strings.SplitN(h.Record, "/", 3)
	if h.Of == "" || len(parts) < 3 || parts[1] != h.Of {
		return register.Place{}, false
	}
	return register.Place{Collection: h.Of, Key: parts[2]}, true
}
