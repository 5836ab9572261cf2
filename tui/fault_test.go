package tui_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"custos/tui"
)

// Whatever fails within the console, its terminal is given back, what was typed is kept, and the error says where it was.
func TestAFaultEndsTheConsoleAlone(t *testing.T) {
	for name, tt := range map[string]struct {
		spoil func(*tui.Env)
		at    string
	}{
		"in a command":   {func(env *tui.Env) { env.Copy = func(string) error { panic("broken") } }, "tui/"},
		"in the update":  {func(env *tui.Env) { env.Now = failing(env.Now) }, "tui/"},
		"none but a key": {func(*tui.Env) {}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := sit(t, "teaching-school")
				addPerson(t, s, map[string]string{"name": planted, "email": "ada@example.org"})
				env := tui.Env{Session: s, Theme: "mono", Now: time.Now}
				tt.spoil(&env)
				f := distant(t, env, usual, newWay(0, 0), newWay(0, 0))
				f.types("2")
				f.shows(planted)
				time.Sleep(2 * time.Hour)
				f.types("y")
				if tt.at == "" {
					f.leave()
					return
				}
				<-f.over
				if f.err == nil || !strings.Contains(f.err.Error(), "the console has failed at "+tt.at) {
					t.Errorf("it ended with %v", f.err)
				}
				if text := strings.TrimSpace(f.screen.text()); text != "" {
					t.Errorf("the terminal still shows\n%s", text)
				}
				close(f.up.cut)
				close(f.down.cut)
			})
		})
	}
}

// failing is a clock that breaks an hour after it was first read.
func failing(now func() time.Time) func() time.Time {
	began := now()
	return func() time.Time {
		if now().Sub(began) > time.Hour {
			panic("broken")
		}
		return now()
	}
}
