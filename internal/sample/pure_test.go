package sample

import (
	"io"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"custos/internal/calendar"
	"custos/internal/profile"
	"custos/internal/register"
)

var today = calendar.NewDate(2026, 11, 20)

var (
	reserved = regexp.MustCompile(`@(example\.(com|org|net)|[a-z0-9-]+\.example)$`)
	// Ofcom's numbers for drama: three figures after each of these.
	drama = regexp.MustCompile(`^(01632 960|020 7946 0|0113 496 0|0116 496 0|0121 496 0|0131 496 0|0161 496 0|` +
		`029 2018 0|028 9649 6|07700 900|\+44 7700 900)\d{3}$`)
	phoneLike = regexp.MustCompile(`^[+0][\d ]{8,}$`)
	postcode  = regexp.MustCompile(`\b[A-Z]{1,2}\d{1,2} \d[A-Z]{2}$`)
)

// profiles are all there are; one where the tests are to be short, as under the race detector.
func profiles(t testing.TB) []register.Profile {
	t.Helper()
	var all []register.Profile
	for _, name := range names() {
		p, err := profile.Load(name)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
	return all
}

func names() []string {
	if testing.Short() {
		return profile.Names()[:1]
	}
	return profile.Names()
}

func rowsOf(p *register.Profile, seed uint64, n int) []register.Incoming {
	orgs := organisations(roll(seed, "organisations"), 60, today)
	return slices.Collect(newPeople(seed, p, today, orgs).rows(n))
}

func TestReaderIsFixedByItsSeed(t *testing.T) {
	read := func(seed uint64) []byte {
		b := make([]byte, 100)
		if _, err := io.ReadFull(Reader(seed), b); err != nil {
			t.Fatal(err)
		}
		return b
	}
	if !slices.Equal(read(7), read(7)) {
		t.Error("the same seed gave other bytes")
	}
	if slices.Equal(read(7), read(8)) {
		t.Error("another seed gave the same bytes")
	}
}

func TestSharesOfNamesAddUp(t *testing.T) {
	sum := 0
	for _, c := range cultures {
		sum += c.share
	}
	if sum != 100 {
		t.Errorf("the shares add up to %d", sum)
	}
}

func TestHandle(t *testing.T) {
	for in, want := range map[string]string{
		"Siân": "sian", "Łopuch": "lopuch", "O'Halloran": "ohalloran", "Größner": "grossner", "Núñez de Arce": "nunez-de-arce",
		"St Ælfgifu's": "st-aelfgifus", " a - b ": "a-b", "陈": "",
	} {
		if got := handle(in); got != want {
			t.Errorf("handle(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestPeopleAreAsTheProfileAsks(t *testing.T) {
	for _, p := range profiles(t) {
		t.Run(p.Name, func(t *testing.T) {
			kinds, incomplete := map[string]int{}, 0
			seen := map[string]bool{}
			for _, in := range rowsOf(&p, 1, 4000) {
				d := in.Delegate
				if err := d.Validate(&p); err != nil {
					t.Fatalf("line %d: %v", in.Line, err)
				}
				kinds[d.Kind]++
				var m *register.Membership
				if in.EmployerURN+in.EmployerName != "" {
					m = &register.Membership{Access: in.Access}
				}
				if len(p.Missing(d, m)) > 0 {
					incomplete++
				}
				key := d.Name + "\x00" + d.Email
				if seen[key] {
					t.Fatalf("line %d: the same name and address again", in.Line)
				}
				seen[key] = true
			}
			for _, k := range p.Kinds {
				if kinds[k.ID] < 100 {
					t.Errorf("%d people are %s", kinds[k.ID], k.ID)
				}
			}
			if incomplete < 100 || incomplete > 1600 {
				t.Errorf("%d of 4000 records are incomplete", incomplete)
			}
		})
	}
}

func TestSmallSampleHasEveryKind(t *testing.T) {
	for _, p := range profiles(t) {
		for seed := range uint64(20) {
			var kinds []string
			for _, in := range rowsOf(&p, seed, len(p.Kinds)) {
				kinds = append(kinds, in.Delegate.Kind)
			}
			for _, k := range p.Kinds {
				if !slices.Contains(kinds, k.ID) {
					t.Errorf("%s, seed %d: nobody is %s", p.Name, seed, k.ID)
				}
			}
		}
	}
}

// Nothing in a sample may reach anybody.
func TestNobodyCanBeReached(t *testing.T) {
	for _, p := range profiles(t) {
		for _, in := range rowsOf(&p, 3, 4000) {
			d := in.Delegate
			if d.Email != "" && !reserved.MatchString(d.Email) {
				t.Errorf("%q is no address for examples", d.Email)
			}
			values := []string{d.Phone}
			for field, v := range d.Fields {
				if at := postcode.FindString(v); at != "" && !strings.HasPrefix(at, "ZZ") {
					t.Errorf("%s: the postcode %q may exist", field, at)
				}
				values = append(values, v)
			}
			for _, v := range values {
				if phoneLike.MatchString(v) && !drama.MatchString(v) {
					t.Errorf("%q is no number for drama", v)
				}
			}
		}
	}
	for _, o := range organisations(roll(3, "organisations"), 2000, today) {
		if o.Email != "" && !reserved.MatchString(o.Email) || !drama.MatchString(o.Phone) {
			t.Errorf("%s can be reached: %q, %q", o.Name, o.Email, o.Phone)
		}
		if u, err := url.Parse(o.Website); err != nil || o.Website != "" && !strings.HasSuffix(u.Host, ".example") {
			t.Errorf("%q is a website that may exist", o.Website)
		}
		if !strings.HasPrefix(o.Postcode, "ZZ") {
			t.Errorf("the postcode %q may exist", o.Postcode)
		}
	}
}

func TestSpecialCategoryWaitsForConsent(t *testing.T) {
	for _, p := range profiles(t) {
		for _, in := range rowsOf(&p, 5, 500) {
			kind, _ := p.Kind(in.Delegate.Kind)
			for _, f := range kind.Fields {
				if f.Special && in.Delegate.Value(f.ID) != "" {
					t.Fatalf("%s, line %d: %s is filled in", p.Name, in.Line, f.ID)
				}
			}
		}
	}
}

func TestPeopleAreFixedByTheirSeed(t *testing.T) {
	p := profiles(t)[0]
	if diff := cmp.Diff(rowsOf(&p, 9, 300), rowsOf(&p, 9, 300), cmp.AllowUnexported(calendar.Date{})); diff != "" {
		t.Errorf("the same seed gave others:\n%s", diff)
	}
	if a, b := rowsOf(&p, 9, 30), rowsOf(&p, 10, 30); cmp.Equal(a, b, cmp.AllowUnexported(calendar.Date{})) {
		t.Error("another seed gave the same people")
	}
}

func TestOrganisations(t *testing.T) {
	all := organisations(roll(1, "organisations"), 3000, today)
	names, byURN := map[string]bool{}, map[string]register.Organisation{}
	for _, o := range all {
		if err := o.Validate(); err != nil {
			t.Fatalf("%s: %v", o.Name, err)
		}
		if names[o.Name] {
			t.Errorf("two are called %s", o.Name)
		}
		names[o.Name] = true
		if o.URN == "" {
			continue
		}
		if _, twice := byURN[o.URN]; twice || len(o.URN) != 6 || o.URN[0] != '9' {
			t.Errorf("URN %s is given out twice or may exist", o.URN)
		}
		byURN[o.URN] = o
	}
	closed := 0
	for _, o := range all {
		if o.Status != register.Closed {
			continue
		}
		closed++
		if next, held := byURN[o.Links[0].URN]; !held || next.Links[0].URN != o.URN || o.Closed.After(today) {
			t.Errorf("%s closed without a successor that names it", o.URN)
		}
	}
	if closed == 0 {
		t.Error("none is closed")
	}
}

func TestLongRunsOfSchoolsKeepTheirNumbersInRange(t *testing.T) {
	for _, o := range organisations(roll(2, "organisations"), 20000, today) {
		if o.URN > "999999" || o.URN != "" && o.URN < "900001" {
			t.Fatalf("URN %s lies outside the invented range", o.URN)
		}
	}
}
