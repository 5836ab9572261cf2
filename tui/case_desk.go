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

// assigning asks who takes the case over.
func (c *caseScreen) assigning() Screen {
	desk, ref, owner := c.desk, c.ref, c.page.Owner
	return newForm(c.kit, formSpec{
		id: "case:" + ref + ":assigned", title: "Give to a colleague", intro: ref + " is with " + owner + ".",
		load: func() ([]widget.Field, error) {
			names, err := colleagues(desk, owner)
			if err != nil {
				return nil, err
			}
			return []widget.Field{
				{ID: "to", Label: "Who takes it over", Kind: widget.Choice, Options: names, Required: true},
				{ID: "note", Label: "What they should know", Kind: widget.LongText},
			}, nil
		},
		submit: func(ctx context.Context, v widget.Values) (formDone, error) {
			_, err := desk.Assign(ctx, ref, v["to"], strings.TrimSpace(v["note"]))
			return formDone{said: ref + " is with " + v["to"] + " now."}, err
		},
	})
}

// colleagues are those who work on cases, but one.
func colleagues(desk interface {
	Operators() ([]register.Operator, error)
}, but string) ([]widget.Option, error) {
	all, err := desk.Operators()
	if err != nil {
		return nil, err
	}
	var names []widget.Option
	for _, op := range all {
		if op.Name != but && op.May(register.RequestProgress) {
			names = append(names, widget.Option{Value: op.Name, Label: op.Name + ": " + roleWords(op.Roles)})
		}
	}
	if len(names) == 0 {
		return nil, register.Errorf(register.Refused, "", "nobody else here works on cases: add an operator in the settings first")
	}
	return names, nil
}

func roleWords(roles []register.Role) string {
	words := make([]string, len(roles))
	for i, r := range roles {
		words[i] = string(r)
	}
	return strings.Join(words, ", ")
}

// duplicating asks of which open case this is a duplicate; those that look alike come first.
func (c *caseScreen) duplicating() Screen {
	desk, ref, kind, alike := c.desk, c.ref, c.page.Right, c.page.Alike
	return newForm(c.kit, formSpec{
		id: "case:" + ref + ":duplicate", title: "Duplicate", subject: c.page.Delegate,
		intro: "This case can then only be closed; the other goes on. Nothing that was proved in either passes to the other.",
		load: func() ([]widget.Field, error) {
			list, err := desk.Cases(register.CaseQuery{Right: kind, OnlyOpen: true})
			if err != nil {
				return nil, err
			}
			return []widget.Field{
				{
					ID: "of", Label: "The case that goes on", Kind: widget.Choice, Required: true, Options: goingOn(ref, alike, list),
					Note: "Only open cases of the same kind. Type part of the number or the name.",
				},
				{ID: "why", Label: "How you know", Kind: widget.LongText},
			}, nil
		},
		submit: func(ctx context.Context, v widget.Values) (formDone, error) {
			_, err := desk.MarkDuplicate(ctx, ref, v["of"], strings.TrimSpace(v["why"]))
			return formDone{said: ref + " is marked as a duplicate of " + v["of"] + ": it can be closed."}, err
		},
	})
}

func goingOn(ref string, alike []register.RequestRow, list register.CaseList) []widget.Option {
	seen := map[string]bool{ref: true}
	var all []widget.Option
	add := func(r register.RequestRow, more string) {
		if !seen[r.Ref] && r.State.Open() {
			seen[r.Ref] = true
			all = append(all, widget.Option{Value: r.Ref, Label: r.Ref + ", " + r.Name + ", received " + short(r.Received) + more})
		}
	}
	for _, r := range alike {
		add(r, ": may be the same")
	}
	for i := range list.Len() {
		add(list.Row(i), "")
	}
	return all
}

// task is the one the cursor is on, where the tasks are in sight.
func (c *caseScreen) task() (register.Task, bool) {
	if c.at != tabTasks || len(c.page.Tasks) == 0 {
		return register.Task{}, false
	}
	return c.page.Tasks[min(c.tasks.Cursor(), len(c.page.Tasks)-1)], true
}

func mayTick(c *caseScreen) bool {
	t, ok := c.task()
	return ok && !t.Finished && c.open()
}

// doTask begins what does a task, or ticks it where nothing else does.
func (c *caseScreen) doTask(key string) tea.Cmd {
	t, ok := c.task()
	if !ok || !c.open() {
		return nil
	}
	if a := carries[t.Done]; t.Done != "" && a != "" && !c.off(a) {
		return c.carry(actMsg{a, key})
	}
	if t.Finished {
		return say(theme.Muted, fmt.Sprintf("That is done already: by %s, on %s.", t.By, day(t.On)))
	}
	return push(c.ticking())
}

// ticking asks how a task was done that is ticked by hand.
func (c *caseScreen) ticking() Screen {
	t, _ := c.task()
	desk, ref := c.desk, c.ref
	return newForm(c.kit, formSpec{
		id: "case:" + ref + ":task:" + t.ID, title: "Task", subject: c.page.Delegate,
		intro: t.Text + ". It is ticked by " + c.kit.desk.Operator().Name + ", today.",
		load:  asked(widget.Field{ID: "note", Label: "How it was done", Kind: widget.LongText, Note: "May stay empty."}),
		submit: func(ctx context.Context, v widget.Values) (formDone, error) {
			_, err := desk.FinishTask(ctx, ref, t.ID, strings.TrimSpace(v["note"]))
			return formDone{said: "Done: " + t.Text + "."}, err
		},
	})
}
