package tui

import (
	"context"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// operatorPage shows one operator: what they may do, how they come in, and the way to take both away.
type operatorPage struct {
	kit   *kit
	name  string
	table *widget.Table
	rows  settingRows
	ready bool
}

func newOperatorPage(k *kit, name string) Screen {
	o := &operatorPage{kit: k, name: name, table: widget.NewTable(k.theme,
		widget.Column{Title: "Operator", Min: 16},
		widget.Column{Title: "Is", Min: 30, Weight: 1},
		widget.Column{Title: "Enter", Min: 16, Priority: 1},
	)}
	o.table.Empty = "Reading ..."
	return o
}

// operatorMsg is the operator as they are now; none where they are gone.
type operatorMsg struct {
	op  register.Operator
	err error
}

func (o *operatorPage) Init() tea.Cmd {
	desk, name := officeDesk(o.kit.desk), o.name
	return func() tea.Msg {
		all, err := desk.Operators()
		if err != nil {
			return operatorMsg{err: err}
		}
		i := slices.IndexFunc(all, func(op register.Operator) bool { return op.Name == name })
		if i < 0 {
			return operatorMsg{err: register.Errorf(register.NotFound, "operator", "%s is no operator any more", name)}
		}
		return operatorMsg{op: all[i]}
	}
}

// Refresh reads the operator anew.
func (o *operatorPage) Refresh(register.Note) tea.Cmd { return o.Init() }

func (o *operatorPage) Title() string { return o.name }

func (o *operatorPage) At() widget.Where {
	return widget.Where{Scope: scopeOperator, Off: func(a widget.Action) bool {
		switch a {
		case widget.Open:
			return o.table.Len() == 0 || o.rows[o.table.Cursor()].open == nil
		case operatorRemove:
			return !o.ready
		case widget.OpenFilter, widget.MarkOne, widget.MarkUp, widget.MarkDown, widget.MarkAll:
			return true
		default:
			return false
		}
	}}
}

func (o *operatorPage) Update(msg tea.Msg) (Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case operatorMsg:
		if msg.err != nil && o.ready {
			return o, tea.Batch(pop(), say(theme.Muted, problem(msg.err)))
		}
		if msg.err != nil {
			return o, tea.Batch(pop(), fail(msg.err))
		}
		o.ready = true
		o.rows = o.list(&msg.op)
		o.table.SetRows(o.rows)
	case officeDoneMsg:
		return o, tea.Batch(o.Init(), say(theme.Good, msg.said))
	case actMsg:
		return o, o.act(msg)
	}
	return o, nil
}

func (o *operatorPage) act(msg actMsg) tea.Cmd {
	switch {
	case msg.action == widget.Back:
		return pop()
	case msg.action == widget.Open && !o.At().Off(widget.Open):
		return o.rows[o.table.Cursor()].open()
	case msg.action == operatorRemove && o.ready:
		return askOperatorRemoval(o.kit, o.name, msg.key)
	}
	o.table.Act(msg.action)
	return nil
}

// list is what there is about the operator, with what whoever looks may do about it.
func (o *operatorPage) list(op *register.Operator) settingRows {
	roles := roleWords(op.Roles)
	if op.Organisation != "" {
		roles += " of " + string(op.Organisation)
	}
	rows := settingRows{
		{id: "roles", label: "Roles", value: roles, command: "custos operator change " + op.Name},
		{id: "added", label: "Added", value: strings.TrimSpace(moment(op.Created) + " by " + op.CreatedBy), command: "custos operator list"},
	}
	add := func(v register.Verb, row setting) {
		if o.kit.may(v) {
			rows = append(rows, row)
		}
	}
	if held := *op; o.kit.may(register.OperatorChange) {
		rows[0].does, rows[0].open = "changes them", func() tea.Cmd { return push(newRoles(o.kit, held)) }
	}
	for _, key := range op.Keys {
		add(register.OperatorKey, setting{
			id: key.Fingerprint, label: "SSH key", value: strings.TrimSpace(key.Label+" "+key.Fingerprint) + ", since " + when(key.Added),
			does: "removes it", command: "custos operator key remove " + op.Name + " " + key.Fingerprint,
			open: func() tea.Cmd { return askKeyRemoval(o.kit, op.Name, key.Fingerprint) },
		})
	}
	add(register.OperatorKey, setting{
		id: "key", label: "Another SSH key", value: "for coming in from elsewhere", does: "adds one",
		command: "custos operator key add " + op.Name + " FILE",
		open:    func() tea.Cmd { return push(newOperatorKey(o.kit, op.Name)) },
	})
	add(register.OperatorRemove, setting{
		id: "remove", label: "Removal", value: op.Name + " no longer opens the store", does: "asks first",
		command: "custos operator remove " + op.Name,
		open:    func() tea.Cmd { return askOperatorRemoval(o.kit, op.Name, "enter") },
	})
	return rows
}

func (o *operatorPage) View(width, height int) string {
	th := o.kit.theme
	head := th.Muted.Render(th.Cut("A change counts from the next thing "+th.Clean(o.name)+" does.", width))
	var foot []string
	if i := o.table.Cursor(); i < len(o.rows) && height > 2 {
		foot = []string{th.Muted.Render(th.Cell(o.rows[i].elsewhere(), width))}
	}
	o.table.SetSize(width, max(1, height-1-len(foot)))
	return fit(th, append(append([]string{head}, splitLines(o.table.View())...), foot...), width, height)
}

// askOperatorRemoval has the name typed before somebody's way in is taken away.
func askOperatorRemoval(k *kit, name, key string) tea.Cmd {
	desk := officeDesk(k.desk)
	return ask(widget.Question{
		Title: "Remove " + name, Word: name, AskedBy: key,
		Text: name + " can no longer open the store. What they did stays in the audit trail under their name.",
	}, func() tea.Msg {
		if err := desk.RemoveOperator(context.Background(), name); err != nil {
			return fail(err)()
		}
		return officeDoneMsg{name + " can no longer open the store."}
	})
}

func askKeyRemoval(k *kit, name, fingerprint string) tea.Cmd {
	desk := operatorDesk(k.desk)
	return ask(widget.Question{
		Title: "Remove a key of " + name, Yes: "Remove it", AskedBy: "enter",
		Text: name + " can no longer come in from elsewhere with the key " + fingerprint + ". Their passphrase stays.",
	}, func() tea.Msg {
		if err := desk.RemoveKey(context.Background(), name, fingerprint); err != nil {
			return fail(err)()
		}
		return officeDoneMsg{"The key is removed."}
	})
}
