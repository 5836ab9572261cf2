package cli

import (
	"strings"
	"testing"

	"custos/internal/calendar"
)

func TestWaitFlag(t *testing.T) {
	day := func(d int) calendar.Date { return calendar.NewDate(2026, 3, d) }
	tests := []struct {
		in   string
		want calendar.Wait
		ok   bool
	}{
		{"2026-03-09", calendar.Wait{Received: day(9)}, true},
		{"2026-03-02..2026-03-09", calendar.Wait{Asked: day(2), Received: day(9)}, true},
		{"2026-03-02..", calendar.Wait{Asked: day(2)}, true},
		{"2026-03-32", calendar.Wait{}, false},
		{"2026-03-02..soon", calendar.Wait{Asked: day(2)}, false},
	}
	for _, tt := range tests {
		var got calendar.Wait
		if err := (waitFlag{&got}).Set(tt.in); (err == nil) != tt.ok || got != tt.want {
			t.Errorf("%q: %+v, %v", tt.in, got, err)
		}
	}
}

func FuzzPauseFlag(f *testing.F) {
	f.Add("2026-03-05..2026-03-12")
	f.Add("2026-03-05..")
	f.Add("..2026-03-05")
	f.Fuzz(func(t *testing.T, s string) {
		var list []calendar.Pause
		err := pauseFlag{&list}.Set(s)
		if err == nil && (len(list) != 1 || list[0].Asked.IsZero()) {
			t.Errorf("%q gives %+v", s, list)
		}
	})
}

func FuzzConfig(f *testing.F) {
	f.Add("store = \"/x\"\noperator = \"alex\"")
	f.Add("colour = 3")
	f.Add("store = ")
	f.Add("[store]\nx = 1")
	f.Fuzz(func(t *testing.T, s string) {
		if _, err := parseConfig("config.toml", []byte(s)); err != nil && !strings.HasPrefix(err.Error(), "config.toml") {
			t.Errorf("%q: the error does not name the file: %v", s, err)
		}
	})
}
