package tui_test

import "testing"

func TestThePeopleOfAQuestionAreAskedOnPaper(t *testing.T) {
	d, s, _ := agreed(t)
	d.keys(toNewsletter(s)...)
	d.keys("enter", "P")
	d.shows("Weekly newsletter by email > Questions", "Asked: 1 person.")
	d.keys("enter")
	d.shows("Ask on paper", "Asked on paper: 1 person, 1 question")
	d.keys("esc", "esc", "v", "E")
	d.shows("Weekly newsletter by email > Questions", "Asked: 1 person.")
	d.keys("enter")
	d.shows("Answers on paper", "Bo Sample")
}
