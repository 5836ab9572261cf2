package register

import (
	"slices"
	"strings"

	"custos/internal/calendar"
)

// clockValues tell the dates, and what the clock waits for.
func (r *Request) clockValues(v values, k LetterKind) {
	d := r.Deadline
	v.day("start", d.Start)
	v.day("due", d.Due)
	v.day("notice_by", d.ExtensionNoticeBy)
	if d.LastLawful != d.Due {
		v.day("last_lawful", d.LastLawful)
	}
	if r.Inputs.Extended {
		v.day("new_due", d.Due)
	}
	var steps []string
	for _, s := range d.Steps {
		if strings.HasPrefix(s.Rule, calendar.NoticeIfLonger) || strings.HasPrefix(s.Rule, calendar.NoticeOfExtension) {
			continue // what the office has to do is not for the person to read
		}
		steps = append(steps, s.Rule)
	}
	v.put("deadline_steps", steps...)
	question := ClarifyAsked
	if k == LetterUnanswered && !r.openClarification() {
		question = IdentityAsked
		if r.State() == WaitingAuthority {
			question = AuthorityAsked
		}
	}
	if e, ok := r.Last(question); ok {
		v.put("question", either(e.Text, waitedFor[question]))
		v.day("asked", e.On)
	}
	if e, ok := r.Last(Clarified); ok {
		v.day("answered", e.On)
	}
	v.put("identity_evidence", identityEvidence...)
	v.put("authority_evidence", authorityEvidence...)
}

// waitedFor words what was asked for where the office wrote nothing.
var waitedFor = map[RequestEventKind]string{
	IdentityAsked:  "proof of who you are",
	AuthorityAsked: "proof that you may act for the person",
}

var (
	identityEvidence = []string{
		"a reply from the email address or telephone number we hold for you",
		"something that shows your name and that we can check, such as a staff card, seen in person or on a video call",
		"a passport or driving licence, shown to us; we look at it and keep no copy",
	}
	authorityEvidence = []string{
		"a note signed by the person that says you may ask for them",
		"a power of attorney or an order of a court",
		"for a child who cannot decide alone: what shows that you have parental responsibility",
	}
)

// doneValues tell what was done on account of the case.
func (r *Request) doneValues(v values, k LetterKind, f LetterFacts) {
	var changes, told, enquiries []string
	for _, e := range r.live() {
		switch e.Kind {
		case Rectified:
			if e.Change != nil {
				changes = append(changes, f.fieldTitle(e.Change.Field)+": was “"+e.Change.Before+"”, is “"+e.Change.After+"”")
			}
		case RecipientTold:
			told = append(told, f.recipient(e.To)+", told on "+e.On.Long())
		case Found:
			enquiries = append(enquiries, e.Text)
		case ProgressTold:
			v.put("progress", e.Text)
		case Duplicate:
			v.put("other_ref", e.Case)
		case RestrictionEnded:
			v.day("lifting", e.On)
		case TaskDone:
			if e.Task == "lessons" {
				v.put("lessons", e.Text)
			}
		default:
		}
	}
	v.put("changes", changes...)
	v.put("recipients", told...)
	v.put("enquiries", enquiries...)
	v.put("sent", f.Sent...)
	if f.Other != nil {
		v.day("other_due", f.Other.Due)
	}
	v.put("action", map[calendar.Right]string{
		calendar.Erasure:       "erase what you hold of this person from us",
		calendar.Rectification: "put the details below right in what you hold of this person from us",
		calendar.Restriction:   "store what you hold of this person from us, and do nothing else with it",
	}[r.Right])
	if k == LetterComplaintReceived {
		e, _ := r.Last(Noted)
		v.put("issue", e.Text)
	}
	if r.has(Packed) {
		v.put("pack_contents", r.contents()...)
	}
}

// contents lists what goes with the reply.
func (r *Request) contents() []string {
	all := []string{"the reply as a page to read and as a PDF", "the data in a form a machine can read, and as tables"}
	if r.Right == calendar.Portability {
		all = []string{"your data as tables and in a form a machine can read"}
	}
	for _, d := range r.Documents {
		if d.Include {
			all = append(all, d.Title)
		}
	}
	return all
}

// fieldTitle is a field as the profile names it for any kind of person.
func (f *LetterFacts) fieldTitle(id string) string {
	for _, k := range f.Settings.Profile.Kinds {
		for _, x := range k.Fields {
			if x.ID == id {
				return x.Title
			}
		}
	}
	return plainLabel(id)
}

// recipient is a recipient's name where the profile knows it.
func (f *LetterFacts) recipient(id string) string {
	if x, ok := f.Settings.Profile.Recipient(id); ok {
		return x.Name
	}
	return id
}

// LettersFor returns the letters that may be written in a case as it stands,
// the one that is due first.
func (r *Request) LettersFor() []LetterKind {
	var due []LetterKind
	add := func(when bool, kinds ...LetterKind) {
		for _, k := range kinds {
			if when && !slices.Contains(due, k) {
				due = append(due, k)
			}
		}
	}
	decided, ok := r.Last(Decided)
	complaint := r.Right == calendar.Complaint
	add(r.has(Duplicate), LetterDuplicate)
	add(ok && decided.Outcome == Refuse && !complaint && r.Right != calendar.Objection, LetterRefusal)
	add(ok && decided.Outcome == Partly && !complaint && r.Right != calendar.Objection, LetterPartial)
	add(ok && decided.Outcome == Fulfil, answering[r.Right])
	add(ok && complaint, LetterComplaintOutcome)
	add(ok && r.Right == calendar.Objection, LetterObjection)
	add(r.Right == calendar.Enquiry, LetterEnquiry)
	add(r.has(RestrictionSet), LetterRestricted, LetterLifting)
	add(r.has(Rectified) || r.has(RecipientTold), LetterRecipientsTold, LetterRecipientNotice)
	add(r.State() == ClockStopped, LetterClarification)
	add(r.State() == WaitingIdentity, LetterIdentity)
	add(r.State() == WaitingAuthority, LetterAuthority)
	add(r.State() == WaitingFee, LetterFee)
	add(r.has(Extended), LetterExtension)
	add(complaint, LetterComplaintReceived, LetterComplaintProgress)
	add(!complaint, LetterAcknowledgement)
	add(r.Deadline.Stopped, LetterUnanswered)
	add(true, LetterReply)
	return due
}

// answering is the letter that says a kind of request was fulfilled.
var answering = map[calendar.Right]LetterKind{
	calendar.Access: LetterReply, calendar.Rectification: LetterRectified, calendar.Erasure: LetterReply,
	calendar.Restriction: LetterRestricted, calendar.Portability: LetterPortability, calendar.Objection: LetterObjection,
	calendar.Marketing: LetterReply, calendar.Automated: LetterReply, calendar.Withdrawal: LetterReply,
	calendar.Complaint: LetterComplaintOutcome, calendar.EducationalRecord: LetterRecord, calendar.Enquiry: LetterEnquiry,
}
