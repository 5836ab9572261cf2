package register

// commonFields are in every letter. Days are in words, such as 3 April 2026.
var commonFields = []LetterField{
	{Name: "office", About: "the name of the office"},
	{Name: "person", About: "the full name of the person whose data it is"},
	{Name: "requester", About: "who asks for the person; empty where they ask themselves"},
	{Name: "salutation_name", About: "the name that follows Dear"},
	{Name: "ref", About: "the number of the case"},
	{Name: "right", About: "what was asked for, in words"},
	{Name: "article", About: "where the law says so"},
	{Name: "received", About: "the day the request reached anyone in the office"},
	{Name: "how", About: "the way it reached the office, such as by email"},
	{Name: "today", About: "the day the letter is written"},
	{Name: "start", About: "the day the time for replying began"},
	{Name: "due", About: "the day a reply is due; empty while the clock is stopped"},
	{Name: "last_lawful", About: "the last day the law leaves for a reply, where it is later than the due day"},
	{Name: "notice_by", About: "the last day on which more time may be announced"},
	{Name: "new_due", About: "the day a reply is due after an extension"},
	{Name: "operator", About: "who writes for the office"},
	{Name: "contact", About: "how to reach the office"},
	{Name: "dpo_contact", About: "how to reach the data protection officer"},
	{Name: "regulator", About: "the name of the supervisory authority, without the article before it"},
	{Name: "regulator_contact", About: "how to reach the supervisory authority"},
	{Name: "complaint", About: "how to complain to the office"},
	{Name: "court", About: "which court may be asked to put things right"},
}

// The fields that more than one kind has.
var (
	fieldReasons    = LetterField{Name: "reasons", About: "why, each reason in a sentence", List: true}
	fieldGrounds    = LetterField{Name: "grounds", About: "the grounds in the law that the office relies on", List: true}
	fieldExemptions = LetterField{Name: "exemptions", About: "the exemptions in the law that apply", List: true}
	fieldWithheld   = LetterField{Name: "withheld", About: "what is not given, told without giving it away", List: true}
	fieldRecipients = LetterField{Name: "recipients", About: "who had the data, and when they were told", List: true}
	fieldChanges    = LetterField{Name: "changes", About: "what was put right, with what it said before", List: true}
	fieldContents   = LetterField{Name: "pack_contents", About: "what goes with the letter, file by file", List: true}
	fieldSteps      = LetterField{Name: "deadline_steps", About: "how the due day was worked out", List: true}
	fieldQuestion   = LetterField{Name: "question", About: "what was asked, in the words it was asked in"}
	fieldAsked      = LetterField{Name: "asked", About: "the day it was asked"}
	fieldAnswered   = LetterField{Name: "answered", About: "the day the answer came"}
	fieldOutcome    = LetterField{Name: "outcome", About: "what was decided, in a sentence"}
	fieldExtra      = LetterField{Name: "supplementary", About: "anything else the person should know"}
	fieldEnquiries  = LetterField{Name: "enquiries", About: "what was looked into and whom the office asked", List: true}
	fieldFee        = LetterField{Name: "fee", About: "the amount, such as £10"}
)

// remedies are what a letter that says no must tell: UK GDPR Art 12(4), DPA
// 2018 s.164A and s.167.
var remedies = []string{"reasons", "complaint", "regulator", "court"}

