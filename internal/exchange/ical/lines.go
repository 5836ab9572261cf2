package ical

import (
	"bufio"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxLine is the most bytes of a line, without its end (RFC 5545, 3.1).
const maxLine = 75

// lines writes content lines. Ours are few, and the library for them would bring an HTTP client into the program, passes
// carriage returns on and loses errors of writing.
type lines struct{ w *bufio.Writer } // a bufio.Writer keeps its first error for Flush

// plain writes a value that needs no escaping.
func (c *lines) plain(name, value string) { c.fold(name + ":" + value) }

// text writes texts, several as a list.
func (c *lines) text(name string, values ...string) {
	escaped := make([]string, len(values))
	for i, v := range values {
		escaped[i] = escape(clean(v))
	}
	c.fold(name + ":" + strings.Join(escaped, ","))
}

// fold breaks a line that is too long, never within a character.
func (c *lines) fold(line string) {
	for limit := maxLine; len(line) > limit; limit = maxLine - 1 {
		end := limit
		for !utf8.RuneStart(line[end]) {
			end--
		}
		_, _ = c.w.WriteString(line[:end] + "\r\n ") // Flush tells of an error
		line = line[end:]
	}
	_, _ = c.w.WriteString(line + "\r\n")
}

// clean leaves line feeds and tabs of all control characters, however a line was ended.
func clean(s string) string {
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n").Replace(s)
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
}

func escape(s string) string {
	return strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`).Replace(s)
}
