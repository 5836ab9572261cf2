package profile_test

import (
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"custos/internal/profile"
	"custos/internal/register"
)

func source(t testing.TB, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("data", name+".toml"))
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(data), "\r\n", "\n")
}

// breakLine replaces the first line that holds old after a line that holds
// under, and returns the text and the number of the line.
func breakLine(t *testing.T, text, under, from, to string) (broken string, line int) {
	t.Helper()
	lines := strings.Split(text, "\n")
	seen := under == ""
	for i, s := range lines {
		if seen = seen || strings.Contains(s, under); seen && strings.Contains(s, from) {
			lines[i] = strings.Replace(s, from, to, 1)
			return strings.Join(lines, "\n"), i + 1
		}
	}
	t.Fatalf("no line holds %q after %q", from, under)
	return "", 0
}

func TestEveryMistakeIsFoundOnItsLine(t *testing.T) {
	const portal, school = "traded-services-portal", "teaching-school"
	const services, learning = "education-services", "community-learning"
	for _, tt := range []struct {
		profile, under, from, to string
		field, reason            string
	}{
		{portal, "", `title = "Traded`, `titel = "Traded`, "titel", "no such key"},
		{portal, "", `summary = "We`, `summary = "" # "We`, "summary", "empty"},
		{portal, "", `name = "traded-services-portal"`, `name = "Traded services"`, "name", "small letters"},
		{portal, "", `id = "buyer"`, `id = "lead"`, "access.id", "second time"},
		{portal, "", `id = "post"`, `id = "pigeon"`, "channel.id", "not one of"},
		{portal, "", `subscriber = "individual"`, `subscriber = "sole"`, "kind.subscriber", "not one of"},
		{portal, `id = "personal_phone"`, `consequence = "You`, `consequence = "" # "You`, "kind.field.consequence", "empty"},
		{portal, `id = "home_address"`, `type = "long"`, `type = "huge"`, "kind.field.type", "not one of"},
		{portal, `id = "home_address"`, `id = "home_address"`, `id = "phone"`, "kind.field.id", "second time"},
		{portal, `id = "home_address"`, `category = "Home`, `category = "Family`, "kind.field.category", "no purpose"},
		{school, `id = "address_is"`, `options = ["home", "work"]`, `options = []`, "kind.field.options", "exactly when"},
		{portal, `id = "training"`, `recipients = ["outside-trainer"]`, `recipients = ["trainer"]`, "purpose.recipients", `no "trainer"`},
		{portal, `id = "training"`, `retention = "training"`, `retention = "ages"`, "purpose.retention", `no "ages"`},
		{portal, `id = "training"`, `notice = "portal"`, `notice = "gate"`, "purpose.notice", `no "gate"`},
		{portal, `id = "training"`, `basis = "contract"`, `basis = "custom"`, "purpose.basis.basis", "not one of"},
		{portal, `id = "training"`, `kinds = ["childminder"]`, `kinds = ["minder"]`, "purpose.basis.kinds", `no "minder"`},
		{portal, `id = "training"`, `kinds = ["childminder"]`, `access = ["owner"]`, "purpose.basis.access", `no "owner"`},
		{portal, `id = "newsletter"`, `channels = ["email"]`, `channels = ["sms"]`, "purpose.channels", `no "sms"`},
		{portal, `id = "newsletter"`, `channels = ["email"]`, `channels = []`, "purpose.channels", "channel to ask by"},
		{portal, `id = "newsletter"`, `channels = ["email"]`, `brands = ["weekly"]`, "purpose.brands", `no "weekly"`},
		{portal, `title = "Special requirements for`, `article9 = "Art`, `article9 = "" # "Art`, "purpose.article9", "condition of Art 9"},
		{portal, "# Wordings", `from = "2026-02-05"`, `to = "2026-02-05"`, "notice", "empty"},
		{portal, "# Wordings", `from = "2026-02-05"`, `from = "2026-02-30"`, "notice.from", "no such day"},
		{portal, "# Wordings", `version = "1"`, `version = 1`, "notice.version", ""},
		{portal, `id = "outside-trainer"`, `role = "processor"`, `role = "friend"`, "recipient.role", "not one of"},
		{portal, `id = "outside-trainer"`, `role = "processor"`, "country = \"Norway\"\nrole = \"processor\"", "recipient.country", "safeguard"},
		{portal, `class = "account"`, `period = "5 years"`, `period = "5 winters"`, "retention.period", "a period is like"},
		{portal, `class = "account"`, `trigger = "last-activity"`, `trigger = "whim"`, "retention.trigger", "not one of"},
		{portal, `class = "account"`, `action = "delete"`, `action = "burn"`, "retention.action", "not one of"},
		{portal, "# Wordings", `from = "2026-02-05"`, "to = \"2026-02-04\"\nfrom = \"2026-02-05\"", "notice.to", "before it begins"},
		{portal, `id = "staff"`, `mandatory = true`, `mandatory = false`, "kind", "needs a mandatory field"},
		{portal, `id = "event-follow-up"`, `channels = [`, `channels = [] # [`, "purpose.channels", "channel to ask by"},
		{portal, "", `right = "erasure"`, `right = "oblivion"`, "right.right", "not one of"},
		{portal, "", `role = "lead-administrator"`, `role = "portal-team"`, "contact.role", "second time"},
		{learning, "", `competent_age = 13`, `competent_age = 7`, "competent_age", "between 8 and 18"},
		{learning, "", `competent_age = 13`, `competent_age = 19`, "competent_age", "between 8 and 18"},
		{learning, "", `competent_age = 13`, `competent_age = "13"`, "competent_age", ""},
		{learning, `id = "newsletters"`, `lasts = "24 months"`, `lasts = "two years"`, "purpose.lasts", "a period is like"},
		{portal, "", `subscriber = "individual"`, "minors = true\nsubscriber = \"individual\"", "kind.minors", "decides who answers"},
		{portal, `id = "service-messages"`, `service = true`, "lasts = \"2 years\"\nservice = true", "purpose.lasts", "only a consent runs out"},
		{portal, `id = "third-parties"`, `channels = ["email"]`, `channels = ["email", "post"]`, "purpose.channels", "has one channel"},
		{portal, `id = "third-parties"`, `use = true`, "use = true\nmarketing = true", "purpose.use", "no mere use"},
		{portal, `id = "third-parties"`, `basis = "consent"`, `basis = "public-task"`, "purpose.use", "consent"},
		{portal, `id = "service-messages"`, `channels = [`, `channels = [] # [`, "purpose.channels", "to be sent by"},
		{portal, `id = "service-messages"`, `service = true`, `service = true; marketing = true`, "file", ""},
		{portal, `id = "service-messages"`, `service = true`, "service = true\nmarketing = true", "purpose.service", "not both"},
		{portal, `id = "service-messages"`, `basis = "public-task"`, `basis = "consent"`, "purpose.basis.basis", "nobody is asked"},
		{school, `id = "partner-news"`, `channels = [`, `channels = [] # [`, "purpose.on_behalf", "needs a channel"},
		{school, `id = "interests"`, `use = true`, "on_behalf = true\nuse = true", "purpose.on_behalf", "nothing is sent for a use"},
		{school, `id = "course-messages"`, `service = true`, "on_behalf = true\nservice = true", "purpose.on_behalf", "the office's own"},
		{portal, "", `soft_opt_in = "products"`, `soft_opt_in = "things"`, "purpose.soft_opt_in", "not one of"},
		{portal, "", `soft_opt_in = "products"`, `soft_opt_in = "charity"`, "purpose.soft_opt_in", "charity = true"},
		{portal, `id = "newsletter"`, `lasts = "24 months"`, `soft_opt_in = "products"`, "purpose.soft_opt_in", "legitimate interests"},
		{portal, `title = "Keeping your`, `categories`, "soft_opt_in = \"products\"\ncategories", "purpose.soft_opt_in", "for marketing"},
		{learning, "# Everything", `field = "gender"`, `field = "sex"`, "profiling.field", "no kind of person"},
		{learning, "# Everything", `field = "gender"`, `field = "postcode"`, "profiling.field", "second time"},
		{learning, "# Everything", `field = "gender"`, `field = "absence_reason"`, "profiling.field", "never profiled"},
		{learning, "# Everything", `as = "age-band"`, `as = "age"`, "profiling.as", "not one of"},
		{learning, "# Everything", `as = "age-band"`, `as = "postcode-area"`, "profiling.as", "reduced to postcode-area"},
		{learning, "# Everything", `as = "choice"`, `as = "age-band"`, "profiling.as", "reduced to age-band"},
		{learning, "# Everything", `title = "Gender"`, `title = ""`, "profiling.title", "empty"},
		{learning, "[[transfer]]", `country = "United States"`, `country = ""`, "transfer.country", "empty"},
		{learning, "", `safeguard = "The`, `safeguard = "" # "The`, "transfer.safeguard", "empty"},
		{learning, `id = "newsletters"`, `"whats-on"`, `"gossip"`, "purpose.brands", `no "gossip"`},
		{services, `id = "service-news"`, `access = ["manager"]`, `access = ["owner"]`, "purpose.basis.access", `no "owner"`},
		{services, "", `layered = "This`, `layers = "This`, "layers", "no such key"},
		{portal, "", `version = "2026-2"`, `version = "2026-2`, "file", ""},
	} {
		broken, line := breakLine(t, source(t, tt.profile), tt.under, tt.from, tt.to)
		if !found(profile.Check([]byte(broken)), line, tt.field, tt.reason) {
			t.Errorf("%s -> %s: want line %d, %s, %q; got %+v", tt.from, tt.to, line, tt.field, tt.reason,
				profile.Check([]byte(broken)))
		}
	}
}

