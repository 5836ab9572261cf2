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
	s = strings.TrimSpace(s)
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
	again, err := phonenumbers.Parse(normal, phoneRegion)
	if err != nil || phonenumbers.Format(again, phonenumbers.E164) != normal {
		return "", Errorf(Invalid, FieldPhone, "this is not a phone number") // such as nothing but noughts
	}
	return normal, nil
}

// plainBritish normalises a single 0, or +44, and ten digits that begin with no
// 0, in a hundredth of the time the general way takes: whole lists are checked.
func plainBritish(s string) (string, bool) {
	rest, ok := strings.CutPrefix(s, "0")
	if !ok {
		rest, ok = strings.CutPrefix(s, "+44")
	}
	if !ok {
		return "", false
	}
	var number [len("+441632960001")]byte
	n := copy(number[:], "+44")
	for _, c := range []byte(rest) {
		switch {
		case c == ' ' || c == '-':
			continue
		case c < '0' || c > '9' || n == len(number) || n == len("+44") && c == '0':
			return "", false
		}
		number[n] = c
		n++
	}
	return string(number[:]), n == len(number)
}
