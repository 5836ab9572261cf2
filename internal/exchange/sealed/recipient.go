package sealed

import (
	"strings"

	"filippo.io/age"
)

// parseRecipient reads the public key of somebody a file can be sealed for: one that begins with age1 (X25519) or
// age1pq1 (hybrid), or a line of SSH's, ssh-ed25519 or ssh-rsa. The error is Invalid and says what is wrong without
// repeating the text, which may be a secret key pasted by mistake.
func parseRecipient(s string) (age.Recipient, error) {
	const field = "recipient"
	s = strings.TrimSpace(s)
	rest, isAge := strings.CutPrefix(s, "age1")
	switch {
	case s == "":
		return nil, invalid(field, "the public key is empty")
	case isSecret(s):
		return nil, invalid(field, "this is a secret key, which nobody else may see: give the public key")
	case strings.ContainsAny(s, "\r\n"):
		return nil, invalid(field, "give one public key, on one line")
	case strings.HasPrefix(rest, "pq1") && isAge:
		if r, err := age.ParseHybridRecipient(s); err == nil {
			return r, nil
		}
	case strings.Contains(rest, "1") && isAge:
		return nil, invalid(field, "this key needs a plug-in of its reader's: keys from age-keygen are taken, "+
			"which begin with age1 or age1pq1 and hold no other 1 before the rest")
	case isAge:
		if r, err := age.ParseX25519Recipient(s); err == nil {
			return r, nil
		}
	case isSSH(s):
		return parseSSHRecipient(s)
	default:
		return nil, invalid(field, "this is no public key: give one that begins with age1, ssh-ed25519 or ssh-rsa")
	}
	return nil, invalid(field, "the public key is damaged: a character of it is wrong, missing or one too many")
}

// isSecret knows the secret keys that people paste in place of the public ones.
func isSecret(s string) bool {
	return strings.HasPrefix(strings.ToUpper(s), "AGE-SECRET-KEY-") || strings.Contains(s, "PRIVATE KEY-----")
}
