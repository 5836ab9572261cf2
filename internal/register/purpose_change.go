package register

// PurposeChange replaces a purpose of the profile, on a judgement whether what
// it becomes is compatible with what the data was collected for.
type PurposeChange struct {
	Purpose   Purpose   // as it is to be; its ID names the one it replaces
	Judgement Judgement // its Purpose, At, By and Was are filled in
	// Notice is the version of the purpose's notice that tells people. It is
	// needed where the change is not compatible and everybody has to be asked
	// again: then it is material.
	Notice NoticeInput
}

// Judged returns the judgement as it is recorded: the purpose it is about and
// both wordings filled in from the profile before the change.
func (c *PurposeChange) Judged(p *Profile) Judgement {
	j := c.Judgement
	was, _ := p.Purpose(c.Purpose.ID)
	j.Purpose, j.Was, j.Becomes = c.Purpose.ID, was.Wording, c.Purpose.Wording
	return j
}
