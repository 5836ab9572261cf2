package tui

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"custos/internal/exchange"
	"custos/internal/exchange/contacts"
	"custos/internal/exchange/mapping"
	"custos/internal/exchange/table"
	"custos/internal/register"
	"custos/tui/widget"
)

// contactsDesk imports what other tools know about contacts.
type contactsDesk interface {
	PlanContacts(ctx context.Context, src contacts.Source) (*register.ContactPlan, error)
	ApplyContacts(ctx context.Context, plan *register.ContactPlan, told func(done, total int)) (register.Batch, error)
	WriteRefused(to string, t *table.Table, problems []register.Problem) (rows int, err error)
}

const contactsDraft = "import:contacts"

// newContactsFile asks which file of contacts is to be read, and what its answers are answers to.
func newContactsFile(k *kit, _ string) Screen {
	settings := k.desk.Settings()
	return newForm(k, formSpec{
		id: contactsDraft, title: "Contacts", doing: "Reading the file",
		intro: "What a mailing tool exported. A no is always taken, a yes never goes over a no. Nothing is written before you " +
			"have seen what becomes of every row.",
		load: asked(contactsFields(&settings.Profile, k.desk.ConsentKeys())...),
		submit: func(_ context.Context, v widget.Values) (formDone, error) {
			src, err := contactsSource(k, v)
			if err != nil {
				return formDone{}, err
			}
			return formDone{next: newContactsPlan(k, src), keep: true}, nil
		},
	})
}

func contactsFields(p *register.Profile, keys []register.ConsentKey) []widget.Field {
	var questions, kinds []widget.Option
	for _, key := range keys {
		questions = append(questions, widget.Option{Value: keyText(key), Label: keyName(p, key)})
	}
	for _, kind := range p.Kinds {
		kinds = append(kinds, widget.Option{Value: kind.ID, Label: kind.Title})
	}
	return []widget.Field{
		{
			ID: "file", Label: "File", File: true, Required: true,
			Note: "As the tool named it, with its path: one tool says in the name who unsubscribed.",
		},
		{
			ID: "question", Label: "What its answers are answers to", Kind: widget.Choice, Options: questions,
			Note: "None: no consent is recorded, and a row that says no is refused.",
		},
		{
			ID: "consent", Label: "Column of the answer",
			Note: "Only for a table of another sort, such as your own: its heading. It is never guessed.",
		},
		{ID: "at", Label: "Column of the day of the answer", Note: "Its heading, where there is one."},
		{ID: "yes", Label: "Words that mean yes", Note: "With commas between; empty: the usual words."},
		{ID: "no", Label: "Words that mean no", Note: "With commas between; empty: the usual words."},
		{
			ID: "format", Label: "Which tool it is from", Kind: widget.Choice, Options: options(contacts.Formats()),
			Note: "None: told by its headings and its name.",
		},
		{
			ID: "kind", Label: "What the people added are", Kind: widget.Choice, Options: kinds,
			Note: "None: contacts, where the profile has them.",
		},
	}
}

// contactsSource reads the file and says what is to be made of it.
func contactsSource(k *kit, v widget.Values) (contacts.Source, error) {
	path := strings.TrimSpace(v["file"])
	src := contacts.Source{File: filepath.Base(path), Format: v["format"], Kind: v["kind"]}
	if v["question"] != "" {
		key := textKey(v["question"])
		src.MapConsent, src.Purpose, src.Channel, src.Brand = true, key.Purpose, key.Channel, key.Brand
	}
	if k.env.ReadFile == nil {
		return src, register.Errorf(register.Refused, "file", "files cannot be read from here")
	}
	data, err := k.env.ReadFile(path)
	if err != nil {
		return src, unreadableFile(path, err)
	}
	if src.Table, err = exchange.Read(src.File, data); err != nil {
		return src, register.Errorf(register.Invalid, "file", "%w", err)
	}
	src.Yes, src.No = wordsOf(v["yes"]), wordsOf(v["no"])
	return src, answerColumns(&src, v)
}

// answerColumns says which columns of a table of another sort hold the answer and its day.
func answerColumns(src *contacts.Source, v widget.Values) error {
	told := []mapping.Pair{
		{Column: strings.TrimSpace(v["consent"]), Field: "consent"}, {Column: strings.TrimSpace(v["at"]), Field: "at"},
	}
	told = slices.DeleteFunc(told, func(p mapping.Pair) bool { return p.Column == "" })
	if len(told) == 0 {
		return nil
	}
	names := src.Table.ColumnNames()
	m := mapping.Guess(names, contacts.Targets())
	for _, pair := range told {
		if !slices.Contains(names, pair.Column) {
			return register.Errorf(register.Invalid, pair.Field, "the file has no such column; it has %s", strings.Join(names, ", "))
		}
		m.Pairs = slices.DeleteFunc(m.Pairs, func(p mapping.Pair) bool { return p.Column == pair.Column })
		m.Pairs = append(m.Pairs, pair)
	}
	src.Columns = m
	return nil
}

// wordsOf are words with commas between.
func wordsOf(s string) []string {
	var words []string
	for _, w := range strings.Split(s, ",") {
		if w = strings.TrimSpace(w); w != "" {
			words = append(words, w)
		}
	}
	return words
}

// newRefused asks where the rows go that were refused.
func newRefused(k *kit, src *contacts.Source, problems []register.Problem) Screen {
	desk := contactsDesk(k.desk)
	name := strings.TrimSuffix(src.File, filepath.Ext(src.File)) + "-refused.csv"
	return newForm(k, formSpec{
		title: "Refused rows", intro: "The rows that were refused, as they stood in the file, with the reason beside each.",
		load: asked(widget.Field{
			ID: "to", Label: "File", File: true, Required: true, Value: filepath.Join(k.exports(), name),
			Note: "A file that exists is never written over.",
		}),
		submit: func(_ context.Context, v widget.Values) (formDone, error) {
			rows, err := desk.WriteRefused(v["to"], src.Table, slices.Clone(problems))
			if err != nil {
				return formDone{}, err
			}
			said := "Written back: " + count(rows, "row") + ", in " + filepath.Base(v["to"]) + ", to be corrected."
			return formDone{said: said}, nil
		},
	})
}
