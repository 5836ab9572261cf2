package desk_test

import (
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"custos/internal/calendar"
	"custos/internal/letter"
	"custos/internal/profile"
	"custos/internal/register"
)

// TestPortablePerProfile asks for each shipped profile which fields of a kind
// of person are portable: given by the person, used on consent or contract.
func TestPortablePerProfile(t *testing.T) {
	for _, tt := range []struct {
		profile, kind, access string
		agreed                string // the purpose the person said yes to
		want                  []string
		not                   []string
	}{
		{profile: "teaching-school", kind: "delegate", not: []string{"name", "email", "special_requirements"}},
		{profile: "teaching-school", kind: "delegate", agreed: "course-news", want: []string{"name", "email"}, not: []string{"special_requirements"}},
		{profile: "teaching-school", kind: "delegate", agreed: "access-needs", want: []string{"special_requirements"}, not: []string{"name"}},
		{profile: "education-services", kind: "enquirer", want: []string{"name", "email"}, not: []string{"special_requirements"}},
		{profile: "education-services", kind: "user", access: "manager", not: []string{"special_requirements"}},
		{profile: "traded-services-portal", kind: "childminder", want: []string{"name", "email"}, not: []string{"special_requirements"}},
		{profile: "traded-services-portal", kind: "staff", not: []string{"name", "email"}},
		{profile: "community-learning", kind: "learner", not: []string{"name", "email"}},
		{profile: "community-learning", kind: "learner", agreed: "newsletters", want: []string{"name", "email"}},
		{profile: "community-learning", kind: "supplier", want: []string{"name", "bank_details"}},
		{profile: "work-experience", kind: "student", not: []string{"name", "email"}},
		{profile: "work-experience", kind: "student", agreed: "more-sharing", want: []string{"name"}},
		{profile: "work-experience", kind: "host", agreed: "scheme-news", want: []string{"name"}},
	} {
		name := tt.profile + " " + tt.kind + " " + tt.agreed
		in := portableInput(t, tt.profile, tt.kind, register.Provenance{How: "self"})
		if in.Access = nil; tt.access != "" {
			in.Access = []string{tt.access}
		}
		if tt.agreed != "" {
			in.Consents = []register.ConsentEvent{{ID: "K1", Purpose: tt.agreed, Channel: "email", Act: register.Given, At: noon}}
		}
		got := portableFields(in)
		for _, f := range tt.want {
			if !slices.Contains(got, f) {
				t.Errorf("%s: %s is not among %v", name, f, got)
			}
		}
		for _, f := range tt.not {
			if slices.Contains(got, f) {
				t.Errorf("%s: %s is among %v", name, f, got)
			}
		}
		in.Consents = append(in.Consents, register.ConsentEvent{ID: "K2", Purpose: tt.agreed, Channel: "email", Act: register.Withdrawn,
			At: noon.Add(1)})
		if again := portableFields(in); tt.agreed != "" && slices.Contains(again, tt.want[0]) {
			t.Errorf("%s: what was agreed to is used no more: %v", name, again)
		}
	}
}

func portableInput(t *testing.T, name, kind string, from register.Provenance) *register.PortableInput {
	t.Helper()
	p, err := profile.Load(name)
	if err != nil {
		t.Fatal(err)
	}
	k, ok := p.Kind(kind)
	if !ok {
		t.Fatalf("%s has no kind %s", name, kind)
	}
	d := register.Delegate{ID: "D1", Kind: kind, Sources: []register.Provenance{from}}
	for _, f := range k.Fields {
		d.Set(f.ID, "value of "+f.ID)
	}
	return &register.PortableInput{On: calendar.LondonDate(noon), Person: d, Profile: &p, Names: register.Names{
		Profile: &p, Organisation: func(register.ID) string { return "" },
		Course: func(register.ID) (register.Course, bool) { return register.Course{Title: "First aid"}, true },
	}}
}

func portableFields(in *register.PortableInput) []string {
	var fields []string
	for _, v := range register.PortableData(in).Values {
		if v.Collection == "delegates" {
			fields = append(fields, v.Field)
		}
	}
	return fields
}

