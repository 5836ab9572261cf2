package desk_test

import (
	"testing"
	"time"

	"custos/internal/calendar"
	"custos/internal/desk"
	"custos/internal/register"
	"custos/store"
)

// askingProfile asks in every way the rules tell apart.
func askingProfile() register.Profile {
	consent := []register.BasisRule{{Basis: register.Consent}}
	name := register.Field{ID: register.FieldName, Title: "Name", Mandatory: true}
	fields := []register.Field{
		name, {ID: register.FieldEmail, Title: "Email"}, {ID: register.FieldPhone, Title: "Telephone"},
		{ID: register.FieldBorn, Title: "Date of birth", Type: "date"}, {ID: "address", Title: "Address"},
	}
	return register.Profile{
		Name: "asking", Title: "Asking", Version: "1", Language: "en-GB",
		Kinds: []register.PersonKind{
			{ID: "teacher", Title: "Teacher", Subscriber: "corporate", Fields: fields},
			{ID: "student", Title: "Student", Subscriber: "individual", Fields: fields},
		},
		AccessLevels: []register.AccessLevel{{ID: "manager", Title: "Manager"}, {ID: "reader", Title: "Reader"}},
		Channels:     []register.Channel{{ID: "email"}, {ID: "phone"}, {ID: "post"}},
		Brands:       []register.Brand{{ID: "learn", Title: "Learn"}, {ID: "cook", Title: "Cook"}},
		Purposes: []register.Purpose{
			{ID: "news", Title: "Newsletter", Wording: "May we send you news?", Marketing: true, Bases: consent,
				Channels: []string{"email", "phone"}, Notice: "news", Lasts: "24 months"},
			{ID: "leaflets", Title: "Leaflets", Wording: "May we send leaflets?", Marketing: true, Bases: consent,
				Channels: []string{"email"}, Brands: []string{"learn", "cook"}, Notice: "main"},
			{ID: "offers", Title: "Offers", Wording: "We write to managers.", Marketing: true, Channels: []string{"email"}, Notice: "main",
				Bases: []register.BasisRule{
					{Basis: register.LegitimateInterests, Kinds: []string{"teacher"}, Access: []string{"manager"}}, {Basis: register.Consent},
				}},
			{ID: "photos", Title: "Photographs", Wording: "May we show you?", Bases: consent, Channels: []string{"post"}, Notice: "main"},
			{ID: "joining", Title: "Joining instructions", Wording: "We tell you where it is.", Service: true, Notice: "main",
				Bases: []register.BasisRule{{Basis: register.Contract, Kinds: []string{"teacher"}}}, Channels: []string{"email"}},
		},
		Notices: []register.Notice{
			{ID: "main", Version: "1", Title: "Notice", Text: "What we do.", From: calendar.NewDate(2020, time.January, 1)},
			{ID: "news", Version: "1", Title: "News", Text: "What we send.", From: calendar.NewDate(2026, time.January, 5)},
		},
	}
}

var (
	newsByEmail = register.ConsentKey{Purpose: "news", Channel: "email"}
	newsByPhone = register.ConsentKey{Purpose: "news", Channel: "phone"}
	learn       = register.ConsentKey{Purpose: "leaflets", Channel: "email", Brand: "learn"}
	cook        = register.ConsentKey{Purpose: "leaflets", Channel: "email", Brand: "cook"}
	offers      = register.ConsentKey{Purpose: "offers", Channel: "email"}
	photos      = register.ConsentKey{Purpose: "photos", Channel: "post"}
)

func newAskingOffice(t testing.TB) *office { return newOfficeWith(t, askingProfile()) }

// somebody adds a person of a kind with values given in pairs.
func (o *office) somebody(t testing.TB, kind string, pairs ...string) register.ID {
	t.Helper()
	values := map[string]string{register.FieldName: "Ada Example"}
	for i := 0; i < len(pairs); i += 2 {
		values[pairs[i]] = pairs[i+1]
	}
	id, err := o.AddDelegate(t.Context(), register.DelegateInput{Kind: kind, Values: values})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func inputOf(who register.ID, key register.ConsentKey, does register.ConsentAct) register.ConsentInput {
	return register.ConsentInput{
		Delegate: who, Purpose: key.Purpose, Channel: key.Channel, Brand: key.Brand, Act: does, Method: "paper",
	}
}

// records one act an hour after the one before.
func (o *office) records(t testing.TB, in register.ConsentInput) register.ConsentEvent {
	t.Helper()
	o.now = o.now.Add(time.Hour)
	e, err := o.RecordConsent(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func (o *office) says(t testing.TB, who register.ID, key register.ConsentKey, does register.ConsentAct) register.ConsentEvent {
	t.Helper()
	return o.records(t, inputOf(who, key, does))
}

// put writes a status the desk has no way to set.
func (o *office) put(t testing.TB, who register.ID, status register.Status) {
	t.Helper()
	_, err := o.db.Update(t.Context(), store.Change{Operator: "office", Door: "test", Verb: register.DelegateChange}, func(tx *store.Tx) error {
		d, err := tx.Delegates().Get(who)
		if err != nil {
			return err
		}
		d.Status, d.StatusSince = status, calendar.LondonDate(o.now)
		return tx.Delegates().Put(d)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func mayContact(t testing.TB, s *desk.Seat, who register.ID, key register.ConsentKey) register.ContactAnswer {
	t.Helper()
	answer, err := s.MayContact(who, key, calendar.Date{})
	if err != nil {
		t.Fatal(err)
	}
	return answer
}

// wantRefusal wants a kind of refusal that names a field.
func wantRefusal(t *testing.T, err error, kind register.Kind, field string) {
	t.Helper()
	if register.KindOf(err) != kind || err == nil || register.ProblemOf(err).Field != field {
		t.Errorf("got %v, want kind %d about %q", err, kind, field)
	}
}

// forget removes a person and everything about them.
func (o *office) forget(t testing.TB, who register.ID) {
	t.Helper()
	_, err := o.db.Update(t.Context(), store.Change{Operator: "office", Door: "test", Verb: register.DelegateChange}, func(tx *store.Tx) error {
		return tx.Forget(who)
	})
	if err != nil {
		t.Fatal(err)
	}
}
