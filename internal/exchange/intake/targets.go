package intake

import (
	"custos/internal/exchange/mapping"
	"custos/internal/register"
)

// Fields of an import that are no field of a record of their own.
const (
	EmployerURN  = "organisation_urn"
	EmployerName = register.FieldOrganisation
	Role         = "role"
	Access       = register.FieldAccess
)

// coreTargets are the headings people use for what every profile knows.
var coreTargets = []mapping.Target{
	{Field: register.FieldName, Label: "Name", Synonyms: []string{
		"full name", "delegate name", "attendee name", "contact name", "display name",
		"participant", "fullname", "staff name", "childminder", "childminder name"}},
	{Field: register.FieldGiven, Label: "First name", Synonyms: []string{
		"first names", "forename", "forenames", "given name", "given names", "firstname", "givenname", "givennames"}},
	{Field: register.FieldFamily, Label: "Last name", Synonyms: []string{
		"surname", "family name", "lastname", "familyname", "second name"}},
	{Field: register.FieldEmail, Label: "Email", Synonyms: []string{
		"e-mail", "email address", "e-mail address", "mail", "work email", "user email", "emailaddress", "username email"}},
	{Field: register.FieldPhone, Label: "Phone", Synonyms: []string{
		"telephone", "telephone number", "phone number", "mobile", "mobile number", "tel", "contact number", "sms",
		"work phone", "mobile phone", "cell phone"}},
	{Field: register.FieldJobTitle, Label: "Job title", Synonyms: []string{
		"position", "job role", "jobtitle", "post", "occupation"}},
	{Field: EmployerURN, Label: "Organisation URN", Synonyms: []string{
		"urn", "school urn", "organisation urn", "organization urn", "establishment urn", "employing school urn"}},
	{Field: EmployerName, Label: "Organisation", Synonyms: []string{
		"school", "school name", "organization", "organisation name", "organization name", "company", "company name",
		"affiliation", "setting", "setting name", "employer", "establishment", "institution"}},
	{Field: Role, Label: "Role", Synonyms: []string{"role at organisation", "role in school"}},
	{Field: Access, Label: "Access level", Synonyms: []string{"access", "level of access", "permission", "account type"}},
}

// DelegateTargets returns the fields a column of people may be mapped to: the
// ones every profile knows, those of this kind of person, and the answers to
// the questions of the profile, such as consent:newsletter:email, which are
// never guessed.
func DelegateTargets(p *register.Profile, kind string) []mapping.Target {
	targets := append([]mapping.Target(nil), coreTargets...)
	k, _ := p.Kind(kind)
	for _, f := range k.Fields {
		if i := targetIndex(targets, f.ID); i >= 0 {
			targets[i].Synonyms = append(append([]string(nil), targets[i].Synonyms...), f.Columns...)
			continue
		}
		targets = append(targets, mapping.Target{Field: f.ID, Label: f.Title, Synonyms: f.Columns})
	}
	return append(targets, consentTargets(p)...)
}

func targetIndex(targets []mapping.Target, field string) int {
	for i, t := range targets {
		if t.Field == field {
			return i
		}
	}
	return -1
}

// The fields of an organisation beyond its text fields.
const (
	fieldStatus   = "status"
	fieldOpened   = "opened"
	fieldClosed   = "closed"
	fieldLinkURN  = "link_urn"
	fieldLinkName = "link_name"
	fieldLinkType = "link_type"
	fieldLinkOn   = "link_on"
)

// OrganisationTargets returns the fields a column of organisations may be
// mapped to. The synonyms are the headings of the school register
// (edubasealldata), its extracts and relatives, and of councils' own lists.
func OrganisationTargets() []mapping.Target {
	return []mapping.Target{
		{Field: "name", Label: "Name", Synonyms: []string{"EstablishmentName", "establishment_name", "Group Name",
			"Provider name", "school name", "organisation", "organisation name", "official-name", "Local Authority Name",
			"provider", "setting name", "centre name", "college name"}},
		{Field: "type", Label: "Type", Synonyms: []string{"TypeOfEstablishment (name)", "establishment_type_name",
			"Group Type", "Provider type", "local-authority-type-name", "establishment type"}},
		{Field: "phase", Label: "Phase", Synonyms: []string{"PhaseOfEducation (name)", "phase_name", "phase of education"}},
		{Field: "urn", Label: "URN", Synonyms: []string{"unique_reference_number", "Provider URN", "school urn"}},
		{Field: "ukprn", Label: "UKPRN", Synonyms: []string{"provider ukprn", "uk provider reference number"}},
		{Field: "la_code", Label: "LA code", Synonyms: []string{"LA (code)", "local_authority_code", "local-authority-code",
			"Local Authority GIAS ID"}},
		{Field: "la_name", Label: "LA name", Synonyms: []string{"LA (name)", "Local authority", "local authority name"}},
		{Field: "establishment_number", Label: "Establishment number", Synonyms: []string{"EstablishmentNumber"}},
		{Field: "company_number", Label: "Company number", Synonyms: []string{"Companies House Number", "CHNumber"}},
		{Field: "street", Label: "Street", Synonyms: []string{"address_1", "Address Line 1", "Provider address line 1",
			"address", "address1"}},
		{Field: "locality", Label: "Locality", Synonyms: []string{"address_2", "Address Line 2", "Provider address line 2"}},
		{Field: "address_3", Label: "Address 3", Synonyms: []string{"Address Line 3", "Provider address line 3"}},
		{Field: "town", Label: "Town", Synonyms: []string{"Town/City", "city", "Provider town"}},
		{Field: "county", Label: "County", Synonyms: []string{"County (name)"}},
		{Field: "postcode", Label: "Postcode", Synonyms: []string{"post code", "zip", "postal code"}},
		{Field: "website", Label: "Website", Synonyms: []string{"SchoolWebsite", "web site", "url"}},
		{Field: "phone", Label: "Phone", Synonyms: []string{"TelephoneNum", "Telephone Number", "telephone", "tel"}},
		{Field: "email", Label: "Email", Synonyms: []string{"MainEmail", "main email", "email address", "e-mail"}},
		{Field: fieldStatus, Label: "Status", Synonyms: []string{"EstablishmentStatus (name)", "establishment_status_name",
			"Provider status"}},
		{Field: fieldOpened, Label: "Opened", Synonyms: []string{"OpenDate", "open date", "Registration date", "start-date"}},
		{Field: fieldClosed, Label: "Closed", Synonyms: []string{"CloseDate", "close_date", "end-date"}},
		{Field: fieldLinkURN, Label: "Link URN", Synonyms: []string{"LinkURN"}},
		{Field: fieldLinkName, Label: "Link name", Synonyms: []string{"LinkName"}},
		{Field: fieldLinkType, Label: "Link type", Synonyms: []string{"LinkType"}},
		{Field: fieldLinkOn, Label: "Link established", Synonyms: []string{"LinkEstablishedDate"}},
	}
}
