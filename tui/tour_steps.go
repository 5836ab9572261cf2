package tui

import (
	"strings"

	"custos/internal/register"
	"custos/tui/widget"
)

// tourSteps are the steps of the tour in their order. What is pressed is held to work by a test that reads it from here.
func tourSteps() []tourStep {
	onCase := []widget.Scope{scopeCase}
	return append(tourLooking(onCase), tourWorking(onCase)...)
}

// tourLooking are the steps that only look.
func tourLooking(onCase []widget.Scope) []tourStep {
	return []tourStep{
		{
			title: "the day's work", from: []widget.Scope{scopeHome},
			do:   "Press [4] for all cases.",
			why:  "This page is what has to be done today, the most urgent first.",
			done: func(m *Model, t *tour) bool { return m.seen(scopeRequests) || m.on(t.ref) },
		},
		{
			title: "find the case", from: []widget.Scope{scopeRequests, scopeHome},
			do:   "Press [/], type [REF], press [Enter], and [Enter] again to open it.",
			why:  "Somebody asks for a copy of their data.",
			done: func(m *Model, t *tour) bool { return m.on(t.ref) },
		},
		{
			title: "read the clock", from: onCase,
			do:   "Press [Tab].",
			why:  "NEXT, at the top, always says what to do now. The clock gives the due date, and each step that led to it.",
			done: func(m *Model, t *tour) bool { return t.past(m, tabClock) },
		},
		{
			title: "is it really them", from: onCase,
			do:   "Press [Tab] for the tasks.",
			why:  "Proof of identity is asked for only in doubt: i would do that, and stop the clock until it comes.",
			done: func(m *Model, t *tour) bool { return t.past(m, tabTasks) },
		},
		{
			title: "what is held", from: onCase,
			do:   "Press [Tab] and [Tab] again.",
			why:  "Everything held on the person, and where it came from.",
			done: func(m *Model, t *tour) bool { return t.past(m, tabHeld) },
		},
	}
}

// tourWorking are the steps that change something.
func tourWorking(onCase []widget.Scope) []tourStep {
	return []tourStep{
		{
			title: "write things down", from: []widget.Scope{scopeCase, scopeForm},
			do:   "Press [n] and [Enter], type [Kim Example rang for them.] and press [Ctrl+S].",
			why:  "A note belongs to the case, and so to what the person will get.",
			done: func(_ *Model, t *tour) bool { return t.named() || t.redacted() || t.did(register.Decided) },
		},
		{
			title: "the text that leaves", from: onCase,
			do:   "Press [R].",
			why:  "Your note names Kim Example, who is somebody else. That must not leave.",
			done: func(m *Model, t *tour) bool { return m.seen(scopeRedaction) || t.redacted() },
		},
		{
			title: "take a name out", from: []widget.Scope{scopeRedaction, scopeMarks, scopeForm},
			do:   "Press [m], type [Kim Example], press [Enter], [Down], [Enter], type [It is about somebody else.] and press [Ctrl+S].",
			why:  "The gap in the reply names the exemption.",
			done: func(_ *Model, t *tour) bool { return t.redacted() },
		},
		{
			title: "decide", from: []widget.Scope{scopeCase, scopeForm},
			do:   "Press [d], [Down], [Enter], type [All but that name.], press [Ctrl+S], then [Right] and [Space] to agree.",
			why:  "Where two people decide, the other one approves.",
			done: func(_ *Model, t *tour) bool { return t.did(register.Decided) },
		},
		{
			title: "the letter", from: onCase,
			do:   "Press [L].",
			why:  "The letters that fit this case, filled in from it. w would write one to a file.",
			done: func(m *Model, t *tour) bool { return m.seen(scopeLetters) || t.did(register.Packed) },
		},
		{
			title: "the pack", from: []widget.Scope{scopeCase, scopeForm},
			do:   "Press [b] and [Ctrl+S].",
			why:  "Everything the person gets, in one file, in the folder you began in. You may delete it afterwards.",
			done: func(_ *Model, t *tour) bool { return t.did(register.Packed) },
		},
		{
			title: "the reply", from: []widget.Scope{scopeCase, scopeForm},
			do:   "Press [r] and [Ctrl+S].",
			why:  "You send it as you send letters; Custos records on which day it went.",
			done: func(_ *Model, t *tour) bool { return t.did(register.Replied) },
		},
		{
			title: "close the case", from: onCase,
			do:   "Press [z], then [Right] and [Enter] to agree.",
			why:  "It stays on record, without needing anything more.",
			done: func(_ *Model, t *tour) bool { return t.did(register.CaseClosed) },
		},
		{
			title: "what was done", from: onCase,
			do:   "Press [7].",
			why:  "Every step is on the audit trail, and v there proves that none was changed.",
			done: func(m *Model, _ *tour) bool { return m.seen(scopeAudit) },
		},
	}
}

// did reports whether something happened to the case of the tour.
func (t *tour) did(kind register.RequestEventKind) bool {
	for _, e := range t.page.Events {
		if e.Kind == kind {
			return true
		}
	}
	return false
}

// named reports whether a note on the case names the one whose name is to be taken out; the sample has notes of its own.
func (t *tour) named() bool {
	for _, e := range t.page.Events {
		if e.Kind == register.Noted && strings.Contains(e.Text, "Kim Example") {
			return true
		}
	}
	return false
}

func (t *tour) redacted() bool { return len(t.page.Redactions) > 0 }

// seen reports whether a screen is open.
func (m *Model) seen(s widget.Scope) bool { return m.top().screen.At().Scope == s }

// past reports whether the case shows a part or one after it. On a wide screen the clock stands beside the facts.
func (t *tour) past(m *Model, part caseTab) bool {
	for _, f := range m.stack {
		if c, ok := f.screen.(*caseScreen); ok && c.ref == t.ref {
			return c.at >= part || part == tabClock && c.wide
		}
	}
	return false
}
