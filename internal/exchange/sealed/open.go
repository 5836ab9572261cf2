package sealed

import (
	"bufio"
	"errors"
	"io"
	"slices"
	"strings"

	"filippo.io/age"
	"filippo.io/age/armor"

	"custos/internal/register"
)

// Bounds on a file that somebody else may have made.
const (
	maxWorkFactor = 20      // binary logarithm: a gigabyte of memory, some seconds
	maxHeader     = 1 << 20 // bytes before the content
)

// How a sealed file begins.
const (
	versionLine = "age-encryption.org/"
	thisVersion = versionLine + "v1\n"
)

// Open returns a reader of what a file holds. It is opened with the password or with any of the identities, the text of a
// file as age-keygen writes it, or of a secret key of SSH that is under no passphrase. Armoured files are read like plain ones. The errors, of Open and of the reader alike: Denied
// where the password or the identities do not open it, Invalid where it is no sealed file, one damaged, cut short or made
// to cost more work than is reasonable, or where the identities cannot be read. What was read before an error is genuine
// but not whole, and is to be thrown away.
func Open(r io.Reader, with Key) (io.Reader, error) {
	identities, err := with.identities()
	if err != nil {
		return nil, err
	}
	src := &source{r: r, left: maxHeader, bounded: true, password: len(with.Password) > 0}
	in, err := begin(bufio.NewReader(src))
	if err != nil {
		return nil, src.explain(err)
	}
	content, err := age.Decrypt(in, identities...)
	if err != nil {
		return nil, src.explain(err)
	}
	src.bounded = false
	return &opened{content, src}, nil
}

// begin recognises the file by its first bytes.
func begin(in *bufio.Reader) (io.Reader, error) {
	start, err := in.Peek(len(armor.Header))
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	switch s := string(start); {
	case strings.HasPrefix(s, thisVersion):
		return in, nil
	case s == armor.Header:
		return armor.NewReader(in), nil
	case s == "":
		return nil, invalid("", "the file is empty")
	case strings.HasPrefix(s, versionLine+"v") && !strings.HasPrefix(s, versionLine+"v1"):
		return nil, invalid("", "the file was sealed by a newer program, in a version of the format that is not known here")
	case strings.HasPrefix(thisVersion, s):
		return nil, invalid("", "the sealed file is cut short")
	}
	return nil, invalid("", "this is no sealed file: one begins with %sv1", versionLine)
}

// opened explains the errors of the content.
type opened struct {
	content io.Reader
	src     *source
}

// Read reads what was sealed.
func (o *opened) Read(p []byte) (int, error) {
	n, err := o.content.Read(p)
	if err != nil && err != io.EOF { //nolint:errorlint // a reader's end is io.EOF itself; wrapped, it is damage
		err = o.src.explain(err)
	}
	return n, err
}

// source remembers why the file could not be read, which is not for the format to explain, and bounds its header.
type source struct {
	r        io.Reader
	left     int
	bounded  bool
	password bool // it is to be opened with one
	failed   error
}

func (s *source) Read(p []byte) (int, error) {
	if s.bounded {
		if s.left <= 0 {
			return 0, invalid("", "the sealed file is damaged: its beginning has no end")
		}
		p = p[:min(len(p), s.left)]
	}
	n, err := s.r.Read(p)
	s.left -= n
	if err != nil && !errors.Is(err, io.EOF) {
		s.failed = err
	}
	return n, err
}

// explain turns an error of the format into one for the person with the file.
func (s *source) explain(err error) error {
	var ours *register.Error
	var none *age.NoIdentityMatchError
	switch {
	case s.failed != nil:
		return register.Errorf(register.Internal, "", "the sealed file cannot be read: %w", s.failed)
	case errors.As(err, &ours):
		return ours
	case !errors.As(err, &none):
		return invalid("", "the sealed file is damaged or cut short")
	}
	underPassword := slices.Contains(none.StanzaTypes, "scrypt")
	switch {
	case underPassword && s.password:
		return register.Errorf(register.Denied, "password", "the password does not open the file")
	case underPassword:
		return register.Errorf(register.Denied, "password", "the file is sealed under a password, which no identity replaces")
	case s.password:
		return register.Errorf(register.Denied, "identity", "the file is sealed for keys, which no password replaces")
	}
	return register.Errorf(register.Denied, "identity", "the file is sealed for other keys than those given")
}
