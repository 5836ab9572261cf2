package widget

import (
	"errors"
	"fmt"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"github.com/charmbracelet/bubbles/cursor"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/google/go-cmp/cmp"

	"custos/tui/theme"
)

func subjectFields() []Field {
	return []Field{
		{ID: "name", Label: "Name", Required: true, Mark: Mandatory, Note: "Without a name nobody can be found."},
		{ID: "born", Label: "Date of birth", Kind: Date, Mark: Voluntary, Note: "Left out, two pupils may be confused."},
		{
			ID: "role", Label: "Role", Kind: Choice, Required: true,
			Options: []Option{{"p", "Pupil"}, {"c", "Parent or carer"}},
		},
		{ID: "school", Label: "School", Kind: Choice, Options: options(300)},
		{ID: "needs", Label: "Support needs", Kind: LongText, Mark: SpecialCategory},
		{ID: "code", Label: "Access code", Kind: Secret},
		{ID: "agreed", Label: "Identity seen", Kind: YesNo},
	}
}

// driver runs a form as a program would, without waiting for cursors to blink.
type driver struct {
	t    *testing.T
	form *Form
	out  []tea.Msg
	tick tea.Cmd // the newest cursor timer
}

func drive(t *testing.T, form *Form) *driver {
	form.SetSize(80, 20)
	d := &driver{t: t, form: form}
	return d
}

func (d *driver) press(names ...string) {
	for _, name := range names {
		d.run(d.form.Update(press(name)))
	}
}

func (d *driver) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	name := runtime.FuncForPC(reflect.ValueOf(cmd).Pointer()).Name()
	if strings.Contains(name, "BlinkCmd") {
		d.tick = cmd
		return
	}
	msg := cmd()
	if v := reflect.ValueOf(msg); v.Kind() == reflect.Slice {
		for i := range v.Len() {
			if inner, ok := v.Index(i).Interface().(tea.Cmd); ok {
				d.run(inner)
			}
		}
		return
	}
	if fmt.Sprintf("%T", msg) == "tea.execMsg" {
		d.t.Error("another program was started")
		return
	}
	switch msg.(type) {
	case nil:
	case DraftMsg, FormLeftMsg, FormDoneMsg:
		d.out = append(d.out, msg)
	default:
		d.run(d.form.Update(msg))
	}
}

func (d *driver) last() tea.Msg {
	if len(d.out) == 0 {
		return nil
	}
	return d.out[len(d.out)-1]
}

func TestAFormIsFilledWithKeysAlone(t *testing.T) {
	d := drive(t, NewForm(named(theme.Dark), "subject", subjectFields(), nil))
	d.press("A", "m", "i", "enter")
	d.press("31/12/2015", "enter")
	d.press("down", "enter")
	d.press("2", "9", "1", "enter")
	d.press("large print", "enter")
	d.press("s3cret", "enter")
	d.press("right", "enter")
	want := FormDoneMsg{"subject", Values{
		"name": "Ami", "born": "2015-12-31", "role": "p", "school": "291", "needs": "large print", "code": "s3cret",
		"agreed": "yes",
	}}
	if diff := cmp.Diff(tea.Msg(want), d.last()); diff != "" {
		t.Errorf("%s\n%s", diff, d.form.View())
	}
}

func TestKeysTypedAheadFindTheirField(t *testing.T) {
	form := NewForm(named(theme.Dark), "subject", subjectFields(), Values{"name": "A"})
	for _, name := range []string{"m", "enter", "3", "ctrl+s", "1", "/", "1", "2", "tab"} {
		form.Update(press(name)) // whatever comes of it has not happened yet
	}
	if got := form.Values(); got["name"] != "Am" || got["born"] != "31/12" || form.Focused() != "born" {
		t.Errorf("in %s with %v", form.Focused(), got)
	}
}

