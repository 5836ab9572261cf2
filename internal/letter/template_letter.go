package letter

import (
	"strings"
	"time"

	"custos/internal/calendar"
	"custos/internal/register"
)

// Letter is a letter of a case: a template and what its fields say.
type Letter struct {
	Template register.LetterTemplate
	// Values are by the name of a field; those a letter of this kind does not
	// have are passed over. Where they have none, office, today and
	// salutation_name say what the letter itself knows.
	Values    map[string][]string
	Office    string
	Language  string    // BCP 47; empty: en-GB
	Code      string    // by which the office finds the letter again
	At        time.Time // of writing, UTC
	Audit     register.AuditMark
	Unchecked bool // prepared and approved by one and the same person
	Draft     bool // not approved
}

// Blocks returns the letter as every output shows it. An Invalid error names
// the field that has no value and must, or what is wrong with the template.
func (l Letter) Blocks() ([]Block, error) {
	if problems := CheckTemplate(l.Template); len(problems) > 0 {
		p := problems[0]
		if p.Line > 0 {
			return nil, register.Errorf(register.Invalid, p.Field, "line %d of the template: %s", p.Line, p.Reason)
		}
		return nil, register.Errorf(register.Invalid, p.Field, "the template: %s", p.Reason)
	}
	f := newFilling(l.Template.Kind, l.values())
	fields := register.LetterFields(l.Template.Kind)
	for _, x := range fields {
		if x.Needed && len(f.values[x.Name]) == 0 {
			return nil, register.Errorf(register.Invalid, x.Name, "the letter must say %s", x.About)
		}
	}
	head := l.head(f)
	body := f.blocks(read(unixLines(l.Template.Body)).blocks)
	for _, x := range fields {
		if x.Needed && !f.shown[x.Name] {
			return nil, register.Errorf(register.Invalid, x.Name,
				"the letter must say %s, but its words announce something that is empty", x.About)
		}
	}
	blocks := append(head, body...)
	if l.Unchecked {
		blocks = append(blocks, notice("One person prepared and approved this letter. It was not checked by a second."))
	}
	return blocks, nil
}

// values completes what was handed in by what the letter itself knows.
func (l Letter) values() map[string][]string {
	all := map[string][]string{"office": {l.Office}, "today": {calendar.LondonDate(l.At).Long()}}
	for name, v := range l.Values {
		if strings.TrimSpace(strings.Join(v, "")) != "" {
			all[name] = v
		}
	}
	if all["salutation_name"] == nil {
		all["salutation_name"] = l.addressee(all)
	}
	return all
}

// addressee is whom the letter goes to.
func (l Letter) addressee(values map[string][]string) []string {
	names := []string{"requester", "person"}
	if l.Template.Kind == register.LetterRecipientNotice {
		names = []string{"recipient"}
	}
	for _, name := range names {
		if v := values[name]; len(v) > 0 {
			return v[:1]
		}
	}
	return nil
}

// head is what stands above the words of the template.
func (l Letter) head(f *filling) []Block {
	var head []Block
	if l.Draft {
		head = append(head, notice("Draft for the office. This letter is not approved. It must not be sent."))
	}
	day := calendar.LondonDate(l.At).Long()
	if l.Code != "" {
		day = "Letter " + oneLine(l.Code) + ", " + day
	}
	head = append(head,
		Block{Kind: BlockLetterhead, Runs: []Run{{Text: oneLine(l.Office), Bold: true}}},
		Block{Kind: BlockLetterhead, Runs: []Run{{Text: day}}})
	if to := l.addressee(f.values); to != nil {
		head = append(head, Block{Kind: BlockLetterhead, Runs: []Run{{Text: "To "}, {Text: oneLine(to[0]), Value: true}}})
	}
	s, _ := subject(l.Template.Subject)
	title := planned{kind: BlockTitle, lines: []sentence{s}}
	f.note(&title)
	runs, _ := f.runs(title.lines)
	if len(runs) == 0 {
		runs = []Run{{Text: l.Template.Kind.Title()}}
	}
	return append(head, Block{Kind: BlockTitle, Runs: runs})
}

func notice(words string) Block {
	return Block{Kind: BlockNotice, Runs: []Run{{Text: words, Italic: true}}}
}
