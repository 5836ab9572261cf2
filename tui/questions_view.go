package tui

import (
	"strconv"
	"strings"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

func (q *questions) View(width, height int) string {
	th := q.kit.theme
	head := th.Muted.Render(th.Cell(q.heading(), width))
	if q.err != nil {
		head = th.Bad.Render(th.Cell(problem(q.err), width))
	}
	list := max(3, len(q.rows)+1)
	detail := q.detail(width, height-1-min(list, max(3, (height-1)/2)))
	q.table.SetSize(width, max(1, min(list, height-1-len(detail))))
	return fit(th, append(append([]string{head}, splitLines(q.table.View())...), detail...), width, height)
}

// heading says which day the figures are of, and that they are being counted for the first time.
func (q *questions) heading() string {
	text := "People whose records are in use, by what they answered."
	if q.days.past() {
		text = "As it stood " + q.days.words() + "."
	}
	if !q.ready {
		text = "Counting ... " + text
	}
	return text
}

// detail is the selected question in full: whom we may contact, the exact states, and the trend of the year.
func (q *questions) detail(width, height int) []string {
	row, ok := q.selected()
	if !ok || height < 4 {
		return nil
	}
	t := &text{th: q.kit.theme, width: width}
	if height > 12 {
		t.lines = append(t.lines, "")
	}
	t.lines = append(t.lines, heading(t.th, t.th.Clean(mayWords(&row, q.days)), width))
	t.add("", theme.Plain, exactWords(&row))
	if left := height - len(t.lines); left > 0 {
		t.lines = append(t.lines, q.trend(&row, width, left)...)
	}
	return t.lines[:min(len(t.lines), height)]
}

// mayWords is how many may be contacted, or it may be used for, the number first, since a line may be cut.
func mayWords(row *register.PurposeCount, days asOf) string {
	all := 0
	for _, n := range row.Visible {
		all += n
	}
	when := "today"
	if days.past() {
		when = "then"
	}
	lead := widget.Count(row.May) + " of " + widget.Count(all) + " "
	if row.Use {
		lead = "For " + lead + "it "
	}
	return lead + register.MayWords(row.Use, true) + " " + when + ": " + rowName(row)
}

// exactWords counts by the states that the columns put together.
func exactWords(row *register.PurposeCount) string {
	var parts []string
	for _, state := range append([]register.ConsentAct{register.NeverAsked}, register.ConsentActs()...) {
		if n := row.States[state]; n > 0 {
			parts = append(parts, consentAct(state)+" "+widget.Count(n))
		}
	}
	if len(parts) == 0 {
		return "Nobody is held yet."
	}
	return "Exactly: " + strings.Join(parts, ", ") + "."
}

// trend draws the yes and the no of the last twelve months to one scale, one above the other or side by side.
func (q *questions) trend(row *register.PurposeCount, width, height int) []string {
	const label, side = 5, 108
	th, most := q.kit.theme, 1
	for i := range row.Given {
		most = max(most, row.Given[i], row.No[i])
	}
	end := q.days.on
	if end.IsZero() {
		end = q.kit.desk.Today()
	}
	draw := func(name string, values [12]int, tone theme.Tone, width, height int) []string {
		each := max(3, len(strconv.Itoa(most))) + 1
		bars := monthBars(values, end, tone)
		bars = bars[len(bars)-min(len(bars), max(1, (width-label+1)/each)):] // the latest are kept
		out := splitLines(widget.BarsUpTo(th, bars, most, width-label, height))
		for i := range out {
			out[i] = th.Fit(name, label) + out[i]
			name = ""
		}
		return out
	}
	if width >= side {
		if tall := min(height-1, 7); tall >= 4 {
			half := (width - 3) / 2
			yes, no := draw("Yes", row.Given, theme.Good, half, tall), draw("No", row.No, theme.Bad, half, tall)
			return append([]string{""}, beside(th, yes, no, half)...)
		}
		return nil
	}
	tall := min(height/2, 5)
	if tall < 3 {
		return nil
	}
	return append(draw("Yes", row.Given, theme.Good, width, tall), draw("No", row.No, theme.Bad, width, tall)...)
}

// monthBars are the values of twelve months, the last of them the one a day falls in.
func monthBars(values [12]int, end calendar.Date, tone theme.Tone) []widget.Bar {
	first := calendar.NewDate(end.Year(), end.Month(), 1)
	bars := make([]widget.Bar, len(values))
	for i, n := range values {
		bars[i] = widget.Bar{Label: first.AddMonths(i - 11).Month().String()[:3], Value: n, Tone: tone}
	}
	return bars
}

// questionColumns leave room for the brands, where a question has any.
func questionColumns(rows questionRows) []widget.Column {
	const narrow = 20
	by, more := 6, 0
	for i := range rows {
		by = max(by, len(byOrUse(rows[i].Use, rows[i].Channel, rows[i].Brand)))
	}
	if by > narrow {
		by, more = narrow, 1
	}
	return []widget.Column{
		{Title: "Question", Min: 18, Weight: 2},
		{Title: "By", Min: by, Weight: more},
		{Title: "Given", Min: 7, Right: true},
		{Title: "Refused", Min: 7, Right: true, Priority: 3},
		{Title: "Withdrawn", Min: 9, Right: true, Priority: 2},
		{Title: "Not asked", Min: 9, Right: true, Priority: 4},
		{Title: "May", Min: 7, Right: true},
	}
}

// questionRows shows questions in a table.
type questionRows []register.PurposeCount

func (r questionRows) Len() int        { return len(r) }
func (r questionRows) ID(i int) string { return keyText(rowKey(&r[i])) }

func (r questionRows) Row(i int) []string {
	cells := []string{r[i].Title, byOrUse(r[i].Use, r[i].Channel, r[i].Brand)}
	for _, state := range register.VisibleStates() {
		cells = append(cells, widget.Count(r[i].Visible[state]))
	}
	return append(cells, widget.Count(r[i].May))
}

// rowKey is the question a row counts.
func rowKey(c *register.PurposeCount) register.ConsentKey {
	return register.ConsentKey{Purpose: c.Purpose, Channel: c.Channel, Brand: c.Brand}
}

// rowName is a question in words: "News by email".
func rowName(c *register.PurposeCount) string { return questionName(c.Title, c.Use, rowKey(c)) }

// questionName is a question in words: "News by email", or "Pictures of our events" where it is about a use.
func questionName(title string, use bool, k register.ConsentKey) string {
	if use && k.Brand == "" {
		return title
	}
	return title + " by " + byOrUse(use, k.Channel, k.Brand)
}

// byOrUse is by what people are contacted, or "use" where they are not: the channel of a use is that of asking.
func byOrUse(use bool, channel, brand string) string {
	if use {
		channel = "use"
	}
	return byWords(channel, brand)
}

// askedBy is the same for a question of the profile.
func askedBy(p *register.Profile, k register.ConsentKey) string {
	x, _ := p.Purpose(k.Purpose)
	return byOrUse(x.Use, k.Channel, k.Brand)
}

func byWords(channel, brand string) string {
	if brand == "" {
		return channel
	}
	return channel + " (" + brand + ")"
}

// keyText is a question as ids of rows and answers of forms hold it.
func keyText(k register.ConsentKey) string {
	return strings.Join([]string{k.Purpose, k.Channel, k.Brand}, "|")
}

// textKey reads what keyText wrote.
func textKey(s string) register.ConsentKey {
	parts := strings.SplitN(s+"||", "|", 4)
	return register.ConsentKey{Purpose: parts[0], Channel: parts[1], Brand: parts[2]}
}

// keyName is a question in the words of the profile.
func keyName(p *register.Profile, k register.ConsentKey) string {
	x, ok := p.Purpose(k.Purpose)
	if !ok {
		x.Title = k.Purpose
	}
	return questionName(x.Title, x.Use, k)
}
