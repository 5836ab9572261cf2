package register

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"custos/internal/calendar"
)

// taking is what somebody may take along who gave their data themselves, under a profile with a purpose of every sort.
func taking() *PortableInput {
	p := &Profile{
		Kinds: []PersonKind{{ID: "worker", Fields: []Field{
			{ID: FieldEmail, Title: "Email", Category: "contact"}, {ID: FieldPhone, Title: "Phone", Category: "duty"},
			{ID: "diet", Title: "Diet", Category: "needs"}, {ID: "tea", Title: "Tea", Category: "needs", Own: true},
		}}},
		Purposes: []Purpose{
			{ID: "news", Title: "News", Marketing: true, Categories: []string{"contact"}, Bases: []BasisRule{{Basis: Consent}}},
			{ID: "duty", Title: "Duty", Categories: []string{"duty"}, Bases: []BasisRule{{Basis: LegalObligation}}},
			{ID: "course", Title: "Course", Categories: []string{"Training records", "needs"},
				Bases: []BasisRule{{Basis: Contract, Access: []string{"member"}}}},
		},
	}
	return &PortableInput{
		On: calendar.NewDate(2026, time.March, 2), Profile: p, Access: []string{"guest", "member"},
		Person: Delegate{ID: "D1", Kind: "worker", Email: "a@b.example", Phone: "01632 960123",
			Fields: map[string]string{"diet": "none", "tea": "green"}, Sources: []Provenance{{How: "Web "}}},
		Names: Names{Profile: p, Organisation: func(ID) string { return "" },
			Course: func(ID) (Course, bool) { return Course{Title: "First aid"}, true }},
	}
}

func answerOf(act ConsentAct, purpose, channel string, month time.Month) ConsentEvent {
	at := time.Date(2026, month, 5, 9, 0, 0, 0, time.UTC)
	return ConsentEvent{ID: ID("E" + string(act) + channel), Purpose: purpose, Channel: channel, Act: act, At: at, Recorded: at}
}

// fieldsOf are the fields taken of a collection.
func fieldsOf(p Portable, collection string) []string {
	var all []string
	for _, v := range p.Values {
		if v.Collection == collection {
			all = append(all, v.Field)
		}
	}
	return all
}

// TestConsentCarriesDataWhileItStands by the rules of the ledger, and no longer.
func TestConsentCarriesDataWhileItStands(t *testing.T) {
	yes := answerOf(Given, "news", "email", 1)
	until, wrong := yes, answerOf(RefusedIt, "news", "email", 2)
	until.Expires = calendar.NewDate(2026, time.February, 20)
	wrong.Corrects = yes.ID
	for name, tt := range map[string]struct {
		events []ConsentEvent
		want   bool
	}{
		"never asked":            {nil, false},
		"asked":                  {[]ConsentEvent{answerOf(Asked, "news", "email", 1)}, false},
		"given":                  {[]ConsentEvent{yes}, true},
		"renewed":                {[]ConsentEvent{answerOf(Renewed, "news", "email", 1)}, true},
		"given to something":     {[]ConsentEvent{answerOf(Given, "talks", "email", 1)}, false},
		"asked again":            {[]ConsentEvent{yes, answerOf(Asked, "news", "email", 2)}, true},
		"withdrawn":              {[]ConsentEvent{yes, answerOf(Withdrawn, "news", "email", 2)}, false},
		"withdrawn, out of turn": {[]ConsentEvent{answerOf(Withdrawn, "news", "email", 2), yes}, false},
		"withdrawn by post":      {[]ConsentEvent{yes, answerOf(Withdrawn, "news", "post", 2)}, true},
		"withdrawn altogether":   {[]ConsentEvent{yes, answerOf(Withdrawn, "news", AnyChannel, 2)}, false},
		"an objection":           {[]ConsentEvent{yes, answerOf(Objected, AnyMarketing, AnyChannel, 2)}, false},
		"run out":                {[]ConsentEvent{until}, false},
		"typed in wrongly":       {[]ConsentEvent{yes, wrong}, false},
	} {
		in := taking()
		in.Consents = tt.events
		if got := slices.Contains(fieldsOf(PortableData(in), "delegates"), FieldEmail); got != tt.want {
			t.Errorf("%s: portable %t", name, got)
		}
	}
}

// TestWhatMayBeTakenAlong holds to UK GDPR Art 20(1): given by the person, and used on consent or for a contract.
func TestWhatMayBeTakenAlong(t *testing.T) {
	in := taking()
	in.Consents = []ConsentEvent{answerOf(Given, "news", "email", 1), answerOf(Given, "duty", "post", 1)}
	in.Consents[0].Method = "web"
	byOther, imported := answerOf(Given, "news", "sms", 1), answerOf(Given, "news", "post", 1)
	byOther.GivenBy, imported.Method = "a parent", "imported"
	in.Consents = append(in.Consents, byOther, imported, answerOf(Asked, "news", "email", 2))
	in.Bookings = []Booking{
		{ID: "B1", Course: "C1", BookedOn: in.On, State: Attended, Certificate: in.On, Feedback: "good", Requirements: "step-free"},
		{ID: "B2", Course: "C1", BookedOn: in.On, Organisation: "O1"},
	}
	p := PortableData(in)
	if diff := cmp.Diff([]string{FieldEmail, "diet", "tea"}, fieldsOf(p, "delegates")); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	want := PortableValue{"delegates", "D1", FieldEmail, "Email", "a@b.example", p.Values[0].Source, []string{"News"}, []string{Consent.Title()}}
	if diff := cmp.Diff(want, p.Values[0]); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if diff := cmp.Diff([]string{Contract.Title()}, p.Values[1].Bases); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if diff := cmp.Diff([]string{"course", "booked_on", "special_requirements", "feedback"}, fieldsOf(p, "bookings")); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if diff := cmp.Diff([]string{"purpose", "channel", "state", "at", "method"}, fieldsOf(p, "consents")); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}

	in.Person.Sources[0].How = "import" // then only what the profile says the person gives
	if diff := cmp.Diff([]string{"tea"}, fieldsOf(PortableData(in), "delegates")); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	in.Access = nil // no contract
	if got := fieldsOf(PortableData(in), "delegates"); got != nil {
		t.Errorf("%q", got)
	}
	if got := fieldsOf(PortableData(in), "bookings"); got != nil {
		t.Errorf("%q", got)
	}
}

func TestWhatStaysIsCountedWithItsReason(t *testing.T) {
	in := taking()
	in.Person.Sources[0].Fields = []string{FieldEmail, FieldPhone, "diet"} // where tea is from nobody knows
	in.Held = []Holding{
		{Collection: "delegates", Title: "Record", Entries: []Record{{ID: "D1", Lines: []Line{
			{Field: FieldEmail}, {Field: FieldPhone}, {Field: "diet"}, {Field: "tea"}, {Field: "status"},
		}}}},
		{Collection: "bookings", Title: "Training", Entries: []Record{{ID: "B1", Lines: []Line{{Field: "state"}}}, {ID: "B2", Lines: []Line{{Field: "state"}}}}},
	}
	want := []NotPortable{
		{"Record", 2, notAgreed, "UK GDPR Art 20(1)(a), (3)"}, {"Record", 1, notGiven, "UK GDPR Art 20(1)"},
		{"Record", 1, notCollected, "UK GDPR Art 20(1)"}, {"Training", 2, notCollected, "UK GDPR Art 20(1)"},
	}
	if diff := cmp.Diff(want, PortableData(in).Left); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}
