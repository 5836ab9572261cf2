package register

import (
	"slices"
	"strings"
	"testing"

	"custos/internal/calendar"
)

// lettered is a case with everything a letter may tell of.
func lettered(right calendar.Right, events ...RequestEvent) *Request {
	r := &Request{Ref: "AR-2026-0042", Right: right, Nation: calendar.EnglandAndWales, How: "letter"}
	all := append([]RequestEvent{{Kind: Received, On: mustDay("2026-03-02")}}, events...)
	for i := range all {
		all[i].Seq = i + 1
		if all[i].On.IsZero() {
			all[i].On = mustDay("2026-03-09")
		}
	}
	r.Events = all
	return r
}

func mustDay(s string) calendar.Date {
	d, err := calendar.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func facts() LetterFacts {
	return LetterFacts{
		Settings: &Settings{
			Office: "Elm School", Nation: calendar.EnglandAndWales, Address: "1 Elm Road",
			Profile: Profile{
				Regulator: "Commission", Complaint: "Write to the head.",
				Contacts:   []ContactPoint{{"data-protection-officer", "Data protection officer", "dpo@example.org"}},
				Recipients: []Recipient{{ID: "trainer", Name: "The outside trainer"}},
				Kinds:      []PersonKind{{ID: "delegate", Fields: []Field{{ID: "email", Title: "Email address"}}}},
			},
		},
		Person: "Robin Sample", Operator: "office", Today: mustDay("2026-03-12"),
	}
}

func TestHowToComplainNamesTheRegulatorOfTheOffice(t *testing.T) {
	s := Settings{Profile: Profile{Regulator: "Old Office", Complaint: "You may complain to the Old Office."}}
	if got := s.Complaint(); got != "You may complain to the Old Office." {
		t.Errorf("as the profile says: %q", got)
	}
	s.Regulator = "New Body"
	if got := s.Complaint(); got != "You may complain to the New Body." {
		t.Errorf("as the office says: %q", got)
	}
}

func TestLettersTellNoDutyOfTheOfficeAsAStep(t *testing.T) {
	r := lettered(calendar.Access)
	r.Deadline.Steps = []calendar.Step{{Rule: "It was received."}, {Rule: calendar.NoticeIfLonger + " by then."},
		{Rule: calendar.NoticeOfExtension + " by then."}}
	got := r.LetterValues(LetterAcknowledgement, facts())["deadline_steps"]
	if !slices.Equal(got, []string{"It was received."}) {
		t.Errorf("the steps told are %q", got)
	}
}

func TestReasonsToGiveDataAreNotToldAsReasonsToWithhold(t *testing.T) {
	for outcome, want := range map[Outcome]int{Fulfil: 0, Partly: 1} {
		r := lettered(calendar.Portability, RequestEvent{Kind: Decided, Outcome: outcome, Text: "So it is."})
		if got := r.LetterValues(LetterPortability, facts())["reasons"]; len(got) != want {
			t.Errorf("%s: the reasons told are %q", outcome, got)
		}
	}
}

func TestLettersAreFilledFromTheCase(t *testing.T) {
	for _, c := range []struct {
		name  string
		kind  LetterKind
		r     *Request
		field string
		want  string
	}{
		{"office", LetterReply, lettered(calendar.Access), "office", "Elm School"},
		{"what was asked", LetterReply, lettered(calendar.Access), "right", "a copy of your data"},
		{"how it came", LetterReply, lettered(calendar.Access), "how", "by letter"},
		{"received", LetterReply, lettered(calendar.Access), "received", "2 March 2026"},
		{"dpo", LetterReply, lettered(calendar.Access), "dpo_contact", "dpo@example.org"},
		{"regulator", LetterRefusal, lettered(calendar.Access), "regulator", "Commission"},
		{"court", LetterRefusal, lettered(calendar.Access), "court", "High Court"},
		{"reasons", LetterRefusal, lettered(calendar.Access, RequestEvent{Kind: Decided, Outcome: Refuse, Text: "Too much."}),
			"reasons", "Too much."},
		{"grounds", LetterRefusal, lettered(calendar.Erasure, RequestEvent{Kind: Decided, Outcome: Refuse, Grounds: []string{"claims"}}),
			"grounds", "Art 17(3)(e)"},
		{"extension has its own reasons", LetterExtension, lettered(calendar.Access,
			RequestEvent{Kind: Extended, Text: "Many records."}, RequestEvent{Kind: Decided, Outcome: Fulfil, Text: "All."}),
			"reasons", "Many records."},
		{"complaint upheld", LetterComplaintOutcome, lettered(calendar.Complaint, RequestEvent{Kind: Decided, Outcome: Fulfil}),
			"outcome", "uphold your complaint"},
		{"the restriction's ground", LetterRestricted, lettered(calendar.Rectification,
			RequestEvent{Kind: RestrictionSet, Grounds: []string{"accuracy"}}), "grounds", "Art 18(1)(a)"},
		{"a change", LetterRectified, lettered(calendar.Rectification,
			RequestEvent{Kind: Rectified, Change: &ValueChange{"email", "a@example.org", "b@example.org"}}),
			"changes", "Email address: was “a@example.org”, is “b@example.org”"},
		{"who was told", LetterRecipientsTold, lettered(calendar.Rectification, RequestEvent{Kind: RecipientTold, To: "trainer"}),
			"recipients", "The outside trainer, told on 9 March 2026"},
		{"the question", LetterClarification, lettered(calendar.Access, RequestEvent{Kind: ClarifyAsked, Text: "Which years?"}),
			"question", "Which years?"},
		{"the question nobody answered", LetterUnanswered, lettered(calendar.Access, RequestEvent{Kind: IdentityAsked}),
			"question", "proof of who you are"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := strings.Join(c.r.LetterValues(c.kind, facts())[c.field], "\n")
			if !strings.Contains(got, c.want) {
				t.Errorf("{%s} is %q, want %q in it", c.field, got, c.want)
			}
		})
	}
}

