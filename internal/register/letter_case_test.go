package register

import (
	"testing"

	"custos/internal/calendar"
)

// dueLetter is the letter of a case that is due first, "" for none.
func dueLetter(right calendar.Right, events ...RequestEvent) LetterKind {
	for i := range events {
		events[i].Seq = i + 1
	}
	p := RequestPage{RequestRow: RequestRow{Right: right}, Events: events}
	if first := p.Letters()[0]; first.Due {
		return first.Kind
	}
	return ""
}

func TestALetterIsDueUntilItIsWritten(t *testing.T) {
	e := func(k RequestEventKind) RequestEvent { return RequestEvent{Kind: k} }
	wrote := func(k LetterKind) RequestEvent { return RequestEvent{Kind: LetterMade, Letter: k} }
	decided := func(o Outcome) RequestEvent { return RequestEvent{Kind: Decided, Outcome: o} }
	ack := e(Acknowledged)
	for _, c := range []struct {
		name   string
		right  calendar.Right
		events []RequestEvent
		want   LetterKind
	}{
		{"a request that came", calendar.Access, []RequestEvent{e(Received)}, LetterAcknowledgement},
		{"a complaint that came", calendar.Complaint, []RequestEvent{e(Received)}, LetterComplaintReceived},
		{"acknowledged by telephone", calendar.Access, []RequestEvent{e(Received), ack}, ""},
		{"acknowledged in writing", calendar.Access, []RequestEvent{e(Received), wrote(LetterAcknowledgement)}, ""},
		{"identity asked", calendar.Access, []RequestEvent{e(Received), ack, e(IdentityAsked)}, LetterIdentity},
		{"identity asked and seen", calendar.Access, []RequestEvent{e(Received), ack, e(IdentityAsked), e(IdentitySeen)}, ""},
		{"asked again after a letter", calendar.Access,
			[]RequestEvent{e(Received), ack, wrote(LetterClarification), e(ClarifyAsked)}, LetterClarification},
		{"more time that waits for approval", calendar.Access,
			[]RequestEvent{e(Received), ack, {Kind: Extended, Awaits: true}}, ""},
		{"more time", calendar.Access, []RequestEvent{e(Received), ack, e(Extended)}, LetterExtension},
		{"a decision that waits", calendar.Access, []RequestEvent{e(Received), ack, decided(Refuse)}, ""},
		{"a refusal", calendar.Access, []RequestEvent{e(Received), ack, decided(Refuse), e(Approved)}, LetterRefusal},
		{"a reply in part", calendar.Rectification, []RequestEvent{e(Received), ack, decided(Partly), e(Approved)}, LetterPartial},
		{"put right", calendar.Rectification, []RequestEvent{e(Received), ack, decided(Fulfil), e(Approved)}, LetterRectified},
		{"erased: the certificate says it", calendar.Erasure, []RequestEvent{e(Received), ack, decided(Fulfil), e(Approved)}, ""},
		{"an objection refused", calendar.Objection, []RequestEvent{e(Received), ack, decided(Refuse), e(Approved)}, LetterObjection},
		{"replied to", calendar.Access, []RequestEvent{e(Received), ack, decided(Fulfil), e(Approved), e(Replied)}, ""},
		{"a duplicate", calendar.Access, []RequestEvent{e(Received), ack, e(Duplicate)}, LetterDuplicate},
		{"closed", calendar.Access, []RequestEvent{e(Received), e(CaseClosed)}, ""},
	} {
		if got := dueLetter(c.right, c.events...); got != c.want {
			t.Errorf("%s: %q is due, want %q", c.name, got, c.want)
		}
	}
}

func TestEveryLetterIsOfSomeCase(t *testing.T) {
	found := map[LetterKind]bool{LetterErased: true} // the erasure writes it
	for _, right := range CaseRights() {
		p := RequestPage{RequestRow: RequestRow{Right: right}}
		seen := map[LetterKind]bool{}
		for _, l := range p.Letters() {
			if seen[l.Kind] {
				t.Errorf("%s lists %s twice", right, l.Kind)
			}
			seen[l.Kind], found[l.Kind] = true, true
		}
	}
	for _, k := range LetterKinds() {
		if !found[k] {
			t.Errorf("no case has the letter %s", k)
		}
	}
}
