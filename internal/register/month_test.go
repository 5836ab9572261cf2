package register

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"custos/internal/calendar"
)

func office(d calendar.Date) (string, bool) {
	holiday, err := calendar.Builtin().On(d, calendar.EnglandAndWales)
	free := d.Weekday() == time.Saturday || d.Weekday() == time.Sunday
	return holiday, err == nil && holiday == "" && !free
}

// drawn shows a month as a wall calendar: days of other months in brackets,
// days off with a stroke.
func drawn(weeks [][7]MonthDay) string {
	var b strings.Builder
	for _, week := range weeks {
		for i, d := range week {
			form := "%d"
			if !d.In {
				form = "(%d)"
			}
			if i > 0 {
				b.WriteByte(' ')
			}
			fmt.Fprintf(&b, form, d.On.Day())
			if !d.Working {
				b.WriteByte('-')
			}
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func TestMonthIsLaidOutInWeeks(t *testing.T) {
	for _, tt := range []struct {
		name  string
		year  int
		month time.Month
		want  string
	}{
		{"a leap February with Mondays of its neighbours", 2028, time.February, `
(31) 1 2 3 4 5- 6-
7 8 9 10 11 12- 13-
14 15 16 17 18 19- 20-
21 22 23 24 25 26- 27-
28 29 (1) (2) (3) (4)- (5)-
`},
		{"a February of four whole weeks", 2027, time.February, `
1 2 3 4 5 6- 7-
8 9 10 11 12 13- 14-
15 16 17 18 19 20- 21-
22 23 24 25 26 27- 28-
`},
		{"a month that touches six weeks, with a bank holiday", 2027, time.May, `
(26) (27) (28) (29) (30) 1- 2-
3- 4 5 6 7 8- 9-
10 11 12 13 14 15- 16-
17 18 19 20 21 22- 23-
24 25 26 27 28 29- 30-
31- (1) (2) (3) (4) (5)- (6)-
`},
		{"a December that ends in the next year", 2026, time.December, `
(30) 1 2 3 4 5- 6-
7 8 9 10 11 12- 13-
14 15 16 17 18 19- 20-
21 22 23 24 25- 26- 27-
28- 29 30 31 (1)- (2)- (3)-
`},
	} {
		got := "\n" + drawn(MonthOf(tt.year, tt.month, nil, office))
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s: %s", tt.name, diff)
		}
	}
}

func TestMonthShowsWhatFallsOnItsDays(t *testing.T) {
	due := []MonthItem{{"AR-2026-0001", "reply due", Soon}, {"ER-2026-0002", "reply due", Late}}
	next := []MonthItem{{"AR-2027-0001", "reply due", Calm}}
	weeks := MonthOf(2026, time.December, map[calendar.Date][]MonthItem{
		calendar.NewDate(2026, 12, 25): due, calendar.NewDate(2027, 1, 2): next,
		calendar.NewDate(2027, 1, 4): {{Ref: "of another week"}},
	}, office)
	want := MonthDay{On: calendar.NewDate(2026, 12, 25), In: true, Holiday: "Christmas Day", Items: due}
	if diff := cmp.Diff(want, weeks[3][4]); diff != "" {
		t.Error(diff)
	}
	want = MonthDay{On: calendar.NewDate(2027, 1, 2), Items: next}
	if diff := cmp.Diff(want, weeks[4][5]); diff != "" {
		t.Error(diff)
	}
}

func TestMonthAtTheEdgesOfTheCalendar(t *testing.T) {
	if weeks := MonthOf(2026, 13, nil, office); weeks != nil {
		t.Errorf("a thirteenth month has %d weeks", len(weeks))
	}
	weeks := MonthOf(9999, time.December, nil, office)
	last := weeks[len(weeks)-1]
	if last[4].On != calendar.NewDate(9999, 12, 31) || !cmp.Equal(last[5], MonthDay{}) {
		t.Errorf("the last week of all ends %v, %v", last[4], last[5])
	}
}

func TestEveryDayOfAMonthStandsOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		first := calendar.NewDate(rapid.IntRange(1, 9998).Draw(t, "year"), time.Month(rapid.IntRange(1, 12).Draw(t, "month")), 1)
		weeks, in := MonthOf(first.Year(), first.Month(), nil, office), 0
		on := weeks[0][0].On
		for _, week := range weeks {
			for i, d := range week {
				if d.On != on || int(on.Weekday()) != (i+1)%7 {
					t.Fatalf("%s stands where %s belongs", d.On, on)
				}
				if d.In {
					in++
				}
				on = on.AddDays(1)
			}
		}
		if want := first.DaysUntil(first.AddMonths(1)); in != want {
			t.Fatalf("%s has %d days, want %d", first, in, want)
		}
	})
}
