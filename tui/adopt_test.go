package tui_test

import (
	"strings"
	"testing"

	"custos/internal/calendar"
	"custos/internal/profile"
	"custos/internal/register"
	"custos/tui"
)

// toAdopting leads to the question which profile to go over to.
func toAdopting() []string {
	return []string{"8", "down", "down", "down", "down", "down", "enter"}
}

// profiled is a console on the people of agreed that reads the profile of the office out of files, each with a change.
func profiled(t *testing.T, changes map[string]func(*register.Profile)) (*drive, seat) {
	t.Helper()
	_, s, _ := agreed(t)
	source := string(must[[]byte](t)(profile.Source(s.Settings().Profile.Name)))
	texts := map[string]string{"wrong.toml": strings.Replace("colour = 1\n"+source, "period = ", "length = ", 1)}
	for name, change := range changes {
		p := must[register.Profile](t)(profile.Load(s.Settings().Profile.Name))
		change(&p)
		texts[name] = string(must[[]byte](t)(profile.Marshal(p)))
	}
	return start(t, tui.Env{
		Session: s, Theme: "mono", ReadFile: files(texts), LoadProfile: profile.Load, ParseProfile: profile.Parse,
		Profiles: []tui.ProfileChoice{{Name: s.Settings().Profile.Name, Title: "The same"}},
	}, 80, 24), s
}

func TestAProfileIsAdoptedAfterItsMeaningWasShown(t *testing.T) {
	d, s := profiled(t, map[string]func(*register.Profile){"next.toml": func(p *register.Profile) {
		p.Version = "next"
		p.Retention[0].Period = "9 years"
		x, _ := p.Purpose("newsletter")
		for i, n := range p.Notices {
			if n.ID == x.Notice {
				p.Notices[i].To = calendar.NewDate(2026, 3, 1)
				n.Version, n.From, n.Material, n.Text = "next", calendar.NewDate(2026, 3, 2), true, "We write by post."
				p.Notices = append(p.Notices, n)
				break
			}
		}
	}})
	d.keys(toAdopting()...)
	d.shows("Settings > Another profile", "Nothing changes before")
	d.golden("adopt-form")
	d.size(80, 24)
	d.keys("enter", "next.toml", "ctrl+s")
	d.shows("Settings > What it means", "NOT ADOPTED YET", "version next", "ASK AGAIN", "9 years", "nothing stands in the way")
	d.golden("adopt")
	d.sweep()
	d.size(80, 24)
	d.keys("esc")
	d.shows("Taken up where it was left", "next.toml")
	d.keys("ctrl+s", "/", "9 years", "enter")
	d.shows("9 years")
	d.keys("esc", "ctrl+s")
	d.shows("Adopt "+s.Settings().Profile.Name+", version next", "> No")
	d.keys("ctrl+s", "enter")
	d.shows("NOT ADOPTED YET")
	if s.Settings().Profile.Version == "next" {
		t.Fatal("no was taken for yes")
	}
	d.keys("ctrl+s", "right", "enter")
	d.shows("ADOPTED. f in the Consents area", "The office works by ")
	if now := s.Settings().Profile; now.Version != "next" || now.Retention[0].Period != "9 years" {
		t.Errorf("the office works by version %s, %s", now.Version, now.Retention[0].Period)
	}
	d.keys("esc")
	d.committed()
	d.size(160, 60)
	d.shows("version next")
	d.keys("enter")
	d.hides("Taken up where it was left", "next.toml")
}

func TestWhatStandsInTheWayOfAProfileComesFirst(t *testing.T) {
	d, s := profiled(t, map[string]func(*register.Profile){"less.toml": func(p *register.Profile) {
		p.Version = "less"
		p.Retention[0].Period = "9 years"
		for i := range p.Purposes {
			if p.Purposes[i].ID == "newsletter" {
				p.Purposes[i].Wording = "Something else altogether."
			}
		}
		p.Notices[0].Text = "Other words."
	}})
	d.keys(toAdopting()...)
	d.keys("enter", "less.toml", "ctrl+s")
	d.shows("IT CANNOT BE ADOPTED", "2 things stand in the way", "> BLOCKS", "1 of 3")
	order(t, d, "> BLOCKS", "  JUDGE IT", "  change ")
	d.golden("adopt-blocked")
	d.sweep()
	d.size(80, 24)
	d.keys("ctrl+s")
	d.shows("Not while something stands in the way")
	d.keys("down", "enter")
	d.shows("What it means > Change", "JUDGE IT", "It touches 3 people", "custos purpose change", "Until now:", "From then on: Something else")
	if s.Settings().Profile.Version == "less" {
		t.Error("it was adopted")
	}
}

func TestMistakesInAProfileAreToldByLine(t *testing.T) {
	d, s := profiled(t, nil)
	d.keys(toAdopting()...)
	d.keys("enter", "ctrl+s")
	d.shows("say which file to read")
	d.keys("none.toml", "ctrl+s")
	d.shows("none.toml does not exist")
	for range "none.toml" {
		d.keys("backspace")
	}
	d.keys("wrong.toml", "ctrl+s")
	d.shows("Mistakes in the profile", " in the file", "2 mistakes", "wrong.toml:1: colour:", ": retention.length:")
	d.sweep()
	d.size(80, 24)
	d.keys("esc", "enter")
	d.shows("Taken up where it was left", "wrong.toml")
	d.keys("shift+tab", "down", "ctrl+s")
	d.shows("this profile is in force already")
	if strings.Contains(d.text(), "NOT ADOPTED") {
		t.Errorf("%s by itself", s.Settings().Profile.Name)
	}
}
