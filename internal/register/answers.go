package register

import (
	"fmt"
	"strings"
	"time"

	"custos/internal/calendar"
)

// Names tells what records refer to by id, so that an answer to "what do you
// hold on this person?" reads as words. It never names another person.
type Names struct {
	Profile      *Profile
	Organisation func(ID) string
	Course       func(ID) (Course, bool)
}

// lines gathers the lines of a record, leaving empty values out.
type lines struct{ all []Line }

func (l *lines) add(field, label, value string) *lines {
	if value != "" {
		l.all = append(l.all, Line{Field: field, Label: label, Value: value})
	}
	return l
}

func (l *lines) day(field, label string, d calendar.Date) *lines {
	if d.IsZero() {
		return l
	}
	return l.add(field, label, d.String())
}

func (l *lines) instant(field, label string, t time.Time) *lines {
	if t.IsZero() {
		return l
	}
	return l.add(field, label, t.UTC().Format(time.RFC3339))
}

// String returns the provenance in words.
func (p Provenance) String() string {
	words := p.How
	if p.Detail != "" {
		words += ", " + p.Detail
	}
	if !p.On.IsZero() {
		words += " (" + p.On.String() + ")"
	}
	return words
}

// Answer returns everything in the person's own record, field by field with
// its source.
func (d Delegate) Answer(n Names) Record {
	r := Record{ID: string(d.ID)}
	kind, ok := n.Profile.Kind(d.Kind)
	title := d.Kind
	if ok {
		title = kind.Title
	}
	r.Lines = append(r.Lines, Line{Field: "kind", Label: "Kind of record", Value: title})
	shown := map[string]bool{}
	put := func(id, label string, special bool) {
		if v := d.Value(id); v != "" && !shown[id] {
			r.Lines = append(r.Lines, Line{id, label, v, d.SourceOf(id).String(), special})
		}
		shown[id] = true
	}
	for _, f := range kind.Fields {
		put(f.ID, f.Title, f.Special)
	}
	for _, id := range []string{FieldName, FieldGiven, FieldFamily, FieldEmail, FieldPhone, FieldJobTitle} {
		put(id, plainLabel(id), false)
	}
	for _, id := range sortedKeys(d.Fields) {
		put(id, plainLabel(id), false)
	}
	l := &lines{}
	l.add("status", "Status", string(d.Status)).day("status_since", "Status since", d.StatusSince)
	l.add("status_reason", "Reason for the status", d.StatusReason)
	for _, x := range d.Restrictions {
		l.add("restriction", "Restricted", x.Ground+" ("+x.Case+", "+x.Since.String()+")")
	}
	if d.Former != nil {
		l.add("former_status", "Status before", string(d.Former.Status)).day("former_since", "Before that since", d.Former.Since)
		l.add("former_reason", "Reason for it", d.Former.Reason)
	}
	for _, p := range d.Sources {
		l.add("source", "Source", strings.TrimSpace(p.String()+" "+strings.Join(p.Fields, ", ")))
	}
	l.instant("created", "Kept since", d.Created).instant("updated", "Last changed", d.Updated)
	r.Lines = append(r.Lines, l.all...)
	return r
}

// Answer returns a membership in words.
func (m Membership) Answer(n Names) Record {
	l := &lines{}
	l.add("organisation", "Organisation", n.Organisation(m.Organisation))
	l.add("role", "Role there", m.Role).add("access_level", "Access level", m.Access)
	l.day("from", "From", m.From).day("to", "To", m.To).add("source", "Source", m.Source.String())
	return Record{string(m.ID), l.all}
}

// Answer returns a booking in words.
func (b Booking) Answer(n Names) Record {
	l := &lines{}
	if c, ok := n.Course(b.Course); ok {
		l.add("course", "Course", c.Title).add("code", "Course code", c.Code)
		l.day("starts", "Starts", c.Starts).day("ends", "Ends", c.Ends).add("venue", "Venue", c.Venue)
	}
	if b.Organisation != "" {
		l.add("organisation", "Booked by", n.Organisation(b.Organisation))
	}
	l.day("booked_on", "Booked on", b.BookedOn).add("state", "Attendance", string(b.State))
	if b.Requirements != "" {
		l.all = append(l.all, Line{Field: "special_requirements", Label: "Special requirements",
			Value: b.Requirements, Special: true})
	}
	l.day("certificate", "Certificate issued", b.Certificate).add("feedback", "Feedback", b.Feedback)
	return Record{string(b.ID), l.all}
}

// Answer returns a consent event in words.
func (e ConsentEvent) Answer(n Names) Record {
	l := &lines{}
	purpose := e.Purpose
	if p, ok := n.Profile.Purpose(e.Purpose); ok {
		purpose = p.Title
	}
	l.add("purpose", "Purpose", purpose).add("channel", "By", e.Channel).add("brand", "Brand", e.Brand)
	l.add("state", "What happened", string(e.Act)).instant("at", "When", e.At).instant("recorded", "Recorded", e.Recorded)
	l.add("method", "How", e.Method).add("evidence", "Evidence", e.Evidence)
	l.add("notice", "Wording", strings.TrimSpace(e.Notice+" "+e.NoticeVersion)).add("wording_digest", "Wording SHA-256", e.WordingDigest)
	l.add("given_by", "Given by", e.GivenBy).add("authority", "On the authority of", e.Authority)
	l.day("expires", "Expires", e.Expires).add("corrects", "Corrects", string(e.Corrects))
	return Record{string(e.ID), l.all}
}

// Answer returns a rights request in words, event by event.
func (r Request) Answer(Names) Record {
	l := &lines{}
	l.add("ref", "Case", r.Ref).add("right", "Right", string(r.Right)).add("how", "Received by", r.How)
	l.add("name", "Asked by", r.Name).add("requester", "Made by", r.Requester).add("state", "State", string(r.State()))
	l.day("due", "Due", r.Deadline.Due)
	for _, e := range r.Events {
		text := fmt.Sprintf("%s on %s", e.Kind, e.On)
		if e.Outcome != "" {
			text += ": " + string(e.Outcome)
		}
		if e.Text != "" {
			text += ": " + e.Text
		}
		l.add("event", fmt.Sprintf("Event %d", e.Seq), text)
	}
	return Record{r.Ref, l.all}
}

// Answer returns what left the office about the person.
func (d DisclosedTo) Answer(n Names) Record {
	to := d.Recipient
	if r, ok := n.Profile.Recipient(d.Recipient); ok {
		to = r.Name
	}
	l := &lines{}
	l.add("recipient", "To", to).add("what", "What", d.What).instant("at", "When", d.At)
	l.add("fields", "Fields", strings.Join(d.Fields, ", "))
	return Record{string(d.Disclosure), l.all}
}

// Answer returns an unfinished form about the person.
func (d Draft) Answer(Names) Record {
	l := &lines{}
	for _, id := range sortedKeys(d.Values) {
		l.add(id, plainLabel(id), d.Values[id])
	}
	l.instant("saved", "Saved", d.Saved)
	return Record{"", l.all}
}

// plainLabel makes a label of a field id: "job_title" reads "Job title".
func plainLabel(id string) string {
	words := strings.ReplaceAll(id, "_", " ")
	if words == "" {
		return ""
	}
	return strings.ToUpper(words[:1]) + words[1:]
}
