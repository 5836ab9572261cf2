package register

// Plan is what an import would do, row by row, before it does anything.
type Plan struct {
	Noun     string       `json:"noun"` // delegates or organisations
	File     string       `json:"file"`
	Counts   Counts       `json:"counts"`
	Problems []Problem    `json:"problems"`
	Notices  []Problem    `json:"notices,omitempty"` // repaired or set aside, nothing refused
	Rows     []PlannedRow `json:"-"`
}

// PlannedRow is the fate of one row and what it rests on.
type PlannedRow struct {
	Incoming
	Fate     Fate
	Target   ID       // the record it changes or repeats
	Employer ID       // the organisation the row names, where it is held
	Fields   []string // which fields change
	Seen     uint64   // revision of the target when planned
	// Record are the answers of the row that go into the ledger.
	Record []PlannedAnswer
}