func TestAChosenOptionLeavesTheOthersInSight(t *testing.T) {
	fields := []Field{{ID: "a", Label: "A", Kind: Choice, Options: options(6), Value: "4"}, {ID: "b", Label: "B"}}
	d := drive(t, NewForm(named(theme.Dark), "f", fields, nil))
	all := func(when string) {
		t.Helper()
		for _, o := range fields[0].Options {
			if !strings.Contains(strip(d.form.View()), o.Label) {
				t.Errorf("%s: %q is out of sight:\n%s", when, o.Label, strip(d.form.View()))
			}
		}
	}
	all("at first")
	d.press("down", "up", "up")
	all("after moving")
	d.form.SetSize(80, 6)
	if !strings.Contains(strip(d.form.View()), "> School number 3") {
		t.Errorf("in little room the choice is out of sight:\n%s", strip(d.form.View()))
	}
	d.form.SetSize(80, 20)
	all("with room again")
}

func TestTextBelowAFieldFollowsTheAnswers(t *testing.T) {
	fields := []Field{
		{ID: "a", Label: "A", Below: func(v Values) []string { return []string{"told \x1b[2J" + v["a"] + " and " + v["b"]} }},
		{ID: "b", Label: "B"},
	}
	d := drive(t, NewForm(named(theme.Dark), "f", fields, nil))
	d.press("x", "enter", "y")
	if text := strip(d.form.View()); !strings.Contains(text, "x and y") || strings.Contains(d.form.View(), "\x1b[2J") {
		t.Errorf("told wrongly:\n%s", text)
	}
	fields[0].Kind, fields[0].Options = Choice, options(20)
	long := drive(t, NewForm(named(theme.Dark), "f", fields, nil))
	long.press("down", "down")
	if text := strip(long.form.View()); !strings.Contains(text, options(20)[1].Value+" and") {
		t.Errorf("nothing is told of the option looked at:\n%s", text)
	}
	d.press("shift+tab", "z")
	if got := d.form.Values(); got["a"] != "xz" || len(got) != 2 {
		t.Errorf("answers %v", got)
	}
}

func TestEveryChangeIsADraftWithoutSecrets(t *testing.T) {
	d := drive(t, NewForm(named(theme.Dark), "subject", subjectFields(), nil))
	d.press("A", "m")
	if len(d.out) != 2 {
		t.Fatalf("%d drafts after two letters", len(d.out))
	}
	if got := d.out[1].(DraftMsg).Values["name"]; got != "Am" {
		t.Errorf("draft holds %q", got)
	}
	d.press("tab", "tab", "down", "tab", "tab", "tab")
	if got := d.form.Focused(); got != "code" {
		t.Fatalf("in %s", got)
	}
	d.press("s", "3", "esc")
	for _, msg := range d.out {
		values := Values{}
		switch msg := msg.(type) {
		case DraftMsg:
			values = msg.Values
		case FormLeftMsg:
			values = msg.Values
		}
		if _, there := values["code"]; there {
			t.Errorf("a secret in %T", msg)
		}
	}
	if strings.Contains(d.form.View(), "s3") {
		t.Error("the secret is shown")
	}
}

func TestEscNeverDiscardsWhatIsTyped(t *testing.T) {
	d := drive(t, NewForm(named(theme.Dark), "subject", subjectFields(), nil))
	d.press("A", "m", "i", "enter", "3", "1", "esc")
	left, ok := d.last().(FormLeftMsg)
	if !ok {
		t.Fatalf("last message %T", d.last())
	}
	if left.Values["name"] != "Ami" || left.Values["born"] != "31" {
		t.Errorf("left with %v", left.Values)
	}
	again := drive(t, NewForm(named(theme.Dark), "subject", subjectFields(), left.Values))
	again.press("!")
	if diff := cmp.Diff("Ami!", again.form.Values()["name"]); diff != "" {
		t.Errorf("reopened: %s", diff)
	}
	if got := again.form.Values()["born"]; got != "31" {
		t.Errorf("reopened: born is %q", got)
	}
}

