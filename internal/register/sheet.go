package register

// SheetInput is a group to be asked on paper. One of Delegates, Organisation
// and Course says who: these people, an organisation's current members, or
// those booked on a course.
type SheetInput struct {
	Delegates    []ID
	Organisation ID
	Course       ID
	Keys         []ConsentKey // the questions, in the order they are printed
	OnlyUnasked  bool         // only people with a question they have not answered
	Forms        bool         // a form for each person instead of one list
	RecordAsked  bool         // the ledger says that each was asked each question
	Title        string       // what they take part in; "": the course's or organisation's name
	To           string       // the file, ending in .pdf
}

// SheetRow is one person a sheet would ask, or why it would not.
type SheetRow struct {
	Delegate ID     `json:"delegate"`
	Name     string `json:"name"`
	// States are in the order of the questions, exact: Visible reduces them.
	States []ConsentAct `json:"states"`
	// Asks says about which of them this person has a choice, in the same order:
	// on the basis of consent or of legitimate interests.
	Asks   []bool `json:"asks"`
	Parent bool   `json:"parent"` // too young to answer without a parent
	// LeftOut says why the sheet leaves the person out: "restricted", "erased",
	// "deactivated", "answered" or "not asked of them"; empty: they are on it.
	LeftOut string `json:"left_out,omitempty"`
}

// NeverAsked reports whether a question of the sheet has no answer that counts.
func (r *SheetRow) NeverAsked() bool {
	for i, state := range r.States {
		if r.Asks[i] && state.Visible() == NeverAsked {
			return true
		}
	}
	return false
}

// ShownDigest is the hex SHA-256 of all the words a person is shown when asked:
// the purpose's own and the notice under them. Every consent holds it.
func (x *Purpose) ShownDigest(n *Notice) string { return WordingDigest(x.Wording + "\n" + n.Text) }
