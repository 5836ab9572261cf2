package register

import (
	"slices"
	"strconv"
	"strings"

	"custos/internal/calendar"
)

// Basis is a lawful basis of UK GDPR Art 6(1).
type Basis string

// The lawful bases.
const (
	Consent             Basis = "consent"
	Contract            Basis = "contract"
	LegalObligation     Basis = "legal-obligation"
	VitalInterests      Basis = "vital-interests"
	PublicTask          Basis = "public-task"
	LegitimateInterests Basis = "legitimate-interests"
)

// Bases returns every lawful basis.
func Bases() []Basis {
	return []Basis{Consent, Contract, LegalObligation, VitalInterests, PublicTask, LegitimateInterests}
}

// Title returns the basis as a letter writes it, "" for one that does not exist.
func (b Basis) Title() string {
	switch b {
	case Consent:
		return "Consent"
	case Contract:
		return "Contract"
	case LegalObligation:
		return "Legal obligation"
	case VitalInterests:
		return "Vital interests"
	case PublicTask:
		return "Public task"
	case LegitimateInterests:
		return "Legitimate interests"
	default:
		return ""
	}
}

// Article returns where the basis stands, such as "UK GDPR Art 6(1)(e)", or ""
// for one that does not exist.
func (b Basis) Article() string {
	i := slices.Index(Bases(), b)
	if i < 0 {
		return ""
	}
	return "UK GDPR Art 6(1)(" + string("abcdef"[i]) + ")"
}

// Purpose is one row of the record of processing.
type Purpose struct {
	ID         string      `toml:"id" json:"id"`
	Title      string      `toml:"title" json:"title"`
	Wording    string      `toml:"wording" json:"wording"` // what the person is asked or told
	Marketing  bool        `toml:"marketing" json:"marketing,omitempty"`
	Bases      []BasisRule `toml:"basis" json:"bases"`
	Channels   []string    `toml:"channels" json:"channels,omitempty"`
	Brands     []string    `toml:"brands" json:"brands,omitempty"`
	Categories []string    `toml:"categories" json:"categories"`
	Recipients []string    `toml:"recipients" json:"recipients,omitempty"`
	Retention  string      `toml:"retention" json:"retention"`
	Notice     string      `toml:"notice" json:"notice"`
	Article9   string      `toml:"article9" json:"article9,omitempty"`
	// Service says that what is sent belongs to something the person takes part
	// in, such as joining instructions: not marketing, and nobody is asked.
	Service bool `toml:"service" json:"service,omitempty"`
	// Use says that people agree to a use of their data, such as a picture on a
	// wall, and not to messages: it has one channel, by which they are asked, needs
	// no address, and is not stopped by a suppression of one.
	Use bool `toml:"use" json:"use,omitempty"`
	// OnBehalf says that what is sent under the purpose is sent by the office on
	// behalf of others, as people were told when they were asked.
	OnBehalf bool `toml:"on_behalf" json:"on_behalf,omitempty"`
	// SoftOptIn names the soft opt-in the office relies on towards individual
	// subscribers, one of SoftOptIns; empty: none.
	SoftOptIn string `toml:"soft_opt_in" json:"soft_opt_in,omitempty"`
	// Lasts is how long a consent counts, a period such as "24 months"; empty:
	// until it is withdrawn. The law sets no limit, the office may.
	Lasts string `toml:"lasts" json:"lasts,omitempty"`
}

// SoftOptIns returns the exceptions of PECR reg 22: own similar products and
// services, reg 22(3), and the charitable purposes of a charity, reg 22(3A).
func SoftOptIns() []string { return []string{"products", "charity"} }

// Asks reports whether people are asked about the purpose at all.
func (x *Purpose) Asks() bool { return len(x.Channels) > 0 && !x.Service }

// BasisRule gives the basis of a purpose for some kinds and access levels;
// empty lists mean all. The first rule that fits decides.
type BasisRule struct {
	Basis  Basis    `toml:"basis" json:"basis"`
	Kinds  []string `toml:"kinds" json:"kinds,omitempty"`
	Access []string `toml:"access" json:"access,omitempty"`
	Note   string   `toml:"note" json:"note,omitempty"`
}

// BasisFor returns the rule that gives a purpose its basis for a person of a
// kind with an access level.
func (x *Purpose) BasisFor(kind, access string) (BasisRule, bool) {
	return find(x.Bases, func(b BasisRule) bool {
		return (len(b.Kinds) == 0 || slices.Contains(b.Kinds, kind)) &&
			(len(b.Access) == 0 || slices.Contains(b.Access, access))
	})
}

// RetentionRule is one class of the retention schedule.
type RetentionRule struct {
	Class     string `toml:"class" json:"class"`
	Title     string `toml:"title" json:"title"`
	Trigger   string `toml:"trigger" json:"trigger"` // one of Triggers
	Period    string `toml:"period" json:"period"`   // "6 years", "12 months", "30 days"; "" for at once
	Authority string `toml:"authority" json:"authority"`
	Action    string `toml:"action" json:"action"` // one of Disposals
}

// triggers gives the events a retention period may run from, each in words.
var triggers = []struct{ id, words string }{
	{"created", "the record is made"},
	{"last-activity", "the last activity"},
	{"event-end", "the end of the course or event"},
	{"left", "the person leaves"},
	{"last-enrolment", "the last enrolment"},
	{"consent-withdrawn", "the consent is withdrawn"},
	{"contract-end", "the contract ends"},
	{"request-closed", "the request is closed"},
	{"academic-year-end", "the end of the academic year"},
	{"financial-year-end", "the end of the financial year"},
	{"birth", "the person is born"},
}

// Triggers returns the ids of the events a retention period may run from. A
// record without the date of its trigger is never disposed of.
func Triggers() []string {
	ids := make([]string, len(triggers))
	for i, t := range triggers {
		ids[i] = t.id
	}
	return ids
}

// Words returns the period in words: "6 years after the end of the course or
// event", or "until the consent is withdrawn" where it has no length.
func (r *RetentionRule) Words() string {
	t, _ := find(triggers, func(t struct{ id, words string }) bool { return t.id == r.Trigger })
	if r.Period == "" {
		return "until " + t.words
	}
	return r.Period + " after " + t.words
}

// Disposals returns what may happen to a record at the end of its period.
func Disposals() []string { return []string{"delete", "anonymise", "archive", "review"} }

// Ends returns the day a period that began on the trigger date is over. It
// returns an Invalid error for a period that is not a number of years, months
// or days, and for a day outside the calendar.
func (r *RetentionRule) Ends(trigger calendar.Date) (calendar.Date, error) {
	if r.Period == "" {
		return trigger, nil
	}
	return PeriodEnd(trigger, r.Period)
}

// PeriodEnd returns the day a period such as "6 years", "24 months" or "30
// days" is over that began on from. Errors as Ends.
func PeriodEnd(from calendar.Date, period string) (calendar.Date, error) {
	number, unit, _ := strings.Cut(period, " ")
	n, err := strconv.Atoi(number)
	var end calendar.Date
	switch strings.TrimSuffix(unit, "s") {
	case "year":
		end = from.AddMonths(12 * n)
	case "month":
		end = from.AddMonths(n)
	case "day":
		end = from.AddDays(n)
	}
	if err != nil || n < 1 || n > 9999 || end.IsZero() {
		return calendar.Date{}, Errorf(Invalid, "period", `a period is like "6 years", "12 months" or "30 days"`)
	}
	return end, nil
}
