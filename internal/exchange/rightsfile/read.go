package rightsfile

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"custos/internal/register"
)

// Read reads every request of a file: one object, a list of them, or one a line. A record that is no request, or that
// cannot be read for certain, is a problem with its line and field, and the rest goes on; where the JSON itself breaks,
// the problem says from which line nothing was read. The error is Invalid, names the file and refuses it whole: empty,
// too large, not UTF-8, or no JSON at all. No message repeats a value.
func Read(name string, data []byte) ([]Incoming, []register.Problem, error) {
	text, err := content(data)
	if err != nil {
		return nil, nil, register.Errorf(register.Invalid, "", "%s: %w", name, err)
	}
	var r reading
	if lines := strings.Split(text, "\n"); oneALine(lines) {
		for i, line := range lines {
			if strings.TrimSpace(line) != "" && !r.full() {
				t := newTree(line, i+1)
				t.alone = true
				r.stream(t)
			}
		}
	} else {
		r.stream(newTree(text, 1))
	}
	if r.full() {
		r.refuse(0, "", "so much is wrong that the rest was not read")
	}
	return r.requests, r.problems, nil
}

// content is the text of a file that can be JSON.
func content(data []byte) (string, error) {
	if len(data) > maxFile {
		return "", errors.New("it is larger than 16 MiB, which no file of requests is")
	}
	if bytes.HasPrefix(data, []byte("\xff\xfe")) || bytes.HasPrefix(data, []byte("\xfe\xff")) {
		return "", errors.New("it is in UTF-16; save it as UTF-8")
	}
	text := strings.TrimPrefix(string(data), "\ufeff")
	start := strings.TrimLeft(text, " \t\r\n")
	switch {
	case start == "":
		return "", errors.New("it is empty")
	case !utf8.ValidString(text):
		return "", errors.New("it is not text in UTF-8")
	case start[0] != '{' && start[0] != '[':
		return "", errors.New("it is not JSON: requests begin with { or [")
	}
	return text, nil
}

// oneALine reports whether each line stands for itself, so that a broken one costs no other.
func oneALine(lines []string) bool {
	objects := 0
	for _, line := range lines {
		line = strings.TrimSpace(line)
		switch {
		case line == "":
		case line[0] == '{' && strings.HasSuffix(line, "}"):
			objects++
		default:
			return false
		}
	}
	return objects > 1
}

// reading gathers what a file holds.
type reading struct {
	requests []Incoming
	problems []register.Problem
}

func (r *reading) refuse(line int, field, reason string) {
	r.problems = append(r.problems, register.Problem{Line: line, Field: field, Reason: reason})
}

// full reports whether so much is wrong that it is not worth reading on.
func (r *reading) full() bool { return len(r.problems) >= maxProblems }

// stream reads values up to the end, or to where they break.
func (r *reading) stream(t *tree) {
	for !r.full() {
		token, err := t.json.Token()
		switch {
		case errors.Is(err, io.EOF):
			return
		case err != nil:
		case token == json.Delim('{'):
			var o *object
			o, err = t.object(1)
			err = r.take(o, t.line(), err)
		case token == json.Delim('['):
			err = r.list(t)
		default:
			r.refuse(t.line(), "", notObject)
		}
		if err != nil {
			r.problems = append(r.problems, t.broken(err))
			return
		}
	}
}

// list reads the elements of a list that has been opened.
func (r *reading) list(t *tree) error {
	for t.json.More() && !r.full() {
		v, err := t.value(2)
		if err := r.take(v, t.line(), err); err != nil {
			return err
		}
	}
	if r.full() {
		return nil
	}
	_, err := t.json.Token()
	return err
}

const notObject = "this is a single value and no request"

// take makes a request, or a problem, of a value. It gives back an error after which nothing more can be read.
func (r *reading) take(v any, line int, err error) error {
	if stops(err) {
		return err
	}
	o, ok := v.(*object)
	if ok {
		line = o.line
	}
	var refused *refusedError
	switch {
	case errors.As(err, &refused):
		r.refuse(line, refused.field, refused.reason)
	case !ok:
		r.refuse(line, "", notObject)
	default:
		r.record(o)
	}
	return nil
}

// record reads an object by the members that tell one protocol from the other.
func (r *reading) record(o *object) {
	rec := &record{line: o.line}
	switch {
	case o.has("encoded_request"):
		rec.envelope(o)
	case o.has("subject_request_type"), o.has("subject_identities"):
		rec.openDSR(o)
	case o.has("exercise"):
		rec.dataRights(o)
	case o.has("subject_request_id") && (o.has("request_status") || o.has("received_time")):
		rec.refuse("", "this answers a request and makes none")
	case o.has("request_id") && o.has("status"):
		rec.refuse("", "this tells the state of a request and makes none")
	case o.has("request_id"):
		rec.refuse("request_id", "this takes back a request made before and makes none: look for the case it names")
	default:
		rec.refuse("", "this is no request in either protocol: it has neither exercise nor subject_request_type")
	}
	if rec.problem != nil {
		r.problems = append(r.problems, *rec.problem)
		return
	}
	r.requests = append(r.requests, rec.requests...)
}
