package tui

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"custos/tui/theme"
	"custos/tui/widget"
)

// unlock asks who is there and for their passphrase.
type unlock struct {
	kit  *kit
	form *widget.Form
	job  *job // nil while nothing is being unlocked
}

func newUnlock(k *kit) Screen {
	u := &unlock{kit: k}
	u.form = u.ask(k.env.Operator)
	return u
}

func (u *unlock) ask(operator string) *widget.Form {
	f := widget.NewForm(u.kit.theme, "unlock", []widget.Field{
		{ID: "operator", Label: "Operator", Value: operator, Required: true},
		{ID: "passphrase", Label: "Passphrase", Kind: widget.Secret, Required: true},
	}, nil)
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

func (u *unlock) Init() tea.Cmd { return nil }

func (u *unlock) Title() string { return "Unlock" }

func (u *unlock) At() widget.Where {
	return widget.Where{Scope: scopeUnlock, Typing: true, Off: func(a widget.Action) bool { return a == widget.Open }}
}

func (u *unlock) Update(msg tea.Msg) (Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case widget.FormDoneMsg:
		return u, u.open(msg.Values["operator"], []byte(msg.Values["passphrase"]))
	case widget.FormLeftMsg:
		u.form = u.ask(msg.Values["operator"])
		return u, say(theme.Muted, "Ctrl+C leaves the program.")
	case widget.DraftMsg:
		return u, nil
	case stepMsg:
		if u.job == nil {
			return u, nil
		}
		return u, u.job.Update(msg)
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
	enter := u.kit.env.Unlock
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
		return fail(msg.err)
	}
	return send(openMsg{msg.session})
}

func (u *unlock) View(width, height int) string {
	th := u.kit.theme
	above := []string{th.Cut("Store  "+th.Clean(u.kit.env.Store), width), ""}
	if u.job != nil {
		return fit(th, append(above, u.job.progress().View(th, width)), width, height)
	}
	u.form.SetSize(width, max(1, height-len(above)))
	return fit(th, append(above, splitLines(u.form.View())...), width, height)
}