func TestAnUnansweredChoiceStaysUnanswered(t *testing.T) {
	d := drive(t, NewForm(named(theme.Dark), "subject", subjectFields(), nil))
	d.press("A", "enter", "enter")
	if got := d.form.Focused(); got != "role" {
		t.Fatalf("in %s", got)
	}
	d.press("enter")
	if got := d.form.Focused(); got != "role" {
		t.Errorf("went on to %s without the required answer", got)
	}
	if !strings.Contains(strip(d.form.View()), "Role: an answer is needed") {
		t.Errorf("nothing says what is wrong:\n%s", strip(d.form.View()))
	}
	if got := d.form.Values()["role"]; got != "" {
		t.Errorf("answered %q by itself", got)
	}
	d.press("shift+tab")
	if got := d.form.Focused(); got != "born" {
		t.Errorf("cannot go back: in %s", got)
	}
}

func TestAValueNoLongerOfferedIsKept(t *testing.T) {
	fields := subjectFields()
	fields[2].Value = "governor"
	d := drive(t, NewForm(named(theme.Dark), "subject", fields, nil))
	d.press("A", "enter", "enter", "enter")
	if got := d.form.Values()["role"]; got != "governor" {
		t.Errorf("became %q", got)
	}
}

func TestFinishGoesToTheFirstAnswerThatIsNotRight(t *testing.T) {
	d := drive(t, NewForm(named(theme.Dark), "subject", subjectFields(), Values{"name": "Ami", "born": "tomorrow"}))
	d.press("ctrl+s")
	if got := d.form.Focused(); got != "born" {
		t.Errorf("in %s", got)
	}
	if !strings.Contains(strip(d.form.View()), "Date of birth: write the date as DD/MM/YYYY") {
		t.Errorf("nothing says what is wrong:\n%s", strip(d.form.View()))
	}
	if d.last() != nil {
		t.Errorf("sent %T", d.last())
	}
	d.press(strings.Split(strings.Repeat("backspace ", 8), " ")[:8]...)
	d.press("ctrl+s")
	if got := d.form.Focused(); got != "role" {
		t.Errorf("in %s", got)
	}
	d.press("down", "ctrl+s")
	if _, ok := d.last().(FormDoneMsg); !ok {
		t.Errorf("not done: %T", d.last())
	}
	if d.form.Update(press("x")) != nil {
		t.Error("a closed form still listens")
	}
}

func TestARefusedFormIsThereAgainWithItsAnswers(t *testing.T) {
	d := drive(t, NewForm(named(theme.Dark), "subject", subjectFields(), Values{"name": "Ami", "role": "p"}))
	d.press("ctrl+s")
	if _, done := d.last().(FormDoneMsg); !done {
		t.Fatalf("not done: %T", d.last())
	}
	d.form.Reopen("born", "Date of birth: that is in the future")
	if d.form.Focused() != "born" || d.form.Values()["name"] != "Ami" {
		t.Errorf("in %s with %v", d.form.Focused(), d.form.Values())
	}
	if !strings.Contains(strip(d.form.View()), "that is in the future") {
		t.Errorf("nothing says why:\n%s", strip(d.form.View()))
	}
}

func TestKeysThatWouldHarmDoNothingInAForm(t *testing.T) {
	d := drive(t, NewForm(named(theme.Dark), "subject", subjectFields(), Values{"name": "Ami", "role": "p"}))
	d.press("tab", "tab", "tab", "tab")
	if got := d.form.Focused(); got != "needs" {
		t.Fatalf("in %s", got)
	}
	before := len(d.out)
	d.press("ctrl+c", "ctrl+e")
	if d.form.Update(tea.KeyMsg{Type: tea.KeyCtrlV}) != nil {
		t.Error("a clipboard is read")
	}
	if len(d.out) != before || d.form.Values()["needs"] != "" || d.form.Focused() != "needs" {
		t.Errorf("something happened: %v", d.out[before:])
	}
	d.press("z")
	if got := d.form.Values()["needs"]; got != "z" {
		t.Errorf("the form no longer listens: %q", got)
	}
	d.press("tab", "tab", "y")
	if got := d.form.Values()["agreed"]; got != No {
		t.Error("a single letter said yes")
	}
}

