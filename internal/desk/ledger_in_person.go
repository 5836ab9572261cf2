package desk

import (
	"cmp"
	"encoding/hex"
	"slices"

	"custos/internal/calendar"
	"custos/internal/exchange/consentfile"
	"custos/internal/register"
)

// returning is somebody whose records are read back.
type returning struct {
	led    *ledger
	who    register.Delegate
	held   []register.ConsentEvent
	before []register.ConsentFact // held before this import
	facts  []register.ConsentFact // held, and taken from the file
	inFile map[register.ID]bool   // every id the file gives them
}

// person takes the records of one person that stand together in the file.
func (l *ledgerIn) person(led *ledger, rows []consentfile.Entry) error {
	p, unknown := l.find(led, &rows[0])
	if register.KindOf(unknown) == register.Internal && unknown != nil {
		return unknown
	}
	for i := range rows {
		l.out.Rows++
		r := &rows[i]
		if r.Problem == nil && unknown == nil {
			p.inFile[r.Event.ID] = true
		}
	}
	for i := range rows {
		r := &rows[i]
		switch {
		case r.Problem != nil:
			l.out.Refused++
			l.out.Problems = append(l.out.Problems, *r.Problem)
		case unknown != nil:
			l.refuse(r.Place, unknown)
		default:
			if err := l.record(p, r); err != nil {
				return err
			}
		}
	}
	return nil
}

// find tells whose records these are: by id, or by the email address the file
// gives where the id is none of this store.
func (l *ledgerIn) find(led *ledger, first *consentfile.Entry) (*returning, error) {
	if first.Problem != nil {
		return nil, nil // its own problem is told
	}
	p := &returning{led: led, inFile: map[register.ID]bool{}}
	id, err := register.ParseID(register.DelegatePrefix, string(first.Event.Delegate))
	if err != nil && first.Email != "" {
		if id, err = l.byEmail(first.Email); err != nil {
			return nil, err
		}
	}
	if err == nil {
		p.who, err = led.tx.Delegates().Get(id)
	}
	switch {
	case err != nil && register.KindOf(err) != register.Internal:
		return nil, register.Errorf(register.NotFound, "delegate", "nobody held here has this id or address")
	case err != nil:
		return nil, err
	case p.who.Status == register.Erased:
		return nil, register.Errorf(register.Refused, "delegate", "the person was erased")
	}
	if p.held, err = consentsOf(led.tx, id); err != nil {
		return nil, err
	}
	for i := range p.held {
		fact := p.held[i].Fact()
		p.facts = append(p.facts, fact)
		if !l.fresh[fact.ID] {
			p.before = append(p.before, fact)
		}
	}
	return p, nil
}

func (l *ledgerIn) byEmail(address string) (register.ID, error) {
	normal, err := register.NormalEmail(address)
	if err != nil {
		return "", err
	}
	found := l.seat.desk.db.PersonByEmail(normal)
	switch len(found) {
	case 0:
		return "", register.Errorf(register.NotFound, "delegate", "nobody has this address")
	case 1:
		return found[0], nil
	}
	return "", register.Errorf(register.Conflict, "delegate",
		"%d people held here have this address: give the id", len(found))
}

// record decides about one record, and adds it where it is new.
func (l *ledgerIn) record(p *returning, r *consentfile.Entry) error {
	e := r.Event
	e.Delegate = p.who.ID
	l.adopt(&e)
	same, err := p.same(&e)
	switch {
	case err != nil:
		l.refuse(r.Place, err)
		return nil
	case same:
		l.out.Same++
		return nil
	}
	if err := p.stands(&e); err != nil {
		if register.KindOf(err) == register.Internal {
			return err
		}
		l.refuse(r.Place, err)
		return nil
	}
	if e.ID == "" {
		if e.ID, err = l.seat.desk.ids.Next(register.ConsentPrefix); err != nil {
			return err
		}
	}
	l.out.New++
	l.fresh[e.ID] = true
	p.held, p.facts = append(p.held, e), append(p.facts, e.Fact())
	if l.dry {
		return nil
	}
	if err := p.led.tx.Consents().Put(e); err != nil {
		return err
	}
	return p.led.suppressObjector(&e, &p.who)
}

// adopt fits a record of another maker into the ledger: its id and its way of
// asking are kept as evidence, and it was recorded now.
func (l *ledgerIn) adopt(e *register.ConsentEvent) {
	if _, err := register.ParseID(register.ConsentPrefix, string(e.ID)); err != nil {
		e.Evidence = cmp.Or(e.Evidence, string(e.ID), e.Method)
		e.ID = ""
		if !slices.Contains(register.ConsentMethods(), e.Method) {
			e.Method = "imported"
		}
	}
	if e.Recorded.IsZero() {
		e.Recorded, e.RecordedBy = l.seat.desk.now(), l.seat.operator.Name
	}
}

