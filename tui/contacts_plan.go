package tui

import (
	"context"
	"errors"
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/exchange/contacts"
	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// contactsPlan shows what becomes of every row of a file of contacts, and why, and carries it out.
type contactsPlan struct {
	finder
	desk     contactsDesk
	src      contacts.Source
	plan     *register.ContactPlan // nil while it is being made
	err      error
	part     int // index in contactParts
	rows     contactRows
	job      *job
	applying bool // the job writes
	batch    register.Batch
	done     bool // it is carried out
}

func newContactsPlan(k *kit, src contacts.Source) Screen {
	return &contactsPlan{desk: k.desk, src: src, finder: newFinder(k,
		widget.Column{Title: "Line", Min: 6, Right: true},
		widget.Column{Title: "Fate", Min: 9},
		widget.Column{Title: "Who", Min: 16, Weight: 1, Priority: 1},
		widget.Column{Title: "Why", Min: 30, Weight: 3},
	)}
}

type contactsPlannedMsg struct {
	plan *register.ContactPlan
	err  error
}

func (c *contactsPlan) Init() tea.Cmd {
	c.job = newReadingJob(c.kit, "Comparing with what is held")
	desk, src := c.desk, c.src
	return c.job.start(func(ctx context.Context, _ Tell) tea.Msg {
		plan, err := desk.PlanContacts(ctx, src)
		return contactsPlannedMsg{plan, err}
	})
}

func (c *contactsPlan) Title() string { return "Plan" }

func (c *contactsPlan) At() widget.Where {
	return widget.Where{Scope: scopeContacts, Typing: c.filter.Typing() || c.job != nil, Off: func(a widget.Action) bool {
		switch a {
		case importApply:
			return !c.ready()
		case contactsRefused:
			return c.plan == nil || len(c.plan.Problems) == 0 || c.job != nil
		case widget.Open, widget.MarkOne, widget.MarkUp, widget.MarkDown, widget.MarkAll, widget.Quit:
			return true
		case viewNext, widget.OpenFilter:
			return c.job != nil
		default:
			return false
		}
	}}
}

// ready reports whether there is something to carry out.
func (c *contactsPlan) ready() bool {
	return c.plan != nil && c.job == nil && !c.done && c.plan.Counts.New+c.plan.Counts.Changed > 0
}

func (c *contactsPlan) Update(msg tea.Msg) (Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case contactsPlannedMsg:
		c.job, c.plan, c.err = nil, msg.plan, msg.err
		if c.plan != nil && c.plan.Counts.Refused > 0 {
			c.part = 1 // the refused first
		}
		c.show()
	case applyMsg:
		return c, c.apply()
	case stopApplyMsg:
		if c.job != nil {
			c.job.stop()
		}
	case appliedMsg:
		return c, c.applied(msg)
	case stepMsg:
		if c.job != nil {
			return c, c.job.Update(msg)
		}
	case tea.KeyMsg:
		return c, c.press(msg)
	case actMsg:
		return c, c.act(msg)
	}
	return c, nil
}

// press takes a key while something is typed or runs. Esc stops a comparison at once; it asks before it stops writing.
func (c *contactsPlan) press(msg tea.KeyMsg) tea.Cmd {
	switch {
	case c.job == nil:
		if c.key(msg, c.At()) {
			c.show()
		}
	case msg.Type != tea.KeyEsc:
	case !c.applying:
		c.job.stop()
		return c.back()
	default:
		return ask(widget.Question{
			Title: "Stop the import", Yes: "Stop it", AskedBy: "esc",
			Text: "Rows written so far stay, as one batch that can be undone or completed by importing the file again.",
		}, send(stopApplyMsg{}))
	}
	return nil
}

// back leads to the form again until the plan is carried out.
func (c *contactsPlan) back() tea.Cmd {
	if c.done {
		return pop()
	}
	return swap(newContactsFile(c.kit, ""))
}

func (c *contactsPlan) act(msg actMsg) tea.Cmd {
	taken, changed := c.finder.act(msg.action)
	switch {
	case changed:
		c.show()
	case taken:
	case msg.action == widget.Back:
		return c.back()
	case c.plan == nil:
	case msg.action == viewNext:
		c.next()
	case msg.action == contactsRefused && len(c.plan.Problems) > 0:
		return push(newRefused(c.kit, &c.src, c.plan.Problems))
	case msg.action == importApply && c.ready():
		return c.askApply(msg.key)
	}
	return nil
}

