package sshd

import (
	"errors"
	"strings"
)

var errUnfinished = errors.New("a quotation mark or what a backslash stands before is missing")

// words splits a command line as a shell does: at spaces, tabs and ends of line, save within quotation marks or behind a
// backslash. Nothing is expanded: there is no shell.
func words(line string) ([]string, error) {
	var all []string
	var word strings.Builder
	begun, escaped := false, false
	var quote rune
	for _, r := range line {
		switch {
		case escaped:
			if quote == '"' && !strings.ContainsRune("\\\"$`\n", r) {
				word.WriteByte('\\')
			}
			if r != '\n' {
				word.WriteRune(r)
			}
			escaped = false
		case r == '\\' && quote != '\'':
			begun, escaped = true, true
		case quote != 0 && r == quote:
			quote = 0
		case quote != 0:
			word.WriteRune(r)
		case r == '\'' || r == '"':
			begun, quote = true, r
		case strings.ContainsRune(" \t\r\n", r):
			if begun {
				all = append(all, word.String())
				word.Reset()
			}
			begun = false
		default:
			begun = true
			word.WriteRune(r)
		}
	}
	if quote != 0 || escaped {
		return nil, errUnfinished
	}
	if begun {
		all = append(all, word.String())
	}
	return all, nil
}
