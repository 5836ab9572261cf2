package needle

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFindsTellWhere(t *testing.T) {
	s, err := New([]Needle{{"Élodie O'Neill", Text}, {"01632 960123", Digits}})
	if err != nil {
		t.Fatal(err)
	}
	text := "ELODIE ONEILL, +44 (0)1632 960-123; élodie o’neill"
	var got []string
	for _, f := range s.Finds(text) {
		got = append(got, text[f.From:f.To])
	}
	want := []string{"ELODIE ONEILL", "1632 960-123", "élodie o’neill"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}