// found looks for a problem on a line; what a table lacks is told at its head,
// a few lines above.
func found(problems []register.Problem, line int, field, reason string) bool {
	for _, p := range problems {
		near := p.Line == line || p.Line < line && p.Line >= line-8 && strings.HasPrefix(p.Field, field)
		if near && strings.HasPrefix(p.Field, field) && strings.Contains(p.Reason, reason) {
			return true
		}
	}
	return false
}

func TestAllMistakesAreToldAtOnce(t *testing.T) {
	text := source(t, "traded-services-portal")
	text, first := breakLine(t, text, "", `id = "buyer"`, `id = "lead"`)
	text, second := breakLine(t, text, `id = "training"`, `retention = "training"`, `retention = "ages"`)
	text, third := breakLine(t, text, "# Rights", `note = "You receive`, `remark = "You receive`)
	problems := profile.Check([]byte(text))
	if len(problems) < 3 {
		t.Fatalf("got %+v", problems)
	}
	for _, line := range []int{first, second, third} {
		if !found(problems, line, "", "") {
			t.Errorf("nothing on line %d: %+v", line, problems)
		}
	}
}

// A value of the wrong type hides neither another one nor a mistake of another
// sort, and what it spoils itself is told once.
func TestAWrongTypeHidesNothing(t *testing.T) {
	text := source(t, "community-learning")
	text, first := breakLine(t, text, "", `version = "2026-2"`, `version = 2026`)
	text, second := breakLine(t, text, `id = "newsletters"`, `channels = ["email", "post"]`, "channels = [\n\"email\",\n7]")
	text, third := breakLine(t, text, "# Wordings", `from = "2024-09-02"`, `from = "2024-09-31"`)
	text, fourth := breakLine(t, text, "# How long", `action = "archive"`, `action = "burn"`)
	problems := profile.Check([]byte(text))
	var lines []int
	for _, p := range problems {
		lines = append(lines, p.Line)
	}
	if want := []int{first, second + 2, third, fourth}; !slices.Equal(lines, want) {
		t.Errorf("want lines %v, got %+v", want, problems)
	}
}

