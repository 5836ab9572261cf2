package sample

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// named is somebody who does not exist. Handle is the name as an email address
// may hold it.
type named struct{ full, given, family, handle string }

func (d dice) name() named {
	at, share := 0, d.IntN(100)
	for share >= cultures[at].share {
		share -= cultures[at].share
		at++
	}
	c := cultures[at]
	given, readGiven := reading(oneOf(d, c.given))
	family, readFamily := reading(oneOf(d, c.family))
	if c.familyFirst {
		return named{full: family + given, given: given, family: family, handle: readGiven + "." + readFamily}
	}
	if other := oneOf(d, c.family); d.chance(5) && barrels(family, other) {
		family += "-" + other
		readFamily = handle(family)
	}
	return named{full: given + " " + family, given: given, family: family, handle: readGiven + "." + readFamily}
}

// barrels reports whether two family names make a double-barrelled one.
func barrels(a, b string) bool { return a != b && !strings.ContainsAny(a+b, " -'") }

// reading parts a name from the way it is read in Latin letters.
func reading(entry string) (name, latin string) {
	name, latin, given := strings.Cut(entry, "|")
	if !given {
		latin = handle(name)
	}
	return name, latin
}

// strokes are the letters that do not come apart into a letter and a mark.
var strokes = strings.NewReplacer("ł", "l", "ø", "o", "ß", "ss", "æ", "ae", "đ", "d", "þ", "th")

// handle leaves of a text what may stand in a domain: a to z, 0 to 9 and single
// hyphens for spaces.
func handle(s string) string {
	var b strings.Builder
	for _, c := range norm.NFD.String(strokes.Replace(strings.ToLower(s))) {
		switch {
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9':
			b.WriteRune(c)
		case (c == '-' || unicode.IsSpace(c)) && b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	return strings.TrimSuffix(b.String(), "-")
}
