package register

import (
	"testing"

	"custos/internal/calendar"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestAgeBand(t *testing.T) {
	on := ymd(2026, 3, 10)
	for born, want := range map[calendar.Date]string{
		{}: "not known", ymd(2026, 3, 11): "not known", on: "under 11",
		ymd(2015, 3, 11): "under 11", ymd(2015, 3, 10): "11-15",
		ymd(2010, 3, 11): "11-15", ymd(2010, 3, 10): "16-18",
		ymd(2007, 3, 11): "16-18", ymd(2007, 3, 10): "19-24",
		ymd(2001, 3, 10): "25-34", ymd(1991, 3, 10): "35-44", ymd(1981, 3, 10): "45-54", ymd(1971, 3, 10): "55-64",
		ymd(1961, 3, 11): "55-64", ymd(1961, 3, 10): "65 and over", ymd(1900, 1, 1): "65 and over",
	} {
		if got := AgeBand(born, on); got != want {
			t.Errorf("born on %s: %q, want %q", born, got, want)
		}
	}
}

func TestPostcodeArea(t *testing.T) {
	for in, want := range map[string]string{
		"ZE1 0AA": "ZE", " m1 1ae ": "M", "": "not known", "1AA": "not known", "near the sea": "not known",
		"London 1": "not known", "é1 1AA": "not known", "ABC1 1AA": "not known",
	} {
		if got := PostcodeArea(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func countable() *Profile {
	return &Profile{
		Name:  "learning",
		Kinds: []PersonKind{{ID: "learner", Fields: []Field{{ID: "gender", Type: "choice", Options: []string{"female", "male"}}}}},
		Profiling: []ProfilingField{
			{Field: FieldBorn, As: "age-band", Title: "Age band"},
			{Field: "postcode", As: "postcode-area", Title: "Postcode area"},
			{Field: "gender", As: "choice", Title: "Gender"},
		},
	}
}

func TestProfilingTable(t *testing.T) {
	n, err := countable().CountProfiling([]string{"gender", "postcode"}, ymd(2026, 3, 10))
	if err != nil {
		t.Fatal(err)
	}
	add := func(people int, gender, postcode string) {
		for range people {
			n.Add(func(field string) string { return map[string]string{"gender": gender, "postcode": postcode}[field] })
		}
	}
	add(13, "female", "ZE1 0AA")
	add(5, "male", "ZE2 9XX")
	add(4, "male", "KW1 1AA")
	add(6, "Ann Other", "KW1 1AA") // no option: it must not come out
	got := n.Table()
	want := []ProfilingGroup{{[]string{"female", "ZE"}, 15}, {[]string{"male", "ZE"}, 5}, {[]string{"not known", "KW"}, 5}}
	if diff := cmp.Diff(want, got.Groups); diff != "" {
		t.Error(diff)
	}
	if got.Total != 25 || !got.LeftOut {
		t.Errorf("total %d, left out %v", got.Total, got.LeftOut)
	}
}

// A choice is let through by its own options, not by those of another field.
func TestProfilingByAChoiceKnowsItsOwnOptions(t *testing.T) {
	p := countable()
	p.Kinds[0].Fields = append(p.Kinds[0].Fields, Field{ID: "shift", Type: "choice", Options: []string{"day", "night"}})
	p.Profiling = append(p.Profiling, ProfilingField{Field: "shift", As: "choice", Title: "Shift"})
	n, err := p.CountProfiling([]string{"shift"}, ymd(2026, 3, 10))
	if err != nil {
		t.Fatal(err)
	}
	for range SmallestGroup {
		n.Add(func(string) string { return "night" })
		n.Add(func(string) string { return "female" })
	}
	want := []ProfilingGroup{{[]string{"night"}, 5}, {[]string{notKnown}, 5}}
	if diff := cmp.Diff(want, n.Table().Groups); diff != "" {
		t.Error(diff)
	}
}

func TestProfilingOnlyByWhatTheProfileAllows(t *testing.T) {
	if _, err := countable().CountProfiling([]string{FieldEmail}, ymd(2026, 3, 10)); KindOf(err) != Invalid {
		t.Errorf("by email: %v", err)
	}
	if _, err := (&Profile{}).CountProfiling(nil, ymd(2026, 3, 10)); KindOf(err) != Refused {
		t.Errorf("a profile without profiling: %v", err)
	}
	n, err := countable().CountProfiling(nil, ymd(2026, 3, 10))
	if err != nil || len(n.Table().Fields) != 3 {
		t.Errorf("by all: %v", err)
	}
}

// What is left out changes nothing of what is shown, so that nothing shown can
// tell it.
func TestSmallGroupsLeaveNoTrace(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		big := rapid.MapOf(rapid.StringMatching(`[A-M]`), rapid.IntRange(SmallestGroup, 60)).Draw(t, "big")
		table := func(small int) ProfilingTable {
			n := &ProfilingCount{counts: map[string]int{"Z": small}}
			for k, v := range big {
				n.counts[k] = v
			}
			return n.Table()
		}
		one, other := rapid.IntRange(1, 4).Draw(t, "one"), rapid.IntRange(1, 4).Draw(t, "other")
		if diff := cmp.Diff(table(one), table(other)); diff != "" {
			t.Fatal(diff)
		}
		sum := 0
		for _, g := range table(one).Groups {
			if sum += g.Count; g.Count%5 != 0 || g.Count < SmallestGroup {
				t.Fatalf("%+v", g)
			}
		}
		if got := table(one).Total; got != sum {
			t.Fatalf("total %d, the groups sum to %d", got, sum)
		}
	})
}
