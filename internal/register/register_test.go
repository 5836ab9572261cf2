package register

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"custos/internal/calendar"

	"pgregory.net/rapid"
)

func TestIDs(t *testing.T) {
	ids := NewIDs(bytes.NewReader(bytes.Repeat([]byte{7, 40, 250, 3, 99}, 100)))
	id, err := ids.Next(DelegatePrefix)
	if err != nil || len(id) != IDLen || id[0] != 'D' {
		t.Fatalf("%q, %v", id, err)
	}
	if got, err := ParseID(DelegatePrefix, " "+strings.ToLower(string(id))+" "); err != nil || got != id {
		t.Fatalf("%q, %v", got, err)
	}
	if _, err := ParseID(OrganisationPrefix, string(id)); KindOf(err) != Invalid {
		t.Fatalf("an id of another kind: %v", err)
	}
	if _, err := ParseID(DelegatePrefix, "D7K3M2PQX9TF0U"); KindOf(err) != Invalid {
		t.Fatalf("a letter outside the alphabet: %v", err)
	}
	near, err := ids.Cluster()
	if err != nil {
		t.Fatal(err)
	}
	a, _ := near.Next('D')
	b, _ := near.Next('M')
	if a[1:6] != b[1:6] || a[6:] == b[6:] {
		t.Fatalf("%s and %s do not share just their beginning", a, b)
	}
	if _, err := NewIDs(bytes.NewReader(nil)).Next('D'); err == nil {
		t.Fatal("an id without randomness")
	}
}

func TestNormalEmail(t *testing.T) {
	for in, want := range map[string]string{
		" Ann.Other@Example.COM ": "ann.other@example.com",
		"o'neill@example.org":     "o'neill@example.org",
		"a@bücher.example":        "a@xn--bcher-kva.example",
	} {
		if got, err := NormalEmail(in); err != nil || got != want {
			t.Errorf("%q gave %q, %v", in, got, err)
		}
	}
	for _, bad := range []string{"", "x", "x@", "@example.com", "x@localhost", "Ann <a@example.com>", "a b@example.com", "a@b@c.d"} {
		if got, err := NormalEmail(bad); KindOf(err) != Invalid {
			t.Errorf("%q gave %q, %v", bad, got, err)
		} else if bad != "" && strings.Contains(err.Error(), bad) && len(bad) > 3 {
			t.Errorf("the error repeats the address: %v", err)
		}
	}
}

func FuzzNormalEmail(f *testing.F) {
	f.Add("ann@example.com")
	f.Add("\"a b\"@x.y")
	f.Fuzz(func(t *testing.T, s string) {
		once, err := NormalEmail(s)
		if err != nil {
			return
		}
		if twice, err := NormalEmail(once); err != nil || twice != once {
			t.Fatalf("%q then %q, %v", once, twice, err)
		}
	})
}

func TestStandingOf(t *testing.T) {
	at := func(d int) time.Time { return time.Date(2026, 3, d, 9, 0, 0, 0, time.UTC) }
	key := ConsentKey{Purpose: "newsletter", Channel: "email"}
	event := func(id ID, act ConsentAct, day int) ConsentEvent {
		return ConsentEvent{ID: id, Purpose: "newsletter", Channel: "email", Act: act, At: at(day), Recorded: at(20)}
	}
	late := event("b", Withdrawn, 2)
	late.Recorded = at(25) // a paper form typed in after the rest
	other := event("x", Given, 9)
	other.Channel = "phone"
	fixed := event("c", RefusedIt, 1)
	fixed.Corrects = "a"
	tests := []struct {
		name   string
		events []ConsentEvent
		want   ConsentAct
	}{
		{"nothing", nil, NeverAsked},
		{"only another channel", []ConsentEvent{other}, NeverAsked},
		{"asked", []ConsentEvent{event("a", Asked, 1)}, Asked},
		{"given", []ConsentEvent{event("a", Given, 1), other}, Given},
		{"asked again after an answer", []ConsentEvent{event("a", RefusedIt, 1), event("b", Asked, 2)}, RefusedIt},
		{"the latest by when it happened", []ConsentEvent{event("a", Given, 3), late}, Given},
		{"withdrawn", []ConsentEvent{event("a", Given, 1), late}, Withdrawn},
		{"corrected", []ConsentEvent{event("a", Given, 1), fixed}, RefusedIt},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := StandingOf(Facts(tt.events), key, At(calendar.NewDate(2026, 3, 30))).State; got != tt.want {
				t.Errorf("%s, want %s", got, tt.want)
			}
		})
	}
}

