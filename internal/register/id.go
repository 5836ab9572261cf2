package register

import (
	"fmt"
	"io"
	"strings"
)

// ID names a record: a kind letter and 13 random characters of Crockford's
// base 32 (65 bits), such as "D7K3M2PQX9TF0B". It says nothing about whom it
// names.
type ID string

// The kind letters of ids.
const (
	DelegatePrefix     = 'D'
	OrganisationPrefix = 'O'
	MembershipPrefix   = 'M'
	CoursePrefix       = 'C'
	BookingPrefix      = 'B'
	ConsentPrefix      = 'K'
	DisclosurePrefix   = 'X'
	BatchPrefix        = 'I'
	OperationPrefix    = 'P'
)

// IDLen is the length of every ID in bytes.
const IDLen = 14

const (
	idAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
	clusterLen = 5 // characters shared by ids made for one import chunk
)

// IDs makes random ids from a source of randomness (crypto/rand.Reader outside
// tests).
type IDs struct {
	rand    io.Reader
	cluster string
}

// NewIDs returns a maker of fully random ids.
func NewIDs(rand io.Reader) *IDs { return &IDs{rand: rand} }

// Cluster returns a maker whose ids share a random beginning, so that records
// written together land on neighbouring pages. 40 bits stay random in each.
func (s *IDs) Cluster() (*IDs, error) {
	prefix, err := s.letters(clusterLen)
	return &IDs{rand: s.rand, cluster: prefix}, err
}

// Next returns a new id with the given kind letter.
func (s *IDs) Next(prefix byte) (ID, error) {
	tail, err := s.letters(IDLen - 1 - len(s.cluster))
	return ID(string(prefix) + s.cluster + tail), err
}

func (s *IDs) letters(n int) (string, error) {
	b := make([]byte, n)
	if _, err := io.ReadFull(s.rand, b); err != nil {
		return "", fmt.Errorf("reading random bytes: %w", err)
	}
	for i := range b {
		b[i] = idAlphabet[b[i]&31]
	}
	return string(b), nil
}

// ParseID reads an id as a person types it: any case, O for 0, I and L for 1.
// It returns an Invalid error for anything that is not an id with that letter.
func ParseID(prefix byte, s string) (ID, error) {
	s = strings.ToUpper(strings.TrimSpace(s))
	if len(s) != IDLen || s[0] != prefix {
		return "", Errorf(Invalid, "id", "an id here is %q and 13 characters, such as %c7K3M2PQX9TF0B", prefix, prefix)
	}
	tail := strings.NewReplacer("O", "0", "I", "1", "L", "1").Replace(s[1:])
	for _, c := range tail {
		if !strings.ContainsRune(idAlphabet, c) {
			return "", Errorf(Invalid, "id", "an id holds no %q", c)
		}
	}
	return ID(s[:1] + tail), nil
}
