package register

// BackupProof is what reading a backup back whole, once more, told.
type BackupProof struct {
	Records int `json:"records"` // that opened
	// Dark counts the people in it whose key is gone, by an erasure, a merge or an import taken back: nobody can open what
	// it holds of them, and that is no damage.
	Dark     int            `json:"dark"`
	Problems []StoreProblem `json:"problems"` // none: it is good
}
