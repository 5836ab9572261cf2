package tui_test

import (
	"strings"
	"testing"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/tui"
)

// wordings is a console whose notice of the newsletter begins with a short wording of its own.
func wordings(t *testing.T) (*drive, seat, register.Notice) {
	t.Helper()
	_, s, _ := agreed(t)
	p := s.Settings().Profile
	x, _ := p.Purpose("newsletter")
	must[register.NoticeEffect](t)(s.PublishNotice(t.Context(), register.NoticeInput{
		ID: x.Notice, Version: "short", From: calendar.NewDate(2026, 3, 1), Material: true,
		Text: "We write to you by email.\n\nWe keep your address for two years, and no longer.",
	}, false))
	p = s.Settings().Profile
	env := tui.Env{Session: s, Theme: "mono", ReadFile: files(map[string]string{
		"new.txt": "We write to you by post.\r\n\r\nWe keep your address for three years, and no longer.\r\n", "photo.png": "\x89PNG\x00",
	})}
	return start(t, env, 80, 24), s, p.NoticeVersions(x.Notice)[0]
}

func TestAVersionIsPublishedAfterItsEffectWasShown(t *testing.T) {
	d, s, was := wordings(t)
	d.keys("5", "n")
	d.shows("Consents > Notices", was.ID, "short", "IN FORCE", "ended", "MATERIAL", was.Digest()[:12])
	d.golden("notices")
	d.sweep()
	d.size(80, 24)
	d.keys("home", "n")
	d.shows("New version", "The last is short.")
	d.golden("notice-form")
	d.size(80, 24)
	d.keys("second", "enter")
	for range "2026-03-02" {
		d.keys("backspace")
	}
	d.keys("09/03/2026", "enter", "down", "down", "enter", "photo.png", "ctrl+s")
	d.shows("this is no text in UTF-8")
	for range "photo.png" {
		d.keys("backspace")
	}
	d.keys("new.txt", "ctrl+s")
	d.shows("Notices > What it means", "NOT PUBLISHED YET", "To be asked again: 1 answer.", "ASK AGAIN", "Ada Example")
	d.golden("notice-effect")
	d.sweep()
	d.size(80, 24)
	d.keys("esc")
	d.shows("Taken up where it was left", "second", "new.txt")
	d.keys("ctrl+s", "ctrl+s")
	d.shows("can never be changed again")
	d.keys("right", "enter")
	d.shows("Published: ", "PUBLISHED.")
	p := s.Settings().Profile
	last := p.NoticeVersions(was.ID)[0]
	if last.Version != "second" || last.Text != "We write to you by post.\n\nWe keep your address for three years, and no longer." || !last.Material {
		t.Fatalf("published %+v", last)
	}
	d.keys("esc", "n")
	d.hides("Taken up where it was left")
}

func TestTwoVersionsAreComparedByWords(t *testing.T) {
	d, s, was := wordings(t)
	must[register.NoticeEffect](t)(s.PublishNotice(t.Context(), register.NoticeInput{
		ID: was.ID, Version: "long", From: calendar.NewDate(2026, 3, 2),
		Text: "We write to you by post.\n\nWe keep your address for three years, and no longer. \x1b[2J" + strings.Repeat("More of it. ", 200),
	}, false))
	d.keys("5", "n", "d")
	d.shows("short to long", "We write to you by [-email.-] {+post.+}", "for [-two-] {+three+} years, and no longer.", "lines 1 to")
	d.golden("notice-compare")
	d.sweep()
	d.size(80, 24)
	d.shows("lines 1 to 19")
	d.keys("end")
	d.hides("We write to you")
	for _, l := range strings.Split(d.text(), "\n") {
		if l = strings.TrimSpace(l); strings.Contains(l, "More of it.") && (!strings.HasPrefix(l, "{+") || !strings.HasSuffix(l, "+}")) {
			t.Errorf("a line of the new words is not marked as such: %q", l)
		}
	}
	d.keys("esc", "enter")
	d.shows("We write to you by post.")
	d.hides("[-email.-]")
}

func TestTellingPeopleIsRecorded(t *testing.T) {
	d, s, was := wordings(t)
	d.keys("5", "n", "t")
	d.shows("Notices > Told", "Nothing is sent by this")
	d.golden("notice-told")
	d.size(80, 24)
	d.keys("enter", "by letter", "enter", "many", "ctrl+s")
	d.shows("write a whole number")
	d.keys("backspace", "backspace", "backspace", "backspace", "140", "ctrl+s")
	d.shows("Recorded: told 140 people.")
	told := s.Settings().Told
	if len(told) != 1 || told[0].Notice != was.ID || told[0].Version != "short" || told[0].People != 140 || told[0].How != "by letter" {
		t.Errorf("recorded %+v", told)
	}
	d.size(160, 24)
	d.keys("home")
	d.shows("140")
}
