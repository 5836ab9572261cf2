package register

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"custos/internal/calendar"

	"pgregory.net/rapid"
)

var news = ConsentKey{Purpose: "news", Channel: "email"}

// fact is an event about news by email on a day of March 2026, at noon, typed in
// at once.
func fact(id ID, act ConsentAct, day int) ConsentFact {
	at := noon(ymd(2026, 3, day))
	return ConsentFact{ID: id, Key: news, Act: act, At: at, Recorded: at, Method: "paper", Notice: "n", NoticeVersion: "1"}
}

func with(f ConsentFact, change func(*ConsentFact)) ConsentFact {
	change(&f)
	return f
}

func recorded(f ConsentFact, day int) ConsentFact {
	return with(f, func(f *ConsentFact) { f.Recorded = noon(ymd(2026, 3, day)) })
}

func corrects(f ConsentFact, id ID) ConsentFact {
	return with(f, func(f *ConsentFact) { f.Corrects = id })
}

func about(f ConsentFact, key ConsentKey) ConsentFact {
	return with(f, func(f *ConsentFact) { f.Key = key })
}

func TestStandings(t *testing.T) {
	end := At(ymd(2026, 3, 30))
	onlyEmail := ConsentKey{AnyMarketing, "email", ""}
	until := func(f ConsentFact, day int) ConsentFact {
		return with(f, func(f *ConsentFact) { f.Expires = ymd(2026, 3, day) })
	}
	for _, tt := range []struct {
		name  string
		facts []ConsentFact
		m     Moment
		want  ConsentAct
		rests ID
	}{
		{"nothing", nil, end, NeverAsked, ""},
		{"asked", []ConsentFact{fact("a", Asked, 1)}, end, Asked, ""},
		{"asked again after a yes", []ConsentFact{fact("a", Given, 1), fact("b", Asked, 2)}, end, Given, "a"},
		{"asked by an import after a no", []ConsentFact{
			fact("a", RefusedIt, 1), with(fact("b", Asked, 2), func(f *ConsentFact) { f.Method = "imported" }),
		}, end, RefusedIt, "a"},
		{"asked and spoken with after a no", []ConsentFact{
			fact("a", Objected, 1), with(fact("b", Asked, 2), func(f *ConsentFact) { f.Method = "spoken" }),
		}, end, Objected, "a"},
		{"another channel", []ConsentFact{about(fact("a", Given, 1), ConsentKey{"news", "sms", ""})}, end, NeverAsked, ""},
		{"renewed", []ConsentFact{fact("a", Given, 1), fact("b", Renewed, 2)}, end, Renewed, "b"},

		{"on its last day", []ConsentFact{until(fact("a", Given, 1), 30)}, end, Given, "a"},
		{"the day after its last", []ConsentFact{until(fact("a", Given, 1), 29)}, end, Expired, "a"},
		{"ended by an event", []ConsentFact{fact("a", Given, 1), fact("b", Expired, 2)}, end, Expired, "b"},
		{"given again after it ended", []ConsentFact{fact("a", Given, 1), fact("b", Expired, 2), fact("c", Given, 3)}, end, Given, "c"},
		{"a no never expires", []ConsentFact{fact("a", Withdrawn, 1), fact("b", Expired, 2)}, end, Withdrawn, "a"},
		{"an end and nothing before it", []ConsentFact{fact("a", Expired, 2)}, end, Expired, "a"},

		{"a yes and a no at once", []ConsentFact{fact("a", RefusedIt, 1), recorded(fact("b", Given, 1), 9)}, end, RefusedIt, "a"},
		{"two noes at once", []ConsentFact{fact("a", Objected, 1), recorded(fact("b", RefusedIt, 1), 9)}, end, Objected, "a"},
		{"the same twice", []ConsentFact{recorded(fact("b", Given, 1), 9), fact("a", Given, 1)}, end, Given, "b"},

		{"a no to all marketing", []ConsentFact{fact("a", Given, 1), about(fact("b", Objected, 2), onlyEmail)}, end, Objected, "b"},
		{"by another channel", []ConsentFact{
			fact("a", Given, 1), about(fact("b", Objected, 2), ConsentKey{AnyMarketing, "sms", ""}),
		}, end, Given, "a"},
		{"a no by every channel", []ConsentFact{
			fact("a", Given, 1), about(fact("b", Withdrawn, 2), ConsentKey{"news", AnyChannel, ""}),
		}, end, Withdrawn, "b"},
		{"a yes is never wide", []ConsentFact{about(fact("a", Given, 2), ConsentKey{"news", AnyChannel, ""})}, end, NeverAsked, ""},
		{"a later yes to this one question", []ConsentFact{about(fact("a", Objected, 1), onlyEmail), fact("b", Given, 2)}, end, Given, "b"},

		{"corrected", []ConsentFact{fact("a", Given, 1), corrects(fact("b", RefusedIt, 1), "a")}, end, RefusedIt, "b"},
		{"corrected to an earlier day", []ConsentFact{fact("a", Given, 9), corrects(recorded(fact("b", RefusedIt, 2), 12), "a")}, end, RefusedIt, "b"},
		{"corrected to a later day than asked for", []ConsentFact{
			fact("a", Given, 1), corrects(fact("b", Given, 20), "a"),
		}, At(ymd(2026, 3, 10)), NeverAsked, ""},
		{"a correction corrected does not bring the first back", []ConsentFact{
			fact("a", Given, 9), corrects(fact("b", RefusedIt, 2), "a"), corrects(fact("c", Withdrawn, 3), "b"),
		}, end, Withdrawn, "c"},
		{"a correction that belongs to another question", []ConsentFact{
			fact("a", Given, 1), corrects(about(fact("b", Given, 1), ConsentKey{"news", "sms", ""}), "a"),
		}, end, NeverAsked, ""},
		{"events without ids correct nothing", []ConsentFact{
			fact("", Given, 1), fact("c", Asked, 2), corrects(fact("b", Asked, 2), "x"),
		}, end, Given, ""},
		{"all else equal", []ConsentFact{fact("b", Renewed, 1), fact("a", Given, 1)}, end, Renewed, "b"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := StandingOf(tt.facts, news, tt.m)
			var rests ID
			if got.Rests >= 0 {
				rests = tt.facts[got.Rests].ID
			}
			if got.State != tt.want || rests != tt.rests {
				t.Errorf("%s by %q, want %s by %q", got.State, rests, tt.want, tt.rests)
			}
		})
	}
}

