package desk

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"custos/internal/calendar"
	"custos/internal/letter"
	"custos/internal/register"
	"custos/store"
)

// PreviewLetter returns a letter of a case as it would read, filled from the
// case and with what the office says itself. What it must say and nothing tells
// is named as missing. Errors: NotFound, Invalid for no such letter.
func (s *Seat) PreviewLetter(ref string, k register.LetterKind, own map[string][]string) (register.LetterPreview, error) {
	l, err := s.letter(ref, k, own)
	if err != nil {
		return register.LetterPreview{}, err
	}
	p := register.LetterPreview{Kind: k, Values: l.Values, Draft: l.Draft}
	for _, f := range register.LetterFields(k) {
		if f.Needed && len(l.Values[f.Name]) == 0 {
			p.Missing = append(p.Missing, f)
		}
	}
	if len(p.Missing) == 0 {
		p.Text, err = l.Text()
	}
	return p, err
}

// WriteLetter writes a letter of a case to a new file, in the format its name
// asks for, and records it in the case and as a disclosure. What it announces
// must be approved. Errors: Invalid naming what the letter must say and nothing
// tells, or for another kind of file; Refused for a file that exists.
func (s *Seat) WriteLetter(ctx context.Context, in register.LetterInput) (register.Disclosure, error) {
	var none register.Disclosure
	format, err := caseLetterFormat("to", in.To, in.As)
	if err != nil {
		return none, err
	}
	if in.Kind == register.LetterErased {
		return none, register.Errorf(register.Refused, "letter", "the certificate is written by the erasure itself")
	}
	l, err := s.letter(in.Ref, in.Kind, in.Values)
	if err != nil {
		return none, err
	}
	if l.Draft {
		return none, register.Errorf(register.Refused, "letter",
			"what this letter announces waits for another operator's approval: preview it until then")
	}
	return s.sendLetter(ctx, in, l, format)
}

func (s *Seat) sendLetter(ctx context.Context, in register.LetterInput, l letter.Letter, format string) (register.Disclosure, error) {
	r, err := s.request(in.Ref)
	if err != nil {
		return register.Disclosure{}, err
	}
	d := register.Disclosure{
		What: "letter: " + string(in.Kind), Recipient: "data subject", Fields: []string{"name"}, Format: format,
		Encryption: "none", Request: r.Ref, Unchecked: l.Unchecked,
	}
	if in.Kind == register.LetterRecipientNotice {
		d.Recipient = strings.Join(in.Values["recipient"], ", ")
	}
	if d.ID, err = s.desk.ids.Next(register.DisclosurePrefix); err != nil {
		return d, err
	}
	l.Code, l.Audit = string(d.ID), s.marked(&d)
	var people []register.ID
	if r.Delegate != "" {
		people = append(people, r.Delegate)
	}
	return s.disclose(ctx, leaving{
		record: d, people: people, verb: register.RequestLetter,
		write: func(w io.Writer) error { return writeLetter(w, l, format) },
		also: func(tx *store.Tx) error {
			return s.enter(tx, r.Ref, register.RequestEvent{
				Kind: register.LetterMade, On: s.Today(), Letter: in.Kind, Reference: d.ID, Text: in.Kind.Title(),
			})
		},
	}, in.To)
}

// caseLetterFormat is the format a letter's file name asks for, given in a field;
// as says it where there is no name, or agrees with it.
func caseLetterFormat(field, to, as string) (string, error) {
	ext := ending(to, cmp.Or(as, "pdf"))
	if as != "" && ext != "."+as {
		return "", register.Errorf(register.Invalid, "as", "the name says %s, which %s is not", strings.TrimPrefix(ext, "."), as)
	}
	switch ext {
	case ".pdf", ".docx", ".html", ".txt":
		return ext[1:], nil
	}
	return "", register.Errorf(register.Invalid, field, "a letter is a .pdf, .docx, .html or .txt file")
}

func writeLetter(w io.Writer, l letter.Letter, format string) error {
	switch format {
	case "pdf":
		return l.PDF(w)
	case "docx":
		return l.DOCX(w)
	case "html":
		return l.HTML(w)
	}
	text, err := l.Text()
	if err != nil {
		return err
	}
	if _, err := io.WriteString(w, text); err != nil {
		return fmt.Errorf("writing the letter: %w", err)
	}
	return nil
}

// letter gathers a letter of a case.
func (s *Seat) letter(ref string, k register.LetterKind, own map[string][]string) (letter.Letter, error) {
	var l letter.Letter
	if k.Title() == "" {
		_, err := register.ParseLetterKind(string(k))
		return l, err
	}
	r, err := s.request(ref)
	if err != nil {
		return l, err
	}
	settings := s.Settings()
	approved, _ := r.Approval()
	l = letter.Letter{
		Office: settings.Office, Language: settings.Profile.Language, Code: r.Ref, At: s.desk.now(),
		Draft: s.announces(&r, k), Unchecked: approved.Unchecked,
	}
	err = s.read(register.RequestLetter, func(tx *store.Tx) (err error) {
		if l.Template, err = template(tx, k); err != nil {
			return err
		}
		facts, err := s.letterFacts(tx, &r, own)
		l.Values = r.LetterValues(k, facts)
		return err
	})
	for name, words := range own {
		if strings.TrimSpace(strings.Join(words, "")) != "" {
			l.Values[name] = words
		}
	}
	return l, err
}

// announces reports whether a letter tells of something that is not approved.
func (s *Seat) announces(r *register.Request, k register.LetterKind) bool {
	_, decided := r.Last(register.Decided)
	_, approved := r.Approval()
	switch k {
	case register.LetterExtension:
		return !r.Inputs.Extended
	case register.LetterRefusal, register.LetterPartial, register.LetterReply, register.LetterRectified,
		register.LetterObjection, register.LetterPortability, register.LetterComplaintOutcome, register.LetterRecord:
		return decided && !approved || !decided && k != register.LetterReply
	default:
		return false
	}
}

func (s *Seat) letterFacts(tx *store.Tx, r *register.Request, own map[string][]string) (register.LetterFacts, error) {
	settings, err := tx.Settings().Get()
	if err != nil {
		return register.LetterFacts{}, err
	}
	f := register.LetterFacts{Settings: &settings, Person: s.who(r), Operator: s.operator.Name, Today: s.Today()}
	if e, ok := r.Last(register.Duplicate); ok {
		if other, err := s.request(e.Case); err == nil {
			row := other.Row(s.Today(), "")
			f.Other = &row
		}
	}
	if to := strings.Join(own["recipient"], ""); to != "" && r.Delegate != "" {
		f.Sent, err = sentTo(tx, r.Delegate, to, &settings.Profile)
	}
	return f, err
}

// sentTo lists what a recipient was sent about a person, by its id or name.
func sentTo(tx *store.Tx, who register.ID, to string, p *register.Profile) ([]string, error) {
	var sent []string
	for x, err := range tx.Disclosed().Of(who) {
		if err != nil {
			return nil, err
		}
		known, _ := p.Recipient(x.Recipient)
		if x.Recipient == to || strings.EqualFold(known.Name, to) {
			sent = append(sent, x.What+" on "+day(x.At)+": "+strings.Join(x.Fields, ", "))
		}
	}
	return sent, nil
}

// day is the date in the office of an instant, in words.
func day(at time.Time) string { return calendar.LondonDate(at).Long() }
