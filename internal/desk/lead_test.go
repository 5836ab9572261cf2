package desk_test

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"custos/internal/calendar"
	"custos/internal/desk"
	"custos/internal/register"
)

// led is an office with two organisations: Kim is the lead of Elm, which has people; Ash fills up while Kim looks on.
type led struct {
	*office
	kim             *desk.Seat
	elm, ash, child register.ID
	course          register.ID
	theirs          []register.ID // of Ash
	ref             string        // a case of Ash's
}

func newLed(t *testing.T) *led {
	t.Helper()
	o := &led{office: newOfficeWith(t, sendingProfile())}
	o.elm, o.ash = o.school(t, "Elm", "900001"), o.school(t, "Ash", "900002")
	o.child = o.somebody(t, "teacher", "name", "Bea Elm", "email", "bea@example.org")
	o.says(t, o.child, newsByEmail, register.Given)
	o.joins(t, o.child, o.elm)
	o.course = must(o.AddCourse(t.Context(), register.Course{Title: "First aid", Starts: o.Today()}))(t)
	kim := register.Operator{Name: "kim", Roles: []register.Role{register.Lead}, Organisation: o.elm}
	if err := o.AddOperator(t.Context(), kim, []byte(passphrase+"kim")); err != nil {
		t.Fatal(err)
	}
	o.kim = must(o.desk.As("kim", desk.Console))(t)
	for range 2 { // so that ids of both are known before
		o.theirs = append(o.theirs, o.somebody(t, "teacher", "name", "Zenobia Ash", "email", "zen@example.org"))
	}
	o.joins(t, o.theirs[0], o.ash)
	o.ref = must(o.OpenRequest(t.Context(), register.RequestInput{
		Right: calendar.Access, Delegate: o.theirs[0], Received: o.Today(), How: "letter",
	}))(t).Ref
	return o
}

func (o *led) joins(t *testing.T, who, org register.ID) {
	t.Helper()
	if _, err := o.Join(t.Context(), register.MembershipInput{Delegate: who, Organisation: org}); err != nil {
		t.Fatal(err)
	}
}

// fill has much happen at Ash, and to somebody who belongs to both.
func (o *led) fill(t *testing.T) {
	t.Helper()
	ctx := t.Context()
	for i := range 3 {
		id := o.somebody(t, "teacher", "name", fmt.Sprint("Zenobia Ash ", i), "email", fmt.Sprintf("zen%d@example.org", i))
		o.joins(t, id, o.ash)
		o.says(t, id, newsByEmail, register.Given)
		if _, err := o.Book(ctx, register.BookingInput{Delegate: id, Course: o.course}); err != nil {
			t.Fatal(err)
		}
	}
	o.school(t, "Oak", "900003")
	o.joins(t, o.child, o.ash)
	for _, who := range []register.ID{o.theirs[1], o.child} {
		if _, err := o.OpenRequest(ctx, register.RequestInput{
			Right: calendar.Access, Delegate: who, Received: o.Today().AddDays(-90), How: "email",
		}); err != nil {
			t.Fatal(err)
		}
	}
	o.apply(t, "delegates", "Name,Email,URN\nZenobia Import,zi@example.org,900002\n")
	if _, _, err := o.export(t, "list.csv", desk.ExportInput{Noun: "delegates"}); err != nil {
		t.Fatal(err)
	}
	if err := o.Deactivate(ctx, o.theirs[1], "left"); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Backup(ctx, t.TempDir(), nil); err != nil {
		t.Fatal(err)
	}
	o.hire(t, "lou", register.Officer).Here(register.Pin{Kind: register.PinPerson, ID: string(o.theirs[0])}, "")
}

// notLooking are the methods that are no looking at what is held: they wait, hand out something else, or need a file.
var notLooking = []string{
	"AsOf", "Notes", "Desk", "Guarded", "Serve", "Depart", "Here", "Files", "ReadFile", "SaveText", "ChangePassphrase", "ChangePreferences",
	"Apply", "ApplyContacts", "Book", // refused, under another id each time
	"BackupIfDue", "KeepUp", "Home", "Recount", "Backups", "Safekeeping", // of how the store is kept, looked at below
}

