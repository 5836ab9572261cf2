package tui

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// caseDesk shows a case and carries it on.
type caseDesk interface {
	intakeDesk
	Person(id register.ID) (register.PersonPage, error)
	Match(ctx context.Context, ref string, who register.ID) (register.RequestPage, error)
	Progress(ctx context.Context, ref string, e register.RequestEvent) (register.RequestPage, error)
	Decide(ctx context.Context, ref string, in register.DecisionInput) (register.RequestPage, error)
	Approve(ctx context.Context, ref string, on calendar.Date) (register.RequestPage, error)
	Return(ctx context.Context, ref string, on calendar.Date, reason string) (register.RequestPage, error)
	Correct(ctx context.Context, ref string, e register.RequestEvent) (register.RequestPage, error)
	Assign(ctx context.Context, ref, to, note string) (register.RequestPage, error)
	FinishTask(ctx context.Context, ref, task, note string) (register.RequestPage, error)
	MarkDuplicate(ctx context.Context, ref, of, why string) (register.RequestPage, error)
	Operators() ([]register.Operator, error)
	packDesk
	findingsDesk
	redactionDesk
	lettersDesk
}

// caseScreen shows one case: what to do next, how it stands, every step of its clock, what happened and what is held.
type caseScreen struct {
	kit     *kit
	desk    caseDesk
	ref     string
	page    register.RequestPage
	held    []register.Holding
	heldErr error
	err     error
	loaded  bool
	at      caseTab // the part of the page the keys work in
	last    caseTab // the part beside the facts, where there is room for two
	left    *widget.Pane
	right   *widget.Pane
	tasks   *widget.Items
	entries *widget.Items // of the timeline
	cases   *widget.Items
	oldest  bool // the oldest entry first
	wide    bool
	pressed string // the key of what is begun; it may not confirm it too
}

func newCase(k *kit, ref string) Screen {
	c := &caseScreen{kit: k, desk: k.desk, ref: ref, last: tabTasks}
	c.left, c.right = widget.NewPane(k.theme), widget.NewPane(k.theme)
	c.tasks, c.entries, c.cases = widget.NewItems(k.theme), widget.NewItems(k.theme), widget.NewItems(k.theme)
	c.tasks.Empty, c.cases.Empty = "A case of this kind has no tasks.", "No other case is of the same person or looks alike."
	return c
}

// caseReadyMsg is a case as it was read.
type caseReadyMsg struct {
	page    register.RequestPage
	held    []register.Holding
	heldErr error
	err     error
}

func (c *caseScreen) Init() tea.Cmd {
	desk, ref, people := c.desk, c.ref, c.kit.may(register.DelegateRead)
	return func() tea.Msg {
		var msg caseReadyMsg
		msg.page, msg.err = desk.Request(ref)
		if msg.err == nil && msg.page.Delegate != "" && people {
			var person register.PersonPage
			person, msg.heldErr = desk.Person(msg.page.Delegate)
			msg.held = person.Holdings
		}
		return msg
	}
}

func (c *caseScreen) Title() string { return c.ref }

// Refresh reads the case anew.
func (c *caseScreen) Refresh(register.Note) tea.Cmd { return c.Init() }

// Selection is the number of the case.
func (c *caseScreen) Selection() (word, text string) { return "case", c.ref }

func (c *caseScreen) At() widget.Where {
	return widget.Where{Scope: scopeCase, Off: func(a widget.Action) bool {
		return a == widget.Open && !c.enters() || !c.applies(a)
	}}
}

func (c *caseScreen) Update(msg tea.Msg) (Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case caseReadyMsg:
		c.page, c.held, c.heldErr, c.err, c.loaded = msg.page, msg.held, msg.heldErr, msg.err, true
	case caseDoneMsg:
		return c, tea.Batch(c.Init(), say(theme.Good, msg.said))
	case actMsg:
		return c, c.act(msg)
	}
	return c, nil
}

func (c *caseScreen) act(msg actMsg) tea.Cmd {
	switch msg.action {
	case widget.Back:
		return pop()
	case widget.NextField, widget.Right:
		c.turn(1)
	case widget.PrevField, widget.Left:
		c.turn(-1)
	case caseOrder:
		c.oldest = !c.oldest
		c.entries.Act(widget.First)
	case requestMenu:
		return c.offerAll()
	case widget.Open:
		return c.enter(msg.key)
	default:
		if !c.moves(msg.action) {
			return c.carry(msg)
		}
	}
	return nil
}

// carries are the keys that bring a case on, by the event that comes of it.
var carries = map[register.RequestEventKind]widget.Action{
	register.IdentityAsked: requestIdentity, register.IdentitySeen: requestIdentity,
	register.AuthorityAsked: requestAuthority, register.AuthoritySeen: requestAuthority,
	register.FeeAsked: requestFee, register.FeePaid: requestFee,
	register.ClarifyAsked: requestClarify, register.Clarified: requestClarify,
	register.Extended: requestExtend, register.Decided: requestDecide, register.Approved: requestApprove,
	register.Packed: requestPack, register.Replied: requestReply, register.CaseClosed: requestClose,
	register.Noted: requestNote, register.Acknowledged: requestAcknowledge, register.ProgressTold: requestTold,
	register.Returned: requestReturn, register.ErasedData: requestErase, register.Rectified: requestRectify,
	register.RestrictionSet: requestRestrict, register.LiftingTold: requestTellLift, register.RestrictionEnded: requestLift,
	register.Balanced: requestBalance, register.HandedOver: requestHandBack, register.Found: requestFound,
	register.MarketingStopped: requestStop, register.ConsentWithdrawn: requestWithdraw,
}

// nextAction is what Enter does: the first thing the case needs that this operator may do.
func (c *caseScreen) nextAction() widget.Action {
	if c.unmatched() {
		return requestMatch
	}
	for _, n := range c.page.Next {
		a := carries[n.Do]
		if verb, ok := needs[a]; ok && c.kit.may(verb) && c.applies(a) && a != requestNote {
			return a
		}
	}
	return ""
}

// unmatched reports whether the case has yet to be matched to a person, and this operator may do that.
func (c *caseScreen) unmatched() bool {
	return c.page.Delegate == "" && c.applies(requestMatch) && c.kit.may(register.RequestMatch)
}

// happened reports whether something happened to the case that no later entry corrects.
func (c *caseScreen) happened(kind register.RequestEventKind) bool {
	corrected := c.corrected()
	for _, e := range c.page.Events {
		if e.Kind == kind && !corrected[e.Seq] {
			return true
		}
	}
	return false
}

// released reports whether the decision is approved.
func (c *caseScreen) released() bool {
	switch c.page.State {
	case register.ReadyToReply, register.RepliedTo, register.ClosedCase:
		return true
	default:
		return false
	}
}

func (c *caseScreen) corrected() map[int]bool {
	gone := map[int]bool{}
	for _, e := range c.page.Events {
		gone[e.Corrects] = true
	}
	return gone
}

// applies reports whether an action makes sense as the case stands. The desk has the last word.
func (c *caseScreen) applies(a widget.Action) bool {
	return c.fits(a)
}
