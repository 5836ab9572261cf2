package rightsfile

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"custos/internal/calendar"
	"custos/internal/exchange/table"
	"custos/internal/register"
)

// record makes requests of one object, or one problem.
type record struct {
	line     int
	request  Incoming // what is common to all it asks for
	requests []Incoming
	problem  *register.Problem
}

// refuse keeps the first problem of a record: one is enough to send it back.
func (r *record) refuse(field, reason string) {
	if r.problem == nil {
		r.problem = &register.Problem{Line: r.line, Field: field, Reason: reason}
	}
}

// text is a member that is a text, "" where it is missing. prefix is where the object lies, such as "identity.".
func (r *record) text(o *object, prefix, name string) string {
	switch v := o.members[name].(type) {
	case nil:
		return ""
	case string:
		if len(v) > maxText {
			r.refuse(prefix+name, fmt.Sprintf("the text is longer than %d bytes", maxText))
			return ""
		}
		return table.Clean(v)
	case json.Number:
		return v.String()
	}
	r.refuse(prefix+name, "this is to be a text")
	return ""
}

// first is the text of the first of some members that has one: the same thing under the names of several versions.
func (r *record) first(o *object, prefix string, names ...string) string {
	for _, name := range names {
		if s := r.text(o, prefix, name); s != "" {
			return s
		}
	}
	return ""
}

// texts is a member that is a text or a list of texts.
func (r *record) texts(o *object, name string) []string {
	list, ok := o.members[name].([]any)
	if !ok {
		if s := r.text(o, "", name); s != "" {
			return []string{s}
		}
		return nil
	}
	var all []string
	for _, v := range list {
		s, ok := v.(string)
		switch {
		case !ok:
			r.refuse(name, "this is to be a text or a list of texts")
		case len(s) > maxText:
			r.refuse(name, fmt.Sprintf("a text is longer than %d bytes", maxText))
		case table.Clean(s) != "":
			all = append(all, table.Clean(s))
		}
	}
	return all
}

// time is the first of some members that is an instant, in RFC 3339 or in seconds since 1970. One that cannot be read is
// noted: a request is none the worse for a sender's clock.
func (r *record) time(o *object, prefix string, names ...string) time.Time {
	for _, name := range names {
		switch v := o.members[name].(type) {
		case nil:
			continue
		case string:
			if at, err := calendar.ParseInstant(strings.TrimSpace(v)); err == nil {
				return at.UTC()
			}
		case json.Number:
			if n, err := strconv.ParseInt(v.String(), 10, 64); err == nil && n > 0 && n < lastSecond {
				return time.Unix(n, 0).UTC()
			}
		}
		r.request.note(fmt.Sprintf("the time in %s%s cannot be read and was left out", prefix, name))
	}
	return time.Time{}
}

// lastSecond ends the year 9999.
const lastSecond = 253_402_300_800

// asked adds one request for each right asked for. Two names for one right make one request.
func (r *record) asked(names []string) {
	for _, name := range names {
		right, note := meaning(name)
		at := -1
		for i := range r.requests {
			if r.requests[i].Right == right {
				at = i
			}
		}
		if at < 0 {
			in := r.request
			in.Right, in.Line = right, r.line
			in.Notes = append([]string(nil), r.request.Notes...)
			r.requests = append(r.requests, in)
			at = len(r.requests) - 1
		}
		in := &r.requests[at]
		if in.Raw != "" {
			in.Raw += ", "
		}
		in.Raw += name
		if note != "" {
			in.note(note)
		}
	}
}

// closing notes hold for every request of either protocol.
func (r *record) closing(protocol string) {
	q := &r.request
	q.note("read from a file in " + protocol + "; no signature of it was checked, so check who sent it")
	if law := strings.ToLower(q.Regime); law != "" && !strings.Contains(law, "gdpr") {
		q.note("made under a law of elsewhere; it is answered under the law of the United Kingdom")
	}
	if q.Name == "" && q.Email == "" && q.Phone == "" && q.Address == "" {
		q.note("it names nobody that could be looked for")
	}
	if !q.Expires.IsZero() && !q.Received.IsZero() && q.Expires.Before(q.Received) {
		q.note("by its own account it expired before it was made")
	}
}
