package tui_test

import (
	"maps"
	"testing"

	"custos/tui/widget"
)

// still are the screens that show what no commit changes, and why.
func still() map[widget.Scope]string {
	return map[widget.Scope]string{
		"Guide":             "comes with the program",
		"Page of the guide": "comes with the program",
		"Text":              "is read as it was opened",
		"Unlock":            "has no store open",
		"Recovery key":      "shows a key once",
		"Store in trouble":  "has no store open",

		"Who is here": "is told by the desk as people come and go",

		"Import plan":        "is a preview of a file, compared again as it is carried out",
		"Import columns":     "shows the columns of a file",
		"Contacts to import": "is a preview of a file, compared again as it is carried out",
		"Questions to ask":   "holds what is ticked for those who were marked",

		"Erasure":                 "tells what was done",
		"Withdrawn":               "tells what was done",
		"Mailing list":            "tells what was written",
		"Advice":                  "tells what a file holds",
		"Search for what is left": "tells what was found as it was asked",
		"Work under way":          "tells what was done",
	}
}

func TestEveryScreenFollowsWhatOthersChange(t *testing.T) {
	g, unused := tidy(t), still()
	for _, s := range screens() {
		d := s.at(t, g, "mono")
		why, ok := still()[s.scope]
		delete(unused, s.scope)
		switch {
		case d.m.Scope() != s.scope:
			t.Errorf("%s is %s", s.name, d.m.Scope())
		case d.m.Follows() && ok:
			t.Errorf("%s follows, and is said not to because it %s", s.name, why)
		case !d.m.Follows() && !ok:
			t.Errorf("%s shows what may have changed, and does not look again", s.name)
		}
	}
	for scope := range maps.Keys(unused) {
		t.Errorf("there is no screen %s", scope)
	}
}