// arguments are what a method is tried with, by the type of what it takes.
func (o *led) arguments(t *testing.T) map[reflect.Type][]any {
	days := []any{o.Today(), calendar.Date{}}
	return map[reflect.Type][]any{
		reflect.TypeFor[context.Context]():       {t.Context()},
		reflect.TypeFor[register.ID]():           {o.child, o.elm, o.ash, o.theirs[0], o.course},
		reflect.TypeFor[[]register.ID]():         {[]register.ID{o.child}, o.theirs, []register.ID(nil)},
		reflect.TypeFor[string]():                {o.ref, "Ash", "", "AR"},
		reflect.TypeFor[int]():                   {0, 5, o.Today().Year()},
		reflect.TypeFor[bool]():                  {true, false},
		reflect.TypeFor[time.Month]():            {o.Today().Month()},
		reflect.TypeFor[calendar.Date]():         days,
		reflect.TypeFor[register.ConsentKey]():   {newsByEmail},
		reflect.TypeFor[[]register.ConsentKey](): {[]register.ConsentKey{newsByEmail}},
		reflect.TypeFor[register.Query](): {
			register.Query{}, register.Query{Filter: "Ash"}, register.Query{Within: o.ash}, register.Query{Limit: 1},
		},
		reflect.TypeFor[register.SheetInput](): {
			register.SheetInput{Organisation: o.ash, Keys: []register.ConsentKey{newsByEmail}},
			register.SheetInput{Course: o.course, Keys: []register.ConsentKey{newsByEmail}},
			register.SheetInput{Delegates: o.theirs, Keys: []register.ConsentKey{newsByEmail}},
		},
		reflect.TypeFor[[]register.Pin](): {[]register.Pin{
			{Kind: register.PinPerson, ID: string(o.theirs[0])}, {Kind: register.PinOrganisation, ID: string(o.ash)},
			{Kind: register.PinCase, ID: o.ref},
		}},
	}
}

// look calls every method of a seat with everything it might be tried with, and returns what each said.
func (o *led) look(t *testing.T, s *desk.Seat) map[string]string {
	t.Helper()
	known, said := o.arguments(t), map[string]string{}
	v := reflect.ValueOf(s)
	for i := range v.NumMethod() {
		name := v.Type().Method(i).Name
		if slices.Contains(notLooking, name) {
			continue
		}
		m := v.Method(i)
		for n, args := range combinations(m.Type(), known) {
			var b strings.Builder
			for _, out := range m.Call(args) {
				tell(&b, out, 0)
			}
			said[fmt.Sprint(name, " ", n)] = b.String()
		}
	}
	return said
}

// combinations are the arguments of a method in every combination; what nothing is known of is zero.
func combinations(m reflect.Type, known map[reflect.Type][]any) [][]reflect.Value {
	all := [][]reflect.Value{nil}
	fixed := m.NumIn()
	if m.IsVariadic() {
		fixed--
	}
	for i := range fixed {
		in := m.In(i)
		values := []reflect.Value{reflect.Zero(in)}
		if some, ok := known[in]; ok {
			values = nil
			for _, x := range some {
				values = append(values, reflect.ValueOf(x))
			}
		} else if in.Kind() == reflect.Pointer {
			values[0] = reflect.New(in.Elem())
		}
		var longer [][]reflect.Value
		for _, before := range all {
			for _, x := range values {
				longer = append(longer, append(slices.Clone(before), x))
			}
		}
		all = longer
	}
	return all
}

// tell writes out all that a value holds.
func tell(b *strings.Builder, v reflect.Value, deep int) {
	if deep > 12 || !v.IsValid() || v.Kind() == reflect.Interface && v.IsNil() {
		return
	}
	if v.CanInterface() {
		switch x := v.Interface().(type) {
		case error:
			fmt.Fprint(b, "error ", register.KindOf(x), ";") // its words name what was asked for
			return
		case time.Time, calendar.Date:
			fmt.Fprint(b, x, ";")
			return
		}
		if n, row := v.MethodByName("Len"), v.MethodByName("Row"); n.IsValid() && row.IsValid() {
			count := int(n.Call(nil)[0].Int())
			fmt.Fprint(b, count, " rows;")
			for i := range count {
				tell(b, row.Call([]reflect.Value{reflect.ValueOf(i)})[0], deep+1)
			}
			return
		}
	}
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			tell(b, v.Elem(), deep+1)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			tell(b, v.Field(i), deep+1)
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			tell(b, v.Index(i), deep+1)
		}
	case reflect.Map:
		var keys []string
		for _, k := range v.MapKeys() {
			var one strings.Builder
			tell(&one, k, deep+1)
			tell(&one, v.MapIndex(k), deep+1)
			keys = append(keys, one.String())
		}
		slices.Sort(keys)
		b.WriteString(strings.Join(keys, ""))
	case reflect.Func, reflect.Chan, reflect.UnsafePointer:
	default:
		fmt.Fprint(b, v, ";")
	}
}

// Whatever happens elsewhere, a lead is told the same as before, by every method there is: no id, no name, no count.
func TestALeadKnowsTheirOrganisationAlone(t *testing.T) {
	o := newLed(t)
	before := o.look(t, o.kim)
	o.fill(t)
	after := o.look(t, o.kim)
	for call, was := range before {
		if is := after[call]; is != was {
			t.Errorf("%s tells of another organisation:\n%.600s\nand was\n%.600s", call, is, was)
		}
	}
	for call, is := range after {
		for _, name := range append(idTexts(o.theirs), "Zenobia", "Ash", "900002", "Oak", string(o.ash), "AR-2026") {
			if strings.Contains(is, name) {
				t.Errorf("%s tells of %s: %.600s", call, name, is)
			}
		}
	}
	if h, err := o.kim.Home(); err != nil || h.Organisations != 1 || h.People != 1 {
		t.Errorf("%+v, %v", h, err)
	}
	if all, err := o.kim.Backups(); err != nil || len(all) != 1 || all[0].People != 0 || all[0].Records != 0 {
		t.Errorf("%+v, %v", all, err)
	}
}

