package tui

import (
	"context"
	"strings"

	"custos/internal/register"
	"custos/tui/widget"
)

// newFilterName asks under which name what a list shows is kept.
func newFilterName(k *kit, now register.SavedFilter) Screen {
	held := k.prefs
	return newForm(k, formSpec{
		title: "Keep a filter",
		intro: "What the list of " + now.List + " shows now is kept for you alone. A name that is there already is replaced.",
		load: asked(widget.Field{
			ID: "name", Label: "Name", Required: true, Note: "The list of all actions finds it by this name.",
		}),
		submit: func(_ context.Context, v widget.Values) (formDone, error) {
			now.Name = strings.TrimSpace(v["name"])
			if err := held.KeepFilter(now); err != nil {
				return formDone{}, atQuestion(err, "name")
			}
			keep := func(p *register.Preferences) { _ = p.KeepFilter(now) } // what cannot be kept was told above
			return formDone{said: now.Name + " is kept: * shows it again.", then: send(prefsChangeMsg{keep})}, nil
		},
	})
}
