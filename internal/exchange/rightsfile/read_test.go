package rightsfile

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"custos/internal/calendar"
	"custos/internal/register"
)

const (
	unchecked    = "read from a file in the Data Rights Protocol; no signature of it was checked, so check who sent it"
	uncheckedDSR = "read from a file in OpenDSR; no signature of it was checked, so check who sent it"
	elsewhere    = "made under a law of elsewhere; it is answered under the law of the United Kingdom"
	nobody       = "it names nobody that could be looked for"
)

func read(t *testing.T, text string) ([]Incoming, []register.Problem) {
	t.Helper()
	requests, problems, err := Read("requests.json", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return requests, problems
}

// one reads a file of one request.
func one(t *testing.T, text string) Incoming {
	t.Helper()
	requests, problems := read(t, text)
	if len(requests) != 1 || len(problems) != 0 {
		t.Fatalf("read %v, problems %v", requests, problems)
	}
	return requests[0]
}

// same compares requests, notes included.
func same(t *testing.T, want, got any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func at(s string) time.Time {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		panic(err)
	}
	return t.UTC()
}

func encoded(claims string) string { return base64.RawURLEncoding.EncodeToString([]byte(claims)) }

func TestDataRightsWithClaims(t *testing.T) {
	got := one(t, `
{
  "agent-id": "AGENT", "business-id": "cb-id", "agent-request-id": "foo-1",
  "issued-at": "2026-03-02T09:30:00+01:00", "expires-at": "2026-03-16T09:30:00Z",
  "drp.version": "1.0", "exercise": "deletion", "regime": "voluntary",
  "relationships": ["customer", "marketing"], "status_callback": "https://agent.example.com/status",
  "name": " Ann  Example ", "email": "ann@example.org", "email_verified": true,
  "phone_number": "+441632960001", "phone_number_verified": false, "power_of_attorney": "https://agent.example.com/poa",
  "address": {"street_address": "1 Example Street", "locality": "Exampleton", "postal_code": "EX1 1AA"}
}`)
	same(t, Incoming{
		Right: calendar.Erasure, Name: "Ann  Example", Email: "ann@example.org", Phone: "+441632960001",
		Address: "1 Example Street\nExampleton\nEX1 1AA", Reference: "foo-1", Agent: "AGENT", Regime: "voluntary",
		Received: at("2026-03-02T08:30:00Z"), Expires: at("2026-03-16T09:30:00Z"),
		Relationships: []string{"customer", "marketing"}, Raw: "deletion", Line: 2,
		Notes: []string{
			"the sender calls the e-mail address verified; that is the sender's word",
			"the sender says that the phone number is not verified",
			"it refers to a power of attorney, which has to be seen before anything is given to the agent",
			unchecked, elsewhere,
		},
	}, got)
}

func TestDataRightsWithAToken(t *testing.T) {
	claims := `{"iss":"AGENT","aud":"cb","name":"Ann Example","email":"ann@example.org","address":"1 Example Street",` +
		`"iat":1772440200,"nbf":1772443800,"exp":1773649800}`
	want := Incoming{
		Right: calendar.Access, Name: "Ann Example", Email: "ann@example.org", Address: "1 Example Street",
		Agent: "AGENT", Regime: "gdpr", Received: at("2026-03-02T08:30:00Z"), NotBefore: at("2026-03-02T09:30:00Z"),
		Expires: at("2026-03-16T08:30:00Z"), Raw: "access", Line: 1, Notes: []string{unchecked},
	}
	for name, identity := range map[string]string{
		"short form":      `"e30.` + encoded(claims) + `.c2ln"`,
		"JSON, encoded":   `{"payload":"` + encoded(claims) + `","signatures":[{}]}`,
		"JSON, plain":     `{"payload":` + claims + `,"protected":"x"}`,
		"claims, no more": claims,
	} {
		t.Run(name, func(t *testing.T) {
			same(t, want, one(t, `{"meta":{"version":"0.4"},"regime":"gdpr","exercise":["access"],"identity":`+identity+`}`))
		})
	}
}

func TestNamesOfSchemaOrg(t *testing.T) {
	got := one(t, `{"exercise":"access","regime":"","claims":{"givenName":"Ann","familyName":"Example",
		"telephone":"01632 960001","address":{"@type":"PostalAddress","streetAddress":"1 Example Street",
		"addressLocality":"Exampleton","addressCountry":"GB"}}}`)
	same(t, Incoming{
		Right: calendar.Access, Name: "Ann Example", Phone: "01632 960001",
		Address: "1 Example Street\nExampleton\nGB", Raw: "access", Line: 1, Notes: []string{unchecked},
	}, got)
}

func TestWhatIsAskedFor(t *testing.T) {
	for raw, want := range map[string]calendar.Right{
		"access": calendar.Access, "access:categories": calendar.Access, "access:specific": calendar.Access,
		"deletion": calendar.Erasure, "DELETION": calendar.Erasure, "correction": calendar.Rectification,
		"portability": calendar.Portability, "restriction": calendar.Restriction, "objection": calendar.Objection,
		"sale:opt-out": calendar.Objection, "sale:opt-in": calendar.Enquiry, "something new": calendar.Enquiry,
	} {
		got := one(t, `{"exercise":"`+raw+`","email":"a@example.org"}`)
		if got.Right != want || got.Raw != raw {
			t.Errorf("%s is read as %s, called %s", raw, got.Right, got.Raw)
		}
		if plain := len(got.Notes) == 1; plain && (want == calendar.Enquiry || strings.Contains(raw, ":")) {
			t.Errorf("%s is read without a word on it: %q", raw, got.Notes)
		}
	}
}

func TestSeveralRightsMakeSeveralRequests(t *testing.T) {
	got, problems := read(t, `{"exercise":["access:categories","deletion","access:specific"],"email":"a@example.org"}`)
	if len(problems) > 0 || len(got) != 2 {
		t.Fatalf("read %v, problems %v", got, problems)
	}
	if got[0].Right != calendar.Access || got[0].Raw != "access:categories, access:specific" || len(got[0].Notes) != 3 {
		t.Errorf("the first is %+v", got[0])
	}
	if got[1].Right != calendar.Erasure || got[1].Raw != "deletion" || len(got[1].Notes) != 1 {
		t.Errorf("the second is %+v", got[1])
	}
}

const dsr = `{"regulation":"gdpr","subject_request_id":"a7551968","subject_request_type":"%s",` +
	`"submitted_time":"2018-10-02T15:00:00Z","api_version":"2.0","subject_identities":[` +
	`{"identity_type":"email","identity_value":"ann@example.org","identity_format":"raw"},` +
	`{"identity_type":"email","identity_value":"ab12","identity_format":"sha256"},` +
	`{"identity_type":"ios_advertising_id","identity_value":"x","identity_format":"raw"}]}`

func TestOpenDSR(t *testing.T) {
	notes := []string{
		"it gives an e-mail address hashed, which cannot be matched by eye",
		"it gives an identifier of a device or an account, which stands in the file alone", uncheckedDSR,
	}
	for raw, right := range map[string]calendar.Right{
		"access": calendar.Access, "portability": calendar.Portability, "erasure": calendar.Erasure,
	} {
		want := Incoming{
			Right: right, Email: "ann@example.org", Reference: "a7551968", Regime: "gdpr",
			Received: at("2018-10-02T15:00:00Z"), Raw: raw, Line: 1, Notes: notes,
		}
		same(t, want, one(t, fmt.Sprintf(dsr, raw)))

		want.Agent, want.Received, want.Line = "example_controller_id", at("2018-10-02T15:00:01Z"), 3
		envelope := `{"controller_id":"example_controller_id","received_time":"2018-10-02T15:00:01Z",` +
			`"subject_request_id":"a7551968","encoded_request":"%s"}`
		for _, code := range []*base64.Encoding{base64.StdEncoding, base64.RawURLEncoding} {
			inner := code.EncodeToString([]byte(fmt.Sprintf(dsr, raw)))
			same(t, want, one(t, "\n\n"+fmt.Sprintf(envelope, inner)))
		}
	}
}

func TestEveryShapeOfFile(t *testing.T) {
	a, b := `{"exercise":"access"}`, `{"exercise":"deletion"}`
	for name, tt := range map[string]struct {
		text  string
		lines []int
	}{
		"one":                     {"\ufeff" + a, []int{1}},
		"list":                    {"[" + a + ",\n\n" + b + "]", []int{1, 3}},
		"a line each":             {a + "\r\n\r\n" + b + "\r\n", []int{1, 3}},
		"one after the other":     {"{\n\"exercise\":\n\"access\"}\n" + b, []int{1, 4}},
		"an empty list":           {"[]", nil},
		"a list on every line":    {"[" + a + "]\n[" + b + "]", []int{1, 2}},
		"both on one line, twice": {a + b + "\n" + a + b, []int{1, 1, 2, 2}},
	} {
		got, problems := read(t, tt.text)
		var lines []int
		for _, in := range got {
			lines = append(lines, in.Line)
		}
		if diff := cmp.Diff(tt.lines, lines); diff != "" || len(problems) > 0 {
			t.Errorf("%s: %s, problems %v", name, diff, problems)
		}
	}
}

func TestProblemsNameLineAndField(t *testing.T) {
	good := `{"exercise":"access"}`
	by := func(identity string) string { return `{"exercise":"access","identity":"` + identity + `"}` }
	about := func(identities string) string {
		return `{"subject_request_type":"access","subject_identities":` + identities + `}`
	}
	deep := strings.Repeat("[", 40) + strings.Repeat("]", 40)
	for name, tt := range map[string]struct {
		text          string
		line          int
		field, reason string // the reason in part
		read          int
	}{
		"twice": {"[" + good + ",\n{\"exercise\":\"access\",\"exercise\":\"deletion\"}," + good + "]",
			2, "exercise", "twice", 2},
		"twice, within":   {`{"exercise":"access","claims":{"email":"a","email":"b"}}`, 1, "email", "twice", 0},
		"too deep":        {"[" + good + ",\n{\"exercise\":" + deep + "}]", 2, "", "within each other", 1},
		"broken line":     {good + "\n{\"exercise\":}\n" + good, 2, "", "the rest of the line", 2},
		"broken list":     {"[" + good + ",\n{\"exercise\" \"access\"}," + good + "]", 2, "", "nothing is read from here", 1},
		"cut short":       {"[" + good + ",\n{\"exercise\":\"acc", 2, "", "ends in the middle", 1},
		"cut after value": {"{\"exercise\":\n\"access\"", 2, "", "ends in the middle", 0},
		"more follows":    {"[" + good + "]\n]", 2, "", "not valid JSON", 1},
		"a value":         {"[" + good + ",\n7]", 2, "", "single value", 1},
		"no right":        {`{"exercise":[]}`, 1, "exercise", "no right", 0},
		"right no text":   {`{"exercise":[{}]}`, 1, "exercise", "list of texts", 0},
		"email no text":   {`{"exercise":"access","email":[]}`, 1, "email", "a text", 0},
		"long text":       {`{"exercise":"access","name":"` + strings.Repeat("x", maxText+1) + `"}`, 1, "name", "longer", 0},
		"bad token":       {by("a.b"), 1, "identity", "three parts", 0},
		"coded badly":     {by("a.!.c"), 1, "identity", "decoded", 0},
		"token twice":     {by("a." + encoded(`{"email":"a","email":"b"}`) + ".c"), 1, "identity", "twice", 0},
		"token and more":  {by("a." + encoded(`{"email":"a"}{"email":"b"}`) + ".c"), 1, "identity", "twice", 0},
		"bad envelope":    {`{"encoded_request":"<BASE64 ENCODED REQUEST>"}`, 1, "encoded_request", "base64", 0},
		"empty envelope":  {`{"encoded_request":"e30="}`, 1, "encoded_request", "no request", 0},
		"no type":         {`{"subject_identities":[]}`, 1, "subject_request_type", "no right", 0},
		"bad identities":  {about(`{}`), 1, "subject_identities", "list", 0},
		"bad identity":    {about(`["x"]`), 1, "subject_identities", "object", 0},
		"a state":         {`{"request_id":"x","status":"open"}`, 1, "", "state of a request", 0},
		"a revocation":    {`{"request_id":"x","reason":"y"}`, 1, "request_id", "takes back", 0},
		"an answer":       {`{"subject_request_id":"x","request_status":"pending"}`, 1, "", "answers a request", 0},
		"something else":  {`{}`, 1, "", "no request in either", 0},
	} {
		got, problems := read(t, tt.text)
		if len(got) != tt.read || len(problems) != 1 {
			t.Errorf("%s: read %d, problems %v", name, len(got), problems)
			continue
		}
		p := problems[0]
		if p.Line != tt.line || p.Field != tt.field || !strings.Contains(p.Reason, tt.reason) {
			t.Errorf("%s: %+v, want line %d, field %q, %q", name, p, tt.line, tt.field, tt.reason)
		}
	}
}

func TestAFileThatIsNone(t *testing.T) {
	for name, tt := range map[string]struct{ data, words string }{
		"empty": {" \r\n", "empty"}, "text": {"name,email\n", "not JSON"}, "UTF-16": {"\xff\xfe{\x00", "UTF-16"},
		"bytes": {"{\"a\":\"\xff\"}", "UTF-8"}, "large": {"[" + strings.Repeat(" ", maxFile) + "]", "16 MiB"},
	} {
		_, _, err := Read("requests.json", []byte(tt.data))
		if register.KindOf(err) != register.Invalid || !strings.HasPrefix(err.Error(), "requests.json: ") ||
			!strings.Contains(err.Error(), tt.words) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAFileOfNothingButProblemsEnds(t *testing.T) {
	for _, text := range []string{strings.Repeat("{}\n", 5000), "[" + strings.Repeat("{},\n", 5000) + "{}]"} {
		_, problems := read(t, text)
		if len(problems) != maxProblems+1 || problems[maxProblems].Line != 0 {
			t.Errorf("%d problems, the last %v", len(problems), problems[len(problems)-1])
		}
	}
}

func TestTimesThatCannotBeReadAreNoted(t *testing.T) {
	got := one(t, `{"exercise":"access","email":"a@example.org",
		"issued-at":"<ISO 8601 Timestamp>","expires-at":99999999999999}`)
	same(t, []string{
		"the time in issued-at cannot be read and was left out",
		"the time in expires-at cannot be read and was left out", unchecked,
	}, got.Notes)
	got = one(t, `{"exercise":"access","issued-at":"2026-03-02T09:30:00Z",
		"expires-at":"2026-03-01T09:30:00Z"}`)
	same(t, []string{unchecked, nobody, "by its own account it expired before it was made"}, got.Notes)
}

func TestExpiryIsNotedAndNoMore(t *testing.T) {
	in := Incoming{NotBefore: at("2026-03-02T00:00:00Z"), Expires: at("2026-03-16T00:00:00Z"), Notes: []string{"kept"}}
	for now, want := range map[string]string{
		"2026-03-01T23:59:59Z": "does not count yet", "2026-03-02T00:00:00Z": "kept",
		"2026-03-16T00:00:00Z": "kept", "2026-03-16T00:00:01Z": "expired",
	} {
		notes := in.NotesAt(at(now))
		if last := notes[len(notes)-1]; !strings.Contains(last, want) || notes[0] != "kept" {
			t.Errorf("%s: %q, want %q", now, notes, want)
		}
	}
	if len(in.Notes) != 1 {
		t.Errorf("the request itself was changed: %q", in.Notes)
	}
}

func TestNoMessageRepeatsWhatWasSent(t *testing.T) {
	const secret = "Ann Example <ann@example.org>"
	for _, text := range []string{
		`{"exercise":"access","` + secret + `":1,"` + secret + `":2}`,
		`{"encoded_request":"` + secret + `"}`, `{"exercise":"access","identity":"` + secret + `"}`,
		`{"exercise":"access", ` + secret + `}`, `{"request_id":"` + secret + `"}`,
	} {
		_, problems := read(t, text)
		if len(problems) != 1 || strings.Contains(fmt.Sprint(problems), "ann@") {
			t.Errorf("%v", problems)
		}
	}
}
