package desk

import (
	"context"
	"iter"
	"strconv"

	"custos/internal/register"
	"custos/store"
)

// sourceMerge marks a suppression that came over from another record.
const sourceMerge = "merge"

// Merge joins two records of the same person. Everything of the one goes to the
// other: memberships, bookings, the whole ledger, cases, disclosures, holds, and
// every suppression of an address, so that a no to one address is a no to the person.
// The record left over is forgotten with its key; it cannot be taken back. With
// dry it says what would happen and changes nothing. Errors: Invalid for a
// record merged into itself, NotFound, Refused for a restricted or erased one.
func (s *Seat) Merge(ctx context.Context, in register.MergeInput, dry bool) (register.Merge, error) {
	m := merging{seat: s, in: in}
	if in.From == in.Into {
		return m.out, register.Errorf(register.Invalid, "into", "a record cannot be merged into itself")
	}
	if dry {
		err := s.read(register.DelegateMerge, m.prepare)
		return m.out, err
	}
	a := act{verb: register.DelegateMerge, subjects: []register.ID{in.From, in.Into}}
	_, err := s.change(ctx, a, func(tx *store.Tx) error {
		if err := m.prepare(tx); err != nil {
			return err
		}
		return m.carryOut(tx)
	})
	m.out.Done = err == nil
	return m.out, err
}

// merging is a merge on its way: everything of the record that will be no more,
// read before it is forgotten.
type merging struct {
	seat       *Seat
	in         register.MergeInput
	from, into register.Delegate
	one        register.Delegate

	memberships []register.Membership
	bookings    []register.Booking
	events      []register.ConsentEvent
	cases       []register.Request
	disclosed   []register.DisclosedTo
	holds       []register.Hold
	suppress    []register.Suppression // for an address of the record that stays
	out         register.Merge
}

func (m *merging) prepare(tx *store.Tx) (err error) {
	if m.from, err = m.seat.live(tx, m.in.From); err != nil {
		return err
	}
	if m.into, err = m.seat.live(tx, m.in.Into); err != nil {
		return err
	}
	m.out = register.Merge{From: m.in.From, Into: m.in.Into, Moved: map[string]int{}}
	m.out.Seen = [2]uint64{m.from.Revision, m.into.Revision}
	if seen := m.in.Seen; seen != [2]uint64{} && seen != m.out.Seen {
		return asRead("one of the two records", m.out.Seen, [][2]uint64{seen})
	}
	m.one, m.out.Filled, m.out.Differ = register.MergeRecords(&m.into, &m.from, m.in.Take)
	m.one.Updated, m.one.Revision = m.seat.desk.now(), m.into.Revision+1
	settings, err := tx.Settings().Get()
	if err != nil {
		return err
	}
	if err := m.one.Validate(&settings.Profile); err != nil {
		return err
	}
	if err := m.gather(tx); err != nil {
		return err
	}
	held, err := consentsOf(tx, m.in.Into)
	if err != nil {
		return err
	}
	m.out.Questions = settings.Profile.MergedQuestions(
		m.seat.ConsentKeys(), register.Facts(m.events), register.Facts(held), register.At(m.seat.Today()))
	return m.noes(tx)
}

// gather reads what the record holds, all of it to go over.
func (m *merging) gather(tx *store.Tx) (err error) {
	who := m.in.From
	if m.memberships, err = gathered(m, "memberships", tx.Memberships().Of(who)); err != nil {
		return err
	}
	if m.bookings, err = gathered(m, "bookings", tx.Bookings().Of(who)); err != nil {
		return err
	}
	if m.events, err = gathered(m, "consents", tx.Consents().Of(who)); err != nil {
		return err
	}
	if m.cases, err = gathered(m, "requests", tx.Requests().Of(who)); err != nil {
		return err
	}
	if m.holds, err = gathered(m, "holds", tx.Holds().Of(who)); err != nil {
		return err
	}
	m.disclosed, err = gathered(m, "disclosures", tx.Disclosed().Of(who))
	return err
}

func gathered[T any](m *merging, name string, all iter.Seq2[T, error]) ([]T, error) {
	var list []T
	for v, err := range all {
		if err != nil {
			return nil, err
		}
		list = append(list, v)
	}
	if len(list) > 0 {
		m.out.Moved[name] = len(list)
	}
	return list, nil
}