func idTexts(ids []register.ID) []string {
	var all []string
	for _, id := range ids {
		all = append(all, string(id))
	}
	return all
}

// Who has another role beside is not limited. A lead of nothing is not taken on.
func TestALeadWithAnotherRole(t *testing.T) {
	o := newLed(t)
	both := register.Operator{Name: "max", Roles: []register.Role{register.Lead, register.Viewer}, Organisation: o.elm}
	if err := o.AddOperator(t.Context(), both, []byte(passphrase+"max")); err != nil {
		t.Fatal(err)
	}
	s := must(o.desk.As("max", desk.Console))(t)
	if people := must(s.Delegates(register.Query{}))(t); people.Len() != 3 {
		t.Errorf("%d people", people.Len())
	}
	if schools := must(s.Organisations(register.Query{}))(t); schools.Len() != 2 {
		t.Errorf("%d organisations", schools.Len())
	}
	none := register.Operator{Name: "nobody", Roles: []register.Role{register.Lead}}
	err := o.AddOperator(t.Context(), none, []byte(passphrase+"nobody"))
	if register.KindOf(err) != register.Invalid || !strings.HasPrefix(err.Error(), "organisation: ") {
		t.Errorf("a lead of nothing: %v", err)
	}
	_, err = o.ChangeOperator(t.Context(), "max", []register.Role{register.Lead}, "")
	if register.KindOf(err) != register.Invalid || !strings.HasPrefix(err.Error(), "organisation: ") {
		t.Errorf("a lead of nothing any more: %v", err)
	}
	none.Organisation = "G0000000000000"
	if err := o.AddOperator(t.Context(), none, []byte(passphrase+"nobody")); register.KindOf(err) != register.NotFound {
		t.Errorf("a lead of what is not there: %v", err)
	}
}

// Somebody of both organisations is found by what a lead knows of them, and by nothing of the other one.
func TestSomebodyOfBoth(t *testing.T) {
	o := newLed(t)
	o.joins(t, o.child, o.ash)
	for words, want := range map[string]int{"bea": 1, "example.org": 1, "elm": 1, "bea elm": 1, "ash": 0, "bea ash": 0, "900002": 0} {
		rows := must(o.kim.Delegates(register.Query{Filter: words, Sort: "organisation"}))(t)
		n := must(o.kim.CountDelegates(t.Context(), register.Query{Filter: words}))(t)
		found := 0
		for _, l := range o.kim.Find(words, 5) {
			if l.Opens == register.OpensPerson {
				found++
			}
			if strings.Contains(fmt.Sprint(l), "Ash") {
				t.Errorf("%q: %+v", words, l)
			}
		}
		if rows.Len() != want || n != want || found != want || rows.More() {
			t.Errorf("%q: %d listed, %d counted, %d found, want %d", words, rows.Len(), n, found, want)
		}
		if want == 1 && rows.Row(0).Organisation != "Elm" {
			t.Errorf("%+v", rows.Row(0))
		}
	}
	if all := must(o.Delegates(register.Query{Filter: "bea ash"}))(t); all.Len() != 1 {
		t.Errorf("the office finds %d", all.Len())
	}
	other := o.somebody(t, "teacher", "name", "Bea Other", "email", "other@example.org")
	o.joins(t, other, o.elm)
	if rows := must(o.kim.Delegates(register.Query{Filter: "bea", Limit: 1}))(t); rows.Len() != 1 || !rows.More() {
		t.Errorf("%d, more %v", rows.Len(), rows.More())
	}
}

// Where the office keeps its copies is not a lead's to know; that there is one is.
func TestALeadIsNotToldOfTheMachine(t *testing.T) {
	o := newLed(t)
	dir := t.TempDir()
	if err := o.SetSafekeeping(t.Context(), dir, 0); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Backup(t.Context(), dir, nil); err != nil {
		t.Fatal(err)
	}
	home, safe := must(o.kim.Home())(t), must(o.kim.Safekeeping())(t)
	told := fmt.Sprint(home.Safe, safe, must(o.kim.Backups())(t), o.kim.Settings())
	if strings.Contains(told, dir) {
		t.Errorf("tells of the folder: %s", told)
	}
	if !home.Safe.Automatic || home.Safe.Count != 1 || !strings.Contains(fmt.Sprint(must(o.Safekeeping())(t)), dir) {
		t.Errorf("%+v", home.Safe)
	}
}

// A note tells a lead that something happened, and of whom only where they know them.
func TestNotesForALead(t *testing.T) {
	o := newLed(t)
	notes, cancel := o.kim.Notes()
	defer cancel()
	for _, who := range []register.ID{o.theirs[0], o.child} {
		if err := o.Deactivate(t.Context(), who, "left"); err != nil {
			t.Fatal(err)
		}
		n := <-notes
		if told := slices.Contains(n.IDs, who); told != (who == o.child) || slices.Contains(n.IDs, o.theirs[0]) {
			t.Errorf("%+v", n)
		}
	}
}
