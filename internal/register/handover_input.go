package register

import (
	"bytes"
	"unicode/utf8"
)

// HandOverInput hands a case over, or the advice on one back.
type HandOverInput struct {
	To         string   // a file that must not exist
	Question   string   // what is asked of whoever advises; not of advice
	Password   []byte   // never kept; tell it by another way
	Recipients []string // age or SSH public keys of whoever reads it, instead
}

// Validate returns an Invalid error about a password that is too short.
func (in *HandOverInput) Validate() error {
	if n := utf8.RuneCount(bytes.TrimSpace(in.Password)); len(in.Password) > 0 && n < minPassword {
		return Errorf(Invalid, "password", "a password has at least %d characters; tell it to them by another way", minPassword)
	}
	return nil
}

// Encryption names how the file is sealed, as a disclosure records it.
func (in *HandOverInput) Encryption() string {
	if len(in.Recipients) > 0 {
		return "age"
	}
	return "password"
}
