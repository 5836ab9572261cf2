package contacts

import (
	"slices"
	"strings"
	"time"

	"custos/internal/exchange/mapping"
	"custos/internal/register"
)

// layout is where one tool keeps what. The names are headings as plain gives
// them.
type layout struct {
	format   string
	marks    [][]string // the file is of this tool when it has all of one list
	channels []string   // its answers are for; none: for any

	email, phone, name, given, family []string
	// answer reads what the row says. It returns a problem for a value that is
	// not understood.
	answer func(cells, *register.ContactRow) *register.Problem
}

func (l *layout) answersFor(channel string) bool {
	return len(l.channels) == 0 || slices.Contains(l.channels, channel)
}

// layouts are the tools, by what they write. Where two would do, the first one
// is taken.
var layouts = []layout{
	{
		format: Brevo, marks: [][]string{{"emailblacklisted"}, {"smsblacklisted"}}, channels: []string{"email", "sms"},
		email: []string{"email"}, phone: []string{"sms", "whatsapp"},
		given: []string{"firstname", "prenom"}, family: []string{"lastname", "nom"}, answer: brevo,
	},
	{
		format: HubSpot, channels: []string{"email"},
		marks: [][]string{
			{"unsubscribedfromallemail"}, {"hsemailoptout"}, {"portalunsubscribe"}, {"marketingcontactstatus", "email"},
		},
		email: []string{"email", "emailaddress", "recipient"}, phone: []string{"phonenumber", "mobilephonenumber", "phone"},
		given: []string{"firstname"}, family: []string{"lastname"}, answer: hubSpot,
	},
	{
		format: Ghost, marks: [][]string{{"email", "subscribedtoemails"}}, channels: []string{"email"},
		email: []string{"email"}, name: []string{"name"}, answer: ghost,
	},
	{
		format: Listmonk, marks: [][]string{{"uuid", "email", "status"}, {"email", "attributes", "status"}},
		channels: []string{"email"},
		email:    []string{"email"}, name: []string{"name"}, given: []string{"firstname"}, family: []string{"lastname"},
		answer: listmonk,
	},
	{
		format: Mailchimp, channels: []string{"email"},
		marks: [][]string{{"emailaddress", "leid"}, {"emailaddress", "euid"}, {"emailaddress", "memberrating"}},
		email: []string{"emailaddress"}, phone: []string{"phonenumber", "smsphonenumber", "phone"},
		name: []string{"name", "fullname"}, given: []string{"firstname"}, family: []string{"lastname"}, answer: mailchimp,
	},
}

// mailchimp says in the name of the file who subscribed. An address that was
// cleaned bounced: that is no opt-out. Somebody who never subscribed says
// nothing. A day of unsubscribing is an opt-out in whichever file.
func mailchimp(c cells, out *register.ContactRow) (problem *register.Problem) {
	says := status(c.src.File)
	at := ""
	switch {
	case says == "unsubscribed" || c.text("unsubtime") != "":
		out.Answer = register.Withdrawn
		at = c.first("unsubtime", "lastchanged")
	case says == "subscribed":
		out.Answer = register.Given
		at = c.first("confirmtime", "optintime")
	case says == "cleaned" || c.text("cleantime") != "":
		out.Bounced = true
		return nil
	}
	out.At, problem = c.when(at)
	return problem
}

// brevo says it in the negative: blacklisted for all mail, or for all texts.
// Only a confirmed double opt-in is a yes.
func brevo(c cells, out *register.ContactRow) *register.Problem {
	if p := strings.Map(digitsOnly, out.Phone); p == out.Phone && len(p) > 9 && p[0] != '0' {
		out.Phone = "+" + p
	}
	mail, problem := c.flag("emailblacklisted")
	if problem != nil {
		return problem
	}
	texts, problem := c.flag("smsblacklisted")
	if problem != nil {
		return problem
	}
	own, other, rest := mail, texts, "sms"
	if c.src.Channel == "sms" {
		own, other, rest = texts, mail, "email"
	}
	switch {
	case own:
		out.Answer = register.Objected
	case c.src.Channel != "sms" && slices.Contains([]string{"1", "yes", "true"}, strings.ToLower(c.text("doubleoptin"))):
		out.Answer = register.Given
	}
	if other {
		out.Stops = []string{rest}
	}
	return nil
}

func digitsOnly(r rune) rune {
	if r < '0' || r > '9' {
		return -1
	}
	return r
}

