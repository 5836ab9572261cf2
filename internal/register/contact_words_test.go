package register

import (
	"testing"
	"time"

	"custos/internal/calendar"
)

// Every answer ends with what decided it, and from when it holds.
func TestAnswerSaysWhatDecidedAndSince(t *testing.T) {
	written := time.Date(2026, 3, 4, 9, 0, 0, 0, time.UTC)
	gave := fact("a", Given, 1)
	for _, tt := range []struct {
		name   string
		change func(*Contactee)
		on     calendar.Date
		what   string
		at     time.Time // zero: none
		event  ID
	}{
		{"consented", func(*Contactee) {}, ymd(2026, 3, 30), "the person consented", gave.At, "a"},
		{"never asked", func(p *Contactee) { p.Facts = nil }, ymd(2026, 3, 30),
			"the person has not consented", time.Time{}, ""},
		{"suppressed", func(p *Contactee) {
			s := Suppression{Kind: "email", Channel: AnyChannel, Scope: ScopeAll, Reason: "by letter", At: written}
			p.Suppressed = []Suppression{s}
		}, ymd(2026, 3, 30), "the address is suppressed: by letter", written, ""},
		{"deactivated", func(p *Contactee) { p.Status, p.Since = Deactivated, ymd(2026, 3, 20) }, ymd(2026, 3, 30),
			"the record is deactivated", calendar.LondonStart(ymd(2026, 3, 20)), ""},
		{"restricted in summer", func(p *Contactee) { p.Status, p.Since = Restricted, ymd(2026, 7, 1) },
			ymd(2026, 7, 1), "the record is restricted: it may be stored and nothing else", calendar.LondonStart(ymd(2026, 7, 1)), ""},
		{"ended by itself", func(p *Contactee) { p.Facts[0].Expires = ymd(2026, 3, 20) }, ymd(2026, 3, 30),
			"the consent ended on 2026-03-20", gave.At, "a"},
		{"ended by the office", func(p *Contactee) { p.Facts = append(p.Facts, fact("b", Expired, 3)) },
			ymd(2026, 3, 30), "the consent ended", fact("b", Expired, 3).At, "b"},
		{"other words", func(*Contactee) {}, ymd(2026, 4, 2),
			"the wording they agreed to changed materially on 2026-04-01", gave.At, "a"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := person("learner")
			p.Facts = []ConsentFact{gave}
			tt.change(&p)
			a := ask(t, "news", "email", tt.on).Answer(&p)
			last := a.Because[len(a.Because)-1]
			if last.What != tt.what || last.Event != tt.event || last.Rule == "" {
				t.Errorf("%+v", last)
			}
			if (last.At == nil) != tt.at.IsZero() || last.At != nil && !last.At.Equal(tt.at) {
				t.Errorf("since %v, want %v", last.At, tt.at)
			}
		})
	}
}

func TestAnswerSaysHowEachEventCame(t *testing.T) {
	p := person("learner")
	p.Access = "lead"
	p.Facts = []ConsentFact{
		with(fact("a", Given, 1), func(f *ConsentFact) { f.ByOther, f.Collected = true, "sale" }),
		with(wide(fact("b", Objected, 2), AnyChannel), func(f *ConsentFact) { f.Notice = "" }),
		with(fact("c", Asked, 3), func(f *ConsentFact) { f.Method, f.Notice = "", "" }),
	}
	a := ask(t, "news", "email", ymd(2026, 3, 30)).Answer(&p)
	for i, want := range []string{
		"news: Consent for Learner, lead",
		"given (paper) by somebody on the person's behalf, wording n 1, details from sale with an opt-out offered",
		"objected (paper), of all marketing, by every channel",
		"asked",
	} {
		if got := a.Because[i].What; got != want {
			t.Errorf("%d: %q, want %q", i, got, want)
		}
	}
}