func TestOnlyWhatThePersonGaveIsPortable(t *testing.T) {
	for how, given := range map[string]bool{
		"self": true, "form": true, "booking form": true, "Web": true, "paper": true, "email": true, "phone": true, "spoken": true,
		"import": false, "lead administrator": false, "derived": false, "": false, "school": false,
	} {
		in := portableInput(t, "traded-services-portal", "childminder", register.Provenance{How: how})
		if got := slices.Contains(portableFields(in), "email"); got != given {
			t.Errorf("%q: %t", how, got)
		}
	}
	in := portableInput(t, "traded-services-portal", "childminder", register.Provenance{How: "lead administrator"})
	for i := range in.Profile.Kinds {
		for j := range in.Profile.Kinds[i].Fields {
			f := &in.Profile.Kinds[i].Fields[j]
			f.Own = f.ID == register.FieldEmail
		}
	}
	if got := portableFields(in); !slices.Equal(got, []string{"email"}) {
		t.Errorf("the profile says that the person gives it: %v", got)
	}
}

func TestBookingsThePersonMadeArePortable(t *testing.T) {
	for own, want := range map[bool]bool{true: true, false: false} {
		in := portableInput(t, "traded-services-portal", "childminder", register.Provenance{How: "self"})
		b := register.Booking{ID: "B1", Course: "C1", State: register.Attended, BookedOn: date(t, "2026-03-01")}
		if !own {
			b.Organisation = "O1"
		}
		in.Bookings = []register.Booking{b}
		var fields []string
		for _, v := range register.PortableData(in).Values {
			if v.Collection == "bookings" {
				fields = append(fields, v.Field)
			}
		}
		if slices.Contains(fields, "course") != want || slices.Contains(fields, "state") {
			t.Errorf("own %t: %v", own, fields)
		}
	}
}

func TestDataToTakeAlong(t *testing.T) {
	o := newOfficeOf(t, "traded-services-portal")
	ctx := t.Context()
	id, err := o.AddDelegate(ctx, register.DelegateInput{Kind: "childminder", Source: register.Provenance{How: "self"},
		Values: map[string]string{"name": "Mina Moss", "email": "mina@example.org", "special_requirements": "Step-free, with Ben Carter"}})
	if err != nil {
		t.Fatal(err)
	}
	_, err = o.RecordConsent(ctx, register.ConsentInput{Delegate: id, Purpose: "special-requirements", Act: register.Given, Method: "web",
		Channel: o.channelOf("special-requirements")})
	if err != nil {
		t.Fatal(err)
	}
	page, err := o.OpenRequest(ctx, register.RequestInput{Right: calendar.Portability, Delegate: id, Received: o.Today(), How: "email"})
	if err != nil {
		t.Fatal(err)
	}
	in := register.RedactionInput{Words: "Ben Carter", Code: "third-party", Reason: "somebody else"}
	if _, err := o.Redact(ctx, page.Ref, in); err != nil {
		t.Fatal(err)
	}
	for _, bad := range []register.PackInput{{To: "a.pdf"}, {To: "a.zip", Password: []byte("seven quiet herons")}, {To: "a.zip", With: []string{"x"}}} {
		_, err := o.Pack(ctx, page.Ref, bad)
		wantKind(t, err, register.Invalid)
	}
	to := filepath.Join(t.TempDir(), "take.zip")
	d, err := o.Pack(ctx, page.Ref, register.PackInput{To: to})
	if err != nil || d.What != "data to take along, draft" || !slices.Contains(d.Fields, "email") {
		t.Fatalf("%+v, %v", d, err)
	}
	all := unzip(t, to)
	checkExport(t, all)
}

func checkExport(t *testing.T, all map[string]string) {
	t.Helper()
	var x letter.Export
	if err := json.Unmarshal([]byte(all["portable.json"]), &x); err != nil {
		t.Fatal(err)
	}
	if x.Format != letter.PortableFormat || len(x.Values) < 3 || len(x.Left) == 0 || len(x.Omissions) != 1 {
		t.Fatalf("%+v", x)
	}
	for _, v := range x.Values {
		for _, name := range []string{"index.html", "portable.csv"} {
			if !strings.Contains(all[name], v.Value) && !strings.Contains(v.Value, "T") {
				t.Errorf("%s lacks %s", name, v.Field)
			}
		}
	}
	for name, data := range all {
		if strings.Contains(data, "Ben Carter") {
			t.Errorf("%s says what was taken out", name)
		}
	}
	for _, l := range x.Left {
		if l.Why == "" || l.Law == "" || l.Count == 0 || !strings.Contains(all["index.html"], l.Why) {
			t.Errorf("%+v", l)
		}
	}
}

// channelOf is the first channel a purpose is asked by.
func (o *office) channelOf(purpose string) string {
	settings := o.Settings()
	x, _ := settings.Profile.Purpose(purpose)
	return x.Channels[0]
}
