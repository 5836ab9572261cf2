package register

import (
	"bytes"
	"path/filepath"
	"strings"
	"unicode/utf8"
)

// PackInput says where the answer to a request goes and how it is protected.
type PackInput struct {
	To string // a name ending in .zip or .pdf; .age may follow where it is encrypted; or Stream
	As string // PackZip or PackPDF, which a name has to agree with; "": as the name says, PackZip for Stream
	// Password protects it with AES-256; empty: none. It is never kept.
	Password []byte
	// Recipients are age public keys: only they can open it.
	Recipients []string
	// With are files that were attached to the case and go into the pack.
	With []string
}

// The forms of a pack.
const (
	PackZip = "zip"
	PackPDF = "pdf"
)

// ageEnding ends the name of a file that is encrypted to keys.
const ageEnding = ".age"

// minPassword is how many characters protect a file.
const minPassword = 10

// File is the name the pack is written under: one that is encrypted to keys
// ends in .age.
func (in *PackInput) File() string {
	if len(in.Recipients) > 0 && in.To != Stream && !strings.EqualFold(filepath.Ext(in.To), ageEnding) {
		return in.To + ageEnding
	}
	return in.To
}

// Form is what lies under the encryption, if any: PackZip or PackPDF. The error
// is Invalid for any other name.
func (in *PackInput) Form() (string, error) {
	if in.To == Stream {
		return in.streamed()
	}
	name := strings.ToLower(in.To)
	if len(in.Recipients) > 0 {
		name = strings.TrimSuffix(name, ageEnding)
	}
	switch ending := filepath.Ext(name); {
	case in.As != "" && ending != "."+in.As:
		return "", Errorf(Invalid, "as", "the name of the file does not say %s", in.As)
	case ending == ".zip":
		return PackZip, nil
	case ending == ".pdf":
		return PackPDF, nil
	case ending == ageEnding:
		return "", Errorf(Invalid, "to", "a file ending in %s is encrypted to keys: say to which", ageEnding)
	}
	return "", Errorf(Invalid, "to", "the name has to end in .zip, or in .pdf for one file to print")
}

// streamed is the form of a pack without a name.
func (in *PackInput) streamed() (string, error) {
	switch in.As {
	case "", PackZip:
		return PackZip, nil
	case PackPDF:
		return PackPDF, nil
	}
	return "", Errorf(Invalid, "as", "a pack is a zip, or a pdf for one file to print, not %s", in.As)
}

// Encryption is what a disclosure says of the protection: none, password or age.
func (in *PackInput) Encryption() string {
	switch {
	case len(in.Recipients) > 0:
		return "age"
	case len(in.Password) > 0:
		return "password"
	}
	return "none"
}

// Validate returns an Invalid error naming the part that cannot stand.
func (in *PackInput) Validate() error {
	_, err := in.Form()
	switch {
	case err != nil:
		return err
	case len(in.Password) > 0 && len(in.Recipients) > 0:
		return Errorf(Invalid, "password", "a pack is protected by a password or by keys, not by both")
	case len(in.Password) > 0 && !utf8.Valid(in.Password):
		return Errorf(Invalid, "password", "the password is not written in UTF-8")
	case len(in.Password) > 0 && utf8.RuneCount(bytes.TrimSpace(in.Password)) < minPassword:
		return Errorf(Invalid, "password", "a password has at least %d characters; tell it to the person by another way",
			minPassword)
	}
	return nil
}
