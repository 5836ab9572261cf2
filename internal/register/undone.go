package register

// Undone says what an undo put back.
type Undone struct {
	Verb     Verb `json:"verb"`
	Restored int  `json:"restored"` // records put back as they were
	Removed  int  `json:"removed"`  // records the change had added
	Kept     int  `json:"kept"`     // changed since, left as they are
}
