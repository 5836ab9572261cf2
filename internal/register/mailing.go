package register

import (
	"fmt"
	"strings"
)

// LedgerImport is what reading consent records back did, or would do.
type LedgerImport struct {
	File    string `json:"file"`
	Format  string `json:"format"`
	Rows    int    `json:"rows"` // events in the file
	New     int    `json:"new"`
	Same    int    `json:"same"` // held already
	Refused int    `json:"refused"`
	// Problems names every refused row, by line of a table or number of a record.
	Problems []Problem `json:"problems"`
	Batch    *Batch    `json:"batch"` // nil for a dry run, and where nothing is new
}

// PostalField reports whether a field holds a postal address or a part of one.
func PostalField(id string) bool {
	switch id {
	case "address", "street", "locality", "town", "county", "postcode":
		return true
	}
	return strings.HasSuffix(id, "_address") && !strings.Contains(id, FieldEmail)
}

// Reasons says in a sentence who was left out and why, "" for nobody.
func Reasons(left []ReasonCount) string {
	parts := make([]string, len(left))
	for i, r := range left {
		parts[i] = fmt.Sprintf("%d: %s", r.Count, r.Words)
	}
	return strings.Join(parts, "; ")
}
