package tui

import (
	"strings"

	"custos/tui/widget"
)

// The screens of the guide.
const (
	scopeGuide     widget.Scope = "Guide"
	scopeGuidePage widget.Scope = "Page of the guide"
)

const (
	goGuide    widget.Action = "go.guide"
	goTour     widget.Action = "go.tour"
	guideFind  widget.Action = "guide.find"
	guideAgain widget.Action = "guide.again"
)

func guideKeys() []widget.Binding {
	page := places{scopeGuidePage}
	return []widget.Binding{
		{
			Action: goGuide, Keys: keyNames{"f2"}, Label: "guide", Help: "Read how the jobs of the office are done.",
			Command: "custos help TOPIC",
		},
		{
			Action: goTour, Keys: keyNames{"f3"}, Label: "tour", Help: "Take the tour on made-up people, leave it, or take it up again.",
			Command: "custos demo",
		},
		{Action: guideFind, Keys: keyNames{"/"}, Label: "find", Rank: 4, Help: "Find words on this page.", Scopes: page},
		{Action: guideAgain, Keys: keyNames{"n"}, Label: "next", Help: "Go to where the words stand next.", Scopes: page},
	}
}

// contains reports whether a line holds words, in whatever case.
func contains(line, words string) bool {
	return words != "" && strings.Contains(strings.ToLower(line), strings.ToLower(words))
}
