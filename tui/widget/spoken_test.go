package widget_test

import (
	"strings"
	"testing"

	"custos/tui/theme"
	"custos/tui/widget"
)

type spokenRows int

func (r spokenRows) Len() int       { return int(r) }
func (spokenRows) ID(i int) string  { return strings.Repeat("i", i+1) }
func (spokenRows) Row(int) []string { return []string{"Ada", "", "AR-1"} }

func spoken() *theme.Theme { return theme.Spoken(func(string) string { return "" }) }

func TestATableIsSaidTwentyRowsAtATime(t *testing.T) {
	table := widget.NewTable(spoken(), widget.Column{Title: "Name"}, widget.Column{Title: "Email"}, widget.Column{Title: "Case"})
	table.Markable = true
	table.SetRows(spokenRows(25))
	table.Act(widget.MarkOne)
	said := table.View()
	for _, want := range []string{
		"25 rows, row 2 is selected, 1 marked.", "1, marked. Name: Ada; Case: AR-1\n2. Name", "rows 1 to 20 of 25",
	} {
		if !strings.Contains(said, want) {
			t.Errorf("not said: %q in\n%s", want, said)
		}
	}
	if strings.Contains(said, "21.") || strings.Contains(said, "Email") {
		t.Errorf("said too much:\n%s", said)
	}
	if !table.More() || table.More() {
		t.Error("there is one more page, and no second")
	}
	if said := table.View(); !strings.Contains(said, "21. Name") || strings.Contains(said, "20. Name") {
		t.Errorf("the second page:\n%s", said)
	}
}

func TestChartsAndProgressAreSaidInWords(t *testing.T) {
	bars := []widget.Bar{{Label: "May", Value: 3}, {Label: "June", Value: 0}}
	for _, said := range []string{widget.BarsUp(spoken(), bars, 9, 9), widget.BarsAcross(spoken(), bars, 9, 9)} {
		if said != "May: 3; June: 0" {
			t.Errorf("said %q", said)
		}
	}
	said := widget.Progress{Label: "Reading", Done: 1200, Total: 5000}.View(spoken(), 5)
	if said != "Reading: 1,200 of 5,000. Enter stops it." {
		t.Errorf("said %q", said)
	}
}

func TestAFormIsAnsweredQuestionByQuestion(t *testing.T) {
	f := widget.NewForm(spoken(), "f", []widget.Field{
		{ID: "name", Label: "Name", Value: "Ada"},
		{ID: "kind", Label: "Kind", Kind: widget.Choice, Options: []widget.Option{{Value: "a", Label: "A"}}, Value: "old"},
		{ID: "yes", Label: "Agreed", Kind: widget.YesNo},
	}, nil)
	told, changed := f.Set(0, "Ada Example")
	if !changed || told.Values["name"] != "Ada Example" {
		t.Errorf("told %v, %v", told, changed)
	}
	if _, again := f.Set(0, "Ada Example"); again {
		t.Error("the same answer is no change")
	}
	f.Set(2, widget.Yes)
	if v := f.Values(); v["yes"] != widget.Yes || v["name"] != "Ada Example" || v["kind"] != "old" {
		t.Errorf("answers %v", v)
	}
	if o := f.Offered(1); len(o) != 2 || o[0].Value != "old" {
		t.Errorf("offered %v", o)
	}
	f.SetSize(80, 20) // what is set stays, whatever happens to what is drawn
	if v := f.Values(); v["name"] != "Ada Example" {
		t.Errorf("answers after a resize %v", v)
	}
}
