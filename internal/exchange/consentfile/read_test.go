package consentfile

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"custos/internal/register"
)

// problems reads a file and tells what it refuses, and how many events it has.
func problems(f Format, data string) (events int, refused []register.Problem, err error) {
	err = Read(f, strings.NewReader(data), func(e Entry) {
		if e.Problem != nil {
			refused = append(refused, *e.Problem)
			return
		}
		events++
	})
	return events, refused, err
}

const iso = `{"@type":"dpv:ConsentRecord","dpv:hasDataSubject":"a@example.org","dpv:hasPurpose":"dpv:Marketing",
	"dpv:hasConsentStatus":{"@type":"dpv:ConsentGiven","dpv:isIndicatedAtTime":"2026-03-02T09:00:00Z"}}`

const receipt = `{"version":"KI-CR-v1.1.0","consentTimestamp":1767225600,"piiPrincipalId":"a@example.org",
	"collectionMethod":"web","services":[{"purposes":[{"purpose":"News","consentType":"EXPLICIT"}]}]}`

// TestMalformedIsRefusedByPlaceAndField: each case spoils one thing.
func TestMalformedIsRefusedByPlaceAndField(t *testing.T) {
	const csv = "purpose,state,at,delegate\nnews,given,2026-03-02T09:00:00Z,D1\n"
	swap := strings.NewReplacer
	for _, c := range []struct {
		name   string
		format Format
		data   string
		place  int
		field  string
	}{
		{"csv no instant", CSV, csv + "news,given,soon,D1\n", 3, "at"},
		{"csv too few cells", CSV, csv + "\nnews,given\n", 4, ""},
		{"csv nobody", CSV, csv + "news,given,2026-03-02,\n", 3, "delegate"},
		{"csv not UTF-8", CSV, csv + "n\xffws,given,2026-03-02,D1\n", 3, ""},
		{"json milliseconds", JSON, `[{"purpose":"a","state":"given","at":1767225600000,"delegate":"D1"}]`, 1, "at"},
		{"json two states", JSON, `[{"purpose":"a","state":"given","at":"2026-03-02","delegate":"D1","state":"refused"}]`, 1, "state"},
		{"json year", JSON, `[{"purpose":"a","state":"given","at":"9026-03-02T00:00:00Z","delegate":"D1"}]`, 1, "at"},
		{"record of nobody", ISO27560, swap(`"a@example.org"`, `null`).Replace(iso), 1, "dpv:hasDataSubject"},
		{"record without a purpose", ISO27560, swap("dpv:hasPurpose", "x").Replace(iso), 1, "dpv:hasPurpose"},
		{"record without a status", ISO27560, swap("hasConsentStatus", "x").Replace(iso), 1, "dpv:hasConsentStatus"},
		{"record with an unknown status", ISO27560, swap("ConsentGiven", "ConsentUnknown").Replace(iso), 1, "dpv:hasConsentStatus"},
		{"record with a number for a time", ISO27560, swap(`"2026-03-02T09:00:00Z"`, `5`).Replace(iso), 1, "dpv:isIndicatedAtTime"},
		{"record of another type", ISO27560, swap("ConsentRecord", "Consent").Replace(iso), 1, "@type"},
		{"receipt in milliseconds", Kantara, swap("1767225600", "1767225600000").Replace(receipt), 1, "consentTimestamp"},
		{"receipt with text for a time", Kantara, swap("1767225600", `"2026-01-01T00:00:00Z"`).Replace(receipt), 1, "consentTimestamp"},
		{"receipt with half a second", Kantara, swap("1767225600", `1767225600.5`).Replace(receipt), 1, "consentTimestamp"},
		{"receipt of implied consent", Kantara, swap("EXPLICIT", "IMPLICIT").Replace(receipt), 1, "consentType"},
		{"receipt of nobody", Kantara, swap("piiPrincipalId", "x").Replace(receipt), 1, "piiPrincipalId"},
		{"receipt of another version", Kantara, swap("v1.1.0", "v9").Replace("[" + receipt + "]"), 1, "version"},
		{"receipt without services", Kantara, swap("services", "x").Replace(receipt), 1, "purposes"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, refused, err := problems(c.format, c.data)
			if err != nil || len(refused) != 1 || refused[0].Line != c.place || refused[0].Field != c.field || refused[0].Reason == "" {
				t.Errorf("%+v, %v", refused, err)
			}
		})
	}
}

