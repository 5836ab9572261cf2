package register

// Holding is what one collection holds on one person, as a person page and an
// access reply show it.
type Holding struct {
	Collection string   `json:"collection"` // its name in the store
	Title      string   `json:"title"`
	Purpose    string   `json:"purpose,omitempty"`
	Entries    []Record `json:"entries"`
	LeftOut    int      `json:"left_out,omitempty"` // records that a pack leaves out
}

// Record is one record in words: lines of label and value.
type Record struct {
	ID    string `json:"id,omitempty"`
	Lines []Line `json:"lines"`
}

// Line is one value with its label and where it came from.
type Line struct {
	Field   string `json:"field"`
	Label   string `json:"label"`
	Value   string `json:"value"`
	Source  string `json:"source,omitempty"`
	Special bool   `json:"special,omitempty"` // special category, Art 9
}
