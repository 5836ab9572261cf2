package letter_test

import (
	"time"

	"custos/internal/calendar"
	"custos/internal/letter"
	"custos/internal/register"
)

// office is a small invented profile with one of everything a reply tells.
func office() register.Profile {
	return register.Profile{
		Name: "sample", Title: "Sample office", Version: "1", Language: "en-GB", Regulator: "The Regulator",
		Source: "It comes from you or from your school.", Special: "We keep health data by explicit consent only.",
		Withhold: "Mandatory fields are marked.", OnBehalf: "We send news for partners ourselves.",
		Retained: "While you attend, then as below.", Requests: "Ask in any way.",
		Complaint: "Tell us first, then The Regulator.", Automated: "No decision is made by a computer alone.",
		Kinds: []register.PersonKind{{ID: "delegate", Title: "Delegate", Subscriber: "corporate", Fields: []register.Field{
			{ID: "name", Title: "Full name", Mandatory: true, Category: "Contact details"},
			{ID: "special_requirements", Title: "Special requirements", Special: true, Category: "Health"},
		}}},
		Purposes: []register.Purpose{
			{ID: "courses", Title: "Courses", Wording: "We run the courses you book.", Retention: "attendance", Notice: "n",
				Bases: []register.BasisRule{
					{Basis: register.PublicTask, Access: []string{"", "manager"}, Note: "Training is our task."},
					{Basis: register.Consent, Access: []string{"reader"}, Note: "You may withdraw."},
				},
				Categories: []string{"Contact details", "Attendance"}, Recipients: []string{"university", "mailer"}},
			{ID: "health", Title: "Access needs", Wording: "May we keep your needs?", Retention: "needs", Notice: "n",
				Bases: []register.BasisRule{{Basis: register.Consent}}, Article9: "Art 9(2)(a): explicit consent",
				Categories: []string{"Health"}},
			{ID: "trainees", Title: "Trainees only", Wording: "Not for delegates.", Retention: "trainee", Notice: "n",
				Bases:      []register.BasisRule{{Basis: register.PublicTask, Kinds: []string{"trainee"}}},
				Categories: []string{"Admission"}, Recipients: []string{"admissions"}},
		},
		Recipients: []register.Recipient{
			{ID: "university", Name: "The university", Role: "controller", Why: "For the award."},
			{ID: "mailer", Name: "The mailing company", Role: "processor", Why: "To send mail.", Country: "Canada"},
			{ID: "admissions", Name: "The admissions service", Role: "controller", Why: "For applications."},
		},
		Transfers: []register.Transfer{{Recipient: "mailer", Country: "Canada", Safeguard: "UK adequacy regulations"}},
		Retention: []register.RetentionRule{
			{Class: "attendance", Title: "Attendance", Trigger: "event-end", Period: "6 years", Authority: "Limitation Act 1980",
				Action: "delete"},
			{Class: "needs", Title: "Needs", Trigger: "event-end", Period: "3 months", Authority: "Consent", Action: "delete"},
			{Class: "trainee", Title: "Trainee files", Trigger: "left", Period: "7 years", Authority: "Claims", Action: "delete"},
		},
		Rights: []register.RightOffer{
			{Right: calendar.Rectification, Title: "To have it put right", Note: "Tell us what is wrong."},
			{Right: calendar.Erasure, Title: "To have it deleted", Note: "You may ask."},
		},
		Contacts: []register.ContactPoint{{Role: "dpo", Title: "Data protection officer", How: "By letter."}},
	}
}

func date(month time.Month, day int) calendar.Date { return calendar.NewDate(2026, month, day) }

// sample is a reply about an invented person.
func sample() letter.Reply {
	return letter.Reply{
		Office: "Sample & Sons Training", Profile: office(), Person: "Robin Example", Kind: "delegate",
		On: date(3, 30), AuditSeq: 481, AuditHash: "9f2c0d1e", Unchecked: true,
		Request: register.Request{
			Ref: "AR-2026-0042", Right: calendar.Access, How: "spoken", Requester: "Parent Example",
			Events: []register.RequestEvent{
				{Seq: 1, Kind: register.Received, On: date(3, 3)},
				{Seq: 2, Kind: register.Decided, On: date(3, 20), Outcome: register.Partly, Text: "One reference is confidential."},
			},
			Deadline: calendar.Deadline{Start: date(3, 3), Due: date(4, 7), Steps: []calendar.Step{
				{Date: date(3, 3), Rule: "The request was received.", Source: "UK GDPR Art 12A"},
				{Rule: "Nothing paused the clock.", Source: "guidance"},
				{Date: date(4, 7), Rule: "3 April is Good Friday.", Source: "bank holidays"},
			}},
		},
		Holdings: []register.Holding{
			{Collection: "delegates", Title: "Personal record", Purpose: "courses", Entries: []register.Record{
				{ID: "D0000000000001", Lines: []register.Line{
					{Field: "name", Label: "Full name", Value: "Robin Example", Source: "form (2026-01-10)"},
					{Field: "birth_date", Label: "Date of birth", Value: "1990-12-01"},
					{Field: "created", Label: "Kept since", Value: "2026-06-10T09:30:00Z"},
					{Field: "special_requirements", Label: "Special requirements", Value: "Step-free\nroom", Special: true},
				}}}},
			{Collection: "bookings", Title: "Bookings", Purpose: "to run courses"},
		},
		Mentions: []register.Mention{{Collection: "delegates", Title: "Record of somebody else", Label: "Notes",
			Passage: "Robin Example shares a room with Ben Carter."}},
		Documents: []letter.Enclosed{
			{Document: register.Document{Title: "Letter from Ben Carter", Where: "Filing cabinet 3", Digest: "0c17f2", Bytes: 2048},
				Copy: true, Ending: ".PDF"},
			{Document: register.Document{Title: "Minutes", Where: "the shared mailbox", Digest: "77aa01", Bytes: 311}},
		},
		Withheld: []register.Withheld{
			{What: "Records under Bookings", Count: 2, Code: "reference", Reasons: []string{"It is a reference."}},
			{What: "Passages in records kept on others", Count: 1, Reasons: []string{"Another person of that name."}},
		},
		Redactions: []register.Redaction{
			{ID: "R1", Words: "ben carter", Code: "third-party", Reason: "Names another delegate."},
			{ID: "R2", Words: "nobody here", Code: "crime", Reason: "Never used."},
		},
		Exemptions: []register.Exemption{
			{Code: "third-party", Title: "information about somebody else", Source: "DPA 2018 Sch 2 para 16"},
			{Code: "reference", Title: "a confidential reference", Source: "DPA 2018 Sch 2 para 24"},
		},
		Disclosures: []register.DisclosedTo{
			{At: time.Date(2026, 2, 1, 12, 0, 0, 0, time.UTC), What: "attendance list", Recipient: "university",
				Fields: []string{"name", "email"}},
			{At: time.Date(2026, 7, 1, 23, 30, 0, 0, time.UTC), What: "copy", Recipient: "data subject"},
		},
	}
}