// TestTheRestIsRead: a bad event costs no other.
func TestTheRestIsRead(t *testing.T) {
	for f, data := range map[Format]string{
		CSV: "purpose;state;at;email\nnews;given;2026-03-02;a@example.org\nnews;given;never;b@example.org\n" +
			`"news";refused;2026-03-02;c@example.org`,
		ISO27560: "[" + iso + "," + strings.Replace(iso, "2026-03-02T09:00:00Z", "now", 1) + "," + iso + "]",
		Kantara:  "[" + receipt + "," + strings.Replace(receipt, "1767225600", "17672256000000", 1) + "," + receipt + "]",
	} {
		n, refused, err := problems(f, data)
		if n != 2 || len(refused) != 1 || err != nil {
			t.Errorf("%s: %d events, %+v, %v", f, n, refused, err)
		}
		if f != CSV && refused[0].Line != 2 {
			t.Errorf("%s: %+v", f, refused)
		}
	}
}

func TestBrokenFilesSayWhere(t *testing.T) {
	deep := strings.Repeat(`{"a":`, 40) + "1" + strings.Repeat("}", 40)
	long := `[{"a":"` + strings.Repeat("x", 2*maxRecord) + `"}]`
	for name, c := range map[string]struct {
		format Format
		data   string
		says   string
	}{
		"no JSON":       {ISO27560, `[{"a":1},{"a" 2}]`, "record 2, byte"},
		"half a file":   {Kantara, `[{"a":1},{"a":`, "record 2: the file ends"},
		"a single word": {JSON, `"hello"`, "no list of records"},
		"values":        {JSON, `[1]`, "single value"},
		"more after":    {JSON, `[] []`, "something follows"},
		"too deep":      {JSON, "[" + deep + "]", "within each other"},
		"too long":      {JSON, long, "longer than"},
		"nothing":       {JSON, ``, "empty"},
		"no graph":      {ISO27560, `{"@graph":5}`, "list of records"},
		"open quote":    {CSV, "purpose,state,at,delegate\n\"news", "line 2: a quotation mark"},
		"long row":      {CSV, "purpose,state,at,delegate\n" + strings.Repeat("x", 2*maxRecord), "longer than"},
		"no ledger":     {CSV, "name,email\nA,b\n", "no consent ledger"},
		"one name":      {CSV, "purpose,state,at,purpose\n", "two columns"},
		"nobody":        {CSV, "purpose,state,at\n", "email"},
		"empty table":   {CSV, "", "empty"},
	} {
		if _, _, err := problems(c.format, c.data); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
	gone := errors.New("unplugged")
	for _, f := range Formats() {
		r := io.MultiReader(strings.NewReader("purpose,state,at,delegate\nx,"), iotest.ErrReader(gone))
		if f != CSV {
			r = io.MultiReader(strings.NewReader("["), iotest.ErrReader(gone))
		}
		if err := Read(f, r, func(Entry) {}); !errors.Is(err, gone) {
			t.Errorf("%s: a disk that fails is not the end of a file: %v", f, err)
		}
	}
}

// TestANoIsNotReadAsAYes: other programs look at the standard members alone.
func TestANoIsNotReadAsAYes(t *testing.T) {
	for _, act := range register.ConsentActs() {
		e := register.ConsentEvent{ID: "K1", Delegate: "D1", Purpose: "news", Channel: "email", Act: act, At: office().At}
		plain := strings.ReplaceAll(string(write(t, Kantara, []register.ConsentEvent{e})), spaceIRI+"ledger", "unknown")
		if n, _, _ := problems(Kantara, plain); (n > 0) != act.Yes() {
			t.Errorf("%s: as a receipt of another maker it reads as %d consents", act, n)
		}
		plain = strings.ReplaceAll(string(write(t, ISO27560, []register.ConsentEvent{e})), ledgerMember, "unknown")
		err := Read(ISO27560, strings.NewReader(plain), func(got Entry) {
			if got.Problem != nil || got.Event.Act.Yes() != act.Yes() || got.Event.Act.No() != act.No() {
				t.Errorf("%s reads as %q (%+v)", act, got.Event.Act, got.Problem)
			}
		})
		if err != nil {
			t.Error(err)
		}
	}
}

// TestMembersThatDisagreeAreRefused: somebody changed one and not the other.
func TestMembersThatDisagreeAreRefused(t *testing.T) {
	e := register.ConsentEvent{ID: "K1", Delegate: "D1", Purpose: "news", Act: register.Objected, Method: "web", At: office().At}
	record := string(write(t, ISO27560, []register.ConsentEvent{e}))
	kantara := string(write(t, Kantara, []register.ConsentEvent{e}))
	for name, c := range map[string]struct {
		format    Format
		data      string
		old, next string
		field     string
	}{
		"status":    {ISO27560, record, "dpv:ConsentWithdrawn", "dpv:ConsentGiven", "dpv:hasConsentStatus"},
		"timestamp": {Kantara, kantara, `"consentTimestamp":1773662400`, `"consentTimestamp":1773662401`, "consentTimestamp"},
		"type":      {Kantara, kantara, `"NONE"`, `"EXPLICIT"`, "consentType"},
	} {
		if n, refused, err := problems(c.format, c.data); n != 1 || len(refused) > 0 || err != nil {
			t.Fatalf("%s, unspoiled: %d, %+v, %v", name, n, refused, err)
		}
		spoiled := strings.Replace(c.data, c.old, c.next, 1)
		if _, refused, _ := problems(c.format, spoiled); spoiled == c.data || len(refused) != 1 || refused[0].Field != c.field {
			t.Errorf("%s: %+v", name, refused)
		}
	}
}

func TestWriters(t *testing.T) {
	e := register.ConsentEvent{
		ID: "K1", Delegate: "D1", Purpose: "news", Evidence: "=HYPERLINK(1)", Act: register.Given, At: office().At,
	}
	if data := write(t, CSV, []register.ConsentEvent{e}); !bytes.Contains(data, []byte("'=HYPERLINK(1)")) {
		t.Errorf("a formula stands unguarded: %s", data)
	}
	w, err := NewWriter(Receipt, io.Discard, office())
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); register.KindOf(err) != register.Refused {
		t.Errorf("an empty receipt: %v", err)
	}
	_ = w.Write(e)
	e.Delegate = "D2"
	if err := w.Write(e); register.KindOf(err) != register.Invalid {
		t.Errorf("a receipt for two: %v", err)
	}
	if _, err := ParseFormat("pdf"); register.KindOf(err) != register.Invalid {
		t.Error(err)
	}
	if f, err := ParseFormat("Kantara"); f != Kantara || f.Ending() != ".json" || err != nil {
		t.Error(f, err)
	}
}

