package desk

import (
	"bytes"
	"crypto/rsa"
	"errors"
	"strings"

	"golang.org/x/crypto/ssh"

	"custos/internal/register"
)

// minRSA is the shortest RSA key taken, in bits.
const minRSA = 3072

// maxKeyLine is longer than any key that is taken, in bytes.
const maxKeyLine = 8 << 10

// ReadSSHKey reads the one line of a public key as ssh-keygen writes it; what follows the key becomes its label where it
// is fit for one. Errors: Invalid with Field "ssh-key", saying what is wrong with it and what to do.
func ReadSSHKey(line []byte) (register.SSHKey, error) {
	line = bytes.TrimSpace(line)
	if err := formOfKey(line); err != nil {
		return register.SSHKey{}, err
	}
	key, comment, options, rest, err := ssh.ParseAuthorizedKey(line)
	switch {
	case err != nil:
		return register.SSHKey{}, badKey("this is no public SSH key: it has one line, such as 'ssh-ed25519 AAAA... laptop'")
	case len(options) > 0:
		return register.SSHKey{}, badKey("options before a key are not taken: leave what stands before its kind away")
	case len(bytes.TrimSpace(rest)) > 0:
		return register.SSHKey{}, badKey("give one key at a time")
	}
	if err := strongKey(key); err != nil {
		return register.SSHKey{}, err
	}
	k := register.SSHKey{Fingerprint: ssh.FingerprintSHA256(key), Key: keyText(key)}
	if register.CheckKeyLabel(comment) == nil {
		k.Label = comment
	}
	return k, nil
}

// keyText is a key as it is kept: its kind and its bytes.
func keyText(key ssh.PublicKey) string {
	return strings.TrimSpace(string(ssh.MarshalAuthorizedKey(key)))
}

// formOfKey recognises what people give by mistake.
func formOfKey(line []byte) error {
	switch {
	case len(line) == 0:
		return badKey("there is no key in it")
	case len(line) > maxKeyLine:
		return badKey("this is longer than any public SSH key")
	case bytes.Contains(line, []byte("PRIVATE KEY")):
		return badKey("this is the private half of a key, which nobody else should have: give the file whose name ends in .pub")
	case bytes.HasPrefix(line, []byte("---- BEGIN SSH2")):
		return badKey("this is a key in another form: 'ssh-keygen -i -f FILE' writes it as the one line that is taken")
	case bytes.ContainsAny(line, "\n\r"):
		return badKey("give one key at a time")
	}
	return nil
}

// strongKey refuses kinds that are too weak, and whatever is no plain key.
func strongKey(key ssh.PublicKey) error {
	switch kind := key.Type(); kind {
	case ssh.KeyAlgoED25519, ssh.KeyAlgoSKED25519, ssh.KeyAlgoSKECDSA256,
		ssh.KeyAlgoECDSA256, ssh.KeyAlgoECDSA384, ssh.KeyAlgoECDSA521:
		return nil
	case ssh.KeyAlgoRSA:
		open, ok := key.(ssh.CryptoPublicKey)
		if !ok {
			return badKey("the key cannot be read")
		}
		if n, ok := open.CryptoPublicKey().(*rsa.PublicKey); !ok || n.N.BitLen() < minRSA {
			return badKey("an RSA key needs at least %d bits; 'ssh-keygen -t ed25519' makes a better one", minRSA)
		}
		return nil
	default:
		if _, signed := key.(*ssh.Certificate); signed {
			return badKey("certificates are not taken: give the key itself")
		}
		return badKey("keys of the kind %s are not taken; 'ssh-keygen -t ed25519' makes one that is", kind)
	}
}

func badKey(format string, args ...any) error {
	return register.Errorf(register.Invalid, "ssh-key", format, args...)
}

// reason is what an error says, without the field.
func reason(err error) string {
	var e *register.Error
	if errors.As(err, &e) {
		return e.Msg
	}
	return err.Error()
}

// ReadSSHKeys reads the keys of a file, one to a line; empty lines and those that begin with # are passed over. Errors
// name the file and the line: Invalid, also for a file without a key and for one with the same key twice.
func ReadSSHKeys(file string, data []byte) ([]register.SSHKey, error) {
	if whole := formOfKey(bytes.TrimSpace(data)); whole != nil && bytes.HasPrefix(bytes.TrimSpace(data), []byte("----")) {
		return nil, badKey("%s line 1: %s", file, reason(whole))
	}
	var keys []register.SSHKey
	lineOf := map[string]int{}
	n := 0
	for line := range bytes.Lines(data) {
		n++
		line = bytes.TrimSpace(line)
		if len(line) == 0 || line[0] == '#' {
			continue
		}
		k, err := ReadSSHKey(line)
		if err != nil {
			return nil, badKey("%s line %d: %s", file, n, reason(err))
		}
		if first := lineOf[k.Fingerprint]; first > 0 {
			return nil, badKey("%s line %d: this key is on line %d already", file, n, first)
		}
		lineOf[k.Fingerprint] = n
		keys = append(keys, k)
	}
	if len(keys) == 0 {
		return nil, badKey("%s: there is no key in it", file)
	}
	return keys, nil
}
