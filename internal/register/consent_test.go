package register

import (
	"strings"
	"testing"
	"time"

	"custos/internal/calendar"
)

func TestConsentEventValidate(t *testing.T) {
	p := &bureau().Profile
	now := noon(ymd(2026, 3, 10))
	good := ConsentEvent{ID: "K1", Purpose: "news", Channel: "email", Act: Given, At: now, Recorded: now, Method: "paper"}
	for _, tt := range []struct {
		name   string
		change func(*ConsentEvent)
		field  string // "": it stands
	}{
		{"as it should be", func(*ConsentEvent) {}, ""},
		{"an unknown state", func(e *ConsentEvent) { e.Act = NeverAsked }, "state"},
		{"an unknown method", func(e *ConsentEvent) { e.Method = "telepathy" }, "method"},
		{"at no time", func(e *ConsentEvent) { e.At = time.Time{} }, "at"},
		{"in the future", func(e *ConsentEvent) { e.At = now.Add(1) }, "at"},
		{"corrects itself", func(e *ConsentEvent) { e.Corrects = e.ID }, "corrects"},
		{"corrects another", func(e *ConsentEvent) { e.Corrects = "K0" }, ""},
		{"a wording without a notice", func(e *ConsentEvent) { e.WordingDigest = "00" }, "notice"},
		{"a version without a notice", func(e *ConsentEvent) { e.NoticeVersion = "1" }, "notice"},
		{"by somebody without authority", func(e *ConsentEvent) { e.GivenBy = "Ann Other" }, "authority"},
		{"a no passed on", func(e *ConsentEvent) { e.GivenBy, e.Act = "Ann Other", Withdrawn }, ""},
		{"collected somehow", func(e *ConsentEvent) { e.Collected = "theft" }, "collected"},
		{"collected in a sale", func(e *ConsentEvent) { e.Collected = "sale" }, ""},
		{"a no that ends", func(e *ConsentEvent) { e.Act, e.Expires = RefusedIt, ymd(2027, 1, 1) }, "expires"},
		{"over before it began", func(e *ConsentEvent) { e.Expires = ymd(2026, 3, 9) }, "expires"},
		{"for that day alone", func(e *ConsentEvent) { e.Expires = ymd(2026, 3, 10) }, ""},

		{"for the day it is in London", func(e *ConsentEvent) {
			e.At, e.Expires = calendar.LondonStart(ymd(2025, 7, 1)), ymd(2025, 7, 1)
		}, ""},
		{"for the day it was in London", func(e *ConsentEvent) {
			e.At, e.Expires = calendar.LondonStart(ymd(2025, 7, 1)), ymd(2025, 6, 30)
		}, "expires"},
		{"a renewal that ends", func(e *ConsentEvent) { e.Act, e.Expires = Renewed, ymd(2027, 1, 1) }, ""},

		{"an unknown purpose", func(e *ConsentEvent) { e.Purpose = "x" }, "purpose"},
		{"an unknown channel", func(e *ConsentEvent) { e.Channel = "fax" }, "channel"},
		{"a brand where is none", func(e *ConsentEvent) { e.Brand = "gazette" }, "brand"},
		{"no brand where are several", func(e *ConsentEvent) { e.Purpose = "brands" }, "brand"},
		{"a brand", func(e *ConsentEvent) { e.Purpose, e.Brand = "brands", "gazette" }, ""},
		{"an unknown brand", func(e *ConsentEvent) { e.Purpose, e.Brand = "brands", "x" }, "brand"},

		{"a no to every brand", func(e *ConsentEvent) { e.Act, e.Purpose = RefusedIt, "brands" }, ""},
		{"a no to every channel", func(e *ConsentEvent) { e.Act, e.Channel = Withdrawn, AnyChannel }, ""},
		{"a no to all marketing", func(e *ConsentEvent) { e.Act, e.Purpose, e.Channel = Objected, AnyMarketing, AnyChannel }, ""},
		{"a no to all marketing by fax", func(e *ConsentEvent) { e.Act, e.Purpose, e.Channel = Objected, AnyMarketing, "fax" }, "channel"},
		{"a no to every channel of nothing", func(e *ConsentEvent) { e.Act, e.Purpose, e.Channel = Objected, "x", AnyChannel }, "purpose"},
		{"a no to all marketing of a brand", func(e *ConsentEvent) { e.Act, e.Purpose, e.Brand = Objected, AnyMarketing, "gazette" }, "brand"},
		{"a yes to all marketing", func(e *ConsentEvent) { e.Purpose = AnyMarketing }, "purpose"},
		{"a yes to every channel", func(e *ConsentEvent) { e.Channel = AnyChannel }, "channel"},
		{"a request of all marketing", func(e *ConsentEvent) { e.Act, e.Purpose = Asked, AnyMarketing }, "purpose"},
	} {
		e := good
		tt.change(&e)
		err := e.Validate(p, now)
		if (err == nil) != (tt.field == "") || err != nil && (KindOf(err) != Invalid || !strings.HasPrefix(err.Error(), tt.field+": ")) {
			t.Errorf("%s: %v, want the field %q", tt.name, err, tt.field)
		}
		if err != nil && strings.Contains(err.Error(), "Ann Other") {
			t.Errorf("%s: the error names somebody: %v", tt.name, err)
		}
	}
}

func TestFactHoldsWhatTheRulesNeed(t *testing.T) {
	e := ConsentEvent{
		ID: "K1", Delegate: "D1", Purpose: "news", Channel: "email", Brand: "gazette", Act: Given, At: noon(ymd(2026, 3, 1)),
		Recorded: noon(ymd(2026, 3, 2)), Method: "web", Notice: "n", NoticeVersion: "2", GivenBy: "Ann Other", Authority: "mother",
		Expires: ymd(2027, 1, 1), Collected: "sale", Corrects: "K0",
	}
	want := ConsentFact{
		ID: "K1", Key: ConsentKey{"news", "email", "gazette"}, Act: Given, At: noon(ymd(2026, 3, 1)), Recorded: noon(ymd(2026, 3, 2)),
		Expires: calendar.NewDate(2027, 1, 1), ByOther: true, Method: "web", Notice: "n", NoticeVersion: "2", Collected: "sale", Corrects: "K0",
	}
	if got := Facts([]ConsentEvent{e})[0]; got != want {
		t.Errorf("%+v", got)
	}
}

// Whoever records a yes that is too wide is told what a yes may be to.
func TestValidateSaysWhatAYesIsTo(t *testing.T) {
	p := &bureau().Profile
	now := noon(ymd(2026, 3, 10))
	for key, want := range map[ConsentKey]string{
		{AnyMarketing, "email", ""}: "a yes is to one purpose",
		{"news", AnyChannel, ""}:    "a yes is to one channel",
	} {
		e := ConsentEvent{Purpose: key.Purpose, Channel: key.Channel, Act: Given, At: now, Method: "paper"}
		if err := e.Validate(p, now); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: %v", key, err)
		}
	}
}
