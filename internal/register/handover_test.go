package register

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"custos/internal/calendar"
)

// handed is a case on its way to an officer elsewhere.
func handed(t *testing.T) *HandOver {
	t.Helper()
	r := opened(t, calendar.Access, "2026-03-02")
	r.Name, r.Choices, r.Keeps = "Ada Lee", []FindingChoice{{Reason: "x"}}, []ErasureChoice{{Reason: "y"}}
	r.Documents, r.Redactions, r.Revision = []Document{{Title: "z"}}, []Redaction{{Words: "w"}}, 7
	mustAdd(t, r, march(Noted, 3))
	one := r.Handed()
	return &HandOver{
		Office: "north", By: "olive", Question: "may we?", Person: "Ada Lee", Case: one, Digest: one.Digest(),
		Held: []Holding{{Collection: "bookings"}}, At: time.Date(2026, 3, 4, 9, 0, 0, 0, time.UTC),
	}
}

func TestACaseLeavesWithoutWhoItIsAboutHere(t *testing.T) {
	h := handed(t)
	if c := h.Case; c.Delegate != "" || c.Name != "" || c.Choices != nil || c.Documents != nil || c.Redactions != nil || c.Keeps != nil {
		t.Errorf("%+v", c)
	}
	got, err := h.Visiting()
	if err != nil {
		t.Fatal(err)
	}
	want := h.Case
	want.Name = "Ada Lee"
	want.Visit = &Visit{
		Office: "north", Ref: "AR-2026-0001", Digest: h.Digest, Revision: 7, Events: 2, Question: "may we?", By: "olive",
		Held: h.Held, At: h.At,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if again := got.Handed(); again.Visit != nil || again.Digest() != h.Digest {
		t.Error("a visiting case is not the one that was handed over")
	}
}

func TestAVisitIsOfACaseAsItWasHandedOver(t *testing.T) {
	for name, tt := range map[string]struct {
		change func(*HandOver)
		want   Kind
		digest bool // made anew after the change
	}{
		"another kind":       {func(h *HandOver) { h.Case.Right = "whim" }, Invalid, true},
		"an enquiry":         {func(h *HandOver) { h.Case.Right = calendar.Enquiry }, Refused, true},
		"another case":       {func(h *HandOver) { h.Case.Owner = "x" }, Invalid, false},
		"no events":          {func(h *HandOver) { h.Case.Events = nil }, Invalid, true},
		"no receipt":         {func(h *HandOver) { h.Case.Events[0].Kind = Noted }, Invalid, true},
		"another order":      {func(h *HandOver) { h.Case.Events[1].Seq = 3 }, Invalid, true},
		"a correction ahead": {func(h *HandOver) { h.Case.Events[1].Corrects = 2 }, Invalid, true},
		"a correction":       {func(h *HandOver) { h.Case.Events[1].Corrects = 1 }, allowed, true},
	} {
		h := handed(t)
		tt.change(h)
		if tt.digest {
			h.Digest = h.Case.Digest()
		}
		got, err := h.Visiting()
		if (err == nil) != (tt.want == allowed) || err != nil && (KindOf(err) != tt.want || got.Visit != nil) {
			t.Errorf("%s: %v, %+v", name, err, got.Visit)
		}
	}
}

func TestAdviceIsWhatWasDoneSinceTheCaseCameIn(t *testing.T) {
	r := Request{Visit: &Visit{Events: 2}, Events: []RequestEvent{
		{Seq: 1, Kind: Received}, {Seq: 2, Kind: Noted}, {Seq: 3, Kind: Noted}, {Seq: 4, Kind: Found}, {Seq: 5, Kind: Assigned},
		{Seq: 6, Kind: Decided}, {Seq: 7, Kind: Approved}, {Seq: 8, Kind: Decided}, {Seq: 9, Kind: Returned, Corrects: 8},
	}}
	var seqs []int
	for _, e := range r.Advised() {
		seqs = append(seqs, e.Seq)
	}
	if diff := cmp.Diff([]int{3, 4, 6}, seqs); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if r.Visit = nil; r.Advised() != nil {
		t.Error("an own case holds advice")
	}
}

func TestAdviceIsTakenInOnceAndOverNothing(t *testing.T) {
	sent := RequestEvent{Seq: 3, Kind: HandedOver, Covers: "d1"}
	start := []RequestEvent{{Seq: 1, Kind: Received}, {Seq: 2, Kind: Noted}, sent}
	after := func(e RequestEvent) []RequestEvent { return then(start, e) }
	decision := RequestEvent{Seq: 9, Kind: Decided, By: "dora", Outcome: Refuse, Corrects: 4, Awaits: true, Approves: 2, Covers: "x", Unchecked: true}
	for name, tt := range map[string]struct {
		events   []RequestEvent
		former   []FormerDeadline
		advice   []RequestEvent
		since    int
		conflict string
	}{
		"an answer":                   {events: start},
		"work in the meantime":        {events: after(RequestEvent{Seq: 4, Kind: Noted}), since: 1},
		"what never left":             {events: start[:2], conflict: "does not answer a case"},
		"another version":             {events: after(RequestEvent{Seq: 4, Kind: AdviceReceived, Covers: "d0"}), since: 1},
		"taken in before":             {events: after(RequestEvent{Seq: 4, Kind: AdviceReceived, Covers: "d1"}), since: 1, conflict: "taken in before"},
		"decided in the meantime":     {events: after(RequestEvent{Seq: 4, Kind: Decided}), since: 1, conflict: "decided here"},
		"closed in the meantime":      {events: after(RequestEvent{Seq: 4, Kind: CaseClosed}), since: 1, conflict: "is closed"},
		"the clock got other inputs":  {events: after(RequestEvent{Seq: 4}), former: []FormerDeadline{{Until: 4}}, since: 1, conflict: "anew"},
		"the clock had others before": {events: start, former: []FormerDeadline{{Until: 3}}},
		"an approval":                 {events: start, advice: []RequestEvent{{Kind: Approved}}, conflict: "cannot: approved"},
	} {
		a := Advice{Digest: "d1", From: "south", By: "dpo", Events: append([]RequestEvent{decision}, tt.advice...)}
		r := &Request{Ref: "AR-1", Events: tt.events, Former: tt.former}
		plan := a.Plan(r)
		if len(plan.Since) != tt.since || (len(plan.Conflicts) == 0) != (tt.conflict == "") ||
			!strings.Contains(strings.Join(plan.Conflicts, "\n"), tt.conflict) || len(plan.Conflicts) > 1 {
			t.Errorf("%s: %d since, %q", name, len(plan.Since), plan.Conflicts)
		}
		want := []RequestEvent{{Kind: Decided, By: "dpo (south)", Outcome: Refuse}}
		if diff := cmp.Diff(want, plan.Events); diff != "" || plan.Ref != "AR-1" || plan.From != "south" || plan.By != "dpo" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	plan := (&Advice{Digest: "d1", Events: []RequestEvent{{Kind: Noted}}}).Plan(&Request{Events: after(RequestEvent{Seq: 4, Kind: Decided})})
	if len(plan.Conflicts) != 0 {
		t.Errorf("a note on what is decided: %q", plan.Conflicts)
	}
}

func TestASealedFilesPasswordIsLongEnough(t *testing.T) {
	for password, refused := range map[string]bool{"ninechars": true, "ten chars!": false, "": false, "          a": true} {
		in := HandOverInput{Password: []byte(password)}
		if err := in.Validate(); (KindOf(err) == Invalid) != refused {
			t.Errorf("%q: %v", password, err)
		}
	}
}
