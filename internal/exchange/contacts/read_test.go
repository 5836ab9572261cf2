package contacts_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"custos/internal/exchange"
	"custos/internal/exchange/contacts"
	"custos/internal/exchange/mapping"
	"custos/internal/register"

	"github.com/google/go-cmp/cmp"
)

func read(t *testing.T, src contacts.Source, csv string) contacts.Reading {
	t.Helper()
	tab, err := exchange.Read(src.File, []byte(csv))
	if err != nil {
		t.Fatal(err)
	}
	src.Table = tab
	out, err := contacts.Read(src)
	if err != nil {
		t.Fatal(err)
	}
	if len(out.Rows) != tab.DataRows() {
		t.Fatalf("%d rows of %d", len(out.Rows), tab.DataRows())
	}
	return out
}

// says is a row in short: address, answer, further channels, date, refusal.
func says(r register.ContactRow) string {
	if r.Refused != nil {
		return "refused " + r.Refused.Field + ": " + r.Refused.Reason
	}
	s := r.Email + " " + string(r.Answer)
	if len(r.Stops) > 0 {
		s += " stops " + strings.Join(r.Stops, ",")
	}
	if r.Bounced {
		s += " bounced"
	}
	if !r.At.IsZero() {
		s += " " + r.At.Format(time.RFC3339)
	}
	return strings.TrimSpace(s)
}

const mailchimpHead = `"Email Address","First Name","Last Name",MEMBER_RATING,OPTIN_TIME,CONFIRM_TIME,LAST_CHANGED,LEID,EUID,NOTES`

