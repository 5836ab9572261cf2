package tui

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// nounMailing is the export that holds only those who may be contacted today.
const nounMailing = "mailing"

// newMailing asks where the mailing list of a question goes and on whose behalf, and shows who is in it and who is not.
func newMailing(k *kit, row *register.PurposeCount) Screen {
	desk := exportDesk(k.desk)
	profile := k.desk.Settings().Profile
	about := row.Purpose + "-" + row.Channel
	if row.Brand != "" {
		about += "-" + row.Brand
	}
	name := fmt.Sprintf("mailing-%s-%s.csv", about, k.desk.Today())
	return newForm(k, formSpec{
		id: "mailing:" + keyText(rowKey(row)), title: "Mailing list", doing: "Deciding for everybody and writing",
		intro: rowName(row) + ": the file holds only those who may be contacted today, " + howMany(row.May) +
			" as counted last. It is recorded as a disclosure of everybody in it.",
		load: asked(mailingFields(&profile, row.Purpose, filepath.Join(k.exports(), name))...),
		submit: func(ctx context.Context, v widget.Values) (formDone, error) {
			d, err := desk.Export(ctx, ExportInput{
				Noun: nounMailing, To: v["to"], Purpose: row.Purpose, Channel: row.Channel, Brand: row.Brand,
				Recipient: v["recipient"], OnBehalf: v["on_behalf"],
			})
			if err != nil {
				return formDone{}, err
			}
			return formDone{said: exported(d, v["to"]), next: newMailed(k, row, d, v["to"])}, nil
		},
	})
}

// mailingFields ask for the file, and for who else is part of it where the profile names anybody.
func mailingFields(p *register.Profile, purpose, file string) []widget.Field {
	fields := []widget.Field{{
		ID: "to", Label: "File", File: true, Required: true, Validate: tableName, Value: file,
		Note: "Ends in .csv, .xlsx or .json. A file that exists is never written over.",
	}}
	senders, partners := receivers(p, purpose)
	if len(senders) > 0 {
		fields = append(fields, widget.Field{
			ID: "recipient", Label: "Who receives it", Kind: widget.Choice, Options: senders,
			Note: "None: the file stays in the office. Only somebody who works for the office may have it.",
		})
	}
	if len(partners) > 0 {
		fields = append(fields, widget.Field{
			ID: "on_behalf", Label: "On behalf of", Kind: widget.Choice, Options: partners,
			Note: "Whose message the office sends itself, without handing over a name.",
		})
	}
	return fields
}

// receivers are those who may have the list of a purpose, since they work for the office, and, where people were told
// that it is sent on behalf of others, those whose messages the office may send itself: others that are no processors
// and receive data for more than duty or emergencies.
func receivers(p *register.Profile, purpose string) (senders, partners []widget.Option) {
	x, _ := p.Purpose(purpose)
	for _, r := range p.Recipients {
		o := widget.Option{Value: r.ID, Label: r.Name + " (" + r.Role + ")"}
		switch {
		case x.OnBehalf && r.Role != "processor" && !dutiful(p, r.ID):
			partners = append(partners, o)
		case r.Role == "processor" && slices.Contains(x.Recipients, r.ID):
			senders = append(senders, o)
		}
	}
	return senders, partners
}

// dutiful reports whether a recipient receives data only because the law asks for it or a life is at stake, such as an
// inspectorate: it has no message to send.
func dutiful(p *register.Profile, recipient string) bool {
	receives := false
	for _, x := range p.Purposes {
		if !slices.Contains(x.Recipients, recipient) {
			continue
		}
		receives = true
		for _, b := range x.Bases {
			if b.Basis != register.LegalObligation && b.Basis != register.VitalInterests {
				return false
			}
		}
	}
	return receives
}

// mailed says who is in a mailing list, and how many are not for which reason.
type mailed struct {
	kit  *kit
	row  register.PurposeCount
	done register.Disclosure
	to   string
	pane *widget.Pane
}

func newMailed(k *kit, row *register.PurposeCount, done register.Disclosure, to string) Screen {
	return &mailed{k, *row, done, to, widget.NewPane(k.theme)}
}

func (m *mailed) Init() tea.Cmd { return nil }

func (m *mailed) Title() string { return "Mailing list" }

// Selection is the id of the disclosure.
func (m *mailed) Selection() (word, text string) { return "disclosure", string(m.done.ID) }

func (m *mailed) At() widget.Where {
	return widget.Where{Scope: scopeMailing, Off: func(a widget.Action) bool { return a == widget.Open }}
}

func (m *mailed) Update(msg tea.Msg) (Screen, tea.Cmd) {
	if act, ok := msg.(actMsg); ok {
		if act.action == widget.Back {
			return m, pop()
		}
		m.pane.Act(act.action)
	}
	return m, nil
}

func (m *mailed) View(width, height int) string {
	return fit(m.kit.theme, scrolled(m.kit.theme, m.pane, m.lines(width), width, height), width, height)
}

func (m *mailed) lines(width int) []string {
	d, out := &m.done, 0
	for _, r := range d.LeftOut {
		out += r.Count
	}
	t := &text{th: m.kit.theme, width: width}
	t.head(rowName(&m.row))
	t.add("  In the list:  ", theme.Good, howMany(d.Count))
	t.add("  Left out:     ", theme.Plain, howMany(out))
	t.add("  File:         ", theme.Plain, filepath.Base(m.to)+", in "+filepath.Dir(m.to))
	t.add("  Disclosure:   ", theme.Plain, string(d.ID)+", SHA-256 "+d.Digest)
	if d.OnBehalf != "" {
		t.add("  On behalf of: ", theme.Plain, d.OnBehalf+"; the names stay in the office")
	}
	t.head("Why they were left out")
	for _, r := range d.LeftOut {
		t.add("  "+t.th.FitRight(widget.Count(r.Count), 8)+"  ", theme.Plain, r.Words+" ("+r.Rule.LawFor(register.Electronic(d.Channel))+")")
	}
	if len(d.LeftOut) == 0 {
		t.add("  ", theme.Muted, "Nobody was left out.")
	}
	return t.lines
}
