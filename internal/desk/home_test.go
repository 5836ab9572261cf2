package desk_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"custos/internal/calendar"
	"custos/internal/desk"
	"custos/internal/register"

	"github.com/google/go-cmp/cmp"
)

// told is what a home tells, a line of text for each. Every case stands in one part, and the list of that part has just
// those cases.
func told(t *testing.T, s *desk.Seat) map[register.HomePart][]string {
	t.Helper()
	h := must(s.Home())(t)
	all, stands := map[register.HomePart][]string{}, map[string]register.HomePart{}
	for _, section := range h.Sections {
		if section.Count < len(section.Lines) || section.Count == 0 {
			t.Errorf("%s counts %d of %d", section.Part, section.Count, len(section.Lines))
		}
		for _, l := range section.Lines {
			all[section.Part] = append(all[section.Part], fmt.Sprintf("%s:%s %s", l.Opens, l.What, l.Words))
			if l.Opens == register.OpensCase {
				if before, twice := stands[l.ID]; twice {
					t.Errorf("%s stands in %s and in %s", l.ID, before, section.Part)
				}
				stands[l.ID] = section.Part
			}
		}
	}
	listed := map[string]register.HomePart{}
	for _, part := range register.CaseParts() {
		list := must(s.Cases(register.CaseQuery{Part: part}))(t)
		for i := range list.Len() {
			listed[list.Row(i).Ref] = part
		}
	}
	if diff := cmp.Diff(stands, listed); diff != "" {
		t.Errorf("where cases stand at home (-) and in the lists of the parts (+):\n%s", diff)
	}
	return all
}

func TestHomeTellsWhatIsToBeDoneAndByWhom(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	olga, dora := o.hire(t, "olga", register.Officer), o.hire(t, "dora", register.DPO)
	ada := o.person(t, "Ada Sample", "ada@example.org")
	opened := func(right calendar.Right, ago int) string {
		return o.opens(t, register.RequestInput{
			Right: right, Delegate: ada, Received: o.Today().AddDays(-ago), How: "email",
		}).Ref
	}
	late, soon, calm := opened(calendar.Access, 40), opened(calendar.Access, 25), opened(calendar.Access, 2)
	complaint, erasure := opened(calendar.Complaint, 2), opened(calendar.Erasure, 3)
	must(olga.Decide(ctx, erasure, decision(register.Fulfil, "consent-withdrawn")))(t)
	got := told(t, dora)
	for part, want := range map[register.HomePart][]string{
		register.HomeOverdue: {"case:" + late + " OVERDUE by 12 days"}, register.HomeSoon: {"case:" + soon + " DUE SOON, 3 days"},
		register.HomeComplaints: {"case:" + complaint + " 28 days left"},
		register.HomeApprovals:  {"case:" + erasure + " decision by olga"},
	} {
		if diff := cmp.Diff(want, got[part]); diff != "" {
			t.Errorf("%s (-want +got):\n%s", part, diff)
		}
	}
	if len(got[register.HomeOpen]) != 1 || len(told(t, olga)[register.HomeApprovals]) != 0 {
		t.Errorf("in time: %v; olga is to approve %v", got[register.HomeOpen], told(t, olga)[register.HomeApprovals])
	}
	must(dora.Approve(ctx, erasure, calendar.Date{}))(t)
	if got = told(t, olga); len(got[register.HomeCarryOut]) != 1 || len(told(t, dora)[register.HomeApprovals]) != 0 {
		t.Errorf("an approved erasure is not to be carried out: %v", got)
	}
	must(olga.Progress(ctx, calm, register.RequestEvent{Kind: register.ClarifyAsked, On: o.Today(), Text: "which?"}))(t)
	if got = told(t, olga); len(got[register.HomeWaiting]) != 1 {
		t.Errorf("a stopped clock is not told of: %v", got)
	}
	o.now = o.now.AddDate(0, 0, 23)
	if got := told(t, olga)[register.HomeSoon]; !slices.Contains(got, "case:"+erasure+" DUE SOON, 5 days: Erase, after reading the plan") {
		t.Errorf("what presses does not say what is to be done: %v", got)
	}
	_, err := olga.Cases(register.CaseQuery{Part: register.HomeOffice})
	wantRefusal(t, err, register.Invalid, "part")
}

func TestHomeCountsWithCommasAndWritesDatesOut(t *testing.T) {
	o := newOffice(t)
	for n, want := range map[int]string{
		0: "0", 999: "999", 1000: "1,000", 20000: "20,000", 1234567: "1,234,567", -1: "-1", -999: "-999", -1000: "-1,000",
	} {
		if got := register.Count(n); got != want {
			t.Errorf("%d is %s, not %s", n, got, want)
		}
	}
	ada := o.person(t, "Ada Sample", "ada@example.org")
	ref := o.opens(t, register.RequestInput{Right: calendar.Complaint, Delegate: ada, Received: o.Today().AddDays(-2000), How: "email"}).Ref
	answered := o.opens(t, register.RequestInput{Right: calendar.Access, Delegate: ada, Received: o.Today(), How: "email"}).Ref
	must(o.Decide(t.Context(), answered, decision(register.Fulfil, "all of it")))(t)
	must(o.Progress(t.Context(), answered, register.RequestEvent{Kind: register.Replied, On: o.Today()}))(t)
	if got := told(t, o.Seat)[register.HomeToClose]; len(got) != 1 || got[0] != "case:"+answered+" answered on "+o.Today().Long() {
		t.Errorf("home tells %v", got)
	}
	if got := told(t, o.Seat)[register.HomeOverdue]; len(got) != 1 || got[0] != "case:"+ref+" OVERDUE by 1,970 days" {
		t.Errorf("home tells %v", got)
	}
}

