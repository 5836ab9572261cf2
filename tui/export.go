package tui

import (
	"cmp"
	"context"
	"fmt"
	"path/filepath"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/exchange"
	"custos/internal/register"
	"custos/tui/widget"
)

// exportDesk writes lists to files and records who is in them.
type exportDesk interface {
	Export(ctx context.Context, in ExportInput) (register.Disclosure, error)
}

// ExportInput says what leaves, where to, and to whom.
type ExportInput struct {
	Noun      string // delegates, organisations, requests, breaches, consents, mailing or profiling
	To        string // a file name ending in .csv, .xlsx or .json
	Purpose   string
	Recipient string
	Query     register.Query

	Channel, Brand string      // of a mailing list
	OnBehalf       string      // the recipient whose message the office sends: the list stays here
	Fields         []string    // further fields of a mailing list, or those of profiling, by id
	As             string      // the form of consents, where the name of the file does not say
	Person         register.ID // whose consents these are; empty: those of Query
}

// queried is a list that shows part of what is held: an export offers the same part.
type queried interface{ Query() register.Query }

// Query is what the list shows now, without its limit.
func (r *roll[T]) Query() register.Query {
	q := r.query
	q.Filter = r.filter.Value()
	r.parts[r.part].narrow(&q)
	return q
}

// nounConsents is what else leaves from the list of people: what they agreed to.
const nounConsents = "consents"

// The registers that name nobody, unless a field asks for that.
const (
	nounRequests = "requests"
	nounBreaches = "breaches"
)

// exports names what can be exported from the screens with a list.
var exports = map[widget.Scope]string{
	scopeDelegates: nounDelegates, scopeOrganisations: nounOrganisations, scopeRequests: nounRequests,
	scopeBreaches: nounBreaches,
}

// export opens the dialog for what the screen on top lists.
func (m *Model) export() tea.Cmd {
	screen := m.top().screen
	var q register.Query
	if s, ok := screen.(queried); ok {
		q = s.Query()
	}
	return address(m.top().id, push(newExport(m.kit, exports[screen.At().Scope], q)))
}

// newExport asks what leaves, to whom and into which file.
func newExport(k *kit, noun string, q register.Query) Screen {
	desk := exportDesk(k.desk)
	profile := k.desk.Settings().Profile
	return newForm(k, formSpec{
		id: "export:" + noun, title: "Export " + noun,
		intro: "The file is recorded as a disclosure of everybody in it. " +
			"Restricted people and special category data stay out.",
		load: asked(exportFields(k, noun, q, &profile)...),
		submit: func(ctx context.Context, v widget.Values) (formDone, error) {
			in := ExportInput{
				Noun: cmp.Or(v["noun"], noun), To: v["to"], Purpose: v["purpose"], Recipient: v["recipient"], As: v["as"],
				Fields: widget.Chosen(v["field"]),
			}
			if v["part"] == partShown && (in.Noun == noun || in.Noun == nounConsents) {
				in.Query = q
			}
			d, err := desk.Export(ctx, in)
			if err != nil {
				return formDone{}, err
			}
			return formDone{said: exported(d, in.To)}, nil
		},
	})
}

func exported(d register.Disclosure, to string) string {
	return fmt.Sprintf("The %s is %s: %s, disclosure %s%s", d.What, filepath.Base(to), howMany(d.Count), d.ID, inFolder(to))
}

// The parts of a list that may leave.
const (
	partAll   = "all"
	partShown = "shown"
)

func exportFields(k *kit, noun string, q register.Query, p *register.Profile) []widget.Field {
	var purposes, recipients []widget.Option
	for _, x := range p.Purposes {
		purposes = append(purposes, widget.Option{Value: x.ID, Label: x.Title})
	}
	for _, r := range p.Recipients {
		recipients = append(recipients, widget.Option{Value: r.ID, Label: r.Name + " (" + r.Role + ")"})
	}
	var fields []widget.Field
	if noun == nounDelegates {
		fields = append(fields, widget.Field{
			ID: "noun", Label: "What", Kind: widget.Choice, Required: true, Value: noun,
			Options: options([]string{nounDelegates, nounConsents}),
		}, standardField())
	}
	if q.Sort, q.Desc = "", false; q != (register.Query{}) {
		fields = append(fields, widget.Field{
			ID: "part", Label: "How much of it", Kind: widget.Choice, Required: true, Value: partShown,
			Options: []widget.Option{
				{Value: partShown, Label: "What the list shows now"}, {Value: partAll, Label: "All of it"},
			},
		})
	}
	fields = append(fields,
		widget.Field{
			ID: "to", Label: "File", File: true, Required: true, Validate: tableName,
			Value: filepath.Join(k.exports(), fmt.Sprintf("%s-%s.csv", noun, k.desk.Today())),
			Note:  "Ends in .csv, .xlsx or .json. A file that exists is never written over.",
		},
		widget.Field{
			ID: "recipient", Label: "Who receives it", Kind: widget.Choice, Options: recipients,
			Note: "None: the file stays in the office.",
		},
		widget.Field{
			ID: "purpose", Label: "For which purpose", Kind: widget.Choice, Options: purposes,
			Note: "Needed where somebody else receives it.",
		},
	)
	if noun == nounRequests {
		fields = append(fields, widget.Field{
			ID: "field", Label: "Who is named in it", Kind: widget.Several, Note: "None: the register of cases names nobody.",
			Options: []widget.Option{
				{Value: "delegate", Label: "The number of the person's record"}, {Value: "name", Label: "The person's name"},
				{Value: "requester", Label: "Who asks for them"},
			},
		})
	}
	return fields
}

func tableName(name string) error {
	_, err := exchange.FormatOf(filepath.Base(name))
	return err
}