func TestEachToolIsReadByItsOwnRules(t *testing.T) {
	const unclear = ": this is neither a yes nor a no that the file's format knows"
	tests := []struct {
		name, file, format, csv string
		channel                 string
		want                    []string
	}{
		{
			"mailchimp, subscribed", "subscribed_members_export_0123abcd.csv", contacts.Mailchimp,
			mailchimpHead + "\nada@example.org,Ada,Ray,2,2024-01-02 10:00:00,2024-07-03 10:00:00,2024-07-03 10:00:00,1,a,\n" +
				"bo@example.org,,,2,2024-01-02 10:00:00,,,2,b,\ncy@example.org,,,2,,,2025-01-01 00:00:00,3,c,\n", "email",
			[]string{
				"ada@example.org given 2024-07-03T09:00:00Z", // written in summer, on the London clock
				"bo@example.org given 2024-01-02T10:00:00Z", "cy@example.org given",
			},
		},
		{
			"mailchimp, unsubscribed", "unsubscribed_email_audience_export_0123abcd.csv", contacts.Mailchimp,
			mailchimpHead + ",UNSUB_TIME,UNSUB_REASON\nada@example.org,Ada,Ray,2,2024-01-02 10:00:00,2024-01-02 10:00:00," +
				"2024-02-03 10:00:00,1,a,,2024-02-02 10:00:00,NORMAL\nbo@example.org,,,2,,,2024-02-03 10:00:00,2,b,,,\n" +
				"cy@example.org,,,2,,,,3,c,,31st of May,\n", "email",
			[]string{
				"ada@example.org withdrawn 2024-02-02T10:00:00Z", "bo@example.org withdrawn 2024-02-03T10:00:00Z",
				"refused UNSUB_TIME: not a date; write it as 31/12/2026 or 2026-12-31",
			},
		},
		{
			"mailchimp, bounced", "Cleaned_members_export_0123abcd.csv", contacts.Mailchimp,
			mailchimpHead + ",CLEAN_TIME\nada@example.org,,,2,2024-01-02 10:00:00,,,1,a,,2024-02-02 10:00:00\n", "email",
			[]string{"ada@example.org  bounced"},
		},
		{
			"mailchimp, never subscribed", "nonsubscribed_members_export_0123abcd.csv", contacts.Mailchimp,
			mailchimpHead + "\nada@example.org,,,2,2024-01-02 10:00:00,,,1,a,\n", "email", []string{"ada@example.org"},
		},
		{
			"brevo", "contacts.csv", contacts.Brevo,
			"EMAIL;LASTNAME;FIRSTNAME;SMS;EMAIL_BLACKLISTED;SMS_BLACKLISTED;DOUBLE_OPT-IN;ADDED_TIME\n" +
				"ada@example.org;Ray;Ada;447700900123;Yes;No;;12-04-2022 09:30\nbo@example.org;;;;No;Yes;;\n" +
				"cy@example.org;;;;1;true;;\ndee@example.org;;;;No;;1;\neli@example.org;;;;maybe;No;;\n", "email",
			[]string{
				"ada@example.org objected", "bo@example.org  stops sms", "cy@example.org objected stops sms",
				"dee@example.org given", "refused EMAIL_BLACKLISTED" + unclear,
			},
		},
		{
			"brevo, texts", "contacts.csv", contacts.Brevo,
			"EMAIL;SMS;EMAIL_BLACKLISTED;SMS_BLACKLISTED;DOUBLE_OPT-IN\nada@example.org;447700900123;Yes;No;1\n" +
				"bo@example.org;447700900124;No;Yes;\n", "sms",
			[]string{"ada@example.org  stops email", "bo@example.org objected"},
		},
		{
			"listmonk", "subscribers.csv", contacts.Listmonk,
			"uuid,email,name,attributes,status,created_at,updated_at,subscription_status\n" +
				"u1,ada@example.org,Ada Ray,{},enabled,2024-01-02 10:00:00.5 +0000 UTC,2024-01-02 10:00:00.5 +0000 UTC,\n" +
				"u2,bo@example.org,Bo,{},blocklisted,,,confirmed\nu3,cy@example.org,Cy,{},enabled,,,unsubscribed\n" +
				"u4,dee@example.org,Dee,{},enabled,,,confirmed\nu5,eli@example.org,Eli,{},disabled,,,confirmed\n" +
				"u6,fay@example.org,Fay,{},enabled,,,unconfirmed\nu7,gus@example.org,Gus,{},asleep,,,\n", "email",
			[]string{
				"ada@example.org", "bo@example.org objected", "cy@example.org withdrawn", "dee@example.org given",
				"eli@example.org", "fay@example.org", "refused status" + unclear,
			},
		},
		{
			"hubspot", "hubspot-crm-exports-all-contacts.csv", contacts.HubSpot,
			"Record ID,First Name,Last Name,Email,Phone Number,Marketing contact status,Unsubscribed from all email," +
				"Email hard bounce reason,Opted out of email: Course news\n" +
				"1,Ada,Ray,ada@example.org,,Marketing contact,true,,\n2,Bo,,bo@example.org,,Marketing contact,false,UNKNOWN_USER,\n" +
				"3,Cy,,cy@example.org,,Non-marketing contact,,,\n4,Dee,,dee@example.org,,Marketing contact,,,true\n" +
				"5,Eli,,eli@example.org,,Marketing contact,perhaps,,\n", "email",
			[]string{
				"ada@example.org objected", "bo@example.org  bounced", "cy@example.org", "dee@example.org withdrawn",
				"refused Unsubscribed from all email" + unclear,
			},
		},
		{
			"hubspot, opt-outs", "unsubscribes.csv", contacts.HubSpot,
			"Email,Portal Bounce,Portal Unsubscribe,Portal Spam Report,Global Bounce,Evening classes\n" +
				"ada@example.org,,TRUE,,,\nbo@example.org,,,TRUE,,\ncy@example.org,,,,TRUE,\ndee@example.org,,,,,TRUE\n", "email",
			[]string{
				"ada@example.org objected", "bo@example.org objected", "cy@example.org  bounced", "dee@example.org withdrawn",
			},
		},
		{
			"ghost", "members.csv", contacts.Ghost,
			"id,email,name,note,subscribed_to_emails,complimentary_plan,stripe_customer_id,created_at,deleted_at,labels,tiers\n" +
				"1,ada@example.org,Ada,,true,,,2024-01-02T10:00:00.000Z,,,\n2,bo@example.org,,,false,,,,,,\n" +
				"3,cy@example.org,,,,,,,,,\n4,not an address,,,true,,,,,,\n", "email",
			[]string{
				"ada@example.org given", "bo@example.org refused", "cy@example.org",
				"refused email: this is not an email address",
			},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := read(t, contacts.Source{File: tt.file, MapConsent: true, Channel: tt.channel}, tt.csv)
			if got.Format != tt.format {
				t.Fatalf("read as %s, want %s", got.Format, tt.format)
			}
			var rows []string
			for _, r := range got.Rows {
				rows = append(rows, says(r))
			}
			if diff := cmp.Diff(tt.want, rows); diff != "" {
				t.Error(diff)
			}
		})
	}
}