// same reports whether an event is held already. Under an id that is held, one
// that differs is refused.
func (p *returning) same(e *register.ConsentEvent) (bool, error) {
	for i := range p.held {
		h := p.held[i]
		h.At, h.Recorded = h.At.UTC(), h.Recorded.UTC()
		switch {
		case e.ID != "" && h.ID == e.ID:
			if h == *e {
				return true, nil
			}
			return false, register.Errorf(register.Conflict, "id", "%s is held and says something else", e.ID)
		case e.ID == "":
			h.ID, h.Recorded, h.RecordedBy = "", e.Recorded, e.RecordedBy
			if h == *e {
				return true, nil
			}
		}
	}
	return false, nil
}

// stands returns why an event cannot be taken: what any consent is held to, and
// that a no held here stays one.
func (p *returning) stands(e *register.ConsentEvent) error {
	profile := &p.led.settings.Profile
	if err := e.Validate(profile, p.led.now); err != nil {
		return err
	}
	switch {
	case e.Recorded.After(p.led.now):
		return register.Errorf(register.Invalid, "recorded", "it cannot have been recorded in the future")
	case e.Recorded.Before(e.At):
		return register.Errorf(register.Invalid, "recorded", "it cannot have been recorded before it happened")
	case p.who.Status == register.Restricted && !e.Act.No():
		return register.Errorf(register.Refused, "delegate", "the record is restricted: it may be stored and nothing else")
	}
	if err := p.led.giver(e, &p.who); err != nil {
		return err
	}
	if err := p.corrects(e); err != nil {
		return err
	}
	if err := shown(e, profile); err != nil {
		return err
	}
	return p.staysNo(e)
}

// corrects checks the event a correction names: held, or in the same file.
func (p *returning) corrects(e *register.ConsentEvent) error {
	if e.Corrects == "" {
		return nil
	}
	known := p.inFile[e.Corrects]
	for i := range p.held {
		switch {
		case p.held[i].ID == e.Corrects:
			known = true
		case p.held[i].Corrects == e.Corrects:
			return register.Errorf(register.Conflict, "corrects", "%s was corrected already", e.Corrects)
		}
	}
	if !known {
		return register.Errorf(register.Invalid, "corrects", "this person has no event %s to correct", e.Corrects)
	}
	return nil
}

// shown checks the wording: one that the profile has, in force by the day.
// Without one only a no stands, and what another system asked.
func shown(e *register.ConsentEvent, p *register.Profile) error {
	if e.Notice == "" {
		x, _ := p.Purpose(e.Purpose)
		if e.Act.No() || e.Act == register.Expired || e.Method == "imported" || x.Notice == "" {
			return nil
		}
		return register.Errorf(register.Invalid, "notice", "say which wording the person was shown")
	}
	if d, err := hex.DecodeString(e.WordingDigest); e.WordingDigest != "" && (err != nil || len(d) != 32) {
		return register.Errorf(register.Invalid, "wording_digest", "a digest is 64 hexadecimal digits")
	}
	day := calendar.LondonDate(e.At)
	for _, n := range p.NoticeVersions(e.Notice) {
		if n.Version != e.NoticeVersion {
			continue
		}
		if day.Before(n.From) {
			return register.Errorf(register.Invalid, "at",
				"version %s of the notice %s was not in force before %s", n.Version, n.ID, n.From)
		}
		return nil
	}
	return register.Errorf(register.Invalid, "notice_version",
		"the profile has no such version of the notice %q", e.Notice)
}

// staysNo refuses an event by which a no that was held before this import would
// be one no longer: a yes said after it, or a correction of it. Somebody who
// asks the person again records that by hand.
func (p *returning) staysNo(e *register.ConsentEvent) error {
	if e.Act.No() && e.Corrects == "" {
		return nil
	}
	moment := register.At(p.led.seat.Today())
	after := append(p.facts[:len(p.facts):len(p.facts)], e.Fact())
	for _, key := range allKeys(&p.led.settings.Profile) {
		if register.StandingOf(p.before, key, moment).State.No() && !register.StandingOf(after, key, moment).State.No() {
			return register.Errorf(register.Refused, "state", "a no is held for %s by %s, and an import never changes that",
				key.Purpose, key.Channel)
		}
	}
	return nil
}

// allKeys lists every question of the profile, service messages included.
func allKeys(p *register.Profile) []register.ConsentKey {
	var keys []register.ConsentKey
	for i := range p.Purposes {
		keys = append(keys, keysOf(&p.Purposes[i])...)
	}
	return keys
}
