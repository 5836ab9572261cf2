package intake_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"custos/internal/exchange"
	"custos/internal/exchange/intake"
	"custos/internal/exchange/mapping"
	"custos/internal/exchange/table"
	"custos/internal/register"
)

var profile = &register.Profile{Name: "test", Kinds: []register.PersonKind{{ID: "delegate", Fields: []register.Field{
	{ID: "name", Title: "Name", Mandatory: true},
	{ID: "email", Title: "Email"},
	{ID: "born", Title: "Date of birth", Type: "date"},
	{ID: "phase", Title: "Phase", Type: "choice", Options: []string{"Primary", "Secondary"}},
}}}}

func read(t *testing.T, name, text string) *table.Table {
	t.Helper()
	got, err := exchange.Read(name, []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func people(t *testing.T, text string) []register.Incoming {
	t.Helper()
	tab := read(t, "people.csv", text)
	m := mapping.Guess(tab.ColumnNames(), intake.DelegateTargets(profile, "delegate"))
	return slices.Collect(intake.People(tab, m, profile, "delegate"))
}

func TestPeople(t *testing.T) {
	rows := people(t, "First Name,Surname,E-mail,School URN,School,Date of birth,Phase\r\n"+
		"Ada,O'Neill,ada@example.org,0123456,Oak School,1/2/1980,primary\r\n"+
		",,nobody@example.org,,,,\r\n"+
		"Bo,Li,not an address,,,,\r\n"+
		"Cy,Ng,,,,31/02/1980,\r\n"+
		"Di,Wu,,,,,Tertiary\r\n")
	if len(rows) != 5 {
		t.Fatalf("%d rows", len(rows))
	}
	ada := rows[0]
	if ada.Delegate == nil || ada.Delegate.Name != "Ada O'Neill" || ada.Delegate.Value("born") != "1980-02-01" ||
		ada.Delegate.Value("phase") != "Primary" || ada.EmployerURN != "0123456" || ada.EmployerName != "Oak School" {
		t.Fatalf("%+v", ada)
	}
	for i, field := range map[int]string{1: "name", 2: "email", 3: "born", 4: "phase"} {
		if r := rows[i].Refused; r == nil || r.Field != field || r.Line != i+2 || r.Reason == "" {
			t.Errorf("line %d: %+v, want a refusal of %s", i+2, r, field)
		}
	}
}

func TestWithheldNamesAreRefused(t *testing.T) {
	rows := people(t, "Name,Email\nREDACTED,a@example.org\nWithheld,b@example.org\n")
	for _, r := range rows {
		if r.Refused == nil {
			t.Errorf("line %d was taken as a name", r.Line)
		}
	}
}

func TestRefusedRowsOfTheTableKeepTheirPlace(t *testing.T) {
	rows := people(t, "Name,Email\nAnn,a@example.org\nBen,b@example.org,surplus,cells\nCat,c@example.org\n")
	if len(rows) != 3 || rows[1].Refused == nil || rows[1].Line != 3 {
		t.Fatalf("%+v", rows)
	}
}

func TestOrganisationsOfTheSchoolRegister(t *testing.T) {
	tab := read(t, "register.csv", "URN,\"LA (code)\",\"EstablishmentNumber\",\"EstablishmentName\",\"EstablishmentStatus (name)\","+
		"\"OpenDate\",\"CloseDate\",\"Postcode\"\r\n"+
		"900001,\"001\",\"0042\",\"St Thomas \x92 Becket\",\"Closed\",\"01-09-1999\",\"31-08-2020\",\"ZZ1 1ZZ\"\r\n"+
		"900002,\"001\",\"\",\"Elm\",\"Open, but proposed to close\",\"\",\"\",\"\"\r\n"+
		"900003,\"001\",\"\",\"\",\"Open\",\"\",\"\",\"\"\r\n")
	m := mapping.Guess(tab.ColumnNames(), intake.OrganisationTargets())
	rows := slices.Collect(intake.Organisations(tab, m))
	if len(rows) != 3 {
		t.Fatalf("%d rows", len(rows))
	}
	o := rows[0].Organisation
	if o == nil || o.Name != "St Thomas ’ Becket" || o.Number != "0042" || o.LACode != "001" ||
		o.Status != register.Closed || o.Closed.String() != "2020-08-31" {
		t.Fatalf("%+v", o)
	}
	if rows[1].Organisation.Status != register.Open {
		t.Error("a school that is open was read as closed")
	}
	if rows[2].Refused == nil || rows[2].Refused.Field != "name" {
		t.Errorf("a school without a name: %+v", rows[2])
	}
}

func TestLinks(t *testing.T) {
	tab := read(t, "links.csv", "URN,LinkURN,LinkName,LinkType,LinkEstablishedDate\r\n"+
		"900001,900002,Elm,Successor,01-09-2020\r\n900001,,Elm,Successor,\r\n900001,900004,Ash,Predecessor,99-99-2020\r\n")
	m := mapping.Guess(tab.ColumnNames(), intake.OrganisationTargets())
	rows := slices.Collect(intake.Organisations(tab, m))
	if len(rows) != 3 || rows[0].Organisation == nil || rows[0].Organisation.Links[0].URN != "900002" {
		t.Fatalf("%+v", rows)
	}
	if rows[1].Refused == nil || rows[2].Refused == nil {
		t.Error("a link without a URN or with no date was taken")
	}
}

// Every file of the public data is read to rows or refused as a whole; each
// data row comes out exactly once.
func TestPublicData(t *testing.T) {
	root := os.Getenv("CUSTOS_DATA")
	if root == "" {
		t.Skip("CUSTOS_DATA is not set")
	}
	files, err := filepath.Glob(filepath.Join(root, "*", "*"))
	if err != nil || len(files) == 0 {
		t.Fatal(err)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			continue // a folder
		}
		tab, err := exchange.Read(filepath.Base(name), data)
		if err != nil {
			continue
		}
		for noun, rows := range map[string][]register.Incoming{
			"people": slices.Collect(intake.People(tab,
				mapping.Guess(tab.ColumnNames(), intake.DelegateTargets(profile, "delegate")), profile, "delegate")),
			"organisations": slices.Collect(intake.Organisations(tab, mapping.Guess(tab.ColumnNames(), intake.OrganisationTargets()))),
		} {
			if len(rows) != tab.DataRows() {
				t.Errorf("%s as %s: %d rows of %d", filepath.Base(name), noun, len(rows), tab.DataRows())
			}
		}
	}
}

func TestRegisterFilesAreMapped(t *testing.T) {
	root := os.Getenv("CUSTOS_DATA")
	if root == "" {
		t.Skip("CUSTOS_DATA is not set")
	}
	for name, want := range map[string]int{ // rows read as organisations with a name
		"edubasealldata_shaped_cp1252_open.csv": 3808,
		"gias_sample.csv":                       99,
		"childrens_centres.csv":                 2992,
		"academy_trusts_2016.csv":               3122,
		"npq_schools_2023-11_open_half.csv":     26744,
		"trafford_schools_and_colleges.csv":     103,
		"links_edubasealldata20230421.csv":      31274,
		"ecf_tech.csv":                          6,
		"local_authority_data.csv":              151,
	} {
		data, err := os.ReadFile(filepath.Join(root, "gias", name))
		if err != nil {
			t.Fatal(err)
		}
		tab, err := exchange.Read(name, data)
		if err != nil {
			t.Fatal(err)
		}
		read, refused := 0, map[string]int{}
		for in := range intake.Organisations(tab, mapping.Guess(tab.ColumnNames(), intake.OrganisationTargets())) {
			if in.Refused != nil {
				refused[in.Refused.Field+": "+in.Refused.Reason]++
				continue
			}
			read++
		}
		if read != want {
			t.Errorf("%s: %d of %d read; refused %v", name, read, want, refused)
		}
	}
}
