package consentfile

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"custos/internal/calendar"
	"custos/internal/register"
)

// office has a purpose of each sort the writers tell apart.
func office() Office {
	return Office{
		Controller: "Elm School", At: time.Date(2026, 3, 16, 12, 0, 0, 0, time.UTC),
		Profile: &register.Profile{
			Name: "test", Language: "en-GB",
			Kinds: []register.PersonKind{{ID: "delegate", Fields: []register.Field{
				{ID: "email", Category: "Contact"}, {ID: "needs", Special: true, Category: "Health"},
			}}},
			Purposes: []register.Purpose{
				{
					ID: "news", Title: "News", Wording: "May we write to you?", Marketing: true, Notice: "n", Retention: "news",
					Channels: []string{"email", "post"}, Categories: []string{"Contact"}, Recipients: []string{"printer"},
					Bases: []register.BasisRule{{Basis: register.Consent}},
				},
				{
					ID: "access", Title: "Access needs", Retention: "access", Channels: []string{"email"}, Categories: []string{"Health"},
					Bases: []register.BasisRule{{Basis: register.Consent}, {Basis: register.VitalInterests}},
				},
			},
			Notices:    []register.Notice{{ID: "n", Version: "1", Title: "How we use it", From: calendar.NewDate(2026, 1, 1)}},
			Recipients: []register.Recipient{{ID: "printer", Name: "The printer", Role: "processor"}},
			Transfers:  []register.Transfer{{Recipient: "printer", Country: "Norway", Safeguard: "adequacy"}},
			Retention: []register.RetentionRule{
				{Class: "news", Trigger: "consent-withdrawn"}, {Class: "access", Period: "2 years", Trigger: "left"},
			},
			Contacts: []register.ContactPoint{{Role: "regulator", Title: "R"}, {Role: "dpo", Title: "DPO", How: "By letter"}},
		},
	}
}

func events(t *rapid.T) []register.ConsentEvent {
	some := func(name string, of ...string) string { return rapid.SampledFrom(of).Draw(t, name) }
	free := func(name string) string {
		return rapid.OneOf(rapid.Just(""), rapid.String(), rapid.StringMatching(`['"=+@,;\t\r\n -]{0,6}`)).Draw(t, name)
	}
	when := func(name string) time.Time {
		return time.UnixMilli(rapid.Int64Range(0, 4_000_000_000_000).Draw(t, name)).UTC()
	}
	all := make([]register.ConsentEvent, rapid.IntRange(0, 12).Draw(t, "n"))
	for i := range all {
		all[i] = register.ConsentEvent{
			ID: register.ID(string(rune('A'+i)) + some("id", "X", "Y")), Delegate: register.ID("D" + some("who", "1", "2")),
			Purpose: some("purpose", "news", "access", "unknown", "dpv:odd", register.AnyMarketing),
			Channel: some("channel", "email", "post", "sms", "phone", "", register.AnyChannel), Brand: free("brand"),
			Act: rapid.SampledFrom(register.ConsentActs()).Draw(t, "act"), At: when("at"), Recorded: when("recorded"),
			RecordedBy: free("by"), Method: free("method"), Evidence: free("evidence"), Notice: free("notice"),
			NoticeVersion: free("version"), WordingDigest: free("digest"), GivenBy: free("giver"), Authority: free("authority"),
			Collected: free("collected"), Corrects: register.ID(free("corrects")),
		}
		if rapid.Bool().Draw(t, "ends") {
			all[i].Expires = calendar.NewDate(2030, 1, 1).AddDays(rapid.IntRange(0, 4000).Draw(t, "days"))
		}
	}
	slices.SortStableFunc(all, func(a, b register.ConsentEvent) int {
		return strings.Compare(string(a.Delegate), string(b.Delegate))
	})
	return all
}

func write(t interface{ Fatal(...any) }, f Format, all []register.ConsentEvent) []byte {
	var b bytes.Buffer
	w, err := NewWriter(f, &b, office())
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range all {
		if err := w.Write(e); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func read(t interface{ Fatal(...any) }, f Format, data []byte) []register.ConsentEvent {
	all := []register.ConsentEvent{}
	err := Read(f, bytes.NewReader(data), func(e Entry) {
		if e.Problem != nil {
			t.Fatal(*e.Problem)
		}
		all = append(all, e.Event)
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestNothingIsLost: events written in any format are read back the same.
func TestNothingIsLost(t *testing.T) {
	for _, f := range Formats() {
		t.Run(string(f), func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				want := events(t)
				if f == Receipt {
					want = slices.DeleteFunc(want, func(e register.ConsentEvent) bool { return e.Delegate != "D1" })
					if len(want) == 0 {
						return
					}
				}
				data := write(t, f, want)
				if f != CSV && !json.Valid(data) {
					t.Fatalf("not JSON: %s", data)
				}
				got := read(t, f, data)
				if f == ISO27560 || f == Receipt { // events stand by question there
					byID := func(a, b register.ConsentEvent) int { return strings.Compare(string(a.ID), string(b.ID)) }
					slices.SortFunc(want, byID)
					slices.SortFunc(got, byID)
				}
				if diff := cmp.Diff(want, got, cmpopts.EquateEmpty(), cmp.Comparer(calendar.Date.Equal)); diff != "" {
					t.Fatalf("%s\n%s", diff, data)
				}
			})
		})
	}
}

// TestNoMemberIsWrittenTwice: repeated members are what makes other makers'
// examples unreadable.
func TestNoMemberIsWrittenTwice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := events(t)
		for _, f := range []Format{JSON, ISO27560, Kantara} {
			d := json.NewDecoder(bytes.NewReader(write(t, f, all)))
			if name := repeated(d); name != "" {
				t.Fatalf("%s repeats %s", f, name)
			}
		}
	})
}

// repeated returns a member an object has twice.
func repeated(d *json.Decoder) string {
	token, _ := d.Token()
	switch token {
	case json.Delim('{'):
		seen := map[string]bool{}
		for d.More() {
			token, _ := d.Token()
			name, _ := token.(string)
			if seen[name] {
				return name
			}
			seen[name] = true
			if inner := repeated(d); inner != "" {
				return inner
			}
		}
		_, _ = d.Token()
	case json.Delim('['):
		for d.More() {
			if inner := repeated(d); inner != "" {
				return inner
			}
		}
		_, _ = d.Token()
	}
	return ""
}
