package register

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"

	"custos/internal/calendar"
)

// suppress plans what keeps the person from being added or contacted again. An address that somebody else on record uses
// is theirs too, and is not barred on account of the erasure; what the person refused by it stays refused.
func (p *erasurePlanning) suppress() {
	for i := range p.Needles {
		n := &p.Needles[i]
		if n.Class != NeedleEmail && n.Class != NeedlePhone {
			continue
		}
		kind := string(n.Class)
		if p.sorting.shared[i] {
			p.note("The %s of the person is also another's on record: it is not barred, and a later import under it is not refused.",
				map[string]string{"email": "email address", "phone": "phone number"}[kind])
			continue
		}
		p.bar(ErasureSuppression{
			Kind: kind, Channel: AnyChannel, Scope: ScopeErased, Address: n.Text, Why: "nobody is added again under it",
		})
	}
	for i := range p.Noes {
		for _, in := range Outlasting(&p.Noes[i], p.Person.Email, p.Person.Phone) {
			s := ErasureSuppression{Kind: "email", Channel: either(in.Channel, AnyChannel), Scope: in.Scope, Address: in.Email,
				Why: "they said no: " + string(p.Noes[i].Act)}
			if in.Phone != "" {
				s.Kind, s.Address = "phone", in.Phone
			}
			p.bar(s)
		}
	}
}

func (p *erasurePlanning) bar(s ErasureSuppression) {
	same := func(x ErasureSuppression) bool {
		return x.Kind == s.Kind && x.Channel == s.Channel && x.Scope == s.Scope && x.Address == s.Address
	}
	if s.Address != "" && !slices.ContainsFunc(p.plan.Suppress, same) {
		p.plan.Suppress = append(p.plan.Suppress, s)
	}
}

func (p *erasurePlanning) note(format string, args ...any) {
	if text := fmt.Sprintf(format, args...); !slices.Contains(p.plan.Notes, text) {
		p.plan.Notes = append(p.plan.Notes, text)
	}
}

// recipients lists who had data of the person from the office (UK GDPR Art 19).
func (p *erasurePlanning) recipients() {
	for _, d := range p.Had {
		if d.Recipient == "data subject" || d.Recipient == "internal" {
			continue
		}
		r := ErasureRecipient{Recipient: d.Recipient, Name: d.Recipient, What: d.What, At: d.At, Disclosure: d.Disclosure}
		if known, ok := p.Settings.Profile.Recipient(d.Recipient); ok {
			r.Name = known.Name
		}
		p.plan.Recipients = append(p.plan.Recipients, r)
	}
}

func (p *erasurePlanning) blocked(format string, args ...any) {
	p.plan.Blocked = append(p.plan.Blocked, fmt.Sprintf(format, args...))
}

// block says what keeps the erasure from running.
func (p *erasurePlanning) block() {
	for _, h := range p.Holds {
		if h.Standing() {
			p.blocked("the hold %s (%s) stands since %s: release it first", h.ID, h.Kind, h.On)
		}
	}
	for _, c := range p.Cases {
		if c.Ref != p.Case.Ref && c.State != ClosedCase {
			p.blocked("the case %s of the same person is not closed: it would lose what it is about", c.Ref)
		}
	}
	for _, c := range p.Nameless {
		p.blocked("the case %s is under the same name and matched to nobody: match it or close it first", c.Ref)
	}
	if p.decided.Outcome == Fulfil && slices.ContainsFunc(p.Case.Keeps, func(c ErasureChoice) bool { return c.Fate == ErasureKeeps }) {
		p.blocked("the decision is to fulfil, and something is kept by choice: decide partly, or keep nothing")
	}
	if p.Case.Right == calendar.Withdrawal {
		for _, g := range p.Grounds {
			p.blocked("the person is also held for %s: only where consent was the one ground does withdrawing it erase", g.Title)
		}
	}
}

