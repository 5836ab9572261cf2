package register

import "custos/internal/calendar"

// The tasks that several kinds share.
var (
	taskAcknowledge = TaskKind{"acknowledge", "Tell the person that the request has come", "good practice", Acknowledged}
	taskAuthority   = TaskKind{"authority", "Check who asks, and whether they may", "UK GDPR Art 12(6)", ""}
	taskDecide      = TaskKind{"decide", "Decide, with reasons", "UK GDPR Art 12(3), (4)", Decided}
	taskApprove     = TaskKind{"approve", "Have the decision approved by another", "two people check what cannot be undone", Approved}
	taskReply       = TaskKind{"reply", "Send the reply", "UK GDPR Art 12(3), (4)", Replied}
	taskRecipients  = TaskKind{"recipients", "Tell those who had the data", "UK GDPR Art 19", ""} // ticked by telling the last
)

func tasks(own ...TaskKind) []TaskKind {
	all := append([]TaskKind{taskAcknowledge, taskAuthority}, own...)
	return append(all, taskDecide, taskApprove, taskReply)
}

var caseKinds = []CaseKind{
	{
		Right: calendar.Access, Prefix: "AR", Title: "Access", Asks: "for a copy of your data",
		Article: calendar.Access.Article(), Outcomes: decides, Extends: true, Fee: true,
		Refusals: refusals(
			LegalGround{"third-party", "it would disclose information about somebody else", "DPA 2018 Sch 2 para 16"},
			LegalGround{"exempt", "an exemption covers what is withheld", "DPA 2018 Schs 2 to 4"},
		),
		Tasks: tasks(
			TaskKind{"search", "Look through everything held, and elsewhere", "UK GDPR Art 15(1A)", ""},
			TaskKind{"mentions", "Judge what others' notes say of the person", "UK GDPR Art 15(1)", ""},
			TaskKind{"redact", "Take out what is about other people", "UK GDPR Art 15(4)", ""},
			TaskKind{"pack", "Build the pack", "UK GDPR Art 15(3)", Packed},
		),
	},
	{
		Right: calendar.Rectification, Prefix: "RC", Title: "Rectification", Asks: "to put your data right",
		Article: calendar.Rectification.Article(), Outcomes: decides, Extends: true, Fee: true,
		Grounds: []LegalGround{
			{"inaccurate", "the data is inaccurate", "UK GDPR Art 16"},
			{"incomplete", "the data is incomplete; a supplementary statement may complete it", "UK GDPR Art 16"},
		},
		Refusals: refusals(LegalGround{"accurate", "the data was checked and is accurate", "UK GDPR Art 16"}),
		Tasks: tasks(
			TaskKind{"restrict", "Restrict the data while it is checked", "UK GDPR Art 18(1)(a)", RestrictionSet},
			TaskKind{"check", "Check the data with whoever it came from", "UK GDPR Art 5(1)(d)", ""},
			TaskKind{"rectify", "Put it right", "UK GDPR Art 16", Rectified}, taskRecipients,
		),
	},
	{
		Right: calendar.Erasure, Prefix: "ER", Title: "Erasure", Asks: "to erase your data",
		Article: calendar.Erasure.Article(), Outcomes: decides, Extends: true, Fee: true,
		Grounds: []LegalGround{
			{"not-needed", "the data is no longer needed for what it was collected for", "UK GDPR Art 17(1)(a)"},
			{"withdrawn", "consent was withdrawn and nothing else allows its use", "UK GDPR Art 17(1)(b)"},
			{"objected", "an objection to its use was upheld", "UK GDPR Art 17(1)(c)"},
			{"unlawful", "its use was unlawful", "UK GDPR Art 17(1)(d)"},
			{"duty-to-erase", "the law requires that it be erased", "UK GDPR Art 17(1)(e)"},
			{"child-online", "it was collected from a child by an online service", "UK GDPR Art 17(1)(f)"},
		},
		Refusals: refusals(
			LegalGround{"expression", "it is needed for freedom of expression and information", "UK GDPR Art 17(3)(a)"},
			LegalGround{"legal-duty", "a legal obligation or a public task requires it", "UK GDPR Art 17(3)(b)"},
			LegalGround{"public-health", "public health requires it", "UK GDPR Art 17(3)(c)"},
			LegalGround{"archiving", "archiving, research or statistics in the public interest require it", "UK GDPR Art 17(3)(d)"},
			LegalGround{"claims", "legal claims require it", "UK GDPR Art 17(3)(e)"},
		),
		Tasks: tasks(
			TaskKind{"plan", "Read the plan: what goes, what is masked, what stays and why", "UK GDPR Art 17(3)", ""},
			TaskKind{"erase", "Erase", "UK GDPR Art 17(1)", ErasedData},
			TaskKind{TaskResidue, "Search for anything left behind, and find nothing", "an erasure is proved, not claimed", ""},
			taskRecipients,
		),
	},
	{
		Right: calendar.Restriction, Prefix: "RS", Title: "Restriction", Asks: "to store your data and do nothing else with it",
		Article: calendar.Restriction.Article(), Outcomes: decides, Extends: true, Fee: true,
		Grounds: restrictionGrounds, Refusals: refusals(LegalGround{"no-ground", "none of the four grounds applies", "UK GDPR Art 18(1)"}),
		Tasks: tasks(TaskKind{"restrict", "Restrict the record", "UK GDPR Art 18(1)", RestrictionSet}, taskRecipients),
	},
	{
		Right: calendar.Portability, Prefix: "PO", Title: "Portability", Asks: "for your data in a form a machine can read",
		Article: calendar.Portability.Article(), Outcomes: decides, Extends: true, Fee: true,
		Refusals: refusals(
			LegalGround{"other-basis", "the data is held on a basis other than consent or contract", "UK GDPR Art 20(1)(a)"},
			LegalGround{"not-provided", "the person did not provide the data", "UK GDPR Art 20(1)"},
			LegalGround{"public-task", "it is used for a public task", "UK GDPR Art 20(3)"},
		),
		Tasks: tasks(TaskKind{"export", "Build the export", "UK GDPR Art 20(1)", Packed}),
	},
	{
		Right: calendar.Objection, Prefix: "OB", Title: "Objection", Asks: "to stop using your data",
		Article: calendar.Objection.Article(), Outcomes: decides, Extends: true, Fee: true,
		Grounds: []LegalGround{
			{"upheld", "no compelling grounds outweigh the person's interests", "UK GDPR Art 21(1)"},
		},
		Refusals: refusals(
			LegalGround{"compelling", "compelling legitimate grounds override the person's interests", "UK GDPR Art 21(1)"},
			LegalGround{"claims", "legal claims require it", "UK GDPR Art 21(1)"},
			LegalGround{"basis", "the data is used on neither a public task nor legitimate interests", "UK GDPR Art 21(1)"},
		),
		Tasks: tasks(
			TaskKind{"restrict", "Restrict the data while the interests are weighed", "UK GDPR Art 18(1)(d)", RestrictionSet},
			TaskKind{"balance", "Weigh the interests, and write the weighing down", "UK GDPR Art 21(1)", Balanced},
		),
	},
	{
		Right: calendar.Marketing, Prefix: "DM", Title: "Direct marketing", Asks: "to send you no direct marketing",
		Article: calendar.Marketing.Article(), Outcomes: []Outcome{Fulfil},
		Grounds: []LegalGround{{"absolute", "an objection to direct marketing is never weighed", "UK GDPR Art 21(3)"}},
		Tasks: []TaskKind{
			{"stop", "Stop at once: objection recorded, addresses suppressed", "UK GDPR Art 21(3)", MarketingStopped},
			taskDecide, taskApprove, taskReply,
		},
	},
	{
		Right: calendar.Automated, Prefix: "AD", Title: "Automated decision", Asks: "to have a decision looked at by a person",
		Article: calendar.Automated.Article(), Outcomes: decides, Extends: true, Fee: true,
		Refusals: refusals(LegalGround{"human", "a person took the decision, or took part in it meaningfully", "UK GDPR Art 22A"}),
		Tasks: tasks(
			TaskKind{"inform", "Tell the person how the decision came about", "UK GDPR Art 22C", ""},
			TaskKind{"hear", "Hear what the person has to say", "UK GDPR Art 22C", ""},
			TaskKind{"review", "Have a person review the decision", "UK GDPR Art 22C", ""},
		),
	},
	{
		Right: calendar.Withdrawal, Prefix: "WC", Title: "Withdrawal of consent", Asks: "to take your consent back",
		Article: calendar.Withdrawal.Article(), Outcomes: []Outcome{Fulfil},
		Grounds: []LegalGround{{"withdrawn", "consent may be withdrawn at any time", "UK GDPR Art 7(3)"}},
		Tasks: []TaskKind{
			{"withdraw", "Record the withdrawal in the ledger", "UK GDPR Art 7(3)", ConsentWithdrawn},
			{"erase", "Where consent was the only ground: offer erasure", "UK GDPR Art 17(1)(b)", ErasedData},
			taskDecide, taskApprove, taskReply,
		},
	},
	{
		Right: calendar.Complaint, Prefix: "CP", Title: "Complaint", Asks: "to look into a complaint",
		Article: calendar.Complaint.Article(), Outcomes: decides,
		Grounds: []LegalGround{{"upheld", "the complaint is justified", "DPA 2018 s.164A"}},
		Refusals: []LegalGround{
			{"not-upheld", "the enquiry found nothing wrong", "DPA 2018 s.164A"},
			{"not-own-data", "it is not about the complainant's own data", "DPA 2018 s.164A"},
		},
		Tasks: []TaskKind{
			{"acknowledge", "Acknowledge within 30 days", "DPA 2018 s.164A", Acknowledged},
			{"enquire", "Enquire without undue delay", "DPA 2018 s.164A", ""},
			{"progress", "Tell the person how it goes", "DPA 2018 s.164A", ProgressTold},
			taskDecide, taskApprove,
			{"reply", "Tell the outcome", "DPA 2018 s.164A", Replied},
			{"lessons", "Note what is learnt, and put it right", "good practice", ""},
		},
	},
	{
		Right: calendar.EducationalRecord, Prefix: "ED", Title: "Educational record", Asks: "to see a pupil's educational record",
		Article: calendar.EducationalRecord.Article(), Outcomes: decides, Fee: true,
		Refusals: []LegalGround{
			{"not-maintained", "the school is not a maintained one: it is treated as a request for access", "regulations on pupil information"},
			{"harm", "access would be likely to cause serious harm", "DPA 2018 Sch 3 Part 4"},
			{"not-parent", "the person who asks is not a parent", "regulations on pupil information"},
			{"own-notes", "a teacher's own notes are no part of the record", "regulations on pupil information"},
		},
		Tasks: tasks(
			TaskKind{"maintained", "Check that the school is a maintained one: an academy answers as to a request for access",
				"regulations on pupil information", ""},
			TaskKind{"parent", "Check that a parent asks", "regulations on pupil information", ""},
			TaskKind{"record", "Gather the record", "regulations on pupil information", ""},
		),
	},
	{
		Right: calendar.Enquiry, Prefix: "EN", Title: "Enquiry", Asks: "a question",
		Tasks: []TaskKind{
			taskAcknowledge,
			{"answer", "Answer it", "good practice", Replied},
			{"right", "Look whether a right is used after all", "a request needs no form and no name of a right", ""},
		},
	},
}
