package table

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Clean gives the text a person meant by a cell:
//   - white space at both ends goes, no-break and zero-width spaces and byte order marks included;
//   - a no-break space inside becomes an ordinary one;
//   - a line break inside is a line feed; other control characters stay: a value is kept as given, and shown with marks;
//   - a protecting apostrophe goes (see Unguard): '1967-12-06 is 1967-12-06, while 't Hooft keeps its apostrophe.
//
// Clean never touches zeros, case or punctuation. It is applied once, to a cell as read: of two stacked apostrophes one is
// part of the value.
func Clean(s string) string {
	if isClean(s) {
		return s
	}
	s = trim(scrub(s))
	if protected(s) {
		return trim(s[1:])
	}
	return s
}

// isClean is the quick answer for the cells nearly every file consists of: printable ASCII with nothing to take off.
func isClean(s string) bool {
	if s == "" {
		return true
	}
	if s[0] == ' ' || s[0] == '\'' || s[len(s)-1] == ' ' {
		return false
	}
	for i := 0; i < len(s); i++ {
		if s[i] < ' ' || s[i] >= 0x7f {
			return false
		}
	}
	return true
}

func scrub(s string) string {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		if r == '\u00a0' || r == '\u2007' || r == '\u202f' {
			return ' '
		}
		return r
	}, s)
}

func trim(s string) string { return strings.TrimFunc(s, invisible) }

func invisible(r rune) bool {
	return unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' || r == '\u2060'
}

// empty reports whether nothing would be seen of s on a page.
func empty(s string) bool {
	for i := 0; i < len(s); {
		if s[i] > ' ' && s[i] < 0x7f {
			return false
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if !invisible(r) {
			return false
		}
		i += n
	}
	return true
}

// Guard puts an apostrophe before a value that a spreadsheet could run as a formula: one that begins, after any white space
// and quotation marks, with = + - @ or their full-width forms, or that begins with a tab or a line break. Numbers such as
// -5 and +44 7700 900123 are guarded as well, because -5+cmd|... begins the same way. A value that already looks guarded
// gets a second apostrophe, so that Unguard(Guard(v)) == v for every v.
func Guard(v string) string {
	if dangerous(v) || protected(v) {
		return "'" + v
	}
	return v
}

// Unguard takes off one protecting apostrophe: one that stands before a digit or before something Guard would guard.
func Unguard(s string) string {
	if protected(s) {
		return s[1:]
	}
	return s
}

func protected(s string) bool {
	rest := strings.TrimLeft(s, "'")
	if len(rest) == len(s) {
		return false
	}
	return dangerous(rest) || rest != "" && rest[0] >= '0' && rest[0] <= '9'
}

func dangerous(s string) bool {
	if s == "" {
		return false
	}
	switch s[0] {
	case '\t', '\r', '\n':
		return true
	}
	for _, r := range s {
		switch {
		case strings.ContainsRune("=+-@＝＋－＠", r):
			return true
		case r == '"' || r == '\'' || invisible(r) || unicode.IsControl(r):
			continue
		default:
			return false
		}
	}
	return false
}
