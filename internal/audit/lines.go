package audit

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// The lines of an export, each a JSON object with its fields in this order and all of them present.
const (
	exportFormat  = "custos-audit"
	exportVersion = 1
	trailerStart  = `{"end":`
	gapStart      = `{"gap":`
	instantLayout = "2006-01-02T15:04:05.000Z"
)

type headerLine struct {
	Format     string  `json:"format"`
	Version    int     `json:"version"`
	Store      string  `json:"store"`
	ExportedAt instant `json:"exported_at"`
	FromSeq    uint64  `json:"from_seq"`
	FromHash   sum     `json:"from_hash"`
	HeadSeq    uint64  `json:"head_seq"`
	HeadHash   sum     `json:"head_hash"`
}

type entryLine struct {
	Seq       uint64   `json:"seq"`
	At        instant  `json:"at"`
	Operator  string   `json:"operator"`
	Door      string   `json:"door"`
	Verb      string   `json:"verb"`
	Approver  string   `json:"approver"`
	Subjects  []string `json:"subjects"`
	Operation string   `json:"operation"`
	Changes   sum      `json:"changes"`
	Note      string   `json:"note"`
	Unchecked bool     `json:"unchecked"`
	Refused   bool     `json:"refused"`
	Prev      sum      `json:"prev"`
	Hash      sum      `json:"hash"`
}

// gapLine stands in the place of entries that a repair recorded as lost.
type gapLine struct {
	Gap   bool   `json:"gap"`
	First uint64 `json:"first"`
	Last  uint64 `json:"last"`
}

type trailerLine struct {
	End      bool   `json:"end"`
	Entries  uint64 `json:"entries"`
	HeadSeq  uint64 `json:"head_seq"`
	HeadHash sum    `json:"head_hash"`
	SHA256   sum    `json:"sha256"` // of every byte above this line
}

func lineOf(e Entry, hash [32]byte) entryLine {
	subjects := e.Subjects
	if subjects == nil {
		subjects = []string{}
	}
	return entryLine{
		Seq: e.Seq, At: instant(e.At), Operator: e.Operator, Door: e.Door, Verb: e.Verb, Approver: e.Approver,
		Subjects: subjects, Operation: e.Operation, Changes: e.Changes, Note: e.Note,
		Unchecked: e.Unchecked, Refused: e.Refused, Prev: sum(e.Prev), Hash: hash,
	}
}

func (l *entryLine) entry() Entry {
	return Entry{
		Seq: l.Seq, Prev: l.Prev, At: int64(l.At), Operator: l.Operator, Door: l.Door, Verb: l.Verb,
		Approver: l.Approver, Subjects: l.Subjects, Operation: l.Operation, Changes: l.Changes, Note: l.Note,
		Unchecked: l.Unchecked, Refused: l.Refused,
	}
}

// render gives the one way to write a line.
func render(line any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(line); err != nil {
		return nil, fmt.Errorf("writing an audit line: %w", err)
	}
	return b.Bytes(), nil
}

var errLine = errors.New("it is not written as this format writes it")

// parse reads a line and refuses any other way to write the same, so that no byte of it is without meaning.
func parse(text []byte, line any) error {
	if err := json.Unmarshal(text, line); err != nil {
		return errLine // the decoder's own words may quote the line
	}
	again, err := render(line)
	if err != nil || !bytes.Equal(again, text) {
		return errLine
	}
	return nil
}

// instant is Unix milliseconds, written as RFC 3339 in UTC.
type instant int64

func (i instant) MarshalText() ([]byte, error) {
	if i < 0 || i > MaxAt {
		return nil, errors.New("the time is outside the years 1970 to 9999")
	}
	return time.UnixMilli(int64(i)).UTC().AppendFormat(nil, instantLayout), nil
}

func (i *instant) UnmarshalText(b []byte) error {
	t, err := time.Parse(instantLayout, string(b))
	if err != nil {
		return errLine
	}
	*i = instant(t.UnixMilli())
	return nil
}

// sum is a hash, written in hexadecimal.
type sum [32]byte

func (s sum) MarshalText() ([]byte, error) { return hex.AppendEncode(nil, s[:]), nil }

func (s *sum) UnmarshalText(b []byte) error {
	if len(b) != hex.EncodedLen(len(s)) {
		return errLine
	}
	_, err := hex.Decode(s[:], b)
	return err
}
