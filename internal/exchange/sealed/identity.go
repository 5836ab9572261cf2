package sealed

import (
	"strconv"
	"strings"

	"filippo.io/age"
)

// identities are what may open a file.
func (k Key) identities() ([]age.Identity, error) {
	switch {
	case len(k.Password) > 0 && len(k.Identities) > 0:
		return nil, invalid("identity", "a file is opened with a password or with an identity file, not both")
	case len(k.Password) > 0:
		id, err := age.NewScryptIdentity(string(k.Password))
		if err != nil {
			return nil, invalid("password", "no file opens with this password")
		}
		id.SetMaxWorkFactor(maxWorkFactor)
		return []age.Identity{password{id}}, nil
	case len(k.Identities) == 0:
		return nil, invalid("password", "the password is empty, and there is no identity file")
	}
	text := string(k.Identities)
	if strings.Contains(text, "PRIVATE KEY-----") {
		return parseSSHIdentity(text)
	}
	return parseIdentities(text)
}

// parseIdentities reads secret keys, one a line, with blank lines and remarks between them.
func parseIdentities(text string) ([]age.Identity, error) {
	const field = "identity"
	var all []age.Identity
	for n, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		var id age.Identity
		var err error
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
			continue
		case strings.HasPrefix(line, "AGE-SECRET-KEY-PQ-1"):
			id, err = age.ParseHybridIdentity(line)
		case strings.HasPrefix(line, "AGE-SECRET-KEY-1"):
			id, err = age.ParseX25519Identity(line)
		case strings.HasPrefix(line, "AGE-PLUGIN-"):
			return nil, invalid(field, "line %d: this key needs a plug-in, which is not run here", n+1)
		case strings.HasPrefix(line, "age1"):
			return nil, invalid(field, "line %d: this is a public key: a file opens with the secret one", n+1)
		default:
			return nil, invalid(field, "line %d: this is no secret key: one begins with AGE-SECRET-KEY-", n+1)
		}
		if err != nil {
			return nil, invalid(field, "line %d: the secret key is damaged", n+1)
		}
		all = append(all, id)
	}
	if len(all) == 0 {
		return nil, invalid(field, "the identity file holds no secret key")
	}
	return all, nil
}

// password refuses a file that would cost more work than is reasonable before any work is done.
type password struct{ *age.ScryptIdentity }

// Unwrap finds the key of the file in its header.
func (p password) Unwrap(stanzas []*age.Stanza) ([]byte, error) {
	for _, s := range stanzas {
		if s.Type != "scrypt" || len(s.Args) != 2 {
			continue
		}
		if n, err := strconv.Atoi(s.Args[1]); err == nil && n > maxWorkFactor {
			return nil, invalid("", "the file asks for 2^%d rounds of work to try a password, more than the 2^%d that are done",
				n, maxWorkFactor)
		}
	}
	return p.ScryptIdentity.Unwrap(stanzas)
}
