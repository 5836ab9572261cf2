package xlsx

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf16"
)

// maxName is the most UTF-16 units the name of a sheet has.
const maxName = 31

// sheetName makes a name that Excel takes for a sheet beside those taken: no longer than maxName, without : \ / ? * [ ] and
// control characters, no apostrophe at either end, not blank, not "History", and unlike any other without regard to case.
func sheetName(name string, taken []string) string {
	name = strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune(`:\/?*[]`, r):
			return '-'
		case unicode.IsSpace(r):
			return ' '
		case !unicode.IsPrint(r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(name, ""))
	name = trimmed(name, maxName)
	if name == "" || strings.EqualFold(name, "history") {
		name = strings.TrimSpace("Sheet " + name)
	}
	unique := name
	for n := 2; isTaken(unique, taken); n++ {
		mark := fmt.Sprintf(" (%d)", n)
		unique = trimmed(name, maxName-len(mark)) + mark
	}
	return unique
}

// trimmed cuts a name to a number of units, leaving no space or apostrophe at its ends.
func trimmed(name string, limit int) string {
	const edges = " '"
	name = strings.TrimLeft(name, edges)
	used := 0
	for i, r := range name {
		if used += utf16.RuneLen(r); used > limit {
			name = name[:i]
			break
		}
	}
	return strings.TrimRight(name, edges)
}

func isTaken(name string, taken []string) bool {
	for _, t := range taken {
		if strings.EqualFold(name, t) {
			return true
		}
	}
	return false
}
