package sample

// titles are job titles by a word in the id of the kind of person; the last
// entry serves everybody else.
var titles = []struct {
	word   string
	titles []string
}{
	{"student", []string{"Student"}},
	{"apprentice", []string{"Care assistant", "Teaching assistant", "Office junior", "Chef"}},
	{"host", []string{"Workshop manager", "Salon owner", "Head of people", "Farm manager"}},
	{"childminder", []string{"Registered childminder", "Registered childminder", "Childminding assistant"}},
	{"trainee", []string{"Trainee teacher"}},
	{"", []string{
		"Headteacher", "Deputy headteacher", "Class teacher", "Early years lead", "School business manager",
		"Special educational needs co-ordinator", "Teaching assistant", "Head of mathematics", "Head of English",
		"Designated safeguarding lead", "Nursery manager", "Office manager", "Exams officer", "Clerk to the governors",
		"Site manager and fire warden", "Subject lead for religious education and personal development",
	}},
}

// ages are the ages in years people are, by a word in the id of their kind; the
// last entry serves everybody else.
var ages = []struct {
	word     string
	from, to int
}{
	{"student", 12, 18}, {"apprentice", 16, 40}, {"learner", 16, 80}, {"", 21, 60},
}

// words make up a field from a word in its id; the last entry serves any other.
var words = []struct {
	word  string
	texts []string
}{
	{"interest", []string{
		"Early reading", "Mathematics mastery; outdoor learning", "Leadership", "Music, dance", "Behaviour and attendance",
		"Teaching English as an additional language", "Science in the early years; forest school",
	}},
	{"qualif", []string{
		"BA (Hons) English, 2:1; GCSE mathematics and English", "BSc Biology, first; A levels in chemistry, history",
		"BEd, 2:2", "MMath; GCSE English grade 7", "Access to higher education diploma; BA Education Studies, 2:1",
	}},
	{"service", []string{"Payroll", "Catering; cleaning", "Legal advice", "Broadband", "Governor support, clerking"}},
	{"training", []string{"Safeguarding, all staff", "First aid for six", "Fire marshals", "New governors"}},
	{"feedback", []string{"The room was cold, the course was not.", "Clear and to the point", "Please send slides before the day"}},
	{"enquiry", []string{"Is there a course on a Saturday?", "What would payroll for nine cost?", "Who repairs our boiler?"}},
	{"cohort", []string{"Spring placements", "Summer placements", "Sixth form week"}},
	{"agreement", []string{"Hosts two learners a year", "Room hire on Tuesdays", "Apprenticeships in care"}},
	{"meeting", []string{"Met in March: wants more places", "Rang: dates agreed", "Visited; all in order"}},
	{"events", []string{"Open day", "Employers' breakfast; awards evening", "Volunteers' tea"}},
	{"progress", []string{"On course", "Ahead of plan", "Two units to finish", "Came back after a break"}},
	{"bank", []string{"Sort code 00-00-00, account 00000000"}},
	{"", []string{"As agreed by telephone", "See the paper file", "To be confirmed"}},
}

// needs are special category data: what somebody may need on a course.
var needs = []string{
	"Wheelchair user: step-free room, please", "Hearing loop", "Severe nut allergy, carries an adrenaline pen",
	"Halal meals", "Large print hand-outs, 18 point", "A quiet room at midday; type 1 diabetes",
	"British Sign Language interpreter", "Late stage of pregnancy: a chair with a high back",
}

// origins are where a record taken in by hand came from.
var origins = []struct{ how, detail string }{
	{"booking form", "paper form, scanned to the enquiries folder"},
	{"phone", "rang the office to ask for a place"},
	{"lead administrator", "named by the organisation's lead administrator"},
	{"form", "contact form filled in at the autumn open evening"},
	{"self", "typed in on the website"},
}

// reasons are why a record is deactivated.
var reasons = []string{
	"left the organisation", "retired", "told us by telephone that the account is no longer needed",
	"the lead administrator reported a leaver", "moved out of the county",
}
