package tui

import (
	"context"
	"errors"

	tea "github.com/charmbracelet/bubbletea"

	"custos/tui/theme"
	"custos/tui/widget"
)

// unlock asks who is there and for their passphrase.
type unlock struct {
	kit      *kit
	form     *widget.Form
	job      *job      // nil while nothing is being unlocked
	back     *wayBack  // where whoever locked the console was; nil: it was never unlocked
	shutting *shutting // nil once the session of whoever locked it is closed
	opening  Opening   // how the store is opened
	title    string
}

// shutting is a session that is being closed behind a lock.
type shutting struct{ last *job }

func newUnlock(k *kit) Screen {
	u := &unlock{kit: k, opening: k.env.Unlock, title: "Unlock"}
	u.form = u.ask(k.env.Operator)
	return u
}

// newOpening asks for the passphrase once more and opens the store in another way.
func newOpening(k *kit, operator, title string, open Opening) Screen {
	u := &unlock{kit: k, opening: open, title: title}
	u.form = u.ask(operator)
	return u
}

// newLocked asks for the passphrase again. Keys wait until what was under way has ended.
func newLocked(k *kit, back *wayBack, under []*job) Screen {
	u := &unlock{kit: k, back: back, shutting: &shutting{}, opening: k.env.Unlock, title: "Locked"}
	for _, j := range under {
		if !j.reads {
			u.shutting.last = j
		}
	}
	u.form = u.ask(back.operator)
	return u
}

func (u *unlock) ask(operator string) *widget.Form {
	f := widget.NewForm(u.kit.theme, "unlock", []widget.Field{
		{ID: "operator", Label: "Operator", Value: operator, Required: true},
		{ID: "passphrase", Label: "Passphrase", Kind: widget.Secret, Required: true},
	}, nil)
	f.Bare = true
	if operator != "" {
		f.Reopen("passphrase", "")
	}
	return f
}

// openedMsg is how an unlocking ended.
type openedMsg struct {
	session  Session
	operator string
	err      error
}

// Init follows the work that has to end first.
func (u *unlock) Init() tea.Cmd {
	if u.shutting == nil || u.shutting.last == nil {
		return nil
	}
	return u.shutting.last.next
}

func (u *unlock) waits() bool { return u.shutting != nil }

func (u *unlock) Title() string { return u.title }

func (u *unlock) At() widget.Where {
	return widget.Where{Scope: scopeUnlock, Typing: true, Off: func(a widget.Action) bool { return a == widget.Open }}
}

func (u *unlock) Update(msg tea.Msg) (Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case widget.FormDoneMsg:
		return u, u.open(msg.Values["operator"], []byte(msg.Values["passphrase"]))
	case widget.FormLeftMsg:
		u.form = u.ask(msg.Values["operator"])
		if u.back == nil && u.title != "Unlock" {
			return u, pop()
		}
		return u, say(theme.Muted, u.kit.keyed("Ctrl+C", "quit")+" leaves the program.")
	case widget.DraftMsg:
		return u, nil
	case stepMsg:
		return u, u.told(msg)
	case shutMsg:
		u.shutting = nil
		if msg.err != nil {
			return u, fail(msg.err)
		}
		return u, nil
	case openedMsg:
		return u, u.opened(msg)
	case tea.KeyMsg:
		if u.job != nil {
			if msg.Type == tea.KeyEsc {
				u.job.stop()
			}
			return u, nil
		}
	}
	return u, u.form.Update(msg)
}

func (u *unlock) open(operator string, passphrase []byte) tea.Cmd {
	u.job = newJob(u.kit, "Unlocking")
	enter := u.opening
	return u.job.start(func(ctx context.Context, tell Tell) tea.Msg {
		s, err := enter(ctx, operator, passphrase, tell)
		clear(passphrase)
		return openedMsg{s, operator, err}
	})
}

func (u *unlock) opened(msg openedMsg) tea.Cmd {
	u.job = nil
	if msg.err != nil {
		u.form = u.ask(msg.operator)
		var what *Trouble
		if errors.As(msg.err, &what) {
			return push(newTrouble(u.kit, what, msg.operator))
		}
		return fail(msg.err)
	}
	return send(openMsg{msg.session, u.back})
}

// told notes how far the unlocking has come, or what has to end first.
func (u *unlock) told(step stepMsg) tea.Cmd {
	switch {
	case u.job != nil:
		return u.job.Update(step)
	case u.shutting != nil && u.shutting.last != nil:
		return u.shutting.last.Update(step)
	}
	return nil
}

func (u *unlock) View(width, height int) string {
	th := u.kit.theme
	above := u.above(width)
	switch {
	case u.shutting != nil && u.shutting.last != nil:
		p := u.shutting.last.progress()
		p.Kept = true
		return fit(th, append(above, "What is under way is finished first.", "", p.View(th, width)), width, height)
	case u.job != nil:
		return fit(th, append(above, u.job.progress().View(th, width)), width, height)
	}
	u.form.SetSize(width, max(1, height-len(above)))
	return fit(th, append(above, splitLines(u.form.View())...), width, height)
}

// above is what the page says before it asks.
func (u *unlock) above(width int) []string {
	th := u.kit.theme
	out := []string{th.Cut("Store  "+th.Clean(u.kit.env.Store), width)}
	if u.back != nil {
		others := "anybody else who may open the store begins at home."
		if u.kit.elsewhere() {
			others = "nobody else can: the line is theirs, and only their own passphrase opens it."
		}
		out = append(out, theme.Wrap("Locked. "+th.Clean(u.back.operator)+" goes on where they were; "+others, width)...)
	}
	if u.kit.env.Hint != "" {
		out = append(out, th.Muted.Render(th.Cell(u.kit.env.Hint, width)))
	}
	return append(out, "")
}
