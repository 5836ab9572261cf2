package register

import (
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// phoneRegion is where a number without a country code is taken to be.
const phoneRegion = "GB"

// NormalPhone returns a number in the form it is compared in: E.164, such as
// +441632960001, a number without a country code taken as British. "+44 (0)1632
// 960001" and "0044 1632 960001" are that number too. An extension is left out:
// it is reached through the number, and who wants no calls on "960001 ext 5" must
// not be called on 960001. Errors: Invalid for what is no number, for a number
// too short or too long for its country, and for one without an area code.
func NormalPhone(s string) (string, error) {
	if plain, ok := plainBritish(s); ok {
		return plain, nil
	}
	n, err := phonenumbers.Parse(s, phoneRegion)
	if err != nil {
		return "", Errorf(Invalid, FieldPhone, "this is not a phone number")
	}
	switch phonenumbers.IsPossibleNumberWithReason(n) {
	case phonenumbers.IS_POSSIBLE:
	case phonenumbers.IS_POSSIBLE_LOCAL_ONLY:
		return "", Errorf(Invalid, FieldPhone, "the number has no area code")
	default:
		return "", Errorf(Invalid, FieldPhone, "a phone number does not have this many digits")
	}
	normal := phonenumbers.Format(n, phonenumbers.E164)
	if again, err := phonenumbers.Parse(normal, phoneRegion); err != nil || phonenumbers.Format(again, phonenumbers.E164) != normal {
		return "", Errorf(Invalid, FieldPhone, "this is not a phone number") // such as nothing but noughts
	}
	return normal, nil
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
