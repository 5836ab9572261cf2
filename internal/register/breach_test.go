package register

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"custos/internal/calendar"
)

var aware = time.Date(2026, time.March, 27, 16, 0, 0, 0, time.UTC) // Friday; the clocks change on the Sunday

func fails(t *testing.T, err error, kind Kind, field string) {
	t.Helper()
	var e *Error
	if !errors.As(err, &e) || e.Kind != kind || e.Field != field {
		t.Errorf("%v; want %v of %q", err, kind, field)
	}
}

func noticed(t *testing.T) Breach {
	t.Helper()
	b := Breach{ID: "W1"}
	if err := b.Fill(BreachInput{Aware: aware, What: "a list went to the wrong school"}, aware); err != nil {
		t.Fatal(err)
	}
	return b
}

func TestABreachIsDueAfter72HoursThatPass(t *testing.T) {
	b := noticed(t)
	if want := aware.Add(72 * time.Hour); !b.Due().Equal(want) {
		t.Errorf("due %v, want %v", b.Due(), want)
	}
	for _, c := range []struct {
		after    time.Duration
		pressure Pressure
		words    string
	}{
		{0, Calm, "to be judged, 72 hours left"},
		{24 * time.Hour, Soon, "to be judged, 48 hours left"},
		{71*time.Hour + 30*time.Minute, Soon, "to be judged, less than an hour left"},
		{71 * time.Hour, Soon, "to be judged, 1 hour left"},
		{72*time.Hour + time.Minute, Late, "to be judged, OVERDUE"},
		{75 * time.Hour, Late, "to be judged, OVERDUE by 3 hours"},
	} {
		if row := b.At(aware.Add(c.after)); row.Pressure != c.pressure || row.Words != c.words {
			t.Errorf("after %v: %s, %q; want %s, %q", c.after, row.Pressure, row.Words, c.pressure, c.words)
		}
	}
}

func TestFactsOfABreachMustStand(t *testing.T) {
	for field, in := range map[string]BreachInput{
		"aware":  {What: "x"},
		"aware ": {Aware: aware.Add(time.Hour), What: "x"},
		"what":   {Aware: aware, What: " "},
		"people": {Aware: aware, What: "x", People: -1},
	} {
		b := Breach{ID: "W1"}
		fails(t, b.Fill(in, aware), Invalid, strings.TrimSpace(field))
	}
	b := noticed(t)
	fails(t, b.Fill(BreachInput{Aware: aware, What: "x", Revision: 7}, aware), Conflict, "")
}

func TestDecisionsOnABreachFollowTheLaw(t *testing.T) {
	now := aware.Add(100 * time.Hour)
	soon, late := aware.Add(5*time.Hour), aware.Add(80*time.Hour)
	for name, c := range map[string]struct {
		in    BreachDecision
		kind  Kind
		field string
	}{
		"a risk nobody knows":           {BreachDecision{Risk: "some"}, Invalid, "risk"},
		"a reason before the judgement": {BreachDecision{NotReported: "none"}, Invalid, "risk"},
		"no risk and no reason":         {BreachDecision{Risk: NoRisk}, Invalid, "not_reported"},
		"a risk that is not reported":   {BreachDecision{Risk: SomeRisk, NotReported: "no time"}, Refused, "not_reported"},
		"reported and not":              {BreachDecision{Risk: NoRisk, Reported: soon, NotReported: "x"}, Invalid, "not_reported"},
		"told and not":                  {BreachDecision{Risk: HighRisk, Told: soon, NotTold: "x"}, Invalid, "not_told"},
		"reported late without why":     {BreachDecision{Risk: SomeRisk, Reported: late}, Invalid, "late_because"},
		"reported before anybody knew":  {BreachDecision{Risk: SomeRisk, Reported: aware.Add(-time.Hour)}, Invalid, "reported"},
		"told in time to come":          {BreachDecision{Risk: HighRisk, Told: now.Add(time.Hour)}, Invalid, "told"},
		"closed before it is judged":    {BreachDecision{Close: true}, Refused, "close"},
		"closed before it is reported":  {BreachDecision{Risk: SomeRisk, Close: true}, Refused, "close"},
		"closed before people are told": {BreachDecision{Risk: HighRisk, Reported: soon, Close: true}, Refused, "close"},
		"changed meanwhile":             {BreachDecision{Risk: SomeRisk, Revision: 9}, Conflict, ""},
	} {
		t.Run(name, func(t *testing.T) {
			b := noticed(t)
			fails(t, b.Decide(c.in, now), c.kind, c.field)
			if b.Risk != "" || b.Revision != 1 {
				t.Errorf("a refused decision has changed it: %+v", b)
			}
		})
	}
}

