package intake_test

import (
	"testing"
	"time"

	"custos/internal/exchange"
	"custos/internal/exchange/intake"
	"custos/internal/exchange/mapping"
	"custos/internal/register"

	"github.com/google/go-cmp/cmp"
)

var asking = register.Profile{
	Kinds: []register.PersonKind{{ID: "contact"}},
	Purposes: []register.Purpose{
		{ID: "news", Title: "News", Channels: []string{"email", "post"}},
		{ID: "letters", Title: "Letters", Channels: []string{"email"}, Brands: []string{"weekly"}},
	},
}

func incoming(t *testing.T, csv string, pairs ...mapping.Pair) []register.Incoming {
	t.Helper()
	tab, err := exchange.Read("people.csv", []byte(csv))
	if err != nil {
		t.Fatal(err)
	}
	targets := intake.DelegateTargets(&asking, "contact")
	m := mapping.Guess(tab.ColumnNames(), targets)
	if len(pairs) > 0 {
		if m, err = (mapping.Mapping{Pairs: pairs}).For("map.toml", tab.ColumnNames(), targets); err != nil {
			t.Fatal(err)
		}
	}
	var all []register.Incoming
	for in := range intake.People(tab, m, &asking, "contact") {
		all = append(all, in)
	}
	return all
}

func TestAnswersAreReadFromMappedColumns(t *testing.T) {
	csv := "Name,Mail me,Weekly,Signed\nAda,yes,,02/03/2024\nBo,unsubscribed,No,\nCy,,,whenever\nDee,perhaps,,\nEli,yes,,whenever\n"
	rows := incoming(t, csv, mapping.Pair{Column: "Name", Field: "name"}, mapping.Pair{Column: "Mail me", Field: "consent:news:email"},
		mapping.Pair{Column: "Weekly", Field: "consent:letters:email:weekly"}, mapping.Pair{Column: "Signed", Field: intake.ConsentAt})
	news := register.ConsentKey{Purpose: "news", Channel: "email"}
	weekly := register.ConsentKey{Purpose: "letters", Channel: "email", Brand: "weekly"}
	want := [][]register.FileAnswer{
		{{Key: news, Act: register.Given, At: time.Date(2024, 3, 2, 0, 0, 0, 0, time.UTC)}},
		{{Key: weekly, Act: register.RefusedIt}, {Key: news, Act: register.Withdrawn}}, nil, nil, nil,
	}
	for i, row := range rows {
		if diff := cmp.Diff(want[i], row.Answers); diff != "" {
			t.Errorf("line %d: %s", row.Line, diff)
		}
	}
	for i, field := range map[int]string{3: "Mail me", 4: "Signed"} {
		if p := rows[i].Refused; p == nil || p.Field != field || p.Line != i+2 {
			t.Errorf("line %d: %+v", i+2, p)
		}
	}
	if rows[2].Refused != nil || rows[2].Delegate.Name != "Cy" || len(rows[0].Delegate.Fields) != 0 {
		t.Errorf("%+v, %+v", rows[2], rows[0].Delegate)
	}
}

func TestNoColumnIsTakenForAnAnswerUnasked(t *testing.T) {
	for _, row := range incoming(t, "Name,consent:news:email,Consent at,News email\nAda,no,2024-01-01,yes\n") {
		if len(row.Answers) != 0 {
			t.Errorf("%+v", row.Answers)
		}
	}
}
