package calendar

import (
	"fmt"
	"strconv"
)

// Step is one step of a count: the day it arrived at, a sentence that says why, and the
// law or guidance behind it. In JSON {"date","rule","source"}, the date absent where the
// step has none.
type Step struct {
	Date   Date   `json:"date,omitzero"`
	Rule   string `json:"rule"`
	Source string `json:"source"`
}

// trail gathers the steps of one count and knows which texts govern it.
type trail struct {
	law    law
	silent bool // only the date is wanted
	steps  []Step
}

// law names the texts a clock cites.
type law struct {
	receipt string // which day counts as received
	roll    string // why a non-working day moves the date
}

func (t *trail) add(d Date, source, format string, args ...any) {
	if t.silent {
		return
	}
	t.steps = append(t.steps, Step{Date: d, Rule: fmt.Sprintf(format, args...), Source: source})
}

// addHolidays says which bank holidays a count of working days left out.
func (t *trail) addHolidays(days []holiday) {
	for _, day := range days {
		t.add(day.date, t.law.roll, "%s is not counted: it is a bank holiday in %s (%s).",
			day.date.spoken(), day.keep.where(), day.name)
	}
}

// Reckoning is the result of a clock that ends on a day: the end of Due, in London. In
// JSON {"due","steps","rule_version"}.
type Reckoning struct {
	Due         Date   `json:"due,omitzero"`
	Steps       []Step `json:"steps"`
	RuleVersion string `json:"rule_version"`
}

// ruleSet changes whenever any clock here would give another answer to the same question.
const ruleSet = "uk-2026-1"

// RuleVersion names the rules and the table of holidays in use, to be kept beside every
// date they gave: an old case is never counted again under newer rules. A table changed
// by a file is marked "amended".
func (h *Holidays) RuleVersion() string {
	v := ruleSet + " holidays " + strconv.Itoa(h.first) + "-" + strconv.Itoa(h.last)
	if h.amended {
		v += " amended"
	}
	return v
}

func plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return strconv.Itoa(n) + " " + word + "s"
}
