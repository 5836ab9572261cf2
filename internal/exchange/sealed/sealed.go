// Package sealed writes a file that only a password or the keys of its readers open, in the age format, and opens such
// files. It knows bytes and keys. It never keeps a password or a key, repeats one in an error, or opens a file.
package sealed

import (
	"io"

	"filippo.io/age"

	"custos/internal/register"
)

// Key is what seals or opens a file: a password, or else the keys of those who are to read it.
type Key struct {
	Password   []byte
	Recipients []string // for sealing: public keys of age (age1, age1pq1) or SSH (ssh-ed25519, ssh-rsa)
	Identities []byte   // for opening: the text of an identity file, see Open
}

// workFactor is the binary logarithm of the rounds that a password is put through: about a second. Tests lower it.
var workFactor = 18

// Seal returns a writer that seals what is written to it and passes it on to w. Close completes the file, without which it
// does not open; it leaves w open. The error is Invalid: neither a password nor recipients, both, a recipient that is no
// public key, or keys that cannot go together.
func Seal(w io.Writer, to Key) (io.WriteCloser, error) {
	recipients, err := to.recipients()
	if err != nil {
		return nil, err
	}
	out, err := age.Encrypt(w, recipients...)
	if err != nil {
		return nil, register.Errorf(register.Internal, "", "the file cannot be sealed: %w", err)
	}
	return out, nil
}

// recipients are those to whom a file is sealed: a password counts as one.
func (k Key) recipients() ([]age.Recipient, error) {
	switch {
	case len(k.Password) > 0 && len(k.Recipients) > 0:
		return nil, invalid("recipient", "a file is sealed under a password or for recipients, not both")
	case len(k.Password) > 0:
		r, err := age.NewScryptRecipient(string(k.Password))
		if err != nil {
			return nil, invalid("password", "a file cannot be sealed under this password")
		}
		r.SetWorkFactor(workFactor)
		return []age.Recipient{r}, nil
	case len(k.Recipients) == 0:
		return nil, invalid("password", "the password is empty, and there are no recipients")
	}
	all := make([]age.Recipient, 0, len(k.Recipients))
	hybrid := 0
	for _, s := range k.Recipients {
		r, err := parseRecipient(s)
		if err != nil {
			return nil, err
		}
		if _, ok := r.(*age.HybridRecipient); ok {
			hybrid++
		}
		all = append(all, r)
	}
	if hybrid > 0 && hybrid < len(all) {
		return nil, invalid("recipient",
			"keys that begin with age1pq1 do not go together with others: choose one sort of key for everyone")
	}
	return all, nil
}

func invalid(field, format string, args ...any) error {
	return register.Errorf(register.Invalid, field, format, args...)
}