func TestPermissionsAreNamedAndHeldBySomebody(t *testing.T) {
	viewer := Operator{Name: "v", Roles: []Role{Viewer}}
	admin := Operator{Name: "a", Roles: []Role{Admin}}
	for v, roles := range permissions {
		if len(roles) == 0 {
			t.Errorf("nobody may %s", v)
		}
	}
	for _, v := range []Verb{SpecialRead, DelegateAdd, RequestDecide, RequestApprove, Disclose} {
		if viewer.May(v) || admin.May(v) {
			t.Errorf("a viewer or an admin may %s", v)
		}
	}
	gone := Operator{Name: "g", Roles: []Role{DPO}, Removed: time.Unix(1, 0)}
	if gone.May(DelegateRead) {
		t.Error("a removed operator may read")
	}
	officer := Operator{Name: "o", Roles: []Role{Officer}}
	if officer.May(RequestApprove) {
		t.Error("an officer may approve")
	}
}

func TestCountsAlwaysBalance(t *testing.T) {
	fates := []Fate{FateNew, FateChanged, FateSame, FateDuplicate, FateRefused}
	rapid.Check(t, func(t *rapid.T) {
		var c Counts
		for _, f := range rapid.SliceOf(rapid.SampledFrom(fates)).Draw(t, "fates") {
			c.Tally(f)
		}
		if !c.Balanced() {
			t.Fatalf("%+v", c)
		}
	})
}

func TestDelegateFieldsRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var d Delegate
		field := rapid.SampledFrom([]string{FieldName, FieldEmail, FieldPhone, "home_address", "x"}).Draw(t, "field")
		value := strings.TrimSpace(rapid.String().Draw(t, "value"))
		d.Set(field, value)
		if got := d.Value(field); got != value {
			t.Fatalf("%q", got)
		}
		other := d.Clone()
		other.Set(field, value+"!")
		if changed := other.Changed(&d); len(changed) != 1 || changed[0] != field {
			t.Fatalf("changed %v", changed)
		}
		if d.Value(field) != value {
			t.Fatal("a clone shares its fields")
		}
	})
}

func TestMissingFieldsKeepTheirConsequence(t *testing.T) {
	p := &Profile{Kinds: []PersonKind{{ID: "delegate", Fields: []Field{
		{ID: FieldName, Title: "Name", Mandatory: true, Consequence: "we cannot book a place"},
		{ID: FieldOrganisation, Title: "Organisation", Mandatory: true, Consequence: "no invoice"},
		{ID: FieldAccess, Title: "Access level", Mandatory: true, Consequence: "no account"},
		{ID: FieldPhone, Title: "Phone"},
	}}}}
	d := &Delegate{Kind: "delegate", Name: "A"}
	if got := p.Missing(d, nil); len(got) != 2 || got[0].Consequence != "no invoice" {
		t.Fatalf("%+v", got)
	}
	if got := p.Missing(d, &Membership{Access: "reader"}); len(got) != 0 {
		t.Fatalf("%+v", got)
	}
}

func TestOrganisationFieldsAreAllReachable(t *testing.T) {
	var o Organisation
	for _, f := range OrganisationFields() {
		if !o.Set(f, " "+f+" ") || o.Value(f) != f {
			t.Errorf("field %s is not kept", f)
		}
	}
	if o.Set("no such field", "x") {
		t.Error("an unknown field was taken")
	}
	if got := o.Changed(&Organisation{}); len(got) != len(OrganisationFields()) {
		t.Errorf("changed %v", got)
	}
}
