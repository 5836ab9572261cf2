package register_test

import (
	"fmt"
	"testing"
	"time"

	"custos/internal/calendar"
	"custos/internal/register"

	"pgregory.net/rapid"
)

func fileSettings() *register.Settings {
	return &register.Settings{Profile: register.Profile{
		Name:  "test",
		Kinds: []register.PersonKind{{ID: "teacher", Subscriber: "individual"}},
		Purposes: []register.Purpose{
			{ID: "news", Marketing: true, Channels: []string{"email", "sms"}, Brands: []string{"a", "b"},
				Bases: []register.BasisRule{{Basis: register.Consent}}},
			{ID: "care", Channels: []string{"email"}, Bases: []register.BasisRule{{Basis: register.Consent}}},
		},
		Notices: []register.Notice{
			{ID: "main", Version: "1", From: calendar.NewDate(2025, time.January, 1)},
			{ID: "summer", Version: "1", From: calendar.NewDate(2025, time.July, 1)},
		},
	}}
}

var fileNow = time.Date(2026, 3, 16, 12, 0, 0, 0, time.UTC)

func day(n int) time.Time { return time.Date(2026, 3, n, 9, 0, 0, 0, time.UTC) }

func TestAnswersFromFiles(t *testing.T) {
	news := register.ConsentKey{Purpose: "news", Channel: "email", Brand: "a"}
	care := register.ConsentKey{Purpose: "care", Channel: "email"}
	held := func(key register.ConsentKey, act register.ConsentAct, at time.Time) []register.ConsentFact {
		return []register.ConsentFact{{ID: "C1", Key: key, Act: act, At: at, Recorded: at}}
	}
	all := register.ConsentKey{Purpose: register.AnyMarketing, Channel: "email"}
	tests := []struct {
		name   string
		key    register.ConsentKey
		who    register.Contactee
		answer register.FileAnswer
		want   string // act, day, purpose of what is recorded; else why not
	}{
		{"yes, never asked", news, register.Contactee{}, register.FileAnswer{Act: register.Given, At: day(2)}, "given 2 news"},
		{"yes, no day", news, register.Contactee{}, register.FileAnswer{Act: register.Given}, "given 16 news"},
		{"yes again", news, register.Contactee{Facts: held(news, register.Given, day(1))},
			register.FileAnswer{Act: register.Given, At: day(2)}, "same: given on 2026-03-01 already"},
		{"yes after no", news, register.Contactee{Facts: held(news, register.Withdrawn, day(1))},
			register.FileAnswer{Act: register.Given, At: day(2)}, "kept: withdrawn on 2026-03-01"},
		{"yes after an objection to all marketing", news, register.Contactee{Facts: held(all, register.Objected, day(1))},
			register.FileAnswer{Act: register.Given, At: day(2)}, "kept: objected on 2026-03-01"},
		{"yes to what is no marketing", care, register.Contactee{Facts: held(all, register.Objected, day(1))},
			register.FileAnswer{Act: register.Given, At: day(2)}, "given 2 care"},
		{"yes older than a consent that ended", news, register.Contactee{Facts: held(news, register.Expired, day(3))},
			register.FileAnswer{Act: register.Given, At: day(2)}, "same: older than what is held of 2026-03-03"},
		{"yes after a consent that ended", news, register.Contactee{Facts: held(news, register.Expired, day(1))},
			register.FileAnswer{Act: register.Given, At: day(2)}, "given 2 news"},
		{"yes, suppressed", news, register.Contactee{Suppressed: []register.Suppression{
			{Kind: "email", Channel: "any", Scope: register.ScopeMarketing, At: day(1)}}},
			register.FileAnswer{Act: register.Given, At: day(2)}, "kept: suppressed on 2026-03-01"},
		{"yes, restricted", news, register.Contactee{Status: register.Restricted},
			register.FileAnswer{Act: register.Given}, "refused: the record is restricted: it may be stored and nothing else"},
		{"yes, erased", news, register.Contactee{Status: register.Erased},
			register.FileAnswer{Act: register.Given}, "refused: the record is restricted: it may be stored and nothing else"},
		{"yes after a renewal", news, register.Contactee{Facts: held(news, register.Renewed, day(1))},
			register.FileAnswer{Act: register.Given, At: day(2)}, "same: renewed on 2026-03-01 already"},
		{"yes as old as the end of a consent", news, register.Contactee{Facts: held(news, register.Expired, day(2))},
			register.FileAnswer{Act: register.Given, At: day(2)}, "same: older than what is held of 2026-03-02"},
		{"yes older than what was put right", news, register.Contactee{Facts: []register.ConsentFact{
			{ID: "C2", Key: news, Act: register.Expired, At: day(3), Recorded: day(3), Corrects: "C1"},
		}}, register.FileAnswer{Act: register.Given, At: day(2)}, "given 2 news"},
		{"yes on the day a wording began in London", news, register.Contactee{},
			register.FileAnswer{
				Act: register.Given, At: time.Date(2025, 6, 30, 23, 0, 0, 0, time.UTC), Notice: "summer",
			}, "given 30 news"},
		{"yes of a child", news, register.Contactee{Born: calendar.NewDate(2020, time.January, 1)},
			register.FileAnswer{Act: register.Given}, "refused given_by"},
		{"yes to a wording that was not there", news, register.Contactee{},
			register.FileAnswer{Act: register.Given, At: day(2).AddDate(-3, 0, 0), Notice: "main"}, "refused notice"},
		{"in the future", news, register.Contactee{}, register.FileAnswer{Act: register.RefusedIt, At: day(17)}, "refused at"},
		{"no, never asked", news, register.Contactee{}, register.FileAnswer{Act: register.RefusedIt, At: day(2)}, "refused 2 news"},
		{"no after yes", news, register.Contactee{Facts: held(news, register.Given, day(1))},
			register.FileAnswer{Act: register.RefusedIt, At: day(2)}, "withdrawn 2 news"},
		{"no before yes", news, register.Contactee{Facts: held(news, register.Given, day(3))},
			register.FileAnswer{Act: register.RefusedIt, At: day(2)}, "withdrawn 16 news"},
		{"no before a request", news, register.Contactee{Facts: held(news, register.Asked, day(3))},
			register.FileAnswer{Act: register.RefusedIt, At: day(2), Notice: "main"}, "refused 2 news"},
		{"no before a yes to something else", news, register.Contactee{Facts: held(care, register.Given, day(3))},
			register.FileAnswer{Act: register.RefusedIt, At: day(2)}, "refused 2 news"},
		{"no to all after yes", news, register.Contactee{Facts: held(news, register.Given, day(1))},
			register.FileAnswer{Act: register.Objected, At: day(2)}, "objected 2 any-marketing"},
		{"no again", news, register.Contactee{Facts: held(news, register.RefusedIt, day(1))},
			register.FileAnswer{Act: register.RefusedIt, At: day(2)}, "same: refused on 2026-03-01 already"},
		{"no to all", news, register.Contactee{Facts: held(news, register.RefusedIt, day(1))},
			register.FileAnswer{Act: register.Objected, At: day(2)}, "objected 2 any-marketing"},
		{"no to all, and it is no marketing", care, register.Contactee{}, register.FileAnswer{Act: register.Objected, At: day(2)}, "objected 2 care"},
		{"no of a restricted record", news, register.Contactee{Status: register.Restricted},
			register.FileAnswer{Act: register.RefusedIt, At: day(2)}, "refused 2 news"},
		{"nothing", news, register.Contactee{}, register.FileAnswer{}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, err := register.NewContact(fileSettings(), tt.key, register.At(calendar.LondonDate(fileNow)))
			if err != nil {
				t.Fatal(err)
			}
			v, problem := c.FromFile(&tt.who, tt.answer, fileNow)
			got := v.Why
			switch {
			case problem != nil && problem.Field != "":
				got = "refused " + problem.Field
			case problem != nil:
				got = "refused: " + problem.Reason
			case v.Record != nil:
				got = fmt.Sprintf("%s %d %s", v.Record.Act, v.Record.At.Day(), v.Record.Key.Purpose)
				if v.Record.Act.No() && v.Record.Notice != "" {
					t.Errorf("a no was given under the wording %q", v.Record.Notice)
				}
			}
			if got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

// TestNoFileTurnsANoIntoAYes: whatever the ledger and whatever a file says in
// whatever order, a question that stands at no stands at no after it, and one
// the file says no to does too.
func TestNoFileTurnsANoIntoAYes(t *testing.T) {
	channels := []string{"email", "sms"}
	brands := []string{"a", "b"}
	keys := rapid.Custom(func(r *rapid.T) register.ConsentKey {
		return register.ConsentKey{Purpose: "news", Channel: rapid.SampledFrom(channels).Draw(r, "channel"),
			Brand: rapid.SampledFrom(brands).Draw(r, "brand")}
	})
	facts := rapid.Custom(func(r *rapid.T) register.ConsentFact {
		f := register.ConsentFact{
			ID:  register.ID(rapid.StringMatching(`C[0-9]{6}`).Draw(r, "id")),
			Key: keys.Draw(r, "key"), Act: rapid.SampledFrom(register.ConsentActs()).Draw(r, "act"),
			At: day(rapid.IntRange(1, 16).Draw(r, "day")),
		}
		if f.Recorded = f.At; f.Act.No() && rapid.Bool().Draw(r, "wide") {
			f.Key = register.ConsentKey{Purpose: register.AnyMarketing, Channel: rapid.SampledFrom([]string{"email", register.AnyChannel}).Draw(r, "wide by")}
		}
		return f
	})
	rapid.Check(t, func(r *rapid.T) {
		p := register.Contactee{Kind: "teacher", Facts: rapid.SliceOfN(facts, 0, 6).Draw(r, "facts")}
		for n := range rapid.IntRange(1, 4).Draw(r, "rows") {
			c, err := register.NewContact(fileSettings(), keys.Draw(r, "asked"), register.At(calendar.LondonDate(fileNow)))
			if err != nil {
				r.Fatal(err)
			}
			before := c.Standing(&p).State
			f := register.FileAnswer{
				Act: rapid.SampledFrom([]register.ConsentAct{register.Given, register.RefusedIt, register.Withdrawn, register.Objected}).Draw(r, "says"),
				At:  day(rapid.IntRange(1, 16).Draw(r, "on")),
			}
			v, problem := c.FromFile(&p, f, fileNow)
			if problem != nil {
				r.Fatalf("%+v", problem)
			}
			if v.Record != nil {
				p.Facts = append(p.Facts, register.ConsentFact{
					ID: register.ID(fmt.Sprintf("N%d", n)), Key: v.Record.Key, Act: v.Record.Act, At: v.Record.At, Recorded: fileNow,
				})
			}
			after := c.Standing(&p).State
			if (before.No() || f.Act.No()) && !after.No() {
				r.Fatalf("%s, and the file says %s: now %s", before, f.Act, after)
			}
		}
	})
}
