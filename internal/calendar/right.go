package calendar

import "slices"

// Right is one of the rights a person may use over data about them.
type Right string

// The rights, each with its article of the UK GDPR.
const (
	Access        Right = "access"        // Art 15
	Rectification Right = "rectification" // Art 16
	Erasure       Right = "erasure"       // Art 17
	Restriction   Right = "restriction"   // Art 18
	Portability   Right = "portability"   // Art 20
	Objection     Right = "objection"     // Art 21
	Automated     Right = "automated"     // Arts 22A to 22D
	Withdrawal    Right = "withdrawal"    // Art 7(3), of consent

	// Marketing is the objection to direct marketing, which is never weighed.
	Marketing Right = "direct-marketing" // Art 21(2)
)

// What an office is asked beside the rights over data, with clocks of their own:
// ComplaintDue and EducationalRecord; an enquiry has none.
const (
	Complaint         Right = "complaint"          // DPA 2018 s.164A
	EducationalRecord Right = "educational-record" // a parent's, regulations on pupil information
	Enquiry           Right = "enquiry"            // no right is used
)

// Rights returns every right in the order of the articles, withdrawal of consent last.
func Rights() []Right {
	return []Right{Access, Rectification, Erasure, Restriction, Portability, Objection, Automated, Withdrawal}
}

// counted reports whether RightsDue counts the time of a right.
func (r Right) counted() bool { return r == Marketing || slices.Contains(Rights(), r) }

// Article returns where the right stands, such as "UK GDPR Art 15", or "" for an
// enquiry and for a right that does not exist.
func (r Right) Article() string {
	switch r {
	case Access:
		return "UK GDPR Art 15"
	case Rectification:
		return "UK GDPR Art 16"
	case Erasure:
		return "UK GDPR Art 17"
	case Restriction:
		return "UK GDPR Art 18"
	case Portability:
		return "UK GDPR Art 20"
	case Objection:
		return "UK GDPR Art 21"
	case Automated:
		return "UK GDPR Arts 22A to 22D"
	case Withdrawal:
		return "UK GDPR Art 7(3)"
	case Marketing:
		return "UK GDPR Art 21(2)"
	case Complaint:
		return "DPA 2018 s.164A"
	case EducationalRecord:
		return "regulations on pupils' educational records"
	default:
		return ""
	}
}