func TestABreachGoesItsWay(t *testing.T) {
	b, now := noticed(t), aware.Add(100*time.Hour)
	for _, step := range []struct {
		in    BreachDecision
		words string
	}{
		{BreachDecision{Risk: NoRisk, NotReported: "it was encrypted"}, "to be closed, not reported"},
		{BreachDecision{Risk: HighRisk}, "to be reported, OVERDUE by 28 hours"},
		{BreachDecision{Reported: now, LateBecause: "it was first thought to be encrypted"}, "people to be told, reported late"},
		{BreachDecision{NotTold: "a public notice was given"}, "to be closed, reported late"},
		{BreachDecision{Told: now, Close: true}, "closed, reported late"},
	} {
		if err := b.Decide(step.in, now); err != nil {
			t.Fatal(err)
		}
		if got := b.At(now).Words; got != step.words {
			t.Errorf("after %+v: %q, want %q", step.in, got, step.words)
		}
	}
	if b.NotReported != "" || b.NotTold != "" {
		t.Errorf("reasons that no longer hold are kept: %+v", b)
	}
	fails(t, b.Decide(BreachDecision{Risk: NoRisk}, now), Refused, "")
	fails(t, b.Fill(BreachInput{Aware: aware, What: "x"}, now), Refused, "")
}

func TestWhatMattersOfABreachCannotBeMadeLateUnseen(t *testing.T) {
	b, now := noticed(t), aware.Add(100*time.Hour)
	if err := b.Decide(BreachDecision{Risk: SomeRisk, Reported: aware.Add(71 * time.Hour)}, now); err != nil {
		t.Fatal(err)
	}
	earlier := BreachInput{Aware: aware.Add(-2 * time.Hour), What: "x"}
	fails(t, b.Fill(earlier, now), Invalid, "late_because")
	fails(t, b.Fill(BreachInput{Aware: aware.Add(72 * time.Hour), What: "x"}, now), Invalid, "reported")
}

func TestBreachesAreInTheOrderOfWhatPresses(t *testing.T) {
	now := aware.Add(100 * time.Hour)
	row := func(id ID, hours int, change func(*Breach)) BreachRow {
		b := Breach{ID: id, Aware: aware.Add(time.Duration(hours) * time.Hour)}
		change(&b)
		return b.At(now)
	}
	closed := func(b *Breach) { b.Risk, b.Closed = NoRisk, calendar.LondonDate(now) }
	rows := []BreachRow{
		row("W5", 1, closed), row("W4", 9, closed),
		row("W3", 2, func(b *Breach) { b.Risk, b.Reported = SomeRisk, now }),
		row("W2", 50, func(*Breach) {}), row("W1", 3, func(b *Breach) { b.Risk = SomeRisk }),
	}
	slices.SortFunc(rows, func(a, b BreachRow) int { return CompareBreaches(&a, &b) })
	for i, want := range []ID{"W1", "W2", "W3", "W4", "W5"} {
		if rows[i].ID != want {
			t.Errorf("place %d has %s, want %s", i, rows[i].ID, want)
		}
	}
}
