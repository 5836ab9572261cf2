package desk

import (
	"path/filepath"
	"strings"

	contactfile "custos/internal/exchange/contacts"
	"custos/internal/register"
	"custos/store"
)

// baseName is a file's name without its folders.
func baseName(file string) string { return filepath.Base(strings.ReplaceAll(file, `\`, "/")) }

// contactJudge compares the rows of a contact export with what is held.
type contactJudge struct {
	seat     *Seat
	src      *contactfile.Source
	settings *register.Settings
	asks     *fileAnswers
	purpose  register.Purpose
	kind     string // of the people added; "" where none is named

	rows    []register.ContactRow
	parties []party
	stops   *stopList
	first   map[string]int // identity: the first row
	lead    map[asking]int // identity and channel: the row whose answer counts
	stopped map[register.PlannedStop]bool
	plan    *register.ContactPlan
	so      register.ContactTally // of the row at hand
}

// party is whom a row is about: people held, or an address nobody is held for.
type party struct {
	who  []register.DelegateRow
	keys []string // an identity for each, or the one of the address
}

// asking is one question put to one identity.
type asking struct{ key, channel string }

// settle checks the question and the kind of person before the file is read.
func (j *contactJudge) settle() error {
	src, p := j.src, &j.settings.Profile
	if src.MapConsent {
		key := register.ConsentKey{Purpose: src.Purpose, Channel: src.Channel, Brand: src.Brand}
		if _, err := j.asks.question(key); err != nil {
			return err
		}
		j.purpose, _ = p.Purpose(src.Purpose)
		if src.Notice != "" && len(p.NoticeVersions(src.Notice)) == 0 {
			return register.Errorf(register.Invalid, "notice", "the profile %s has no notice %q", p.Name, src.Notice)
		}
	}
	j.kind = src.Kind
	if _, ok := p.Kind(contactKind); j.kind == "" && ok {
		j.kind = contactKind
	}
	if _, ok := p.Kind(j.kind); !ok && j.kind != "" {
		return register.Errorf(register.Invalid, "kind", "the profile %s has no kind of person %q; it has %s",
			p.Name, j.kind, p.KindNames())
	}
	return nil
}

// meet finds out whom each row is about and, of several rows about one, whose
// answer counts: a no before a yes, else the first.
func (j *contactJudge) meet() {
	db := j.seat.desk.db
	j.stops = newStopList(db)
	book := newAddressBook(db)
	j.parties = make([]party, len(j.rows))
	j.first, j.lead = map[string]int{}, map[asking]int{}
	j.stopped = map[register.PlannedStop]bool{}
	for i := range j.rows {
		r := &j.rows[i]
		if r.Refused != nil {
			continue
		}
		j.parties[i] = book.find(r)
		for _, key := range j.parties[i].keys {
			if _, known := j.first[key]; !known {
				j.first[key] = i
			}
			j.claim(asking{key, j.src.Channel}, i, r.Answer)
			for _, channel := range r.Stops {
				j.claim(asking{key, channel}, i, register.Objected)
			}
		}
	}
}

func (j *contactJudge) claim(a asking, i int, act register.ConsentAct) {
	if act == "" {
		return
	}
	before, taken := j.lead[a]
	if !taken || act.No() && !j.answer(before, a.channel).No() {
		j.lead[a] = i
	}
}

// answer is what a row says by a channel.
func (j *contactJudge) answer(i int, channel string) register.ConsentAct {
	r := &j.rows[i]
	if channel == j.src.Channel {
		return r.Answer
	}
	for _, stop := range r.Stops {
		if stop == channel {
			return register.Objected
		}
	}
	return ""
}

// addressBook finds the people held under an address.
type addressBook struct {
	byEmail, byPhone map[string][]register.DelegateRow
}

func newAddressBook(db *store.DB) *addressBook {
	b := &addressBook{map[string][]register.DelegateRow{}, map[string][]register.DelegateRow{}}
	rows := db.People(register.Query{})
	for i := range rows.Len() {
		row := rows.Row(i)
		if normal, err := register.NormalEmail(row.Email); err == nil {
			b.byEmail[normal] = append(b.byEmail[normal], row)
		}
		if normal, err := register.NormalPhone(row.Phone); err == nil {
			b.byPhone[normal] = append(b.byPhone[normal], row)
		}
	}
	return b
}

// find looks by the email address, and by the number where there is none. Of
// several who share an address the name decides, if it can.
func (b *addressBook) find(r *register.ContactRow) party {
	normal, err := register.NormalEmail(r.Email)
	found, address := b.byEmail[normal], "email\x00"+normal
	if err != nil {
		normal, _ = register.NormalPhone(r.Phone)
		found, address = b.byPhone[normal], "phone\x00"+normal
	}
	if len(found) > 1 && r.Name != "" {
		var named []register.DelegateRow
		for _, row := range found {
			if store.Fold(row.Name) == store.Fold(r.Name) {
				named = append(named, row)
			}
		}
		if len(named) > 0 {
			found = named
		}
	}
	p := party{who: found}
	for _, row := range found {
		p.keys = append(p.keys, string(row.ID))
	}
	if len(found) == 0 {
		p.keys = []string{address}
	}
	return p
}
