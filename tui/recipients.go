package tui

import (
	"context"
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// recipients lists who outside had data of the person of a case, and whether they were told of what it did.
type recipients struct {
	listing[register.RecipientRow]
	desk rightsDesk
	ref  string
	who  register.ID
}

func newRecipients(k *kit, ref string, who register.ID) Screen {
	desk := rightsDesk(k.desk)
	return &recipients{desk: desk, ref: ref, who: who, listing: listing[register.RecipientRow]{
		finder: newFinder(k,
			widget.Column{Title: "State", Min: 14},
			widget.Column{Title: "Recipient", Min: 16, Weight: 1},
			widget.Column{Title: "As", Min: 10, Priority: 2},
			widget.Column{Title: "Had last", Min: 11, Priority: 1},
			widget.Column{Title: "What", Min: 18, Weight: 2},
		),
		scope: scopeRecipients, touched: []string{"requests", "disclosed", "disclosures"},
		none: "Nobody outside the office had data that this case is about.", unlike: "No recipient is like that.",
		read: func() ([]register.RecipientRow, error) { return desk.Recipients(ref) },
		rows: func(all []register.RecipientRow) widget.Rows { return recipientRows(all) },
	}}
}

func (r *recipients) Title() string { return "Recipients" }

func (r *recipients) At() widget.Where {
	return r.at(func(a widget.Action) bool {
		x, ok := r.selected()
		return (a == recipientTold || a == widget.Open) && (!ok || !x.Told.IsZero() || !r.kit.may(register.RequestProgress))
	})
}

func (r *recipients) Update(msg tea.Msg) (Screen, tea.Cmd) {
	act, pressed := msg.(actMsg)
	switch {
	case r.take(msg), !pressed:
	case act.action == widget.Back:
		return r, pop()
	case (act.action == recipientTold || act.action == widget.Open) && !r.At().Off(act.action):
		x, _ := r.selected()
		return r, push(r.telling(&x))
	}
	return r, nil
}

// remaining counts those who are still to be told.
func (r *recipients) remaining() int {
	n := 0
	for i := range r.all {
		if !r.all[i].Settled() {
			n++
		}
	}
	return n
}

func (r *recipients) View(width, height int) string {
	th := r.kit.theme
	head := th.Title.Render(th.Cut("Reading ...", width))
	switch n := r.remaining(); {
	case !r.ready:
	case n > 0:
		head = th.Soon.Render(th.Cut(fmt.Sprintf("TO BE TOLD: %d of %s (UK GDPR Art 19).", n,
			counted(len(r.all), "recipient", "recipients")), width))
	case len(r.all) > 0:
		head = th.Good.Render(th.Cut("Nobody is left to be told (UK GDPR Art 19).", width))
	default:
		head = th.Muted.Render(th.Cut("Nobody is to be told (UK GDPR Art 19).", width))
	}
	return r.page(width, height, head, r.detail(width, min(7, max(3, height/4)), tellRecipient)...)
}

// tellRecipient is all that one of them had, and how they were told.
func tellRecipient(t *text, x *register.RecipientRow) {
	for _, h := range x.Had {
		t.add("", theme.Plain, "Had on "+day(h.On)+": "+hadWords(&h)+" ("+string(h.Disclosure)+")")
	}
	switch {
	case x.Unable != "":
		t.add("", theme.Muted, "Not told, which is "+x.Unable+": "+x.How)
	case x.Settled():
		t.add("", theme.Muted, "Told on "+day(x.Told)+": "+x.How)
	}
}

func hadWords(h *register.RecipientHad) string {
	if len(h.Fields) == 0 {
		return h.What
	}
	return h.What + ": " + strings.ReplaceAll(strings.Join(h.Fields, ", "), "_", " ")
}

// telling records that a recipient was told, or that they cannot be.
func (r *recipients) telling(x *register.RecipientRow) Screen {
	desk, ref, who := r.desk, r.ref, x.Recipient
	var unable []widget.Option
	for _, u := range register.Unables() {
		label := "telling them is impossible"
		if u == "disproportionate" {
			label = "telling them would take a disproportionate effort"
		}
		unable = append(unable, widget.Option{Value: u, Label: label})
	}
	return newForm(r.kit, formSpec{
		id: "case:" + ref + ":told:" + who, subject: r.who, title: "Tell", intro: x.Name + " is told of what was done to the data they had.",
		load: asked(
			widget.Field{ID: "on", Label: "Told on", Kind: widget.Date, Required: true, Value: r.kit.desk.Today().String()},
			widget.Field{ID: "how", Label: "How they were told, or why they are not", Required: true},
			widget.Field{ID: "unable", Label: "They are not told, because", Kind: widget.Choice, Options: unable, Note: "None: they were told."},
		),
		submit: func(ctx context.Context, v widget.Values) (formDone, error) {
			on, err := onDay(v)
			if err != nil {
				return formDone{}, err
			}
			in := register.TellInput{Recipient: who, On: on, How: strings.TrimSpace(v["how"]), Unable: v["unable"]}
			_, err = desk.TellRecipient(ctx, ref, in)
			return formDone{said: "Recorded for " + who + "."}, err
		},
	})
}

// recipientRows shows recipients in a table.
type recipientRows []register.RecipientRow

func (r recipientRows) Len() int        { return len(r) }
func (r recipientRows) ID(i int) string { return r[i].Recipient }

func (r recipientRows) Row(i int) []string {
	x := &r[i]
	had, what := "", ""
	if n := len(x.Had); n > 0 {
		had, what = short(x.Had[n-1].On), x.Had[n-1].What
		if n > 1 {
			what += fmt.Sprintf(", and %s before", counted(n-1, "other", "others"))
		}
	}
	return []string{recipientState(x), x.Name, x.Role, had, what}
}

func recipientState(x *register.RecipientRow) string {
	switch {
	case x.Unable != "":
		return x.Unable
	case x.Settled():
		return "told"
	}
	return "TO BE TOLD"
}

// Tone brings out who is still to be told.
func (r recipientRows) Tone(row, _ int) theme.Tone {
	if r[row].Settled() {
		return theme.Muted
	}
	return theme.Plain
}
