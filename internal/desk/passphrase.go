package desk

import (
	"github.com/ccojocar/zxcvbn-go"

	"custos/internal/register"
)

// Strength tells how hard a passphrase is to guess.
type Strength struct {
	Score int    // 0 to 4
	Words string // for the person choosing it
}

const (
	minPassphrase = 10
	minScore      = 3
	maxScored     = 100 // the estimate's cost grows with the length
)

// Measure estimates the strength of a passphrase, given words an attacker
// would try first, such as the office's name.
func Measure(passphrase []byte, known ...string) Strength {
	text := string(passphrase[:min(len(passphrase), maxScored)])
	score := zxcvbn.PasswordStrength(text, known).Score
	return Strength{score, [...]string{"very weak", "weak", "fair", "good", "strong"}[score]}
}

// Passphrase returns an Invalid error for a passphrase that would not hold off
// somebody who has the file.
func Passphrase(passphrase []byte, known ...string) error {
	if len(passphrase) < minPassphrase {
		return register.Errorf(register.Invalid, "passphrase", "use at least %d characters; several words are best", minPassphrase)
	}
	if s := Measure(passphrase, known...); s.Score < minScore {
		return register.Errorf(register.Invalid, "passphrase", "this one is %s: easily guessed; add words", s.Words)
	}
	return nil
}
