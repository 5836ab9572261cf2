package tui

import (
	"context"
	"maps"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"custos/tui/theme"
	"custos/tui/widget"
)

// recovery shows the recovery key, once.
type recovery struct {
	kit     *kit
	session Session // of the store that was just made; nil: it is open already
	key     string
	oneTime map[string]string // passphrases made for the other operators, by login
	words   string            // what the key is
}

func newRecovery(k *kit, s Session, key string) Screen {
	return &recovery{kit: k, session: s, key: key, words: "The store is made. This is its recovery key: it opens the store when " +
		"every passphrase is lost."}
}

func (r *recovery) Init() tea.Cmd { return nil }

func (r *recovery) Title() string { return "Recovery key" }

func (r *recovery) At() widget.Where {
	return widget.Where{Scope: scopeKey, Off: func(a widget.Action) bool {
		return a == keySave && r.kit.env.SaveText == nil
	}}
}

// Selection is the key: it may be copied into a password safe.
func (r *recovery) Selection() (word, text string) { return "recovery key", r.key }

func (r *recovery) Update(msg tea.Msg) (Screen, tea.Cmd) {
	act, ok := msg.(actMsg)
	if !ok {
		return r, nil
	}
	switch act.action {
	case widget.Open, widget.Back:
		next := pop()
		if r.session != nil {
			next = send(openMsg{session: r.session})
		}
		return r, ask(widget.Question{
			Title: "Recovery key", AskedBy: act.key, Yes: "I have kept it",
			Text: "The key is not shown again and is kept nowhere in the program. Have you written it down, saved or printed it?",
		}, next)
	case keySave:
		return r, push(r.saving())
	default:
		return r, nil
	}
}

func (r *recovery) saving() Screen {
	save, text := r.kit.env.SaveText, r.paper()
	return newForm(r.kit, formSpec{
		title: "Save the key",
		intro: "Choose a place away from the store, such as a stick that is locked away. The file can be printed.",
		load:  asked(widget.Field{ID: "to", Label: "File", File: true, Required: true, Note: "A file that exists is never written over."}),
		submit: func(_ context.Context, v widget.Values) (formDone, error) {
			return formDone{said: "The recovery key is in the file."}, save(v["to"], text)
		},
	})
}

// paper is the key as it is saved and printed.
func (r *recovery) paper() string {
	var others string
	for _, name := range slices.Sorted(maps.Keys(r.oneTime)) {
		others += "\nPassphrase of " + name + ", to be used once: " + r.oneTime[name]
	}
	if others != "" {
		others = "\n" + others
	}
	return "Custos recovery key\n\nStore: " + r.kit.env.Store + "\n\n" + r.key + others +
		"\n\nWhoever has this key and the store can read everything in it. Keep it locked away, apart from the store.\n"
}

func (r *recovery) View(width, height int) string {
	th := r.kit.theme
	out := theme.Wrap(th.Clean(r.words)+" It is shown now and never again.", width)
	out = append(out, "")
	for _, l := range theme.Wrap(th.Clean(r.key), width-4) {
		out = append(out, "    "+th.Title.Render(l))
	}
	out = append(out, r.others(th, width)...)
	out = append(out, "")
	out = append(out, theme.Wrap("Write it down, or press s to save it to a file and print that. Keep it locked away, "+
		"apart from the store: whoever has both can read everything. Enter goes on.", width)...)
	return fit(th, out, width, height)
}