func TestHomeOfEachRoleTellsWhatTheyMayActOn(t *testing.T) {
	o := newOffice(t)
	ada := o.somebody(t, "delegate", "name", "Ada Sample")
	o.opens(t, register.RequestInput{Right: calendar.Access, Delegate: ada, Received: o.Today().AddDays(-40), How: "email"})
	must(o.AddBreach(t.Context(), register.BreachInput{Aware: noon.Add(-time.Hour), What: "a laptop was lost"}))(t)
	parts := func(s *desk.Seat) string {
		t.Helper()
		var all string
		for _, section := range must(s.Home())(t).Sections {
			for _, l := range section.Lines {
				all += fmt.Sprintf("%s/%s ", section.Part, l.What)
			}
		}
		return all
	}
	elm := o.school(t, "Elm", "900001")
	lea := o.lead(t, elm)
	const own = "Looking after the office/Your passphrase " // another chose the one they have
	for name, c := range map[string]struct {
		seat *desk.Seat
		want string
	}{
		"officer": {
			o.hire(t, "olga", register.Officer),
			"Overdue/AR-2026-0001 Breaches/Breach Looking after the office/Incomplete Looking after the office/Backups " + own,
		},
		"viewer": {o.hire(t, "vera", register.Viewer), "Overdue/AR-2026-0001 Breaches/Breach " + own},
		"admin":  {o.hire(t, "adam", register.Admin), "Looking after the office/Backups " + own},
		"lead":   {lea, own},
	} {
		if got := parts(c.seat); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	must(o.Join(t.Context(), register.MembershipInput{Delegate: ada, Organisation: elm}))(t)
	if got := parts(lea); got != "Looking after the office/Incomplete "+own {
		t.Errorf("a lead of somebody incomplete: %q", got)
	}
}

func (o *office) lead(t *testing.T, of register.ID) *desk.Seat {
	t.Helper()
	op := register.Operator{Name: "lea", Roles: []register.Role{register.Lead}, Organisation: of}
	if err := o.AddOperator(t.Context(), op, []byte(passphrase+"lea")); err != nil {
		t.Fatal(err)
	}
	return must(o.desk.As("lea", desk.Console))(t)
}

func TestWhatIsCountedOverEverybodyIsCountedOnceUntilSomethingChanges(t *testing.T) {
	o := newOffice(t)
	if h := must(o.Home())(t); h.Outlook != nil {
		t.Errorf("nothing was counted, and home tells %+v", h.Outlook)
	}
	recount := func() bool { return must(o.Recount(t.Context()))(t) }
	if !recount() || recount() {
		t.Error("it is not counted once")
	}
	if h := must(o.Home())(t); h.Outlook == nil || len(h.Outlook.Months) != 12 {
		t.Fatalf("home tells %+v", h.Outlook)
	}
	o.person(t, "Ada Sample", "ada@example.org")
	if !recount() || recount() {
		t.Error("somebody new is not counted, or more than once")
	}
	o.now = o.now.Add(24 * time.Hour)
	if !recount() {
		t.Error("it is not counted on another day")
	}
}

func TestRecordsAreToldOfAsListsShowThem(t *testing.T) {
	o := newOffice(t)
	ada := o.somebody(t, "delegate", "name", "Ada Sample", "email", "ada@example.org")
	elm := o.school(t, "Elm", "900001")
	page := o.opens(t, register.RequestInput{Right: calendar.Access, Delegate: ada, Received: o.Today(), How: "email"})
	if err := o.Deactivate(t.Context(), ada, "left"); err != nil {
		t.Fatal(err)
	}
	pins := []register.Pin{
		{Kind: register.PinOrganisation, ID: string(elm)}, {Kind: register.PinPerson, ID: "D0000000000000"},
		{Kind: register.PinPerson, ID: string(ada)}, {Kind: register.PinCase, ID: page.Ref}, {},
	}
	var got []string
	for _, l := range o.Recall(pins) {
		got = append(got, fmt.Sprintf("%s %s %s", l.Opens, l.Name, l.Words))
	}
	want := []string{"organisation Elm ", "person Ada Sample DEACTIVATED", "case Ada Sample " + page.Stands()}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if lines := o.lead(t, elm).Recall(pins); len(lines) != 1 {
		t.Errorf("a lead is told of %+v", lines)
	}
}
