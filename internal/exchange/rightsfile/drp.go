package rightsfile

import (
	"encoding/base64"
	"strings"
)

// dataRights reads a request of the Data Rights Protocol. Up to 0.6 the person is in the member identity, a token; later
// the claims stand in the request itself.
func (r *record) dataRights(o *object) {
	q := &r.request
	q.Reference = r.first(o, "", "agent-request-id", "agent_request_id")
	q.Agent = r.text(o, "", "agent-id")
	q.Regime = r.text(o, "", "regime")
	q.Relationships = r.texts(o, "relationships")
	q.Received = r.time(o, "", "issued-at", "received_at")
	q.Expires = r.time(o, "", "expires-at")
	r.person(o, "")
	r.within(o, "claims")
	r.identity(o)
	r.closing("the Data Rights Protocol")
	names := r.texts(o, "exercise")
	if len(names) == 0 {
		r.refuse("exercise", "it names no right")
	}
	r.asked(names)
}

// within reads claims that lie in a member.
func (r *record) within(o *object, name string) {
	switch v := o.members[name].(type) {
	case nil:
	case *object:
		r.person(v, name+".")
	default:
		r.refuse(name, "this is to be an object of claims")
	}
}

// identity reads the token that says who asks: claims, a token in JSON, or one in its short form.
func (r *record) identity(o *object) {
	const name = "identity"
	switch v := o.members[name].(type) {
	case nil:
	case string:
		parts := strings.Split(strings.TrimSpace(v), ".")
		if len(parts) != 3 {
			r.refuse(name, "this is to be a token of three parts or an object of claims")
			return
		}
		r.token(parts[1], name)
	case *object:
		switch payload := v.members["payload"].(type) {
		case nil:
			r.claims(v, name+".")
		case string:
			r.token(payload, name+".payload")
		case *object:
			r.claims(payload, name+".payload.")
		default:
			r.refuse(name+".payload", "this is to be the claims of a token")
		}
	default:
		r.refuse(name, "this is to be a token or an object of claims")
	}
}

// token reads the encoded claims of a token.
func (r *record) token(encoded, field string) {
	data, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(encoded, "="))
	if err != nil {
		r.refuse(field, "the token cannot be decoded")
		return
	}
	if claims := r.nested(data, field); claims != nil {
		r.claims(claims, field+".")
	}
}

// claims reads a token's claims: those of the person, and what it says of itself.
func (r *record) claims(o *object, prefix string) {
	q := &r.request
	if q.Agent == "" {
		q.Agent = r.text(o, prefix, "iss")
	}
	if q.Received.IsZero() {
		q.Received = r.time(o, prefix, "iat")
	}
	if q.Expires.IsZero() {
		q.Expires = r.time(o, prefix, "exp")
	}
	q.NotBefore = r.time(o, prefix, "nbf")
	r.person(o, prefix)
}

// nested reads an object that was encoded within another.
func (r *record) nested(data []byte, field string) *object {
	text, err := content(data)
	if err != nil {
		r.refuse(field, "what is encoded there cannot be read: "+err.Error())
		return nil
	}
	t := newTree(text, r.line)
	v, err := t.value(1)
	o, ok := v.(*object)
	switch {
	case err != nil, t.json.More():
		r.refuse(field, "what is encoded there is not valid JSON, or says something twice")
	case !ok:
		r.refuse(field, "what is encoded there is no object")
	default:
		return o
	}
	return nil
}
