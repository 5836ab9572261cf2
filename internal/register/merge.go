package register

import "slices"

// MergeInput joins two records of the same person: everything of From goes to
// Into, and From is no more.
type MergeInput struct {
	From, Into ID
	// Take lists the fields that From knows better; elsewhere Into's value stays.
	Take []string
	// Seen are the revisions of From and Into as they were compared: others by
	// now are a Conflict. Zero: whatever is held is merged.
	Seen [2]uint64
}

// Merge is what joining two records did, or would do.
type Merge struct {
	From ID `json:"from"`
	Into ID `json:"into"`
	// Filled are the fields Into lacked or that were taken.
	Filled []string `json:"filled"`
	// Differ are the fields in which the two differ and Into's value stays: what
	// From says there is lost.
	Differ []string `json:"differ"`
	// Moved counts what goes over, by collection.
	Moved map[string]int `json:"moved"`
	// Suppressed counts the suppressions of an address of From that now cover
	// one of Into.
	Suppressed int `json:"suppressed"`
	// Questions are those on which the two stood differently.
	Questions []MergedQuestion `json:"questions"`
	Done      bool             `json:"done"`
	// Seen are the revisions of the two records.
	Seen [2]uint64 `json:"-"`
}

// MergedQuestion is how a question stood for each, and stands for the one
// record: by the latest answer, so that the latest withdrawal beats a consent
// that came before it.
type MergedQuestion struct {
	Purpose string     `json:"purpose"`
	Channel string     `json:"channel"`
	Brand   string     `json:"brand,omitempty"`
	From    ConsentAct `json:"from"`
	Into    ConsentAct `json:"into"`
	Becomes ConsentAct `json:"becomes"`
}

// MergeRecords returns one record of two: what into lacks comes from from, and
// so do the fields to take. It keeps the earlier beginning and every source.
func MergeRecords(into, from *Delegate, take []string) (one Delegate, filled, differ []string) {
	one = into.Clone()
	filled, differ = []string{}, []string{}
	for _, field := range into.Changed(from) {
		theirs := from.Value(field)
		switch {
		case theirs == "":
		case into.Value(field) == "" || slices.Contains(take, field):
			one.Set(field, theirs)
			filled = append(filled, field)
		default:
			differ = append(differ, field)
		}
	}
	for _, p := range from.Sources {
		if len(p.Fields) > 0 {
			lost := func(field string) bool { return !slices.Contains(filled, field) }
			p.Fields = slices.DeleteFunc(slices.Clone(p.Fields), lost)
			if len(p.Fields) == 0 {
				continue
			}
		}
		one.Sources = append(one.Sources, p)
	}
	if from.Created.Before(one.Created) {
		one.Created = from.Created
	}
	one.MergedFrom = append(append(one.MergedFrom, from.ID), from.MergedFrom...)
	return one, filled, differ
}

// MergedQuestions says for each question how it stood for two people and
// stands for the one they become, where the two differ.
func (p *Profile) MergedQuestions(keys []ConsentKey, from, into []ConsentFact, m Moment) []MergedQuestion {
	both := append(slices.Clone(into), from...)
	found := []MergedQuestion{}
	for _, key := range keys {
		q := MergedQuestion{
			Purpose: key.Purpose, Channel: key.Channel, Brand: key.Brand,
			From: p.Standing(from, key, m).State, Into: p.Standing(into, key, m).State,
			Becomes: p.Standing(both, key, m).State,
		}
		if q.From != q.Into {
			found = append(found, q)
		}
	}
	return found
}