// notes tell what whoever approves should know beforehand.
func (p *erasurePlanning) notes() {
	p.note("The contact details for the reply go with the record: write the certificate with the erasure, or note elsewhere" +
		" where it is to be sent.")
	if p.Settings.BackupDays <= 0 {
		p.note("Say in the settings how long copies of the store made by other means are kept: the certificate tells the person.")
	}
	p.note("Files that left the office, printed letters and mailboxes are not reached; recipients have to be told.")
	if len(p.plan.Namesakes) > 0 {
		p.note("Others on record share a value with the person. What is theirs stays theirs.")
	}
	if characters(p.Person.Name) < shortest {
		p.note("The name is short: look through notes by hand, a search cannot tell it from other words.")
	}
	if p.Person.Status == Restricted {
		p.note("The record is restricted. If the person wants it kept for a claim (UK GDPR Art 18(1)(c)), do not erase it.")
	}
}

// Copies says in words, for whoever approves an erasure and for the person, what becomes of the copies of the store that
// were made before it, and the last day on which one may still hold what is erased on a day. The day is zero where the
// office has no backups on record and has not said how long it keeps copies made by other means.
//
// A backup holds the person sealed under a key of their own, which an erasure destroys beside the backups too: what is
// left until it is deleted cannot be read.
func (s *Settings) Copies(all []Backup, on calendar.Date) (words string, until calendar.Date) {
	words, until = s.backups(all, on)
	if s.BackupDays <= 0 {
		return words + " The office has not said how long it keeps copies made by other means.", until
	}
	last := on.AddDays(s.BackupDays)
	words += fmt.Sprintf(" Copies made by other means may still hold the data, locked away, until %s at the latest"+
		" (they are kept for %d days).", last.Long(), s.BackupDays)
	if last.After(until) {
		until = last
	}
	return words, until
}

// backups is Copies for the backups on record.
func (s *Settings) backups(all []Backup, on calendar.Date) (words string, until calendar.Date) {
	overdue, lost := false, false
	if s.BackupTo != "" {
		until = s.BackupKeep.Until(on) // one may be made before it happens
	}
	for i := range all {
		if !all[i].There() {
			lost = lost || !all[i].Lost.IsZero()
			continue
		}
		last := s.BackupKeep.Last(&all[i])
		overdue = overdue || last.Before(on)
		if last.After(until) {
			until = last
		}
	}
	switch {
	case until.IsZero() && lost:
		return lostCopies, until
	case until.IsZero():
		return "No backup of our records was made before the erasure.", until
	}
	words = "Backups made before the erasure hold the data sealed under a key of the person's own, which is destroyed there" +
		" too: at once where the backup can be reached, else as soon as it can be."
	if overdue {
		words += " Some should be deleted already and could not be reached: they go as soon as they can be."
	}
	if lost {
		words += " " + lostCopies
	}
	if until.Before(on) {
		return words, calendar.Date{} // all of them
	}
	return words + fmt.Sprintf(" The last one is deleted by %s, as new ones take their place.", until.Long()), until
}

// lostCopies tells of backups that were written off.
const lostCopies = "Backups in a folder that was lost are beyond our reach: they hold the data under a key that cannot be" +
	" destroyed there. Whoever finds them needs a passphrase or the recovery key of the time to read them."

// digest is over everything an approver answers for: what is masked and kept, and why. What may change with the office's
// own work in the meantime, such as another case note of this person's, is no part of it.
func (p *ErasurePlan) digest() string {
	h := sha256.New()
	add := func(x any) {
		text, _ := json.Marshal(x) // text and numbers only
		h.Write(append(text, '\n'))
	}
	add([]string{string(p.Delegate), fmt.Sprint(p.Partly)})
	for _, l := range p.Lines {
		if l.Fate == ErasureRemoves || l.Collection == "requests" && l.Field == "" || l.Collection == "audit" {
			continue
		}
		l.Count, l.What = 0, ""
		add(l)
	}
	return hex.EncodeToString(h.Sum(nil))
}
