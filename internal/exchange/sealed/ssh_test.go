package sealed

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"encoding/pem"
	"strings"
	"testing"

	"golang.org/x/crypto/ssh"

	"custos/internal/register"
)

// sshPair writes a key as ssh-keygen does: the line of the .pub file, and the secret key.
func sshPair(t *testing.T, key crypto.Signer, passphrase string) (recipient string, identity []byte) {
	t.Helper()
	public, err := ssh.NewPublicKey(key.Public())
	if err != nil {
		t.Fatal(err)
	}
	block, err := ssh.MarshalPrivateKey(key, "")
	if passphrase != "" {
		block, err = ssh.MarshalPrivateKeyWithPassphrase(key, "", []byte(passphrase))
	}
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(ssh.MarshalAuthorizedKey(public))) + " office\n", pem.EncodeToMemory(block)
}

func edKey(t *testing.T) crypto.Signer {
	t.Helper()
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func rsaKey(t *testing.T, bits int) crypto.Signer {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, bits)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func TestSSHKeysSealAndOpen(t *testing.T) {
	for name, key := range map[string]crypto.Signer{"ed25519": edKey(t), "rsa": rsaKey(t, 2048)} {
		public, secret := sshPair(t, key, "")
		data := seal(t, Key{Recipients: []string{public}}, []byte("hello"))
		if got, err := open(data, Key{Identities: secret}); string(got) != "hello" || err != nil {
			t.Errorf("%s: read %q, %v", name, got, err)
		}
		_, other := sshPair(t, edKey(t), "")
		_, err := open(data, Key{Identities: other})
		refused(t, name+", another's key", err, register.Denied, "other keys")
	}
}

func TestSSHKeysAreChecked(t *testing.T) {
	elliptic, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	curve, curveSecret := sshPair(t, elliptic, "")
	short, _ := sshPair(t, rsaKey(t, 1024), "")
	public, locked := sshPair(t, edKey(t), "passphrase")
	for what, tt := range map[string]struct{ key, words string }{
		"another kind": {curve, "ssh-ed25519 and ssh-rsa are taken"}, "too short": {short, "2048 bits"},
		"damaged": {public[:40], "damaged"}, "a kind alone": {"ssh-rsa", "damaged"},
		"a secret": {string(locked), "secret key"}, "two lines": {public + public, "one public key"},
	} {
		_, err := parseRecipient(tt.key)
		refused(t, what, err, register.Invalid, tt.words)
		if err != nil && strings.Contains(err.Error(), "AAAA") {
			t.Errorf("%s: the error repeats the key: %v", what, err)
		}
	}
	data := seal(t, Key{Recipients: []string{public}}, []byte("x"))
	for what, tt := range map[string]struct {
		identity []byte
		words    string
	}{
		"under a passphrase": {locked, "passphrase of its own"}, "another kind": {curveSecret, "neither of the kind"},
		"damaged": {locked[:90], "damaged"},
	} {
		_, err := open(data, Key{Identities: tt.identity})
		refused(t, what, err, register.Invalid, tt.words)
	}
}
