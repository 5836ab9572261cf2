package audit

// A Claim is something that reading an export can prove, or cannot, in words for whoever holds it.
type Claim string

// What an export proves by itself, to anyone.
const (
	ClaimFields Claim = "No field of any entry was changed after its hash was made."
	ClaimOrder  Claim = "No entry between the first and the last is missing, repeated or out of order."
	ClaimRuns   Claim = "But for the entries it says were lost, none is missing, repeated or out of order."
	ClaimWhole  Claim = "The file is whole: it has as many entries as it says and ends where it says."
	ClaimStart  Claim = "It begins with the first entry of this store."
)

// What takes more than the export.
const (
	ClaimEarlier Claim = "That nothing came before its first entry: ask for an export from the beginning."
	ClaimRewrite Claim = "That it was not written anew from end to end: compare its head with one noted before."
	ClaimLatest  Claim = "That nothing has happened since: compare its head with the store."
	ClaimChanges Claim = "What was written: the hash of the changes is over sealed records, which only the store holds."
	ClaimGaps    Claim = "That the entries it says were lost fell to damage: compare with an earlier export or an anchor."
	ClaimTimes   Claim = "That the times are right: they are those of the clock of the machine that wrote them."
)

// Shown lists what a Report that came without an error proves.
func (r Report) Shown() []Claim {
	shown := []Claim{ClaimFields, ClaimOrder, ClaimWhole}
	if len(r.Gaps) > 0 {
		shown[1] = ClaimRuns
	}
	if r.After.Seq == 0 {
		shown = append(shown, ClaimStart)
	}
	return shown
}

// NotShown lists what the export alone leaves open.
func (r Report) NotShown() []Claim {
	open := []Claim{ClaimRewrite, ClaimLatest, ClaimChanges, ClaimTimes}
	if r.After.Seq != 0 {
		open = append(open, ClaimEarlier)
	}
	if len(r.Gaps) > 0 {
		open = append(open, ClaimGaps)
	}
	return open
}
