package register

import (
	"strings"
	"time"
)

// SSHKey is a public key an operator comes in with from elsewhere.
type SSHKey struct {
	Fingerprint string    `json:"fingerprint"`     // "SHA256:" and 43 characters, as ssh-keygen -l shows it
	Key         string    `json:"key"`             // "ssh-ed25519 AAAA...", without a comment
	Label       string    `json:"label,omitempty"` // tells keys of one operator apart, such as "laptop"
	Added       time.Time `json:"added"`           // UTC
	AddedBy     string    `json:"added_by"`        // login name
}

// MaxSSHKeys is how many keys one operator may have.
const MaxSSHKeys = 16

const longestKeyLabel = 64

// CheckKeyLabel returns an Invalid error for a label that is more than a word: it tells devices apart, and has no room
// for anything about a person. None at all will do.
func CheckKeyLabel(label string) error {
	if len(label) <= longestKeyLabel && !strings.ContainsFunc(label, noLabel) {
		return nil
	}
	return Errorf(Invalid, "label", "a key's label is one word of up to %d letters, digits and . _ @ -", longestKeyLabel)
}

func noLabel(r rune) bool {
	return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && !strings.ContainsRune("._@-", r)
}