// mandatory are the members the standards demand.
func TestMandatoryMembersAreThere(t *testing.T) {
	e := register.ConsentEvent{ID: "K1", Delegate: "D1", Purpose: "news", Channel: "email", Act: register.Given, At: office().At}
	for _, c := range []struct {
		format  Format
		members string
	}{
		{ISO27560, `@context @graph @type dct:conformsTo dct:identifier dpv:hasDataSubject dpv:hasDataController dpv:hasName
			dpv:hasContact dpv:hasJurisdiction dpv:hasLegalBasis dpv:hasNotice dct:language dpv:hasProcess dpv:hasPurpose
			dpv:hasPersonalData dpv:hasRecipient dpv:hasStorageCondition dpv:hasLocation dpv:hasDuration dpv:hasConsentControl
			dpv:isExercisedAt dpv:hasRight dpv:hasConsentStatus dpv:isIndicatedBy dpv:isIndicatedAtTime`},
		{Receipt, `@context dct:identifier dct:conformsTo dct:created dct:publisher schema:recipient dpv:hasRecordOfActivity`},
		{Kantara, `version jurisdiction consentTimestamp collectionMethod consentReceiptID piiPrincipalId piiControllers
			piiController contact address email phone policyUrl services service purposes purpose consentType purposeCategory
			piiCategory termination thirdPartyDisclosure thirdPartyName sensitive spiCat`},
	} {
		data := write(t, c.format, []register.ConsentEvent{e})
		for _, name := range strings.Fields(c.members) {
			if !bytes.Contains(data, []byte(`"`+name+`":`)) {
				t.Errorf("%s: no %s", c.format, name)
			}
		}
	}
}

// TestPublishedExamples reads what others write: the complete receipt that is
// valid JSON, and a clear refusal of everything that is not.
func TestPublishedExamples(t *testing.T) {
	dir := os.Getenv("CUSTOS_DATA")
	if dir == "" {
		t.Skip("CUSTOS_DATA is not set: no published examples to read")
	}
	data, err := os.ReadFile(filepath.Join(dir, "privacy", "dpv_27560_consent_examples_open.json"))
	if err != nil {
		t.Skip("the published examples are not there: ", err)
	}
	var examples []struct {
		Example int    `json:"example"`
		Text    string `json:"text"`
	}
	if err := json.Unmarshal(data, &examples); err != nil {
		t.Fatal(err)
	}
	for _, x := range examples {
		n, refused, err := problems(ISO27560, x.Text)
		switch valid := json.Valid([]byte(x.Text)); {
		case !valid && (err == nil || !strings.Contains(err.Error(), "record 1")):
			t.Errorf("example %d is not JSON: %d events, %v", x.Example, n, err)
		case valid && err != nil:
			t.Errorf("example %d: %v", x.Example, err)
		case x.Example == 88 && (n != 4 || len(refused) > 0): // two purposes, each given and withdrawn
			t.Errorf("the complete receipt: %d events, %+v", n, refused)
		}
	}
}
