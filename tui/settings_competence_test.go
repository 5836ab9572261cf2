package tui_test

import (
	"testing"

	"custos/tui"
)

func TestTheOfficeSetsTheAgeOfOnesOwnAnswers(t *testing.T) {
	d, s := office(t, tui.Env{Store: "/srv/custos"})
	d.keys("8")
	d.toRow("Children answer from")
	d.shows("Children answer from", "13 years, as the profile says")
	d.keys("enter", "3", "ctrl+s")
	d.shows("the age is 7 to 18")
	d.keys("backspace", "16", "ctrl+s")
	d.committed()
	d.shows("16 years, as the office has set")
	if now := s.Settings(); now.CompetentFrom() != 16 {
		t.Errorf("the office goes by %d", now.CompetentFrom())
	}
	d.keys("enter", "backspace", "backspace", "ctrl+s")
	d.committed()
	d.shows("13 years, as the profile says")
}
