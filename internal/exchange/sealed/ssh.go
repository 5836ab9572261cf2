package sealed

import (
	"errors"
	"strings"

	"filippo.io/age"
	"filippo.io/age/agessh"
	"golang.org/x/crypto/ssh"
)

// isSSH reports whether a text begins as a public key of SSH does, of any kind.
func isSSH(s string) bool {
	for _, kind := range []string{"ssh-", "ecdsa-", "sk-"} {
		if strings.HasPrefix(s, kind) {
			return true
		}
	}
	return false
}

// parseSSHRecipient reads a line as in a .pub file. The library's error repeats the key, so it is not passed on.
func parseSSHRecipient(s string) (age.Recipient, error) {
	const field = "recipient"
	if kind, _, _ := strings.Cut(s, " "); kind != ssh.KeyAlgoED25519 && kind != ssh.KeyAlgoRSA {
		return nil, invalid(field, "of SSH keys, ssh-ed25519 and ssh-rsa are taken, which this is neither of")
	}
	r, err := agessh.ParseRecipient(s)
	if err != nil {
		return nil, invalid(field, "the SSH key is damaged, or shorter than the 2048 bits that are safe")
	}
	return r, nil
}

// parseSSHIdentity reads the secret key of SSH that a text is.
func parseSSHIdentity(text string) ([]age.Identity, error) {
	const field = "identity"
	id, err := agessh.ParseIdentity([]byte(text))
	var locked *ssh.PassphraseMissingError
	switch {
	case errors.As(err, &locked):
		return nil, invalid(field, "the SSH key is under a passphrase of its own: open the file with the age program")
	case err != nil:
		return nil, invalid(field, "the SSH key is damaged, or neither of the kind ssh-ed25519 nor ssh-rsa")
	}
	return []age.Identity{id}, nil
}
