package desk_test

import (
	"crypto/dsa" //nolint:staticcheck // to see it refused
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"math/big"
	"strings"
	"testing"

	"golang.org/x/crypto/ssh"

	"custos/internal/desk"
	"custos/internal/register"
)

// keyLine is a new public key as ssh-keygen writes it, without a comment.
func keyLine(t testing.TB) string {
	t.Helper()
	open, _, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return lineOf(t, open)
}

func lineOf(t testing.TB, open any) string {
	t.Helper()
	key, err := ssh.NewPublicKey(open)
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(ssh.MarshalAuthorizedKey(key)))
}

// rsaLine is a key of that many bits, which nobody needs to be able to sign with.
func rsaLine(t testing.TB, bits int) string {
	t.Helper()
	n := new(big.Int).SetBit(big.NewInt(1), bits-1, 1)
	return lineOf(t, &rsa.PublicKey{N: n, E: 65537})
}

func TestOnlyStrongPlainKeysAreTaken(t *testing.T) {
	curve, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	good := keyLine(t)
	old := &dsa.PublicKey{Parameters: dsa.Parameters{
		P: new(big.Int).SetBit(big.NewInt(1), 1023, 1), Q: new(big.Int).SetBit(big.NewInt(1), 159, 1), G: big.NewInt(2),
	}, Y: big.NewInt(3)}
	for name, c := range map[string]struct{ line, why string }{
		"ed25519":        {good + " laptop\n", ""},
		"ecdsa":          {lineOf(t, &curve.PublicKey), ""},
		"rsa 3072":       {rsaLine(t, 3072), ""},
		"rsa 3071":       {rsaLine(t, 3071), "at least 3072 bits"},
		"rsa 2048":       {rsaLine(t, 2048), "at least 3072 bits"},
		"dsa":            {lineOf(t, old), "ssh-dss are not taken"},
		"certificate":    {certificate(t), "certificates are not taken"},
		"options":        {`command="ls" ` + good, "options before a key"},
		"two":            {good + "\n" + keyLine(t), "one key at a time"},
		"nothing":        {"  \n", "no key in it"},
		"words":          {"my key", "no public SSH key"},
		"private":        {"-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl\n", "private half"},
		"another form":   {"---- BEGIN SSH2 PUBLIC KEY ----\nAAAA\n", "ssh-keygen -i"},
		"far too long":   {good + strings.Repeat(" x", 9000), "longer than any"},
		"kind disagrees": {strings.Replace(good, "ssh-ed25519", "ssh-rsa", 1), "at least 3072 bits|no public SSH key"},
	} {
		k, err := desk.ReadSSHKey([]byte(c.line))
		if c.why == "" {
			if err != nil || !strings.HasPrefix(k.Fingerprint, "SHA256:") || !strings.HasPrefix(c.line, k.Key) {
				t.Errorf("%s: %+v, %v", name, k, err)
			}
			continue
		}
		first, second, _ := strings.Cut(c.why, "|")
		if err == nil || !strings.Contains(err.Error(), first) && (second == "" || !strings.Contains(err.Error(), second)) {
			if name != "kind disagrees" || err != nil || strings.HasPrefix(k.Key, "ssh-rsa") {
				t.Errorf("%s: %+v, %v, want %q", name, k, err, c.why)
			}
		}
	}
}

// certificate is a key that an authority has signed.
func certificate(t *testing.T) string {
	t.Helper()
	open, secret, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	signer, err := ssh.NewSignerFromKey(secret)
	if err != nil {
		t.Fatal(err)
	}
	key, err := ssh.NewPublicKey(open)
	if err != nil {
		t.Fatal(err)
	}
	c := &ssh.Certificate{Key: key, CertType: ssh.UserCert, ValidBefore: ssh.CertTimeInfinity}
	if err := c.SignCert(rand.Reader, signer); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(ssh.MarshalAuthorizedKey(c)))
}

func TestAKeysLabelIsTheWordBehindItWhereItIsOne(t *testing.T) {
	line := keyLine(t)
	for comment, want := range map[string]string{" laptop": "laptop", " kim@desk-2": "kim@desk-2", " Kim's laptop": "", "": ""} {
		if k, err := desk.ReadSSHKey([]byte(line + comment)); err != nil || k.Label != want || k.Key != line {
			t.Errorf("%q: %+v, %v", comment, k, err)
		}
	}
}

func TestAKeyFileIsReadLineByLine(t *testing.T) {
	one, two := keyLine(t), keyLine(t)
	keys, err := desk.ReadSSHKeys("k.pub", []byte("# of the office\r\n\r\n"+one+" a\r\n"+two+"\n"))
	if err != nil || len(keys) != 2 || keys[0].Key != one || keys[0].Label != "a" || keys[1].Key != two {
		t.Fatalf("%+v, %v", keys, err)
	}
	for text, want := range map[string]string{
		"":                                      "k.pub: there is no key in it",
		"# nothing\n":                           "k.pub: there is no key in it",
		one + "\n\nssh-ed25519 AAAA\n":          "k.pub line 3: this is no public SSH key",
		one + "\n" + two + "\n" + one + " b\n":  "k.pub line 3: this key is on line 1 already",
		"-----BEGIN OPENSSH PRIVATE KEY-----\n": "k.pub line 1: this is the private half",
	} {
		_, err := desk.ReadSSHKeys("k.pub", []byte(text))
		wantKind(t, err, register.Invalid)
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func FuzzReadSSHKeys(f *testing.F) {
	f.Add([]byte("# comment\n" + keyLine(f) + " laptop\n"))
	f.Add([]byte(rsaLine(f, 2048)))
	f.Add([]byte(`command="x" ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA`))
	f.Fuzz(func(t *testing.T, data []byte) {
		keys, err := desk.ReadSSHKeys("f", data)
		if (err == nil) != (len(keys) > 0) {
			t.Fatalf("%d keys, %v", len(keys), err)
		}
		for _, k := range keys {
			again, err := desk.ReadSSHKey([]byte(k.Key))
			if err != nil || again.Key != k.Key || again.Fingerprint != k.Fingerprint || register.CheckKeyLabel(k.Label) != nil {
				t.Fatalf("%+v reads again as %+v, %v", k, again, err)
			}
		}
	})
}