// hubSpot has no consent in an export: a marketing contact is one that is paid
// for. An opt-out from one type of mail is taken as one from what is asked
// about, since nobody can tell which type that is.
func hubSpot(c cells, out *register.ContactRow) *register.Problem {
	for _, name := range []string{
		"unsubscribedfromallemail", "hsemailoptout", "portalunsubscribe", "portalspamreport", "globalunsubscribe",
	} {
		on, problem := c.flag(name)
		if problem != nil {
			return problem
		}
		if on {
			out.Answer = register.Objected
		}
	}
	_, optOuts := c.at["portalunsubscribe"] // the export of opt-outs has a column for each type of mail
	for i, heading := range c.columns {
		name := plain(heading)
		typed := strings.HasPrefix(name, "optedoutofemail") || name == "marketinginformation"
		on := strings.EqualFold(c.row.Text(i), "true") && !strings.HasSuffix(name, "bounce")
		if out.Answer == "" && (typed || optOuts) && on {
			out.Answer = register.Withdrawn
		}
	}
	for _, name := range []string{
		"emailhardbouncereason", "hsemailhardbouncereason", "hsemailhardbouncereasonenum", "portalbounce", "globalbounce",
	} {
		if v := strings.ToLower(c.text(name)); v != "" && v != "false" {
			out.Bounced = true
		}
	}
	return nil
}

// ghost says whether a member receives mail, not since when.
func ghost(c cells, out *register.ContactRow) *register.Problem {
	switch on, problem := c.flag("subscribedtoemails"); {
	case problem != nil:
		return problem
	case on:
		out.Answer = register.Given
	case c.text("subscribedtoemails") != "":
		out.Answer = register.RefusedIt
	}
	return nil
}

// listmonk blocks somebody from all mail, or has them on lists they confirmed
// or left. That a subscriber is enabled is no answer.
func listmonk(c cells, out *register.ContactRow) *register.Problem {
	state := strings.ToLower(c.text("status"))
	switch state {
	case "blocklisted", "blacklisted":
		out.Answer = register.Objected
		return nil
	case "enabled", "disabled", "":
	default:
		return c.notUnderstood("status")
	}
	switch strings.ToLower(c.text("subscriptionstatus")) {
	case "unsubscribed":
		out.Answer = register.Withdrawn
	case "confirmed":
		if state == "enabled" {
			out.Answer = register.Given
		}
	case "unconfirmed", "":
	default:
		return c.notUnderstood("subscriptionstatus")
	}
	return nil
}

// The fields of a generic file beyond those of a person.
const (
	fieldConsent  = "consent"
	fieldAt       = "at"
	fieldEvidence = "evidence"
)

// Targets returns the fields a column of a generic file may be mapped to. The
// answer and what goes with it are never guessed.
func Targets() []mapping.Target {
	return []mapping.Target{
		{Field: register.FieldEmail, Label: "Email", Synonyms: []string{
			"email address", "e-mail address", "mail", "subscriber"}},
		{Field: register.FieldPhone, Label: "Phone", Synonyms: []string{
			"phone number", "mobile", "mobile number", "telephone", "sms"}},
		{Field: register.FieldName, Label: "Name", Synonyms: []string{"full name", "contact name", "display name"}},
		{Field: register.FieldGiven, Label: "First name", Synonyms: []string{"given name", "forename"}},
		{Field: register.FieldFamily, Label: "Last name", Synonyms: []string{"surname", "family name"}},
		{Field: fieldConsent, Label: "Consent", Told: true},
		{Field: fieldAt, Label: "Answered at", Told: true},
		{Field: fieldEvidence, Label: "Evidence", Told: true},
	}
}

var generic = layout{
	email: []string{register.FieldEmail}, phone: []string{register.FieldPhone}, name: []string{register.FieldName},
	given: []string{register.FieldGiven}, family: []string{register.FieldFamily},
	answer: func(c cells, out *register.ContactRow) (problem *register.Problem) {
		act, ok := c.words.Read(c.text(fieldConsent))
		if !ok {
			return c.notUnderstood(fieldConsent)
		}
		out.Answer, out.Evidence = act, c.copied([]string{fieldEvidence})
		out.At, problem = c.when(fieldAt)
		return problem
	},
}

// first is the first of the names under which the row has something.
func (c cells) first(names ...string) string {
	for _, n := range names {
		if c.text(n) != "" {
			return n
		}
	}
	return ""
}

// flag reads a column of yes and no; an empty cell is no.
func (c cells) flag(name string) (bool, *register.Problem) {
	text := c.text(name)
	switch strings.ToLower(text) {
	case "yes", "true", "1", "y", "oui", "ja":
		return true, nil
	case "no", "false", "0", "n", "", "non", "nein":
		return false, nil
	}
	return false, c.notUnderstood(name)
}

// when reads the instant in a column, zero where it is empty.
func (c cells) when(name string) (time.Time, *register.Problem) {
	text := c.text(name)
	if text == "" || strings.HasPrefix(text, "0000-00-00") {
		return time.Time{}, nil
	}
	at, err := ParseInstant(text)
	if err != nil {
		return at, &register.Problem{Field: c.heading(name), Reason: err.Error()}
	}
	return at, nil
}

func (c cells) notUnderstood(name string) *register.Problem {
	return &register.Problem{Field: c.heading(name), Reason: "this is neither a yes nor a no that the file's format knows"}
}
