package register

import (
	"strings"
	"testing"

	"github.com/nyaruka/phonenumbers"
	"pgregory.net/rapid"
)

func TestNormalPhone(t *testing.T) {
	for in, want := range map[string]string{
		"01632960001":               "+441632960001",
		" 01632 960-001 ":           "+441632960001",
		"\t(01632) 960001\r\n":      "+441632960001",
		"(01632) 960001":            "+441632960001",
		"01632\u00a0960001":         "+441632960001",
		"+44 (0)1632 960001":        "+441632960001",
		"+44 01632 960001":          "+441632960001",
		"00441632960001":            "+441632960001",
		"0044 (0)1632 960001":       "+441632960001",
		"+441632960001":             "+441632960001",
		"Tel: 01632 960001":         "+441632960001",
		"01632 960001 ext 5":        "+441632960001",
		"01632 960001 x5":           "+441632960001",
		"tel:+44-1632-960001;ext=5": "+441632960001",
		"07700 900001":              "+447700900001",
		"020 7946 0001":             "+442079460001",
		"+33 1 99 00 00 00":         "+33199000000",
		"+1 202 555 0143":           "+12025550143",
		"０１６３２ ９６０００１":              "+441632960001",
	} {
		if got, err := NormalPhone(in); err != nil || got != want {
			t.Errorf("%q gave %q, %v; want %q", in, got, err, want)
		}
	}
}

func TestNormalPhoneRefuses(t *testing.T) {
	for in, reason := range map[string]string{
		"":                            "not a phone number",
		"none":                        "not a phone number",
		"12":                          "digits",
		"960001":                      "no area code",
		"01632 960001 07700 900001":   "not a phone number",
		"01632 960001 / 07700 900001": "not a phone number",
		"+44 12345678901234":          "digits",
		"+999 1632 960001":            "not a phone number",
		"00000000000":                 "not a phone number",
	} {
		got, err := NormalPhone(in)
		if KindOf(err) != Invalid || !strings.Contains(err.Error(), reason) {
			t.Errorf("%q gave %q, %v; want a word on %q", in, got, err, reason)
		}
		if in != "" && err != nil && strings.Contains(err.Error(), in) {
			t.Errorf("the error repeats the number: %v", err)
		}
	}
}

// The quick way and the general one must agree, or a suppression would be
// missed by one of them.
func TestPlainBritishAgreesWithTheGeneralWay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		number := rapid.StringMatching(`(0|\+44)[ -]{0,3}([0-9][ -]{0,2}){9,11}`).Draw(t, "number")
		plain, ok := plainBritish(number)
		if !ok {
			return
		}
		n, err := phonenumbers.Parse(number, phoneRegion)
		if err != nil {
			t.Fatalf("%q: the quick way gave %q, the general one %v", number, plain, err)
		}
		if general := phonenumbers.Format(n, phonenumbers.E164); general != plain {
			t.Fatalf("%q: %q and %q", number, plain, general)
		}
		if phonenumbers.IsPossibleNumberWithReason(n) != phonenumbers.IS_POSSIBLE {
			t.Fatalf("%q: the general way calls it impossible", number)
		}
	})
}

// Both ways a British number is mostly written take the quick way.
func TestPlainBritishTakesWhatIsPlain(t *testing.T) {
	for number, want := range map[string]bool{
		"01632 960001": true, "0-1632-960-001": true, "+44 1632 960001 ": true, "+44-7700-900001": true, "+447700900001": true,
		"+44 01632 960001": false, "+44 1632 96000": false, "+44 1632 9600012": false, "1632 960001": false, "0044 1632 960001": false,
		"00 632 960001": false, "+33 1 99 00 00 00": false, "": false, "+44": false, "01632 96000é": false,
	} {
		got, ok := plainBritish(number)
		if ok != want || ok && got != "+441632960001" && got != "+447700900001" {
			t.Errorf("%q: %q, %v", number, got, ok)
		}
	}
}

func FuzzNormalPhone(f *testing.F) {
	f.Add("01632 960001")
	f.Add("+44 (0)1632 960001 ext 5")
	f.Fuzz(func(t *testing.T, s string) {
		once, err := NormalPhone(s)
		if err != nil {
			return
		}
		if twice, err := NormalPhone(once); err != nil || twice != once {
			t.Fatalf("%q then %q, %v", once, twice, err)
		}
	})
}