func TestTrap9AValueNotTouchedComesBackAsItWas(t *testing.T) {
	for _, kind := range []Kind{Text, LongText, Date} {
		for i, s := range hostile {
			fields := []Field{{ID: "a", Label: "A", Kind: kind, Value: s}, {ID: "b", Label: "B", Kind: kind}}
			d := drive(t, NewForm(named(theme.Dark), "f", fields, nil))
			fits(t, d.form.View(), 80, 20)
			d.run(d.form.pass(nil))
			if got := d.form.Values()["a"]; got != s {
				t.Errorf("kind %d, string %d: %q became %q", kind, i, s, got)
			}
		}
	}
}

func TestTrap6LongChoicesArePickedAndNeverDrawnWhole(t *testing.T) {
	fields := subjectFields()
	fields[3].Options = options(100_000)
	form := NewForm(named(theme.Dark), "subject", fields, nil)
	for i, a := range form.answers {
		_, own := a.part.(*pick)
		if long := len(fields[i].Options) > mostInline; own != long {
			t.Errorf("%s with %d options: picked by typing is %v", fields[i].ID, len(fields[i].Options), own)
		}
	}
}

func TestAnIdleFormDrawsNothing(t *testing.T) {
	d := drive(t, NewForm(named(theme.Dark), "subject", subjectFields(), nil))
	d.press("A", "enter", "shift+tab")
	if d.tick != nil {
		t.Error("a cursor has a timer")
	}
	before := d.form.View()
	if cmd := d.form.Update(cursor.BlinkMsg{}); cmd != nil || d.form.View() != before {
		t.Error("the cursor blinks")
	}
}

func TestFormFrames(t *testing.T) {
	draft := Values{
		"name": "Ami Example", "born": "2015-12-31", "school": "7", "needs": "Large print.\nSeat near the front.",
	}
	golden(t, "form", 24, func(w, h int) string {
		d := drive(t, NewForm(named(theme.Dark), "subject", subjectFields(), draft))
		d.form.SetSize(w, h)
		return d.form.View()
	})
	golden(t, "form-pick", 16, func(w, h int) string {
		d := drive(t, NewForm(named(theme.Dark), "subject", subjectFields(), draft))
		d.form.SetSize(w, h)
		d.press("tab", "tab", "down", "tab", "2")
		return d.form.View()
	})
}

func TestTrap10TheFieldInFocusIsAlwaysShown(t *testing.T) {
	for _, name := range []string{theme.Mono, "ascii"} {
		d := drive(t, NewForm(named(name), "subject", subjectFields(), Values{"name": "A", "role": "p"}))
		for _, field := range subjectFields() {
			if d.form.Focused() != field.ID {
				t.Fatalf("in %s, want %s", d.form.Focused(), field.ID)
			}
			for width := 20; width <= 200; width += 36 {
				for height := 5; height <= 60; height += 5 {
					d.form.SetSize(width, height)
					view := d.form.View()
					fits(t, view, width, height)
					if start := field.Label[:4]; !strings.Contains(strip(view), named(name).Lines.Left+" "+start) {
						t.Fatalf("%s %dx%d: %s is in focus but not shown\n%s", name, width, height, field.ID, strip(view))
					}
				}
			}
			d.press("tab")
		}
	}
}

