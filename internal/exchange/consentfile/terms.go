package consentfile

import (
	"strings"

	"custos/internal/register"
)

// The namespace of the members that no standard has.
const (
	spaceIRI     = "urn:custos:consent:"
	ledgerMember = "custos:ledger"
)

// The profiles of the published schema.
const (
	conformsRecord  = "https://w3id.org/dpv/schema/dpv-27560#record"
	conformsReceipt = "https://w3id.org/dpv/schema/dpv-27560#receipt"
)

// statuses give the term for each act. An objection is no status of a consent:
// it is written as what it does to one, and the ledger's member says more.
var statuses = []struct {
	act  register.ConsentAct
	term string
}{
	{register.Asked, "dpv:ConsentRequested"},
	{register.Given, "dpv:ConsentGiven"},
	{register.Renewed, "dpv:RenewedConsentGiven"},
	{register.RefusedIt, "dpv:ConsentRefused"},
	{register.Withdrawn, "dpv:ConsentWithdrawn"},
	{register.Objected, "dpv:ConsentWithdrawn"},
	{register.Expired, "dpv:ConsentExpired"},
	// Only read: asked and put off; ended by somebody else than the person.
	{register.Asked, "dpv:ConsentRequestDeferred"},
	{register.Expired, "dpv:ConsentRevoked"},
	{register.Expired, "dpv:ConsentInvalidated"},
}

func statusOf(act register.ConsentAct) string {
	for _, s := range statuses {
		if s.act == act {
			return s.term
		}
	}
	return "dpv:ConsentUnknown"
}

func actOf(term string) (register.ConsentAct, bool) {
	for _, s := range statuses {
		if s.term == term {
			return s.act, true
		}
	}
	return "", false
}

// basisTerm gives the term of a lawful basis.
func basisTerm(b register.Basis) string {
	switch b {
	case register.Consent:
		return "dpv:Consent"
	case register.Contract:
		return "dpv:Contract"
	case register.LegalObligation:
		return "dpv:LegalObligation"
	case register.VitalInterests:
		return "dpv:VitalInterest"
	case register.PublicTask:
		return "dpv:PublicInterest"
	case register.LegitimateInterests:
		return "dpv:LegitimateInterest"
	default:
		return ""
	}
}

// channelData is the sort of personal data a channel uses.
func channelData(channel string) string {
	switch channel {
	case "email":
		return "pd:EmailAddress"
	case "phone", "sms":
		return "pd:TelephoneNumber"
	case "post":
		return "pd:PhysicalAddress"
	}
	return ""
}

// context is written into every file, so that nobody needs the network to read
// one. Members whose values are terms are declared to be.
func context() object {
	o := object{
		{"dpv", "https://w3id.org/dpv#"},
		{"pd", "https://w3id.org/dpv/pd#"},
		{"loc", "https://w3id.org/dpv/loc#"},
		{"eu-gdpr", "https://w3id.org/dpv/legal/eu/gdpr#"},
		{"legal-gb", "https://w3id.org/dpv/legal/gb#"},
		{"dct", "http://purl.org/dc/terms/"},
		{"skos", "http://www.w3.org/2004/02/skos/core#"},
		{"rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"},
		{"xsd", "http://www.w3.org/2001/XMLSchema#"},
		{"schema", "https://schema.org/"},
		{"custos", object{{"@id", spaceIRI}, {"@prefix", true}}},
	}
	for _, term := range []string{
		"dpv:hasApplicableLaw", "dpv:hasJurisdiction", "dpv:hasLegalBasis", "dpv:hasLocation", "dpv:isIndicatedBy",
		"skos:broader", "dct:conformsTo", "schema:recipient",
	} {
		o = append(o, member{term, object{{"@type", "@id"}}})
	}
	o = append(o, member{"dct:date", object{{"@type", "xsd:date"}}})
	for _, term := range []string{"dpv:isIndicatedAtTime", "dct:created"} {
		o = append(o, member{term, object{{"@type", "xsd:dateTime"}}})
	}
	return o
}

// isoPeriod writes a period such as "6 years" as ISO 8601 has it, "" for none.
func isoPeriod(period string) string {
	number, unit, _ := strings.Cut(period, " ")
	for _, u := range []string{"year", "month", "day"} {
		if strings.TrimSuffix(unit, "s") == u {
			return "P" + number + strings.ToUpper(u[:1])
		}
	}
	return ""
}
