package register

import (
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// phoneRegion is where a number without a country code is taken to be.
const phoneRegion = "GB"

// NormalPhone returns a number in the form it is compared in: E.164, such as
// +441632960001, a number without a country code taken as British. It returns
// an Invalid error for what cannot be a number.
func NormalPhone(s string) (string, error) {
	if plain, ok := plainBritish(s); ok {
		return plain, nil
	}
	n, err := phonenumbers.Parse(s, phoneRegion)
	if err != nil || !phonenumbers.IsPossibleNumber(n) || n.GetExtension() != "" {
		return "", Errorf(Invalid, FieldPhone, "this is not a phone number")
	}
	return phonenumbers.Format(n, phonenumbers.E164), nil
}

// plainBritish normalises a number of 11 digits that begins with a single 0, in
// a hundredth of the time the general way takes: whole lists are checked.
func plainBritish(s string) (string, bool) {
	var digits [13]byte
	n := copy(digits[:], "+44")
	seen := 0
	for _, c := range strings.TrimSpace(s) {
		switch {
		case c == ' ' || c == '-':
			continue
		case c < '0' || c > '9' || seen == 11 || seen == 0 && c != '0' || seen == 1 && c == '0':
			return "", false
		}
		if seen++; seen > 1 {
			digits[n] = byte(c)
			n++
		}
	}
	return string(digits[:]), seen == 11
}
