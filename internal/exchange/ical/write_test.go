package ical

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	ics "github.com/arran4/golang-ical"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"custos/internal/calendar"
	"custos/internal/register"
)

func office() Info {
	return Info{Office: "Example School", Created: time.Date(2026, 3, 1, 13, 4, 5, 6, time.FixedZone("", 3600))}
}

func write(t interface{ Fatal(...any) }, entries ...Entry) string {
	var b bytes.Buffer
	if err := Write(&b, entries, office()); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestWrite(t *testing.T) {
	got := write(t,
		Entry{UID: "AR-2026-0001.due@s1", On: calendar.NewDate(2026, 12, 31), Summary: "AR-2026-0001: reply due"},
		Entry{
			UID: "AR-2026-0002.due@s1", On: calendar.NewDate(2028, 2, 28), Summary: `due; a, b \ c`, Description: "one\r\ntwo",
			Categories: []string{"Custos", "Access, in short"}, Remind: 3,
		})
	want := strings.ReplaceAll(`BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Custos//Custos//EN
CALSCALE:GREGORIAN
METHOD:PUBLISH
X-WR-CALNAME:Example School
BEGIN:VEVENT
UID:AR-2026-0001.due@s1
DTSTAMP:20260301T120405Z
DTSTART;VALUE=DATE:20261231
DTEND;VALUE=DATE:20270101
SUMMARY:AR-2026-0001: reply due
TRANSP:TRANSPARENT
END:VEVENT
BEGIN:VEVENT
UID:AR-2026-0002.due@s1
DTSTAMP:20260301T120405Z
DTSTART;VALUE=DATE:20280228
DTEND;VALUE=DATE:20280229
SUMMARY:due\; a\, b \\ c
DESCRIPTION:one\ntwo
CATEGORIES:Custos,Access\, in short
TRANSP:TRANSPARENT
BEGIN:VALARM
ACTION:DISPLAY
TRIGGER:-P2DT15H
DESCRIPTION:due\; a\, b \\ c
END:VALARM
END:VEVENT
END:VCALENDAR
`, "\n", "\r\n")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestRemindersComeAtNine: nine in the morning is fifteen hours before the midnight that ends its day.
func TestRemindersComeAtNine(t *testing.T) {
	for days, want := range map[int]string{1: "-PT15H", 2: "-P1DT15H", 7: "-P6DT15H"} {
		if got := ahead(days); got != want {
			t.Errorf("%d days ahead: %s, want %s", days, got, want)
		}
	}
}

// TestAnotherProgramReadsWhatIsWritten: any text comes back, on lines that are never too long.
func TestAnotherProgramReadsWhatIsWritten(t *testing.T) {
	text := rapid.OneOf(rapid.String(), rapid.StringMatching(`[a,;:"\\n\r\n\tüé😀 ]{0,200}`))
	rapid.Check(t, func(t *rapid.T) {
		e := Entry{UID: "u", On: calendar.NewDate(2026, 3, 2).AddDays(rapid.IntRange(-9999, 9999).Draw(t, "day"))}
		e.Summary, e.Description = "s"+text.Draw(t, "summary"), text.Draw(t, "description")
		out := write(t, e)
		for line := range strings.SplitSeq(strings.TrimSuffix(out, "\r\n"), "\r\n") {
			if len(line) > maxLine || !utf8.ValidString(line) || strings.ContainsAny(line, "\r\n") {
				t.Fatalf("a line of %d bytes: %q", len(line), line)
			}
		}
		cal, err := ics.ParseCalendar(strings.NewReader(out))
		if err != nil || len(cal.Events()) != 1 {
			t.Fatalf("another program cannot read %q: %v", out, err)
		}
		event := cal.Events()[0]
		start, err := event.GetAllDayStartAt()
		end, err2 := event.GetAllDayEndAt()
		if err = errors.Join(err, err2); err != nil {
			t.Fatal(err)
		}
		if calendar.LondonDate(start.Add(12*time.Hour)) != e.On || end.Sub(start).Round(24*time.Hour) != 24*time.Hour {
			t.Fatalf("%s is read as %s to %s", e.On, start, end)
		}
		for name, want := range map[ics.ComponentProperty]string{
			ics.ComponentPropertySummary: clean(e.Summary), ics.ComponentPropertyDescription: clean(e.Description),
		} {
			got := ""
			if p := event.GetProperty(name); p != nil {
				got = p.Value
			}
			if got != want {
				t.Fatalf("%s: wrote %q, read %q", name, want, got)
			}
		}
	})
}

func TestLinesAreFoldedAsLateAsMayBe(t *testing.T) {
	e := Entry{UID: "u", On: calendar.NewDate(2026, 3, 2), Summary: strings.Repeat("x", 75-len("SUMMARY:"))}
	if out := write(t, e); strings.Contains(out, "\r\n ") {
		t.Errorf("a line of 75 bytes is folded: %q", out)
	}
	e.Summary += "é" + strings.Repeat("y", 73)
	want := strings.Repeat("x", 67) + "\r\n é" + strings.Repeat("y", 72) + "\r\n y\r\n"
	if out := write(t, e); !strings.Contains(out, want) {
		t.Errorf("folded otherwise: %q", out)
	}
}

func TestNoTextMakesALineOfItsOwn(t *testing.T) {
	bad := "x\r\nATTENDEE:mailto:a@example.org\rB:1\x00\u2028C:1\xff"
	out := write(t, Entry{
		UID: bad, On: calendar.NewDate(2026, 3, 2), Summary: bad, Description: bad, Categories: []string{bad}, Remind: 1,
	})
	for line := range strings.SplitSeq(out, "\r\n") {
		if strings.HasPrefix(line, "ATTENDEE") || strings.HasPrefix(line, "B:") || strings.ContainsAny(line, "\r\x00\u2028") {
			t.Errorf("the text makes the line %q", line)
		}
	}
}

func TestWriteRefuses(t *testing.T) {
	good := Entry{UID: "a", On: calendar.NewDate(2026, 3, 2), Summary: "due"}
	with := func(change func(*Entry)) []Entry {
		e := good
		e.UID = "b"
		change(&e)
		return []Entry{good, e}
	}
	for field, entries := range map[string][]Entry{
		"":        nil,
		"uid":     with(func(e *Entry) { e.UID = "a\x00" }),
		"uid ":    with(func(e *Entry) { e.UID = " " }),
		"on":      with(func(e *Entry) { e.On = calendar.Date{} }),
		"summary": with(func(e *Entry) { e.Summary = "\x00" }),
		"remind":  with(func(e *Entry) { e.Remind = -1 }),
		"remind ": with(func(e *Entry) { e.Remind = maxRemind + 1 }),
	} {
		var out bytes.Buffer
		var e *register.Error
		err := Write(&out, entries, office())
		if !errors.As(err, &e) || e.Kind != register.Invalid || e.Field != strings.TrimSpace(field) || out.Len() > 0 {
			t.Errorf("%q: wrote %d bytes, %v", field, out.Len(), err)
		}
	}
	if err := Write(io.Discard, []Entry{good}, Info{}); register.KindOf(err) != register.Invalid {
		t.Errorf("without a time: %v", err)
	}
}

type full struct{ left int }

func (f *full) Write(p []byte) (int, error) {
	if f.left -= len(p); f.left < 0 {
		return 0, errors.New("disk full")
	}
	return len(p), nil
}

func TestAFullDiskIsTold(t *testing.T) {
	entry := []Entry{{UID: "a", On: calendar.NewDate(2026, 3, 2), Summary: strings.Repeat("due ", 2000)}}
	for _, left := range []int{0, 4096, 8000} {
		if err := Write(&full{left}, entry, office()); err == nil {
			t.Errorf("a disk with %d bytes left is not told", left)
		}
	}
}
