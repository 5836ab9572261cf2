package sshd_test

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"

	"custos/internal/register"
	"custos/internal/sshd"
)

func TestAKeyLetsItsOperatorInWhateverNameIsGiven(t *testing.T) {
	o := openInn(t, nil)
	kim := o.hire("kim", register.Officer)
	for _, login := range []string{"kim", "office", "root", ""} {
		c, err := o.knock(login, ssh.PublicKeys(kim))
		if err != nil {
			t.Fatal(err)
		}
		got := run(t, c, "delegate add --name 'Ada Sample' --json")
		var made struct{ ID string }
		if err := json.Unmarshal([]byte(got.out), &made); got.code != 0 || err != nil || made.ID == "" {
			t.Fatalf("%+v, %v", got, err)
		}
	}
	rows, err := o.office.Trail(1)
	if err != nil || rows[0].Operator != "kim" || rows[0].Door != "ssh" {
		t.Errorf("%+v, %v", rows, err)
	}
}

func TestNothingButAKeyOnRecordLetsAnybodyIn(t *testing.T) {
	o := openInn(t, nil)
	kim := o.hire("kim", register.Officer)
	gone := o.give("kim")
	if err := o.office.RemoveKey(t.Context(), "kim", ssh.FingerprintSHA256(gone.PublicKey())); err != nil {
		t.Fatal(err)
	}
	signed := &ssh.Certificate{
		Key: kim.PublicKey(), CertType: ssh.UserCert, ValidPrincipals: []string{"kim"}, ValidBefore: ssh.CertTimeInfinity,
	}
	if err := signed.SignCert(rand.Reader, kim); err != nil {
		t.Fatal(err)
	}
	certificate, err := ssh.NewCertSigner(signed, kim)
	if err != nil {
		t.Fatal(err)
	}
	asked := func(_, _ string, questions []string, _ []bool) ([]string, error) {
		return make([]string, len(questions)), nil
	}
	for name, how := range map[string]ssh.AuthMethod{
		"an unknown key":       ssh.PublicKeys(newKey(t)),
		"a key taken away":     ssh.PublicKeys(gone),
		"a certificate":        ssh.PublicKeys(certificate),
		"a password":           ssh.Password(passphrase + "kim"),
		"answers to questions": ssh.KeyboardInteractive(asked),
	} {
		if _, err := o.knock("kim", how); err == nil || !strings.Contains(err.Error(), "unable to authenticate") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := o.knock("kim"); err == nil {
		t.Error("somebody came in with nothing")
	}
}

// pretender shows one key and signs with another: the server is asked about the first, and then sent the second.
type pretender struct {
	ssh.Signer
	shown *shifting
}

func (p pretender) PublicKey() ssh.PublicKey { return p.shown }

type shifting struct {
	ssh.PublicKey
	turns []ssh.PublicKey // the last stays
}

func (s *shifting) Marshal() []byte {
	key := s.turns[0]
	if len(s.turns) > 1 {
		s.turns = s.turns[1:]
	}
	return key.Marshal()
}

func pretend(signs ssh.Signer, shown ...ssh.PublicKey) ssh.Signer {
	return pretender{signs, &shifting{signs.PublicKey(), shown}}
}

// A client may ask about keys it cannot sign with. What counts is the one it signed with.
func TestAKeyThatIsOnlyShownLendsNothing(t *testing.T) {
	o := openInn(t, nil)
	admin, kim := o.give("office"), o.hire("kim", register.Viewer)
	c, err := o.knock("office", ssh.PublicKeys(pretend(kim, admin.PublicKey(), admin.PublicKey(), kim.PublicKey())))
	if err != nil {
		t.Fatal(err)
	}
	if got := run(t, c, "operator remove kim"); got.code != 4 || !strings.Contains(got.err, "kim may not do this") {
		t.Errorf("%+v", got)
	}
	stranger := newKey(t)
	for _, turns := range [][]ssh.PublicKey{{admin.PublicKey()}, {admin.PublicKey(), admin.PublicKey(), stranger.PublicKey()}} {
		if _, err := o.knock("office", ssh.PublicKeys(pretend(stranger, turns...))); err == nil {
			t.Error("a key that was only shown opened the door")
		}
	}
}

func TestALineThatAsksForNothingIsCut(t *testing.T) {
	o := openInn(t, func(c *sshd.Config) { c.Handshake = 20 * time.Millisecond })
	c, err := net.Dial("tcp", o.address)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.Close() }()
	if _, err := io.Copy(io.Discard, c); err != nil && !errors.Is(err, net.ErrClosed) && !strings.Contains(err.Error(), "reset") {
		t.Error(err)
	}
}
