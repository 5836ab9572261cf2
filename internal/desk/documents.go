package desk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"strings"

	"custos/internal/register"
)

// Attach lists a copy of something held elsewhere in a case: its title, where
// it is held, and the digest of the file, which is read and not kept. Errors:
// Invalid for a file that cannot be read and for a missing title, Conflict for
// a file that is listed already.
func (s *Seat) Attach(ctx context.Context, ref string, in register.AttachInput) (register.RequestPage, error) {
	var none register.RequestPage
	if err := s.allow(register.RequestSelect); err != nil {
		return none, err
	}
	digest, size, err := s.files.digest(in.File)
	if err != nil {
		return none, err
	}
	id, err := s.desk.ids.Next(register.DocumentPrefix)
	if err != nil {
		return none, err
	}
	return s.reselect(ctx, ref, "document "+string(id)+" attached", func(r *register.Request) error {
		return r.AttachDocument(register.Document{
			ID: id, Title: strings.TrimSpace(in.Title), Where: strings.TrimSpace(in.Where), Digest: digest, Bytes: size,
			Include: true, By: s.operator.Name, At: s.desk.now(),
		})
	})
}

// TakeDocument says whether the pack takes a document in; leaving it out needs
// a reason.
func (s *Seat) TakeDocument(
	ctx context.Context, ref string, id register.ID, include bool, reason string,
) (register.RequestPage, error) {
	what := "document " + string(id) + " taken in"
	if !include {
		what = "document " + string(id) + " left out"
	}
	return s.reselect(ctx, ref, what, func(r *register.Request) error { return r.TakeDocument(id, include, reason) })
}

// digestFile reads a file for its SHA-256 and its size.
func (f Files) digest(name string) (digest string, size int64, err error) {
	in, err := f.Open(name)
	if err != nil {
		return "", 0, unreadable(name, err)
	}
	sum := sha256.New()
	size, err = io.Copy(sum, in)
	if err = errors.Join(err, in.Close()); err != nil {
		return "", 0, unreadable(name, err)
	}
	return hex.EncodeToString(sum.Sum(nil)), size, nil
}

// unreadable says why a file cannot be read.
func unreadable(name string, err error) error {
	var known *register.Error
	if errors.As(err, &known) {
		return err
	}
	kind, why := register.Invalid, "cannot be read"
	if errors.Is(err, fs.ErrNotExist) {
		kind, why = register.NotFound, "does not exist"
	}
	return &register.Error{Kind: kind, Field: "file", Msg: name + " " + why, Err: err}
}
