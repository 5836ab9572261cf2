package register_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"custos/internal/calendar"
	"custos/internal/register"
)

// A number that is changed ten times on a day came from the office once.
func TestASourceIsToldOnce(t *testing.T) {
	monday, tuesday := calendar.NewDate(2026, 11, 23), calendar.NewDate(2026, 11, 24)
	office := func(on calendar.Date, fields ...string) register.Provenance {
		return register.Provenance{How: "form", On: on, Fields: fields}
	}
	whole := register.Provenance{How: "import", Detail: "batch", On: monday}
	for name, tt := range map[string]struct {
		add  []register.Provenance
		want []int // which of them are told
	}{
		"the same again":                {[]register.Provenance{whole, office(monday, "phone"), office(monday, "phone")}, []int{0, 1}},
		"the next day":                  {[]register.Provenance{office(monday, "phone"), office(tuesday, "phone")}, []int{0, 1}},
		"another field between":         {[]register.Provenance{office(monday, "phone"), office(monday, "email"), office(monday, "phone")}, []int{0, 1}},
		"the field itself between":      {[]register.Provenance{office(monday, "phone"), office(monday, "email", "phone"), office(monday, "phone")}, []int{0, 1, 2}},
		"the whole record between":      {[]register.Provenance{office(monday, "phone"), whole, office(monday, "phone")}, []int{0, 1, 2}},
		"the whole record twice":        {[]register.Provenance{whole, whole}, []int{0}},
		"from somewhere else, and back": {[]register.Provenance{office(monday, "phone"), {How: "phone", On: monday, Fields: []string{"phone"}}, office(monday, "phone")}, []int{0, 1, 2}},
	} {
		t.Run(name, func(t *testing.T) {
			var got, want []register.Provenance
			for _, p := range tt.add {
				got = register.AddSource(got, p)
			}
			for _, i := range tt.want {
				want = append(want, tt.add[i])
			}
			if diff := cmp.Diff(want, got, cmp.AllowUnexported(calendar.Date{})); diff != "" {
				t.Errorf("sources (-want +got):\n%s", diff)
			}
		})
	}
}
