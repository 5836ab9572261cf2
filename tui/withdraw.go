package tui

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// withdrawDesk takes consents back and tells what is left.
type withdrawDesk interface {
	Withdraw(ctx context.Context, in register.WithdrawalInput) (register.Withdrawal, error)
	ReplyToWithdrawal(ctx context.Context, who register.ID, done register.Withdrawal, to string) error
}

// What may be withdrawn at once, beside one question by its key.
const (
	withdrawAll    = "all"
	withdrawObject = "object"
)

// withdraw asks what a person takes back and does it with the answer: withdrawing is as easy as giving, so nothing is
// asked but what. The lines are how the questions stand that the screen shows.
func withdraw(k *kit, who register.ID, lines ...register.ConsentLine) tea.Cmd {
	title := "What is taken back? " + k.keyed("Enter", "Its number") + " does it at once."
	return choose(widget.NewPicker(k.theme, title, withdrawable(lines), ""), func(o widget.Option) tea.Cmd {
		in := register.WithdrawalInput{Delegate: who}
		switch o.Value {
		case withdrawAll:
		case withdrawObject:
			in.Object = true
		default:
			key := textKey(o.Value)
			in.Purpose, in.Channel, in.Brand = key.Purpose, key.Channel, key.Brand
		}
		return withdrawing(k, in)
	})
}

// withdrawable offers what a person can take back; everything first, unless nothing was given.
func withdrawable(lines []register.ConsentLine) []widget.Option {
	var each []widget.Option
	for _, c := range lines {
		if c.State.Yes() {
			each = append(each, widget.Option{Value: keyText(lineKey(&c)), Label: lineName(&c)})
		}
	}
	var all []widget.Option
	if len(each) > 1 {
		all = append(all, widget.Option{Value: withdrawAll, Label: fmt.Sprintf("Every consent they gave (%d)", len(each))})
	}
	return append(append(all, each...), widget.Option{Value: withdrawObject, Label: "All direct marketing, by every channel: they object"})
}

func withdrawing(k *kit, in register.WithdrawalInput) tea.Cmd {
	var desk withdrawDesk = k.desk
	return func() tea.Msg {
		done, err := desk.Withdraw(context.Background(), in)
		if err != nil {
			return fail(err)()
		}
		return push(newWithdrawn(k, in.Delegate, done))()
	}
}

// withdrawn says what was taken back and what the person is still held for.
type withdrawn struct {
	kit  *kit
	who  register.ID
	done register.Withdrawal
	pane *widget.Pane
}

func newWithdrawn(k *kit, who register.ID, done register.Withdrawal) Screen {
	return &withdrawn{k, who, done, widget.NewPane(k.theme)}
}

func (w *withdrawn) Init() tea.Cmd { return nil }

func (w *withdrawn) Title() string { return "Taken back" }

func (w *withdrawn) At() widget.Where {
	return widget.Where{Scope: scopeWithdrawn, Off: func(a widget.Action) bool {
		switch a {
		case consentErase:
			return !w.done.OfferErasure
		case consentLetter:
			return len(w.done.Events) == 0
		default:
			return a == widget.Open
		}
	}}
}

func (w *withdrawn) Update(msg tea.Msg) (Screen, tea.Cmd) {
	act, ok := msg.(actMsg)
	if !ok {
		return w, nil
	}
	switch act.action {
	case widget.Back:
		return w, pop()
	case consentErase:
		return w, swap(newErasure(w.kit, string(w.who)))
	case consentLetter:
		return w, push(w.replying())
	default:
		w.pane.Act(act.action)
	}
	return w, nil
}

// replying asks where the letter goes that says it is done.
func (w *withdrawn) replying() Screen {
	var desk withdrawDesk = w.kit.desk
	name := fmt.Sprintf("withdrawal-%s.pdf", w.done.Events[0].ID)
	return newForm(w.kit, formSpec{
		title: "Reply letter", intro: "A letter to the person that says what was taken back and what follows from it.",
		load: asked(widget.Field{
			ID: "letter", Label: "File", File: true, Required: true, Validate: letterName,
			Value: filepath.Join(w.kit.exports(), name),
			Note:  "Ends in .pdf or .html. A file that exists is never written over.",
		}),
		submit: func(ctx context.Context, v widget.Values) (formDone, error) {
			err := desk.ReplyToWithdrawal(ctx, w.who, w.done, v["letter"])
			return formDone{said: "The letter is " + filepath.Base(v["letter"]) + ", in " + filepath.Dir(v["letter"])}, err
		},
	})
}

func letterName(name string) error {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".pdf", ".html":
		return nil
	}
	return errors.New("the name has to end in .pdf or .html")
}

func (w *withdrawn) View(width, height int) string {
	return fit(w.kit.theme, scrolled(w.kit.theme, w.pane, w.lines(width), width, height), width, height)
}

func (w *withdrawn) lines(width int) []string {
	profile := w.kit.desk.Settings().Profile
	t := &text{th: w.kit.theme, width: width}
	t.head("Recorded")
	for _, e := range w.done.Events {
		t.add("  ", theme.Good, eventName(&profile, &e)+": "+string(e.Act)+", "+moment(e.At))
	}
	t.add("  ", theme.Muted, "It counts from now on, in every list and every export. A mistake is put right by a later record.")
	t.head("What they are still held for")
	for _, g := range w.done.Grounds {
		t.add("  ", theme.Plain, g.Title+": "+g.Basis.Title())
	}
	if w.done.OfferErasure {
		t.add("  ", theme.Late, "NOTHING: that consent was the only reason to hold this person.")
		t.add("  ", theme.Plain, "e opens a case to erase their data.")
	}
	return t.lines
}

// eventName is what an event was about, which may be wider than one question.
func eventName(p *register.Profile, e *register.ConsentEvent) string {
	if x, ok := p.Purpose(e.Purpose); ok && x.Use {
		return questionName(x.Title, true, e.Key())
	}
	return purposeName(p, e.Purpose) + " by " + byWords(channelName(e.Channel), e.Brand)
}

func purposeName(p *register.Profile, id string) string {
	x, ok := p.Purpose(id)
	switch {
	case id == register.AnyMarketing:
		return "All direct marketing"
	case ok:
		return x.Title
	}
	return id
}

func channelName(id string) string {
	if id == register.AnyChannel {
		return "every channel"
	}
	return id
}