// next looks at the next fate that any row has.
func (c *contactsPlan) next() {
	parts := contactParts()
	for range parts {
		c.part = (c.part + 1) % len(parts)
		if c.show(); c.table.Len() > 0 {
			return
		}
	}
}

func (c *contactsPlan) askApply(key string) tea.Cmd {
	n := c.plan.Counts
	return ask(widget.Question{
		Title: "Import the contacts of " + c.plan.File, AskedBy: key, Yes: "Write " + count(n.New+n.Changed, "row"),
		Text: tally(&c.plan.Answers) + " Undoing the import takes the people back whom it adds; a no, and a suppression, stays.",
	}, send(applyMsg{}))
}

func (c *contactsPlan) apply() tea.Cmd {
	if !c.ready() {
		return nil
	}
	c.job, c.applying = newJob(c.kit, "Writing"), true
	desk, plan := c.desk, c.plan
	return c.job.start(func(ctx context.Context, tell Tell) tea.Msg {
		b, err := desk.ApplyContacts(ctx, plan, func(done, total int) { tell("", done, total) })
		return appliedMsg{b, err}
	})
}

func (c *contactsPlan) applied(msg appliedMsg) tea.Cmd {
	c.job, c.applying = nil, false
	c.batch = msg.batch
	n := msg.batch.Counts
	text := fmt.Sprintf("%s: %s new, %s changed, %s refused.", msg.batch.ID, widget.Count(n.New), widget.Count(n.Changed),
		widget.Count(n.Refused))
	switch {
	case errors.Is(msg.err, context.Canceled):
		c.done = true
		return say(theme.Soon, fmt.Sprintf("Stopped after %s of %s rows. %s", widget.Count(n.Rows), widget.Count(c.plan.Counts.Rows), text))
	case msg.err != nil:
		return tea.Batch(fail(msg.err), c.Init())
	}
	c.done = true
	return tea.Batch(c.kit.drafts.drop(contactsDraft), say(theme.Good, "Imported as "+text))
}

func (c *contactsPlan) View(width, height int) string {
	th := c.kit.theme
	head := []string{th.Cell(c.reading(), width)}
	switch {
	case c.job != nil:
		return fit(th, append(head, "", c.job.progress().View(th, width)), width, height)
	case c.err != nil:
		return fit(th, append(head, th.Bad.Render(th.Cell(problem(c.err), width))), width, height)
	case c.plan == nil:
		return fit(th, head, width, height)
	}
	head = append(head, th.Title.Render(th.Cell(totals(c.plan.Counts), width)))
	for _, l := range theme.Wrap(tally(&c.plan.Answers), width) {
		head = append(head, th.Cut(l, width))
	}
	if c.done {
		head = append(head, th.Soon.Render(th.Cut("CARRIED OUT as "+string(c.batch.ID)+".", width)))
	}
	head = append(head, th.Muted.Render(th.Cut("Showing "+c.showing()+".  v: others", width)))
	foot := theme.Wrap(th.Clean(c.reason()), width)
	foot = foot[:min(len(foot), 3)]
	for i := range foot {
		foot[i] = th.Muted.Render(th.Cut(foot[i], width))
	}
	return fit(th, append(append(head, c.view(width, height-len(head)-len(foot))...), foot...), width, height)
}

// reading says what the file is and what its answers count for.
func (c *contactsPlan) reading() string {
	text := c.src.File
	if c.plan != nil {
		text += ", read as " + c.plan.Format
	}
	if !c.src.MapConsent {
		return text + ". NO CONSENT is recorded."
	}
	profile := c.kit.desk.Settings().Profile
	key := register.ConsentKey{Purpose: c.src.Purpose, Channel: c.src.Channel, Brand: c.src.Brand}
	return text + ". Its answers are to: " + keyName(&profile, key) + "."
}

// tally counts the answers of a file in sentences.
func tally(t *register.ContactTally) string {
	text := fmt.Sprintf("Recorded: %s yes, %s no; addresses suppressed: %s.", widget.Count(t.Yes), widget.Count(t.No),
		widget.Count(t.Suppresses))
	for _, x := range []struct {
		n     int
		words string
	}{
		{t.KeptNo, "A no held stands against a yes"}, {t.Suppressed, "A suppression stands against a yes"},
		{t.Bounced, "Bounced, which is no answer"}, {t.Unrecorded, "A yes not recorded"}, {t.Nameless, "Added under their address"},
	} {
		if x.n > 0 {
			text += fmt.Sprintf(" %s: %s.", x.words, widget.Count(x.n))
		}
	}
	return text
}