const genericCSV = "Mail,Mobile,Full name,May we?,On,Proof\n" +
	"ada@example.org,07700 900123,Ada Ray,ja,02/03/2024,form 7\nbo@example.org,,Bo,nein,2024-03-02T10:00:00+02:00,\n" +
	"cy@example.org,,Cy,,,\ndee@example.org,,Dee,vielleicht,,\n,01632 960001,Eli,ja,,\n,,Fay,ja,,\n,123,Gus,ja,,\n"

func TestAMappingSaysWhichColumnIsTheAnswer(t *testing.T) {
	m := mapping.Mapping{Pairs: []mapping.Pair{
		{Column: "Mail", Field: "email"}, {Column: "Mobile", Field: "phone"}, {Column: "full name", Field: "name"},
		{Column: "May we?", Field: "consent"}, {Column: "On", Field: "at"}, {Column: "Proof", Field: "evidence"},
	}}
	src := contacts.Source{File: "list.csv", Columns: m, Yes: []string{"Ja"}, No: []string{"nein "}, MapConsent: true, Channel: "post"}
	got := read(t, src, genericCSV)
	want := []string{
		"ada@example.org given 2024-03-02T00:00:00Z", "bo@example.org refused 2024-03-02T08:00:00Z", "cy@example.org",
		"refused May we?: this is neither a yes nor a no that the file's format knows", "given",
		"refused email: the row has no address and no number", "refused phone: a phone number does not have this many digits",
	}
	var rows []string
	for _, r := range got.Rows {
		rows = append(rows, says(r))
	}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Fatal(diff)
	}
	if r := got.Rows[0]; r.Evidence != "form 7" || r.Name != "Ada Ray" || r.Line != 2 {
		t.Fatalf("%+v", r)
	}
}

func TestAnAnswerIsNeverGuessed(t *testing.T) {
	got := read(t, contacts.Source{File: "list.csv"}, "email,name,consent\nada@example.org,Ada,no\n")
	if got.Format != contacts.Generic || got.Rows[0].Answer != "" {
		t.Fatalf("%s: %+v", got.Format, got.Rows[0])
	}
}

func TestFilesThatCannotAnswer(t *testing.T) {
	tests := []struct {
		name, csv, field string
		src              contacts.Source
	}{
		{"a renamed export", mailchimpHead + "\na@example.org,,,,,,,1,a,\n", "file", contacts.Source{File: "list.csv", MapConsent: true, Channel: "email"}},
		{"another channel", "email,subscribed_to_emails\na@example.org,true\n", "channel", contacts.Source{File: "m.csv", MapConsent: true, Channel: "sms"}},
		{"no column for the answer", "email,name\na@example.org,A\n", "consent", contacts.Source{File: "m.csv", MapConsent: true, Channel: "email"}},
		{"no address", "name,town\nA,B\n", "file", contacts.Source{File: "m.csv"}},
		{"unknown format", "email,name\na@example.org,A\n", "format", contacts.Source{File: "m.csv", Format: "pigeon"}},
		{
			"a mapping for a tool", "email,name\na@example.org,A\n", "format",
			contacts.Source{File: "m.csv", Format: contacts.Ghost, Columns: mapping.Mapping{Pairs: []mapping.Pair{{Column: "email", Field: "email"}}}},
		},
		{"a word for both", "email,name\na@example.org,A\n", "consent", contacts.Source{File: "m.csv", Yes: []string{"x"}, No: []string{"X"}}},
		{
			"a column that is not there", "email,name\na@example.org,A\n", "map",
			contacts.Source{File: "m.csv", Columns: mapping.Mapping{Pairs: []mapping.Pair{{Column: "mail", Field: "email"}}}},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tab, err := exchange.Read(tt.src.File, []byte(tt.csv))
			if err != nil {
				t.Fatal(err)
			}
			tt.src.Table = tab
			_, err = contacts.Read(tt.src)
			if p := register.ProblemOf(err); p == nil || p.Field != tt.field || register.KindOf(err) != register.Invalid {
				t.Fatalf("%v, want one about %s", err, tt.field)
			}
		})
	}
}

