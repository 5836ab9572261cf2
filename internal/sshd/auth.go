package sshd

import (
	"crypto/subtle"
	"net"
	"strings"
	"time"

	"github.com/charmbracelet/ssh"
	gossh "golang.org/x/crypto/ssh"

	"custos/internal/register"
)

// What the permissions of a connection say about whoever authenticated.
const (
	extOperator = "custos-operator"
	extKey      = "custos-key"
)

// keyAlgorithms are the signatures taken: no certificates, no SHA-1.
func keyAlgorithms() []string {
	return []string{
		gossh.KeyAlgoED25519, gossh.KeyAlgoSKED25519, gossh.KeyAlgoSKECDSA256,
		gossh.KeyAlgoECDSA256, gossh.KeyAlgoECDSA384, gossh.KeyAlgoECDSA521,
		gossh.KeyAlgoRSASHA256, gossh.KeyAlgoRSASHA512,
	}
}

func keyText(k gossh.PublicKey) string {
	return strings.TrimSpace(string(gossh.MarshalAuthorizedKey(k)))
}

// letIn says whether a key is an operator's. The key alone decides: the login name of the line is the account of
// somebody's own machine as often as not, and means nothing here. A client may ask about several keys before it signs with
// one, so what is noted is noted for that key.
func (s *Server) letIn(ctx ssh.Context, key ssh.PublicKey) bool {
	text := keyText(key)
	who, err := s.cfg.Desk.OperatorOfKey(text)
	if err != nil {
		return false
	}
	p := ctx.Permissions()
	if p.Extensions == nil {
		p.Extensions = map[string]string{}
	}
	p.Extensions[extOperator], p.Extensions[extKey] = who, text
	return true
}

// whoIs is the operator of a session, with their key: what authenticated the line, what was noted of it, and what is on
// record now have to be one.
func (s *Server) whoIs(sess ssh.Session) (operator, key string, err error) {
	refused := register.Errorf(register.Denied, "ssh-key", "your key lets nobody in any more")
	signed := sess.PublicKey()
	p := sess.Permissions()
	if signed == nil || p.Permissions == nil {
		return "", "", refused
	}
	key = keyText(signed)
	if subtle.ConstantTimeCompare([]byte(key), []byte(p.Extensions[extKey])) != 1 {
		return "", "", refused
	}
	now, err := s.cfg.Desk.OperatorOfKey(key)
	if err != nil || now != p.Extensions[extOperator] {
		return "", "", refused
	}
	return now, key, nil
}

// connect takes a line or drops it, and gives it so long to ask for something.
func (s *Server) connect(ctx ssh.Context, c net.Conn) net.Conn {
	if why := s.doors.enter(c.RemoteAddr()); why != "" {
		s.cfg.Log.Warn("turned away", "address", c.RemoteAddr().String(), "why", why)
		return nil
	}
	l := &line{Conn: c, patience: s.cfg.Handshake, leave: func(welcome bool) { s.doors.leave(c.RemoteAddr(), welcome) }}
	l.timer = time.AfterFunc(l.patience, func() { _ = c.Close() })
	ctx.SetValue(lineKey{}, l)
	return l
}

// failed notes a line that did not get as far as a key that counts.
func (s *Server) failed(c net.Conn, err error) {
	s.doors.fail(c.RemoteAddr())
	why := "no key that lets anybody in"
	if !strings.Contains(err.Error(), "unable to authenticate") && !strings.Contains(err.Error(), "no auth passed yet") {
		why = "broken off"
	}
	s.cfg.Log.Warn("refused", "address", c.RemoteAddr().String(), "why", why)
}