func TestWindowsLineEndingsChangeNothing(t *testing.T) {
	text := strings.ReplaceAll(source(t, "community-learning"), " \\\n", "\n")
	a, err := profile.Parse([]byte(text), "a.toml")
	if err != nil {
		t.Fatal(err)
	}
	b, err := profile.Parse([]byte(strings.ReplaceAll(text, "\n", "\r\n")), "b.toml")
	if err != nil || !reflect.DeepEqual(a, b) {
		t.Errorf("read another way: %v", err)
	}
}

func TestTwoWordingsNeverShareADay(t *testing.T) {
	text := source(t, "traded-services-portal")
	text, _ = breakLine(t, text, "# Wordings", `from = "2026-02-05"`, "from = \"2026-02-05\"\nto = \"2026-08-31\"")
	for _, tt := range []struct {
		dates string
		want  int
	}{
		{`from = "2026-08-31"`, 1},
		{`from = "2026-09-01"`, 0},
		{`from = "2026-01-01"`, 1},
		{"from = \"2026-01-01\"\nto = \"2026-02-05\"", 1},
		{"from = \"2026-01-01\"\nto = \"2026-02-04\"", 0},
	} {
		second := "\n[[notice]]\nid = \"portal\"\nversion = \"2\"\ntitle = \"T\"\ntext = \"T\"\n" + tt.dates
		if problems := profile.Check([]byte(text + second)); len(problems) != tt.want {
			t.Errorf("%s: %+v", tt.dates, problems)
		}
	}
	again := "\n[[notice]]\nid = \"portal\"\nversion = \"1\"\ntitle = \"T\"\ntext = \"T\"\nfrom = \"2026-09-01\"\n"
	problems := profile.Check([]byte(text + again))
	if len(problems) != 1 || problems[0].Field != "notice.version" {
		t.Errorf("got %+v", problems)
	}
}

