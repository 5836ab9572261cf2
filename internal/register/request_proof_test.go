package register

import (
	"strings"
	"testing"

	"custos/internal/calendar"
)

func TestOfAProofItsKindIsKept(t *testing.T) {
	seen := func(evidence string) RequestEvent {
		e := march(AuthoritySeen, 4)
		e.Evidence = evidence
		return e
	}
	asked := []RequestEvent{march(AuthorityAsked, 3)}
	failed := then(asked, march(AuthorityFailed, 4))
	rules(t, []ruling{
		{"a kind", calendar.Access, asked, seen("written authority"), allowed, ""},
		{"sixty letters", calendar.Access, asked, seen(strings.Repeat("a", 60)), allowed, ""},
		{"one more", calendar.Access, asked, seen(strings.Repeat("a", 61)), Invalid, "the kind of proof only"},
		{"lines", calendar.Access, asked, seen("I hereby\nallow"), Invalid, "the kind of proof only"},
		{"a number first", calendar.Access, asked, seen("9 pages"), Invalid, "the kind of proof only"},
		{"authority nobody asked for", calendar.Access, nil, seen("court order"), Refused, "not asked for"},
		{"authority that failed, unasked", calendar.Access, nil, march(AuthorityFailed, 4), Refused, "not asked for"},
		{"authority before it was asked", calendar.Access, []RequestEvent{march(AuthorityAsked, 5)}, march(AuthoritySeen, 4),
			Invalid, "before it was asked"},
		{"authority on the day", calendar.Access, []RequestEvent{march(AuthorityAsked, 5)}, march(AuthoritySeen, 5), allowed, ""},
		{"seen without words", calendar.Access, asked, silent(march(AuthoritySeen, 4)), allowed, ""},
		{"a better one", calendar.Access, failed, march(AuthoritySeen, 5), allowed, ""},
		{"another that is not enough", calendar.Access, failed, march(AuthorityFailed, 5), allowed, ""},
		{"judged again", calendar.Access, then(asked, march(AuthoritySeen, 4)), march(AuthorityFailed, 5), Conflict, "strike that out"},
	})
}

func TestACaseIsMatchedUntilItIsProvedOrDecided(t *testing.T) {
	match := func(before, after string) RequestEvent {
		e := march(MatchedTo, 9)
		e.Change = &ValueChange{Before: before, After: after}
		return e
	}
	authority := []RequestEvent{march(AuthorityAsked, 3), march(AuthoritySeen, 4)}
	identity := []RequestEvent{march(IdentityAsked, 3), march(IdentitySeen, 4)}
	rules(t, []ruling{
		{"nobody", calendar.Access, nil, march(MatchedTo, 9), Invalid, "whose data"},
		{"no one", calendar.Access, nil, match("", ""), Invalid, "whose data"},
		{"somebody", calendar.Access, nil, match("", "D1"), allowed, ""},
		{"the same", calendar.Access, nil, match("D1", "D1"), Conflict, "already matched"},
		{"another", calendar.Access, nil, match("D1", "D2"), allowed, ""},
		{"another after authority", calendar.Access, authority, match("D1", "D2"), Refused, "strike the proof out"},
		{"another after identity", calendar.Access, identity, match("D1", "D2"), Refused, "strike the proof out"},
		{"the first after identity", calendar.Access, identity, match("", "D2"), allowed, ""},
		{"another after the decision", calendar.Access, []RequestEvent{decidedOn(5, Refuse)}, match("D1", "D2"), Refused, "is decided"},
	})
}

func TestADuplicateIsOfAnOpenCaseOfTheSamePerson(t *testing.T) {
	other := func(change func(*Request)) *Request {
		r := opened(t, calendar.Access, "2026-03-02")
		r.Ref, r.Delegate = "AR-2", "D1"
		if change != nil {
			change(r)
		}
		return r
	}
	for _, tt := range []struct {
		name  string
		other *Request
		want  Kind
	}{
		{"the same person's", other(nil), allowed},
		{"nobody's yet", other(func(r *Request) { r.Delegate = "" }), allowed},
		{"itself", other(func(r *Request) { r.Ref = "AR-1" }), Invalid},
		{"of another right", other(func(r *Request) { r.Right = calendar.Erasure }), Refused},
		{"a duplicate", other(func(r *Request) { r.Events = append(r.Events, RequestEvent{Seq: 2, Kind: Duplicate}) }), Refused},
		{"a closed one", other(func(r *Request) { r.Events = append(r.Events, RequestEvent{Seq: 2, Kind: CaseClosed}) }), Refused},
		{"an answered one", other(func(r *Request) { r.Events = append(r.Events, RequestEvent{Seq: 2, Kind: Replied}) }), Refused},
		{"somebody else's", other(func(r *Request) { r.Delegate = "D2" }), Refused},
	} {
		r := Request{Ref: "AR-1", Right: calendar.Access, Delegate: "D1"}
		err := r.MayDuplicate(tt.other)
		if (err == nil) != (tt.want == allowed) || err != nil && KindOf(err) != tt.want {
			t.Errorf("%s: %v", tt.name, err)
		}
		if r.Delegate = ""; tt.name == "somebody else's" && r.MayDuplicate(tt.other) != nil {
			t.Error("a case of nobody yet may be a duplicate of anybody's")
		}
	}
}