var letters = []letter{
	{LetterAcknowledgement, "Acknowledgement of a request", []string{"ref"}, []LetterField{fieldSteps}},
	{LetterIdentity, "Asking who somebody is", []string{"identity_evidence"}, []LetterField{
		{Name: "identity_evidence", About: "what would settle it, each on its own; any one is enough", List: true},
		fieldReasons,
	}},
	{LetterAuthority, "Asking for authority to act for somebody", []string{"authority_evidence"}, []LetterField{
		{Name: "authority_evidence", About: "what would show it, each on its own; any one is enough", List: true},
		fieldReasons,
	}},
	{LetterFee, "Asking for a fee", []string{"fee", "reasons"}, []LetterField{
		fieldFee, fieldReasons, {Name: "payment", About: "how to pay"},
	}},
	{LetterClarification, "Asking what a request is about", []string{"question"}, []LetterField{
		fieldQuestion, fieldAsked,
	}},
	{LetterExtension, "More time for a reply", []string{"reasons", "new_due"}, []LetterField{fieldReasons, fieldSteps}},
	{LetterRefusal, "Refusal", remedies, []LetterField{fieldReasons, fieldGrounds, fieldExemptions}},
	{LetterPartial, "Reply in part", append([]string{"withheld"}, remedies...), []LetterField{
		fieldReasons, fieldGrounds, fieldExemptions, fieldWithheld, fieldContents, fieldExtra,
	}},
	{LetterReply, "Reply", []string{"outcome"}, []LetterField{
		fieldOutcome, fieldReasons, fieldContents, fieldSteps, fieldExtra,
	}},
	{LetterRectified, "Details put right", []string{"changes"}, []LetterField{fieldChanges, fieldRecipients, fieldExtra}},
	{LetterRestricted, "Use of details restricted", []string{"grounds"}, []LetterField{
		fieldGrounds, fieldRecipients, fieldExtra,
	}},
	{LetterLifting, "A restriction is about to end", []string{"lifting", "reasons"}, []LetterField{
		{Name: "lifting", About: "the day the restriction ends"}, fieldReasons, fieldExtra,
	}},
	{LetterObjection, "Outcome of an objection", []string{"outcome", "complaint", "regulator", "court"}, []LetterField{
		fieldOutcome, fieldReasons, fieldGrounds, fieldExtra,
	}},
	{LetterPortability, "Data to take elsewhere", []string{"pack_contents"}, []LetterField{
		fieldContents, fieldWithheld, fieldReasons, fieldExtra,
	}},
	{LetterErased, "Certificate of erasure", []string{"removed", "backups", "scan"}, []LetterField{
		{Name: "removed", About: "what was removed, each with how many records", List: true},
		{Name: "masked", About: "which records of something else their details were blotted out of", List: true},
		{Name: "kept", About: "what was kept, each with the duty it is kept under and until when", List: true},
		{Name: "backups", About: "which backups still hold the data, and until when"},
		{Name: "scan", About: "what the search for anything left behind looked at and found"},
		fieldRecipients,
	}},
	{LetterRecipientsTold, "Who was told of a change", []string{"recipients"}, []LetterField{
		fieldRecipients, fieldChanges, fieldOutcome, fieldReasons,
	}},
	{LetterRecipientNotice, "Notice to a recipient", []string{"person", "action"}, []LetterField{
		{Name: "recipient", About: "the organisation that received the data"},
		{Name: "action", About: "what it is asked to do, such as erase them"},
		fieldChanges, {Name: "sent", About: "what it was sent, and when", List: true},
	}},
	{LetterComplaintReceived, "Acknowledgement of a complaint", []string{"ref", "received"}, []LetterField{
		{Name: "issue", About: "what the complaint is about, in words"},
	}},
	{LetterComplaintProgress, "Progress of a complaint", []string{"progress"}, []LetterField{
		{Name: "progress", About: "how far the enquiries have got and what comes next"}, fieldEnquiries,
	}},
	{LetterComplaintOutcome, "Outcome of a complaint", []string{"outcome", "regulator"}, []LetterField{
		fieldOutcome, fieldEnquiries, fieldReasons,
		{Name: "remedy", About: "what was done to put it right"},
		{Name: "lessons", About: "what the office does differently from now on"},
	}},
	{LetterRecord, "Educational record", []string{"pack_contents"}, []LetterField{
		fieldContents, fieldWithheld, fieldReasons, fieldFee, fieldExtra,
	}},
	{LetterEnquiry, "Answer to an enquiry", []string{"answer"}, []LetterField{
		fieldQuestion, {Name: "answer", About: "the answer, in words"}, fieldAnswered, fieldExtra,
	}},
	{LetterDuplicate, "A request made twice", []string{"other_ref"}, []LetterField{
		{Name: "other_ref", About: "the number of the case that goes on"},
		{Name: "other_due", About: "the day that case is due"},
	}},
	{LetterUnanswered, "Closed without an answer", []string{"question", "asked"}, []LetterField{
		fieldQuestion, fieldAsked, fieldExtra,
	}},
}
