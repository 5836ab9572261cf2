package tui

import (
	"context"
	"errors"
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// firstRun makes a store where there is none.
type firstRun struct {
	kit      *kit
	form     *widget.Form
	job      *job
	measured string // the passphrase the strength below is of
	strength string
}

func newFirstRun(k *kit) Screen {
	r := &firstRun{kit: k}
	r.form = widget.NewForm(k.theme, "first-run", r.fields(), nil)
	r.form.Bare = true
	return r
}

func (r *firstRun) fields() []widget.Field {
	var profiles, nations []widget.Option
	for _, p := range r.kit.env.Profiles {
		profiles = append(profiles, widget.Option{Value: p.Name, Label: p.Title + ": " + p.Summary})
	}
	for _, n := range calendar.Nations() {
		nations = append(nations, widget.Option{Value: string(n), Label: n.Name()})
	}
	return []widget.Field{
		{
			ID: "profile", Label: "What the office does", Kind: widget.Choice, Options: profiles, Required: true,
			Note: "Decides which fields, purposes and periods the store starts with.",
		},
		{ID: "office", Label: "Name of the office", Required: true, Note: "Stands at the head of letters."},
		{
			ID: "nation", Label: "Bank holidays of", Kind: widget.Choice, Options: nations, Required: true,
			Value: string(calendar.Nations()[0]),
		},
		{
			ID: "operator", Label: "Your login name", Required: true, Validate: loginName,
			Note: "You are the first operator; others are added in the settings.",
		},
		{
			ID: "passphrase", Label: "Passphrase", Kind: widget.Secret, Required: true, Validate: r.strong,
			Note: "Several words are best. Without it or the recovery key nobody can open the store.",
		},
		{ID: "again", Label: "Passphrase again", Kind: widget.Secret, Required: true, Validate: r.same},
	}
}

func loginName(s string) error {
	op := register.Operator{Name: s, Roles: []register.Role{register.Admin}}
	if err := op.Validate(); err != nil {
		return errors.New("1 to 32 of a to z, 0 to 9, the hyphen and the full stop")
	}
	return nil
}

func (r *firstRun) strong(passphrase string) error {
	if r.kit.env.Weak == nil {
		return nil
	}
	v := r.form.Values()
	if err := r.kit.env.Weak([]byte(passphrase), v["office"], v["operator"]); err != nil {
		return errors.New(problem(err))
	}
	return nil
}

func (r *firstRun) same(again string) error {
	if again != r.form.Values()["passphrase"] {
		return errors.New("this is not the same passphrase")
	}
	return nil
}

// createdMsg is how the making of a store ended.
type createdMsg struct {
	session Session
	key     string
	err     error
}

func (r *firstRun) Init() tea.Cmd { return nil }

func (r *firstRun) Title() string { return "Make a store" }

func (r *firstRun) At() widget.Where {
	return widget.Where{Scope: scopeUnlock, Typing: true, Off: func(a widget.Action) bool { return a == widget.Open }}
}

func (r *firstRun) Update(msg tea.Msg) (Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case widget.FormDoneMsg:
		return r, r.create(msg.Values)
	case widget.FormLeftMsg:
		r.form.Reopen("profile", "")
		return r, say(theme.Muted, r.kit.keyed("Ctrl+C", "quit")+" leaves; no store has been made.")
	case widget.DraftMsg:
		return r, nil
	case stepMsg:
		if r.job == nil {
			return r, nil
		}
		return r, r.job.Update(msg)
	case createdMsg:
		return r, r.created(msg)
	case tea.KeyMsg:
		if r.job != nil {
			return r, nil // a store half made helps nobody: it is finished, in seconds
		}
	}
	cmd := r.form.Update(msg)
	r.measure()
	return r, cmd
}

// measure scores the passphrase once per change, never per frame.
func (r *firstRun) measure() {
	v := r.form.Values()
	if v["passphrase"] == r.measured || r.kit.env.Strength == nil {
		return
	}
	r.measured, r.strength = v["passphrase"], ""
	if r.measured != "" {
		score, words := r.kit.env.Strength([]byte(r.measured), v["office"], v["operator"])
		r.strength = fmt.Sprintf("Strength of the passphrase: %s (%d of 4)", words, score)
	}
}

func (r *firstRun) create(v widget.Values) tea.Cmd {
	r.job = newJob(r.kit, "Making the store")
	r.measured, r.strength = "", ""
	set := NewStore{
		Profile: v["profile"], Office: v["office"], Nation: calendar.Nation(v["nation"]),
		Operator: v["operator"], Passphrase: []byte(v["passphrase"]),
	}
	create := r.kit.env.Create
	return r.job.start(func(ctx context.Context, tell Tell) tea.Msg {
		s, key, err := create(ctx, set, tell)
		clear(set.Passphrase)
		return createdMsg{s, key, err}
	})
}

func (r *firstRun) created(msg createdMsg) tea.Cmd {
	r.job = nil
	if msg.err != nil {
		field := ""
		var e *register.Error
		if errors.As(msg.err, &e) {
			field = e.Field
		}
		r.form.Reopen(field, problem(msg.err))
		return nil
	}
	return swap(newRecovery(r.kit, msg.session, msg.key))
}

func (r *firstRun) View(width, height int) string {
	th := r.kit.theme
	above := []string{th.Cut("There is no store yet in "+th.Clean(r.kit.env.Store)+". These answers make one.", width), ""}
	if r.job != nil {
		return fit(th, append(above, r.job.progress().View(th, width)), width, height)
	}
	above[1] = th.Muted.Render(th.Cell(r.strength, width))
	r.form.SetSize(width, max(1, height-len(above)))
	return fit(th, append(above, splitLines(r.form.View())...), width, height)
}
