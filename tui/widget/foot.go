package widget

// Foot is the footer of a dialog: keys as bubbletea names them, each with what it does there.
func Foot(keysAndLabels ...string) *Keys {
	var rows []Binding
	for i := 0; i+1 < len(keysAndLabels); i += 2 {
		key := keysAndLabels[i]
		rows = append(rows, Binding{Action: Action(key), Keys: []string{key}, Label: keysAndLabels[i+1], Rank: i + 1})
	}
	return NewKeys(rows...)
}

// Foot says what the keys do with the answer that is selected.
func (c *Confirm) Foot() *Keys {
	switch {
	case c.ask.Word != "":
		return Foot("enter", "answer", "esc", "leave")
	case c.yes:
		return Foot(c.agreeKey(), "agree", "tab", "choose No", "esc", "leave")
	}
	return Foot("enter", "take No", "tab", "choose Yes", "esc", "leave")
}

// Foot says what the keys do.
func (p *Picker) Foot() *Keys {
	if len(p.hits) == 0 {
		return Foot("esc", "back")
	}
	return Foot("enter", "choose", "esc", "back")
}

// Foot says what the keys do.
func (p *Palette) Foot() *Keys {
	if len(p.hits) == 0 {
		return Foot("esc", "back")
	}
	return Foot("enter", "choose", "esc", "back")
}

// Foot says what the keys do.
func (h *Help) Foot() *Keys {
	if h.page == "" {
		return Foot("esc", "back")
	}
	return Foot("enter", "read on", "esc", "back")
}