// Events on the tenth, known at different days.
func TestStandingAsKnown(t *testing.T) {
	facts := []ConsentFact{
		fact("a", Given, 1),
		recorded(fact("b", Withdrawn, 5), 12), // a letter that lay about
		corrects(recorded(fact("c", Given, 5), 20), "b"),
		corrects(recorded(fact("d", RefusedIt, 1), 25), "a"),
	}
	on := At(ymd(2026, 3, 10))
	for _, tt := range []struct {
		known int
		want  ConsentAct
	}{{10, Given}, {11, Given}, {12, Withdrawn}, {19, Withdrawn}, {20, Given}, {25, Given}} {
		if got := StandingOf(facts, news, on.AsKnown(ymd(2026, 3, tt.known))); got.State != tt.want {
			t.Errorf("known on the %dth: %s, want %s", tt.known, got.State, tt.want)
		}
	}
	if got := StandingOf(facts, news, At(ymd(2026, 3, 3))); got.State != RefusedIt {
		t.Errorf("on the third as known now: %s", got.State)
	}
	if got := StandingOf(facts[:1], news, Moment{On: ymd(2026, 3, 1)}); got.State != Given {
		t.Errorf("a moment made by hand: %s", got.State)
	}
}

// A day is a day in London: half past midnight in summer belongs to it.
func TestStandingGoesByTheDayInLondon(t *testing.T) {
	f := fact("a", Given, 1)
	f.At = time.Date(2026, 6, 30, 23, 30, 0, 0, time.UTC)
	f.Recorded = f.At
	if got := StandingOf([]ConsentFact{f}, news, At(ymd(2026, 6, 30))); got.State != NeverAsked {
		t.Errorf("on 30 June: %s", got.State)
	}
	if got := StandingOf([]ConsentFact{f}, news, At(ymd(2026, 7, 1))); got.State != Given {
		t.Errorf("on 1 July: %s", got.State)
	}
	if got := StandingOf([]ConsentFact{f}, news, At(ymd(2026, 7, 1)).AsKnown(ymd(2026, 6, 30))); got.State != NeverAsked {
		t.Errorf("as known on 30 June: %s", got.State)
	}
}

