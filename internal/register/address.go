package register

import (
	"net/mail"
	"strings"
	"unicode"

	"golang.org/x/net/idna"
)

// NormalEmail returns an address in the form it is compared in: no space, lower
// case, the domain in ASCII. It returns an Invalid error for a malformed one.
func NormalEmail(s string) (string, error) {
	s = strings.ToLower(strings.TrimFunc(s, unicode.IsSpace))
	a, err := mail.ParseAddress(s)
	if err != nil || a.Address != s {
		return "", Errorf(Invalid, FieldEmail, "this is not an email address")
	}
	local, domain, _ := strings.Cut(a.Address, "@")
	if strings.Contains(domain, "@") || !strings.Contains(domain, ".") {
		return "", Errorf(Invalid, FieldEmail, "the part after @ is not a domain")
	}
	domain, err = idna.Lookup.ToASCII(domain)
	if err != nil {
		return "", Errorf(Invalid, FieldEmail, "the part after @ is not a domain")
	}
	return local + "@" + domain, nil
}
