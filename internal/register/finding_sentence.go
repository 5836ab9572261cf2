package register

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Sentences splits a text into its sentences and lines, without the white space
// between them. An initial or a title does not end one.
func Sentences(text string) []string {
	var all []string
	add := func(s string) {
		if s = strings.TrimSpace(s); s != "" {
			all = append(all, s)
		}
	}
	start := 0
	for at, r := range text {
		switch {
		case r == '\n' || r == '\r':
			add(text[start:at])
			start = at
		case (r == '.' || r == '!' || r == '?') && endsSentence(text, start, at):
			add(text[start : at+1])
			start = at + 1
		}
	}
	add(text[start:])
	return all
}

// endsSentence reports whether the stop at a place ends the sentence that began
// at start: white space and no small letter follow it, and no initial or title
// stands before it.
func endsSentence(text string, start, at int) bool {
	rest := text[at+1:]
	if rest == "" {
		return true
	}
	next := strings.TrimLeftFunc(rest, unicode.IsSpace)
	if len(next) == len(rest) {
		return false
	}
	if r, _ := utf8.DecodeRuneInString(next); unicode.IsLower(r) {
		return false
	}
	if text[at] != '.' {
		return true
	}
	before := text[start:at]
	word := before[strings.LastIndexFunc(before, func(r rune) bool { return !unicode.IsLetter(r) })+1:]
	return utf8.RuneCountInString(word) != 1 && !slices.Contains(called, word)
}

// Quote returns the sentences of a text in which the person is named, those
// left out between them marked; the whole text where none names them by itself.
func Quote(text string, names func(sentence string) bool) string {
	var b strings.Builder
	gap, found := false, false
	for _, s := range Sentences(text) {
		if !names(s) {
			gap = found
			continue
		}
		if gap {
			b.WriteString(" … ")
		} else if found {
			b.WriteString(" ")
		}
		b.WriteString(s)
		gap, found = false, true
	}
	if !found {
		return text
	}
	return b.String()
}