// drawFacts draws a ledger: few days and questions, so that events meet.
func drawFacts(t *rapid.T) []ConsentFact {
	keys := []ConsentKey{news, {"news", "sms", ""}, {"other", "email", "x"}}
	wide := slices.Concat(keys, []ConsentKey{{AnyMarketing, "email", ""}, {AnyMarketing, AnyChannel, ""}, {"news", AnyChannel, ""}})
	facts := make([]ConsentFact, rapid.IntRange(0, 8).Draw(t, "events"))
	for i := range facts {
		id := ID(fmt.Sprintf("K%02d", i))
		f := fact(id, rapid.SampledFrom(ConsentActs()).Draw(t, "act"), rapid.IntRange(1, 3).Draw(t, "at"))
		f = recorded(f, rapid.IntRange(f.At.Day(), 4).Draw(t, "recorded"))
		from := keys
		if f.Act.No() {
			from = wide
		}
		f.Key = rapid.SampledFrom(from).Draw(t, "key")
		if f.Act.Yes() && rapid.Bool().Draw(t, "ends") {
			f.Expires = ymd(2026, 3, rapid.IntRange(f.At.Day(), 9).Draw(t, "last day"))
		}
		if i > 0 && rapid.IntRange(0, 3).Draw(t, "corrects") == 0 {
			f.Corrects = facts[rapid.IntRange(0, i-1).Draw(t, "which")].ID
		}
		facts[i] = f
	}
	return facts
}

func drawMoment(t *rapid.T) Moment {
	m := At(ymd(2026, 3, rapid.IntRange(1, 10).Draw(t, "on")))
	if rapid.Bool().Draw(t, "as known") {
		m = m.AsKnown(ymd(2026, 3, rapid.IntRange(1, 10).Draw(t, "known")))
	}
	return m
}

func TestTheOrderOfEventsNeverMatters(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		facts, m := drawFacts(t), drawMoment(t)
		id := func(facts []ConsentFact, i int) ID {
			if i < 0 {
				return ""
			}
			return facts[i].ID
		}
		a := StandingOf(facts, news, m)
		mixed := rapid.Permutation(slices.Clone(facts)).Draw(t, "mixed")
		b := StandingOf(mixed, news, m)
		if a.State != b.State || id(facts, a.Rests) != id(mixed, b.Rests) || id(facts, a.Asked) != id(mixed, b.Asked) {
			t.Fatalf("%+v by %s, mixed %+v by %s", a, id(facts, a.Rests), b, id(mixed, b.Rests))
		}
	})
}

// Two answers nothing else tells apart are told apart by their ids.
func TestEventsAtTheSameInstantGoByTheirIDs(t *testing.T) {
	a, b := fact("a", Given, 1), fact("b", Renewed, 1)
	for _, facts := range [][]ConsentFact{{a, b}, {b, a}} {
		if got := StandingOf(facts, news, At(ymd(2026, 3, 2))); got.State != Renewed {
			t.Errorf("%s then %s: %s", facts[0].ID, facts[1].ID, got.State)
		}
	}
}

// An event that is not in the ledger yet has no id, and nothing corrects it.
func TestAnEventWithoutAnIDIsNotCorrected(t *testing.T) {
	facts := []ConsentFact{fact("a", Asked, 1), corrects(fact("b", RefusedIt, 1), "a"), fact("", Given, 2)}
	if got := StandingOf(facts, news, At(ymd(2026, 3, 3))); got.State != Given {
		t.Errorf("%s", got.State)
	}
}

func TestALaterNoAlwaysCounts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		no := fact("N", rapid.SampledFrom([]ConsentAct{RefusedIt, Withdrawn, Objected}).Draw(t, "no"), 9)
		no.Key = rapid.SampledFrom([]ConsentKey{news, {AnyMarketing, AnyChannel, ""}, {"news", AnyChannel, ""}}).Draw(t, "of")
		if got := StandingOf(append(drawFacts(t), no), news, At(ymd(2026, 3, 10))); got.State != no.Act {
			t.Fatalf("%s after %s", got.State, no.Act)
		}
	})
}

func TestARequestNeverChangesAnAnswer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		facts, m := drawFacts(t), drawMoment(t)
		before := StandingOf(facts, news, m)
		asked := fact("Z", Asked, rapid.IntRange(1, 9).Draw(t, "asked"))
		asked.Method = rapid.SampledFrom(ConsentMethods()).Draw(t, "method")
		after := StandingOf(append(facts, asked), news, m)
		if before.Rests != after.Rests || before.Rests >= 0 && before.State != after.State {
			t.Fatalf("%+v, then %+v", before, after)
		}
	})
}

