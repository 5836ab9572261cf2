package letter

import (
	"embed"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/template"

	"custos/internal/calendar"
	"custos/internal/register"
)

//go:embed plain.txt
var plain embed.FS

// Kind is a plain letter on the way to a reply.
type Kind string

// The plain letters.
const (
	Acknowledgement Kind = "acknowledgement"
	IdentityRequest Kind = "identity-request"
	Clarification   Kind = "clarification"
	ExtensionNotice Kind = "extension-notice"
)

// Kinds returns every plain letter.
func Kinds() []Kind { return []Kind{Acknowledgement, IdentityRequest, Clarification, ExtensionNotice} }

// Note is what a plain letter is filled from.
type Note struct {
	Office    string
	Person    string // whom it is addressed to
	Ref       string
	Right     calendar.Right
	Received  calendar.Date
	Due       calendar.Date // zero while the clock is stopped
	On        calendar.Date // the day of the letter
	Reason    string        // why identity is doubted, what is unclear, why it takes longer
	Contact   string        // how to reach the office
	Regulator string
}

// Write writes a letter as plain text, one line for each paragraph. It returns
// an Invalid error for a kind that does not exist, and for a letter that must
// give a reason and has none (UK GDPR Art 12A: a pause or an extension is told
// with its reasons). Any other error is the writer's.
func Write(w io.Writer, kind Kind, n Note) error {
	t, err := template.ParseFS(plain, "plain.txt")
	if err != nil {
		return fmt.Errorf("reading the letters: %w", err)
	}
	if !slices.Contains(Kinds(), kind) {
		return register.Errorf(register.Invalid, "letter", "there is no letter %q; there are %v", kind, Kinds())
	}
	if kind != Acknowledgement && strings.TrimSpace(n.Reason) == "" {
		return register.Errorf(register.Invalid, "reason", "this letter has to give a reason")
	}
	var b strings.Builder
	if err := t.ExecuteTemplate(&b, string(kind), n); err != nil {
		return fmt.Errorf("filling in the letter: %w", err)
	}
	_, err = io.WriteString(w, visible(b.String()))
	return err
}