func TestARefusalNeverRepeatsTheValue(t *testing.T) {
	got := read(t, contacts.Source{File: "members.csv", MapConsent: true, Channel: "email"},
		"email,subscribed_to_emails\nada@example.org,secretive\nsecretive,true\n")
	for _, r := range got.Rows {
		if r.Refused == nil || strings.Contains(r.Refused.Reason+r.Refused.Field, "secretive") {
			t.Errorf("%+v", r.Refused)
		}
	}
}

func TestInstants(t *testing.T) {
	for in, want := range map[string]string{
		"2019-08-18 13:36:31.23 +0000 UTC": "2019-08-18T13:36:31Z",
		"2019-08-18T20:30:31.000Z":         "2019-08-18T20:30:31Z",
		"18/08/2019":                       "2019-08-17T23:00:00Z",
		"18-08-2019 09:30":                 "2019-08-18T08:30:00Z",
		"2 January 2026":                   "2026-01-02T00:00:00Z",
	} {
		if got, err := contacts.ParseInstant(in); err != nil || got.Format(time.RFC3339) != want {
			t.Errorf("%s: %v, %v; want %s", in, got, err, want)
		}
	}
	for _, in := range []string{"08/18/2019", "2019-08-18 25:00", "soon", "18/08/19"} {
		if got, err := contacts.ParseInstant(in); err == nil {
			t.Errorf("%s: %v", in, got)
		}
	}
}

// TestExportsAtHand reads the exports under CUSTOS_DATA/contacts: every one is
// read, and every refusal is one this test names.
func TestExportsAtHand(t *testing.T) {
	dir := os.Getenv("CUSTOS_DATA")
	if dir == "" {
		t.Skip("CUSTOS_DATA is not set")
	}
	files, err := filepath.Glob(filepath.Join(dir, "contacts", "*.csv"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		tab, err := exchange.Read(filepath.Base(file), data)
		if err != nil {
			t.Fatal(err)
		}
		got, err := contacts.Read(contacts.Source{File: file, Table: tab})
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		for _, r := range got.Rows {
			if r.Refused != nil {
				t.Errorf("%s: %+v", file, r.Refused)
			}
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add("subscribed_members_export_1.csv", mailchimpHead+"\nada@example.org,Ada,Ray,2,2024-01-02 10:00:00,,,1,a,\n", "email")
	f.Add("contacts.csv", "EMAIL;EMAIL_BLACKLISTED;SMS_BLACKLISTED\nada@example.org;Yes;No\n", "sms")
	f.Add("m.csv", "email,subscribed_to_emails\nada@example.org,true\n", "email")
	f.Add("m.csv", genericCSV, "post")
	f.Fuzz(func(t *testing.T, name, csv, channel string) {
		tab, err := exchange.Read(name, []byte(csv))
		if err != nil {
			return
		}
		for _, mapped := range []bool{false, true} {
			out, err := contacts.Read(contacts.Source{File: name, Table: tab, MapConsent: mapped, Channel: channel})
			if err != nil {
				continue
			}
			if len(out.Rows) != tab.DataRows() {
				t.Fatalf("%d rows of %d", len(out.Rows), tab.DataRows())
			}
			for _, r := range out.Rows {
				if (r.Refused == nil) == (r.Email == "" && r.Phone == "") {
					t.Fatalf("%+v", r)
				}
			}
		}
	})
}