// A correction takes away the one event it names and adds itself, no more.
func TestACorrectionReplacesOneEvent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		facts := drawFacts(t)
		if len(facts) == 0 {
			return
		}
		at := rapid.IntRange(0, len(facts)-1).Draw(t, "which")
		for i := range facts {
			facts[i].Corrects = ""
		}
		c := corrects(fact("Z", rapid.SampledFrom(ConsentActs()).Draw(t, "act"), rapid.IntRange(1, 9).Draw(t, "at")), facts[at].ID)
		m := At(ymd(2026, 3, 10))
		got := StandingOf(append(slices.Clone(facts), c), news, m)
		plain := c
		plain.Corrects = ""
		want := StandingOf(append(slices.Delete(slices.Clone(facts), at, at+1), plain), news, m)
		if got.State != want.State {
			t.Fatalf("%s, without the event %s", got.State, want.State)
		}
		// Before it was recorded it changes nothing.
		c.Recorded = noon(ymd(2026, 4, 1))
		if then, now := StandingOf(append(slices.Clone(facts), c), news, m.AsKnown(m.On)), StandingOf(facts, news, m); then.State != now.State {
			t.Fatalf("%s before the correction was known, %s without it", then.State, now.State)
		}
	})
}

func TestVisibleStates(t *testing.T) {
	for act, want := range map[ConsentAct]ConsentAct{
		Given: Given, Renewed: Given, RefusedIt: RefusedIt, Withdrawn: Withdrawn, Objected: Withdrawn,
		Asked: NeverAsked, Expired: NeverAsked, NeverAsked: NeverAsked,
	} {
		if got := act.Visible(); got != want || !slices.Contains(VisibleStates(), got) {
			t.Errorf("%s is seen as %s, want %s", act, got, want)
		}
	}
}

func TestStandingOfAllocatesNothing(t *testing.T) {
	facts := tenFacts()
	m := At(ymd(2026, 3, 30))
	if n := testing.AllocsPerRun(100, func() { StandingOf(facts, news, m) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

// tenFacts is a ledger of the common size, one correction in it.
func tenFacts() []ConsentFact {
	facts := make([]ConsentFact, 10)
	for i := range facts {
		facts[i] = fact(ID(fmt.Sprintf("K%012d", i)), Given, i+1)
		if i%2 == 0 {
			facts[i].Key.Channel = "sms"
		}
	}
	facts[7].Corrects = facts[5].ID
	return facts
}

func BenchmarkStandingOf(b *testing.B) {
	facts, m := tenFacts(), At(calendar.NewDate(2026, 3, 30))
	b.ReportAllocs()
	for b.Loop() {
		StandingOf(facts, news, m)
	}
}

func TestAnObjectionToMarketingLeavesOtherConsents(t *testing.T) {
	p := bureau().Profile
	m := At(ymd(2026, 3, 30))
	for purpose, want := range map[string]ConsentAct{"news": Objected, "photos": Given, "unknown": Objected} {
		key := ConsentKey{purpose, "email", ""}
		facts := []ConsentFact{about(fact("a", Given, 1), key), wide(fact("b", Objected, 2), AnyChannel)}
		if got := p.Standing(facts, key, m).State; got != want {
			t.Errorf("%s: %s, want %s", purpose, got, want)
		}
	}
}

func TestOfTwoAnswersOnADayTheNoCounts(t *testing.T) {
	now := time.Date(2026, 7, 10, 9, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		day  calendar.Date
		act  ConsentAct
		want string
	}{
		{ymd(2026, 7, 1), Given, "2026-06-30T23:00:00Z"}, // summer time
		{ymd(2026, 7, 1), Asked, "2026-06-30T23:00:00Z"},
		{ymd(2026, 7, 1), Withdrawn, "2026-07-01T22:59:59Z"},
		{ymd(2026, 3, 1), RefusedIt, "2026-03-01T23:59:59Z"},
		{ymd(2026, 7, 10), Given, "2026-07-10T09:00:00Z"}, // today
		{ymd(2026, 7, 10), Objected, "2026-07-10T09:00:00Z"},
	} {
		at := AnsweredOn(tt.day, tt.act, now)
		if at.UTC().Format(time.RFC3339) != tt.want || calendar.LondonDate(at) != tt.day {
			t.Errorf("%s on %s: %s, want %s", tt.act, tt.day, at, tt.want)
		}
	}
}
