package letter_test

import (
	"fmt"
	"strings"
	"time"

	"custos/internal/calendar"
	"custos/internal/letter"
	"custos/internal/register"
)

// printed is an instant in summer, when London is an hour ahead.
var printed = time.Date(2026, 6, 30, 23, 30, 0, 0, time.UTC)

// settings is an invented office that asks about news, needs and photographs.
func settings() register.Settings {
	p := office()
	p.Channels = []register.Channel{{ID: "email", Title: "Email"}, {ID: "post", Title: "Post"}}
	p.Brands = []register.Brand{{ID: "gazette", Title: "The Gazette"}}
	p.Contacts = []register.ContactPoint{
		{Role: "office", Title: "Course office", How: "By phone, by email or at the desk."},
		{Role: "regulator", Title: "The Regulator", How: "Through its website."},
	}
	consent := []register.BasisRule{{Basis: register.Consent}}
	p.Purposes = append(p.Purposes,
		register.Purpose{ID: "news", Title: "News of our courses", Wording: "May we tell you about new courses?", Notice: "news",
			Bases: consent, Channels: []string{"email", "post"}, Marketing: true, Lasts: "24 months", Recipients: []string{"mailer"}},
		register.Purpose{ID: "letter", Title: "Newsletter", Wording: "May we send you the newsletter?", Notice: "news",
			Bases: consent, Channels: []string{"email"}, Brands: []string{"gazette"}, Marketing: true},
		register.Purpose{ID: "needs", Title: "Your needs", Wording: "May we keep what you need?", Notice: "health",
			Bases: consent, Channels: []string{"post"}, Article9: "Art 9(2)(a): explicit consent", Recipients: []string{"university"}},
	)
	from := calendar.NewDate(2026, 7, 1)
	p.Notices = []register.Notice{
		{ID: "news", Version: "1", Title: "News", Text: "The former text.", To: from.AddDays(-1)},
		{ID: "news", Version: "2", Title: "News", Text: "We send it ourselves.\n\nYou may stop it.", From: from},
		{ID: "health", Version: "1", Title: "Health", Text: "Only those who prepare the course see it.", From: calendar.NewDate(2025, 9, 1)},
	}
	return register.Settings{Office: "Sample & Sons Training", Profile: p, CompetentAge: 12}
}

// trail is a head of an audit trail, of which the feet of pages show a part.
func trail() register.AuditMark {
	return register.AuditMark{Sequence: 481, Hash: "9f2c0d1e5b7a88c1" + strings.Repeat("0a", 24)}
}

const shownTrail = "audit 481:9f2c0d1e5b7a88c1, "

func asking() letter.Asking {
	return letter.Asking{
		Settings: settings(), Title: "First aid, 2 July 2026", Code: "X0000000000001", At: printed, Audit: trail(),
		Keys: []register.ConsentKey{
			{Purpose: "news", Channel: "email"}, {Purpose: "needs", Channel: "post"}, {Purpose: "news", Channel: "post"},
			{Purpose: "letter", Channel: "email", Brand: "gazette"},
		},
	}
}

func people() []letter.Person {
	return []letter.Person{
		{Delegate: "D0000000000001", Name: "Robin Example"},
		{Delegate: "D0000000000002", Name: "山田 Δ Жук", Asks: []bool{true, false, false, true}},
		{Delegate: "D0000000000003", Name: "Kim Example", Parent: true},
	}
}

// crowd is people with names that are hard to fit.
func crowd(n int) []letter.Person {
	names := []string{
		"Robin Example", strings.Repeat("W", 120), strings.Repeat("Anna-Sophia ", 10), "Nguyễn Đặng", "O", "",
		strings.Repeat("much longer than any name ", 40),
	}
	all := make([]letter.Person, n)
	for i := range all {
		all[i] = letter.Person{
			Delegate: register.ID(fmt.Sprintf("D%013d", i)), Name: names[i%len(names)], Parent: i%3 == 1,
		}
	}
	return all
}

// heavy asks about many purposes in long sentences.
func heavy(purposes int) letter.Asking {
	a := asking()
	a.Keys = nil
	p := &a.Settings.Profile
	long := strings.Repeat("Sentences that no person reads to the end, because they go on, make room for nothing. ", 6)
	a.Settings.Office = "The Association " + strings.Repeat("of Training Providers ", 8)
	a.Title = strings.Repeat("A course with a title that goes on ", 5)
	for i := range purposes {
		id := fmt.Sprintf("p%d", i)
		p.Purposes = append(p.Purposes, register.Purpose{
			ID: id, Title: fmt.Sprintf("Purpose %d with a long title of many words", i), Wording: long, Notice: "long", Lasts: "2 years",
			Bases: []register.BasisRule{{Basis: register.Consent}}, Channels: []string{"email"}, Recipients: []string{"university"},
		})
		a.Keys = append(a.Keys, register.ConsentKey{Purpose: id, Channel: "email"})
	}
	p.Contacts[0].Title, p.Contacts[0].How = strings.Repeat("Office", 20), long
	p.Notices = append(p.Notices, register.Notice{ID: "long", Version: "1", Title: long[:200], Text: strings.Repeat(long, 8)})
	return a
}
