package consentfile

import (
	"slices"
	"strings"

	"custos/internal/register"
)

const (
	kantaraVersion = "KI-CR-v1.1.0"
	kantaraMember  = spaceIRI + "ledger"
	explicit       = "EXPLICIT"
)

// kantaraWriter writes a receipt for every event. The specification knows
// receipts of a yes only: what is none says so where a reader looks for the
// type of consent and for its end.
type kantaraWriter struct {
	out    *array
	office *Office
}

func (k *kantaraWriter) Close() error { return k.out.end() }

func (k *kantaraWriter) Write(e register.ConsentEvent) error {
	p := k.office.Profile
	x, known := p.Purpose(e.Purpose)
	if !known {
		x.Title = e.Purpose
	}
	categories := append([]string{}, x.Categories...)
	sensitive := slices.DeleteFunc(slices.Clone(categories), func(c string) bool { return !special(p, c) })
	return k.out.add(object{
		{"version", kantaraVersion},
		{"jurisdiction", "GB"},
		{"consentTimestamp", e.At.Unix()},
		{"collectionMethod", required(e.Method)},
		{"consentReceiptID", required(e.ID)},
		{"language", p.Language},
		{"piiPrincipalId", required(e.Delegate)},
		{"piiControllers", []any{k.controller()}},
		{"policyUrl", k.policy(&e, x)},
		{"services", []any{object{
			{"service", required(k.office.Controller + ": " + x.Title)},
			{"purposes", []any{k.purpose(&e, x)}},
		}}},
		{"sensitive", len(sensitive) > 0},
		{"spiCat", append([]string{}, sensitive...)},
		{kantaraMember, ledger(&e, func(name string) bool { return !slices.Contains(inReceipt, name) })},
	})
}

// inReceipt are the fields a receipt has a member for that holds all of them.
var inReceipt = []string{"id", "delegate", "method"}

// required is a text that is written even when empty.
type required string

func (k *kantaraWriter) controller() object {
	c, _ := k.office.contact()
	return object{
		{"piiController", required(k.office.Controller)},
		{"onBehalf", false},
		{"contact", required(c.Title)},
		{"address", object{{"addressCountry", "GB"}, {"description", c.How}}},
		{"email", required("")},
		{"phone", required("")},
	}
}

func (k *kantaraWriter) policy(e *register.ConsentEvent, x register.Purpose) string {
	notice := e.Notice
	if notice == "" {
		notice = x.Notice
	}
	return strings.TrimRight(spaceIRI+"notice:"+notice+":"+e.NoticeVersion, ":")
}

func (k *kantaraWriter) purpose(e *register.ConsentEvent, x register.Purpose) object {
	category := "Purpose of the controller"
	if x.Marketing {
		category = "Marketing"
	}
	var third []string
	for _, id := range x.Recipients {
		if r, ok := k.office.Profile.Recipient(id); ok {
			third = append(third, r.Name)
		}
	}
	kind, ends := explicit, "Until withdrawn: ask the controller, at any time."
	if !e.Expires.IsZero() {
		ends = "On " + e.Expires.String() + ", or when withdrawn: ask the controller, at any time."
	}
	if !e.Act.Yes() {
		kind = "NONE"
		ends = "No consent stands: " + string(e.Act) + "."
	}
	return object{
		{"purpose", required(x.Title)},
		{"purposeCategory", []string{category}},
		{"consentType", kind},
		{"piiCategory", append([]string{}, x.Categories...)},
		{"primaryPurpose", !x.Marketing},
		{"termination", ends},
		{"thirdPartyDisclosure", len(third) > 0},
		{"thirdPartyName", strings.Join(third, "; ")},
	}
}
