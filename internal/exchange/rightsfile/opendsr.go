package rightsfile

import (
	"encoding/base64"
	"strings"
)

// openDSR reads a request of OpenDSR or OpenGDPR.
func (r *record) openDSR(o *object) {
	q := &r.request
	q.Reference = r.text(o, "", "subject_request_id")
	if q.Agent == "" {
		q.Agent = r.text(o, "", "controller_id")
	}
	q.Regime = r.text(o, "", "regulation")
	if q.Received.IsZero() {
		q.Received = r.time(o, "", "received_time", "submitted_time")
	}
	r.identities(o)
	r.closing("OpenDSR")
	name := r.text(o, "", "subject_request_type")
	if name == "" {
		r.refuse("subject_request_type", "it names no right")
		return
	}
	r.asked([]string{name})
}

// identities reads who is meant.
func (r *record) identities(o *object) {
	const name = "subject_identities"
	list, ok := o.members[name].([]any)
	if !ok && o.members[name] != nil {
		r.refuse(name, "this is to be a list of identities")
	}
	for _, v := range list {
		identity, ok := v.(*object)
		if !ok {
			r.refuse(name, "an identity is to be an object")
			return
		}
		r.identified(identity, name+".")
	}
}

// identified takes one identity. Only what a person can read is taken; of the rest a note tells.
func (r *record) identified(o *object, prefix string) {
	q := &r.request
	kind := strings.ToLower(r.text(o, prefix, "identity_type"))
	format := strings.ToLower(r.text(o, prefix, "identity_format"))
	value := r.text(o, prefix, "identity_value")
	var to *string
	what := "an identifier of a device or an account"
	switch kind {
	case "email":
		to, what = &q.Email, "an e-mail address"
	case "phone", "phone_number", "mobile":
		to, what = &q.Phone, "a phone number"
	}
	switch {
	case format != "raw" && format != "":
		q.note("it gives " + what + " hashed, which cannot be matched by eye")
	case to == nil:
		q.note("it gives " + what + ", which stands in the file alone")
	case *to == "":
		*to = value
	case *to != value:
		q.note("it gives " + what + " more than once; the others stand in the file alone")
	}
}

// envelope reads a request that a receipt or an answer carries encoded. What the envelope says of the time and the
// sender goes before what the request does.
func (r *record) envelope(o *object) {
	const name = "encoded_request"
	r.request.Agent = r.text(o, "", "controller_id")
	r.request.Received = r.time(o, "", "received_time")
	encoded, ok := o.members[name].(string)
	if !ok {
		r.refuse(name, "this is to be a request in base64")
		return
	}
	encoded = strings.Map(func(c rune) rune {
		switch c {
		case ' ', '\n', '\r', '\t':
			return -1
		case '-':
			return '+'
		case '_':
			return '/'
		}
		return c
	}, encoded)
	data, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(encoded, "="))
	if err != nil {
		r.refuse(name, "this is to be a request in base64")
		return
	}
	inner := r.nested(data, name)
	if inner == nil {
		return
	}
	if !inner.has("subject_request_type") && !inner.has("subject_identities") {
		r.refuse(name, "what is encoded there is no request")
		return
	}
	r.openDSR(inner)
}
