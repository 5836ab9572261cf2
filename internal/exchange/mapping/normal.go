package mapping

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// words parts a column name into lower-case words without accents or punctuation: "MainEmail", "main_email" and
// "Main e-mail" give "main email" or, for the last, "main e mail". A trailing "(name)" says nothing and goes; "(code)" stays.
func words(name string) []string {
	name = strings.TrimSpace(name)
	if n := len(name) - len("(name)"); n > 0 && strings.EqualFold(name[n:], "(name)") {
		name = name[:n]
	}
	var b strings.Builder
	lower := false
	for _, r := range norm.NFKD.String(name) {
		switch {
		case unicode.Is(unicode.Mn, r) || r == '\'' || r == '\u2019':
			continue
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			b.WriteByte(' ')
			lower = false
			continue
		case unicode.IsUpper(r) && lower:
			b.WriteByte(' ')
		}
		lower = unicode.IsLower(r)
		b.WriteRune(unicode.ToLower(r))
	}
	return strings.Fields(b.String())
}

// key is what two spellings of one name have in common: "e-mail" and "Email" are the same.
func key(name string) string { return strings.Join(words(name), "") }

// The columns that a file of refused rows has beside its own. They are no part of a layout.
const (
	ProblemLine  = "problem_line"
	ProblemField = "problem_field"
	ProblemText  = "problem"
)

// IsProblem reports whether a column says what was wrong with a row.
func IsProblem(column string) bool {
	return column == ProblemLine || column == ProblemField || column == ProblemText
}

// Fingerprint names a layout: 32 hexadecimal digits that are the same for the same columns whatever their order, case,
// spacing and punctuation, so that a mapping once chosen can be offered again. It tells nothing of files without a header,
// whose columns are numbered. What says what was wrong with a row does not count, so that a corrected file has the layout
// of the file it came from.
func Fingerprint(columns []string) string {
	var keys []string
	for _, c := range columns {
		if !IsProblem(c) {
			keys = append(keys, key(c))
		}
	}
	slices.Sort(keys)
	sum := sha256.Sum256([]byte(strings.Join(keys, "\x1f")))
	return hex.EncodeToString(sum[:16])
}
