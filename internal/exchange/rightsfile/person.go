package rightsfile

import "strings"

// person takes the claims about the person, in the terms of schema.org/Person and of OpenID Connect. What is there
// already stays.
func (r *record) person(o *object, prefix string) {
	q := &r.request
	keep := func(to *string, value string) {
		if *to == "" {
			*to = value
		}
	}
	keep(&q.Name, r.fullName(o, prefix))
	keep(&q.Email, r.text(o, prefix, "email"))
	keep(&q.Phone, r.first(o, prefix, "phone_number", "telephone"))
	keep(&q.Address, r.address(o, prefix))
	for _, c := range []struct{ claim, what string }{
		{"email_verified", "e-mail address"}, {"phone_number_verified", "phone number"}, {"address_verified", "address"},
	} {
		switch verified, ok := o.members[c.claim].(bool); {
		case ok && verified:
			q.note("the sender calls the " + c.what + " verified; that is the sender's word")
		case ok:
			q.note("the sender says that the " + c.what + " is not verified")
		}
	}
	if r.text(o, prefix, "power_of_attorney") != "" {
		q.note("it refers to a power of attorney, which has to be seen before anything is given to the agent")
	}
}

func (r *record) fullName(o *object, prefix string) string {
	if name := r.text(o, prefix, "name"); name != "" {
		return name
	}
	return joined(" ", r.first(o, prefix, "given_name", "givenName"), r.first(o, prefix, "middle_name", "additionalName"),
		r.first(o, prefix, "family_name", "familyName"))
}

// address is a text, or an object with its lines.
func (r *record) address(o *object, prefix string) string {
	a, ok := o.members["address"].(*object)
	if !ok {
		return r.text(o, prefix, "address")
	}
	prefix += "address."
	if whole := r.text(a, prefix, "formatted"); whole != "" {
		return whole
	}
	return joined("\n",
		r.first(a, prefix, "street_address", "streetAddress"), r.first(a, prefix, "locality", "addressLocality"),
		r.first(a, prefix, "region", "addressRegion"), r.first(a, prefix, "postal_code", "postalCode"),
		r.first(a, prefix, "country", "addressCountry"))
}

// joined leaves out what is empty.
func joined(by string, parts ...string) string {
	var kept []string
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, by)
}
