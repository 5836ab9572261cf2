package register

import "time"

// Query is what a list shows and in which order. The zero Query is everything
// by name.
type Query struct {
	Filter string // words, all of which a row must hold
	Sort   string // a column of the row; "" is name
	Desc   bool
	Kind   string // delegates: a kind; organisations: a status
	Status Status
	Within ID  // delegates: members of this organisation
	Limit  int // rows wanted when filtering; 0: all
	// Incomplete has only people in use whose record lacks something mandatory.
	Incomplete bool
}

// DelegateRow is a person in a list.
type DelegateRow struct {
	ID           ID        `json:"id"`
	Name         string    `json:"name"`
	Email        string    `json:"email,omitempty"`
	Phone        string    `json:"phone,omitempty"`
	Organisation string    `json:"organisation,omitempty"` // current employers, joined
	Kind         string    `json:"kind"`
	Status       Status    `json:"status"`
	Incomplete   bool      `json:"incomplete,omitempty"`
	Updated      time.Time `json:"updated"`
}

// OrganisationRow is an organisation in a list.
type OrganisationRow struct {
	ID       ID     `json:"id"`
	Name     string `json:"name"`
	URN      string `json:"urn,omitempty"`
	Type     string `json:"type,omitempty"`
	Town     string `json:"town,omitempty"`
	Postcode string `json:"postcode,omitempty"`
	LAName   string `json:"la_name,omitempty"`
	Status   Status `json:"status"`
	People   int    `json:"people"` // current members
}

// Rows is a list held in memory: reading one row costs no disk and the same
// whatever the length.
type Rows[T any] interface {
	Len() int
	Row(i int) T
	// More reports that Limit cut the list short.
	More() bool
}

// Note tells open screens what a commit changed: which collections, and the
// ids where there are few (empty: many).
type Note struct {
	Seq         uint64
	Verb        Verb
	Operator    string
	Collections []string
	IDs         []ID
}