// noes finds the suppressions that meet an address of either record and would
// no longer meet one of the person: each comes over to the address that stays.
func (m *merging) noes(tx *store.Tx) error {
	for _, kind := range []string{"email", "phone"} {
		stays := addressOf(kind, &m.one)
		if stays == "" {
			continue
		}
		standing, err := tx.SuppressedBy(kind, stays)
		if err != nil {
			return err
		}
		for _, d := range []*register.Delegate{&m.from, &m.into} {
			gone := addressOf(kind, d)
			if gone == "" || gone == stays {
				continue
			}
			over, err := tx.SuppressedBy(kind, gone)
			if err != nil {
				return err
			}
			m.bring(over, standing, tx.AddressHash(kind, stays))
		}
	}
	m.out.Suppressed = len(m.suppress)
	return nil
}

// bring adds the entries that do not stand for the address already.
func (m *merging) bring(over, standing []register.Suppression, hash string) {
	for _, s := range over {
		known := false
		for _, old := range append(standing, m.suppress...) {
			known = known || old.Hash == hash && old.Scope == s.Scope && old.Channel == s.Channel
		}
		if !known {
			s.Hash, s.Source = hash, sourceMerge
			m.suppress = append(m.suppress, s)
		}
	}
}

// addressOf is an address of a person in the form it is compared in, "" for
// none that can be used.
func addressOf(kind string, d *register.Delegate) string {
	address := d.Email
	if kind == "phone" {
		address = d.Phone
	}
	normal, err := normalOf(kind, address)
	if err != nil {
		return ""
	}
	return normal
}

// carryOut forgets the one record and gives the other what it held.
func (m *merging) carryOut(tx *store.Tx) error {
	if err := tx.Forget(m.in.From); err != nil {
		return err
	}
	if err := tx.Delegates().Put(m.one); err != nil {
		return err
	}
	for _, put := range []func(*store.Tx) error{m.putTies, m.putLedger, m.putCases, m.putHolds, m.putNoes} {
		if err := put(tx); err != nil {
			return err
		}
	}
	tx.Note(strconv.Itoa(len(m.events)) + " consents, " + strconv.Itoa(len(m.cases)) + " cases")
	return nil
}

// putTies gives over memberships and bookings. A membership of an organisation
// the person belongs to already ends with the record.
func (m *merging) putTies(tx *store.Tx) error {
	for _, x := range m.memberships {
		if x.Current(m.seat.Today()) {
			_, already, err := m.seat.current(tx, m.in.Into, x.Organisation)
			if err != nil {
				return err
			}
			if already {
				x.To = m.seat.Today().AddDays(-1)
				if x.To.Before(x.From) {
					continue // begun today, beside one that runs
				}
			}
		}
		x.Delegate = m.in.Into
		if err := tx.Memberships().Put(x); err != nil {
			return err
		}
	}
	for _, x := range m.bookings {
		x.Delegate = m.in.Into
		if err := tx.Bookings().Put(x); err != nil {
			return err
		}
	}
	return nil
}

func (m *merging) putLedger(tx *store.Tx) error {
	for _, e := range m.events {
		e.Delegate = m.in.Into
		if err := tx.Consents().Put(e); err != nil {
			return err
		}
	}
	for _, x := range m.disclosed {
		x.Delegate = m.in.Into
		if err := tx.Disclosed().Put(x); err != nil {
			return err
		}
	}
	return nil
}

func (m *merging) putCases(tx *store.Tx) error {
	for _, r := range m.cases {
		r.Delegate = m.in.Into
		r.Revision++
		if err := tx.Requests().Put(r); err != nil {
			return err
		}
	}
	return nil
}

// putHolds gives over every hold, standing or released.
func (m *merging) putHolds(tx *store.Tx) error {
	for _, h := range m.holds {
		h.Delegate = m.in.Into
		if err := tx.Holds().Put(h); err != nil {
			return err
		}
	}
	return nil
}

func (m *merging) putNoes(tx *store.Tx) error {
	for _, x := range m.suppress {
		id, err := tx.IDs().Next(register.SuppressionPrefix)
		if err != nil {
			return err
		}
		x.ID, x.At, x.By = id, m.seat.desk.now(), m.seat.operator.Name
		if err := tx.Suppressions().Put(x); err != nil {
			return err
		}
	}
	return nil
}