func TestMarketingNeedsAChannelOnAnyBasis(t *testing.T) {
	text := source(t, "traded-services-portal")
	text, line := breakLine(t, text, `id = "newsletter"`, `channels = ["email"]`, `channels = []`)
	text, _ = breakLine(t, text, `id = "newsletter"`, `basis = "consent"`, `basis = "legitimate-interests"`)
	text, _ = breakLine(t, text, `id = "newsletter"`, `lasts = `, `# lasts = `)
	if problems := profile.Check([]byte(text)); len(problems) != 1 || problems[0].Line != line {
		t.Errorf("want line %d: %+v", line, problems)
	}
}

func TestInlineTablesKeepTheirLine(t *testing.T) {
	const text = "name = 'x'\n\nchannel = [{id = 'pigeon', title = 'Pigeon'}]\n"
	told := false
	for _, p := range profile.Check([]byte(text)) {
		told = told || p.Field == "channel.id"
		if p.Field == "channel.id" && p.Line != 3 {
			t.Errorf("want line 3: %+v", p)
		}
	}
	if !told {
		t.Error("a channel that does not exist is not told")
	}
}

func TestARightLeftOutIsTold(t *testing.T) {
	head, _, _ := strings.Cut(source(t, "teaching-school"), "[[right]]\nright = \"withdrawal\"")
	_, tail, _ := strings.Cut(source(t, "teaching-school"), "# Whom to turn to")
	problems := profile.Check([]byte(head + tail))
	if len(problems) != 1 || !strings.Contains(problems[0].Reason, `"withdrawal"`) {
		t.Errorf("got %+v", problems)
	}
}

func FuzzParse(f *testing.F) {
	for _, name := range profile.Names() {
		f.Add([]byte(source(f, name)))
	}
	f.Add([]byte("kind = [{id = \"a\", field = [{id = \"\"}]}]\n[[purpose]]\n[purpose.x]\n[[purpose.basis]]\n"))
	f.Add([]byte("competent_age = 'x'\ncharity = 1\n[[purpose]]\nsoft_opt_in = 'charity'\nlasts = 5\n[[profiling]]\nas = 'choice'\n"))
	f.Add([]byte("[['']]"))
	f.Add([]byte("[[kind]]\n[[kind.field]]\n[[kind.field]]\n[kind.field.y]\na.b.c = 1\n[[]]"))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := profile.Parse(data, "f.toml")
		if err != nil {
			last := 0
			for _, x := range profile.Check(data) {
				if x.Reason == "" || x.Field == "" || x.Line < last {
					t.Fatalf("a problem without field or reason, or out of order: %+v", x)
				}
				last = x.Line
			}
			return
		}
		if profile.Describe(p) == "" {
			t.Fatal("a good profile has no description")
		}
		roundTrip(t, p)
	})
}