func TestFormSweepWithHostileStrings(t *testing.T) {
	var fields []Field
	for i, s := range hostile {
		kind := Kind(i % int(YesNo+1))
		fields = append(fields, Field{
			ID: fmt.Sprint(i), Label: s, Note: s, Kind: kind, Value: s, Options: []Option{{s, s}, {"x", s}},
		})
	}
	fields[2].Options = hostileOptions()
	sweep(t, func(th *theme.Theme) func(w, h int) string {
		f := NewForm(th, "f", fields, nil)
		return func(w, h int) string {
			f.SetSize(w, h)
			return f.View()
		}
	}, false)
}

func TestFieldCheck(t *testing.T) {
	short := func(s string) error {
		if len(s) < 3 {
			return errors.New("too short")
		}
		return nil
	}
	tests := []struct {
		field  Field
		answer string
		want   string
	}{
		{Field{Label: "A"}, "", ""},
		{Field{Label: "A", Required: true}, "  ", "A: an answer is needed"},
		{Field{Label: "A", Validate: short}, "", ""},
		{Field{Label: "A", Validate: short}, "ab", "A: too short"},
		{Field{Label: "A", Kind: Date}, "29/02/2026", "A: write the date as DD/MM/YYYY"},
		{Field{Label: "A", Kind: Date}, "28/02/2026", ""},
		{Field{Label: "A", Kind: YesNo, Required: true}, No, "A: this has to be agreed to"},
		{Field{Label: "A", Kind: YesNo}, No, ""},
	}
	for _, tt := range tests {
		got := ""
		if err := tt.field.Check(tt.answer); err != nil {
			got = err.Error()
		}
		if got != tt.want {
			t.Errorf("%+v, %q: %q, want %q", tt.field.Kind, tt.answer, got, tt.want)
		}
	}
}

func TestDatesAreKeptInOneForm(t *testing.T) {
	f := Field{Kind: Date}
	for in, want := range map[string]string{
		"1/2/2026": "2026-02-01", " 01/02/2026 ": "2026-02-01", "2026-02-01": "2026-02-01", "1 February 2026": "2026-02-01",
		"1.2.2026": "2026-02-01", "2/30/2026": "2/30/2026",
	} {
		if got := f.Final(in); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
}

func TestADateIsShownAsItIsAskedFor(t *testing.T) {
	held := Field{ID: "on", Label: "On", Kind: Date, Value: "2026-11-23"}
	d := drive(t, NewForm(named(theme.Dark), "day", []Field{held}, nil))
	if shown := strip(d.form.View()); !strings.Contains(shown, ": 23/11/2026") || strings.Contains(shown, "2026-11-23") {
		t.Errorf("shown as\n%s", shown)
	}
	if got := d.form.Values()["on"]; got != held.Value {
		t.Errorf("untouched it has become %q", got)
	}
	d.press("backspace", "7", "ctrl+s")
	if done, ok := d.last().(FormDoneMsg); !ok || done.Values["on"] != "2027-11-23" {
		t.Errorf("handed on as %v", d.last())
	}
}

func TestHeadingSaysTheMarksInWords(t *testing.T) {
	for want, f := range map[string]Field{
		"A":                              {Label: "A"},
		"A (required)":                   {Label: "A", Required: true},
		"A (mandatory)":                  {Label: "A", Required: true, Mark: Mandatory},
		"A (special category, required)": {Label: "A", Required: true, Mark: SpecialCategory},
	} {
		if got := f.Heading(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func FuzzDate(f *testing.F) {
	f.Add("31/12/2026")
	f.Add("2026-12-31")
	f.Fuzz(func(t *testing.T, s string) {
		if iso, ok := isoDate(s); ok {
			if again, ok := isoDate(iso); !ok || again != iso {
				t.Errorf("%q becomes %q becomes %q", s, iso, again)
			}
		}
	})
}

func BenchmarkFormKeypress(b *testing.B) {
	fields := subjectFields()
	fields[3].Options = options(1000)
	form := NewForm(named(theme.Dark), "subject", fields, nil)
	form.SetSize(80, 24)
	for b.Loop() {
		form.Update(press("x"))
		form.View()
		form.Update(press("backspace"))
		form.View()
	}
}