// What a correction took back is in no letter.
func TestLettersTellWhatStands(t *testing.T) {
	r := lettered(calendar.Access, RequestEvent{Kind: Found, Text: "wrong"})
	r.Events = append(r.Events, RequestEvent{Seq: 3, Kind: StruckOut, Corrects: 2, On: mustDay("2026-03-10"), Text: "a slip"})
	if v := r.LetterValues(LetterComplaintOutcome, facts()); v["enquiries"] != nil {
		t.Errorf("the letter tells of what was struck out: %v", v["enquiries"])
	}
}

func TestTheLetterThatIsDueComesFirst(t *testing.T) {
	decided := func(out Outcome) RequestEvent { return RequestEvent{Kind: Decided, Outcome: out} }
	for _, c := range []struct {
		r    *Request
		want LetterKind
	}{
		{lettered(calendar.Access), LetterAcknowledgement},
		{lettered(calendar.Complaint), LetterComplaintReceived},
		{lettered(calendar.Enquiry), LetterEnquiry},
		{lettered(calendar.Access, RequestEvent{Kind: IdentityAsked}), LetterIdentity},
		{lettered(calendar.Access, RequestEvent{Kind: ClarifyAsked}), LetterClarification},
		{lettered(calendar.Access, decided(Refuse)), LetterRefusal},
		{lettered(calendar.Access, decided(Partly)), LetterPartial},
		{lettered(calendar.Access, decided(Fulfil)), LetterReply},
		{lettered(calendar.Portability, decided(Fulfil)), LetterPortability},
		{lettered(calendar.Objection, decided(Refuse)), LetterObjection},
		{lettered(calendar.Complaint, decided(Partly)), LetterComplaintOutcome},
		{lettered(calendar.Access, RequestEvent{Kind: Duplicate, Case: "AR-2026-0001"}), LetterDuplicate},
	} {
		if got := c.r.LettersFor(); got[0] != c.want {
			t.Errorf("%s in state %s: %v, want %s first", c.r.Right, c.r.State(), got, c.want)
		}
	}
	for _, k := range caseKinds {
		r := lettered(k.Right, decided(Fulfil))
		if i := slices.Index(r.LettersFor(), ""); i >= 0 {
			t.Errorf("%s: a letter without a kind", k.Right)
		}
	}
}
