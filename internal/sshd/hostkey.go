package sshd

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/pem"

	gossh "golang.org/x/crypto/ssh"
)

// NewHostKey makes the key a server is known by, as PEM.
func NewHostKey() ([]byte, error) {
	_, secret, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return nil, err
	}
	block, err := gossh.MarshalPrivateKey(secret, "custos")
	if err != nil {
		return nil, err
	}
	return pem.EncodeToMemory(block), nil
}

// Fingerprint is what a client shows of a host key, given as PEM, when it first comes.
func Fingerprint(key []byte) (string, error) {
	signer, err := gossh.ParsePrivateKey(key)
	if err != nil {
		return "", err
	}
	return gossh.FingerprintSHA256(signer.PublicKey()), nil
}
