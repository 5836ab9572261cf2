package widget

// Actions every screen shares.
const (
	Up         Action = "move.up"
	Down       Action = "move.down"
	PageUp     Action = "move.page-up"
	PageDown   Action = "move.page-down"
	First      Action = "move.first"
	Last       Action = "move.last"
	Left       Action = "move.left"
	Right      Action = "move.right"
	Open       Action = "open"
	Back       Action = "back"
	NextField  Action = "focus.next"
	PrevField  Action = "focus.previous"
	OpenHelp   Action = "help"
	OpenAll    Action = "palette"
	OpenFilter Action = "filter"
	Quit       Action = "quit"
	MarkOne    Action = "mark.one"
	MarkUp     Action = "mark.up"
	MarkDown   Action = "mark.down"
	MarkAll    Action = "mark.all"
)

// Navigation is the standard set of bindings that work everywhere. Arrows and named keys come first; letters are
// aliases and off while text is typed.
func Navigation() []Binding {
	return []Binding{
		{Action: Up, Keys: []string{"up"}, Aliases: []string{"k"}, Label: "up", Help: "Move one line up."},
		{Action: Down, Keys: []string{"down"}, Aliases: []string{"j"}, Label: "down", Help: "Move one line down."},
		{Action: PageUp, Keys: []string{"pgup"}, Aliases: []string{"ctrl+u"}, Label: "page up", Help: "Move one page up."},
		{
			Action: PageDown, Keys: []string{"pgdown"}, Aliases: []string{"ctrl+d"}, Label: "page down",
			Help: "Move one page down.",
		},
		{Action: First, Keys: []string{"home"}, Aliases: []string{"g"}, Label: "first", Help: "Go to the first line."},
		{Action: Last, Keys: []string{"end"}, Aliases: []string{"G"}, Label: "last", Help: "Go to the last line."},
		{Action: Left, Keys: []string{"left"}, Aliases: []string{"h"}, Label: "left", Help: "Move to the left."},
		{Action: Right, Keys: []string{"right"}, Aliases: []string{"l"}, Label: "right", Help: "Move to the right."},
		{Action: Open, Keys: []string{"enter"}, Label: "open", Help: "Open or choose what is selected.", Rank: 1},
		{
			Action: Back, Keys: []string{"esc"}, Label: "back", Rank: 2,
			Help: "Go back one level; what was typed is kept.",
		},
		{Action: NextField, Keys: []string{"tab"}, Label: "next", Help: "Go to the next field or pane."},
		{Action: PrevField, Keys: []string{"shift+tab"}, Label: "previous", Help: "Go to the previous field or pane."},
		{Action: OpenHelp, Keys: []string{"?", "f1"}, Label: "help", Help: "Show every key that works here.", Rank: 3},
		{Action: OpenAll, Keys: []string{":", "ctrl+p"}, Label: "all actions", Help: "Find any action by name.", Rank: 9},
	}
}

// Listing is the standard set for the scopes that show a list.
func Listing(scopes ...Scope) []Binding {
	rows := []Binding{
		{Action: OpenFilter, Keys: []string{"/"}, Label: "filter", Help: "Show only what contains a word.", Rank: 4},
		{Action: MarkOne, Keys: []string{"space"}, Label: "mark", Help: "Mark or unmark this line.", Rank: 5},
		{Action: MarkUp, Keys: []string{"shift+up"}, Label: "mark up", Help: "Extend the marks upwards."},
		{Action: MarkDown, Keys: []string{"shift+down"}, Label: "mark down", Help: "Extend the marks downwards."},
		{Action: MarkAll, Keys: []string{"a"}, Label: "mark all", Help: "Mark every line, or none if all are."},
		{Action: Quit, Keys: []string{"q"}, Label: "quit", Help: "Leave the program."},
	}
	for i := range rows {
		rows[i].Scopes = scopes
	}
	return rows
}
