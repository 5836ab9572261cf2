package desk

import (
	"slices"

	"custos/internal/letter"
	"custos/internal/register"
)

// SampleLetter returns a letter as it would read, made from words that need not
// be saved, for a person that does not exist. The error is Invalid where the
// words cannot stand.
func (s *Seat) SampleLetter(t register.LetterTemplate) (string, error) {
	settings := s.Settings()
	l := letter.Letter{
		Template: t, Office: settings.Office, Language: settings.Profile.Language, Code: sampleRef, At: s.desk.now(),
		Values: map[string][]string{},
	}
	known := map[string]string{
		"office": settings.Office, "contact": settings.Address, "regulator": settings.RegulatorName(),
		"complaint": settings.Complaint(), "operator": s.operator.Name, "today": s.Today().Long(),
		"ref": sampleRef, "person": "Robin Sample", "salutation_name": "Robin Sample", "right": "a copy of your data",
	}
	for _, f := range register.LetterFields(t.Kind) {
		words := known[f.Name]
		if words == "" {
			words = "[" + f.About + "]"
		}
		l.Values[f.Name] = []string{words}
		if f.List {
			l.Values[f.Name] = slices.Repeat(l.Values[f.Name], 2)
		}
	}
	return l.Text()
}

// sampleRef is the number of a case that never was.
const sampleRef = "AR-0000-0000"
