package audit

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
)

// maxLine is the longest line that an entry within its limits can have.
const maxLine = 16 << 20

// What can be wrong with an export besides a break in its chain.
var (
	ErrNotExport = errors.New("this is not an audit export of a version that this program knows")
	ErrNoEnd     = errors.New("the closing line is missing: the file is cut short")
	ErrAfterEnd  = errors.New("something follows the closing line")
	ErrHeader    = errors.New("the first line does not fit the rest")
	ErrTrailer   = errors.New("the closing line does not fit the lines above it")
	ErrGap       = errors.New("the entries said to be lost do not fit the lines around them")
)

// An ExportError locates a fault in an export. It wraps one of the sentinels above, a *BreakError, or the reader's error.
type ExportError struct {
	Line int // from 1
	Err  error
}

func (e *ExportError) Error() string { return fmt.Sprintf("line %d: %v", e.Line, e.Err) }

// Unwrap returns the fault itself.
func (e *ExportError) Unwrap() error { return e.Err }

// A Report is what a sound export says.
type Report struct {
	Store      string
	ExportedAt int64 // Unix milliseconds, UTC
	Entries    uint64
	After      Head  // where the export begins: Seq 0 when with the store's first entry
	Head       Head  // where it ends
	From, To   int64 // times of the first and the last entry, Unix milliseconds, UTC; 0 without entries
	Gaps       []Gap // entries the export says were lost to damage
}

// VerifyExport checks an export with nothing but its bytes, so that anyone can; Report.Shown says what that proves and
// Report.NotShown what it does not. Any changed byte is a fault: the error is an *ExportError with the line.
func VerifyExport(r io.Reader) (Report, error) {
	return newVerifier(r).verify()
}

type verifier struct {
	in     *bufio.Reader
	sum    hash.Hash // over the lines before the current one
	line   int
	chain  *Chain
	want   Head
	gap    *Gap // told of on the line before
	report Report

	anchors []Anchor
	watches watches
}

func newVerifier(r io.Reader) *verifier {
	return &verifier{in: bufio.NewReaderSize(r, 64<<10), sum: sha256.New()}
}

func (v *verifier) verify() (Report, error) {
	if err := v.run(); err != nil {
		return Report{}, &ExportError{Line: max(v.line, 1), Err: err}
	}
	return v.report, nil
}

func (v *verifier) run() error {
	text, err := v.next()
	if errors.Is(err, ErrNoEnd) {
		return ErrNotExport
	}
	if err != nil {
		return err
	}
	if err := v.header(text); err != nil {
		return err
	}
	for {
		v.sum.Write(text)
		if text, err = v.next(); err != nil {
			return v.cut(err)
		}
		switch {
		case bytes.HasPrefix(text, []byte(trailerStart)):
			return v.trailer(text)
		case bytes.HasPrefix(text, []byte(gapStart)):
			err = v.lost(text)
		default:
			err = v.entry(text)
		}
		if err != nil {
			return v.settle(err)
		}
	}
}

func (v *verifier) header(text []byte) error {
	var l headerLine
	if err := parse(text, &l); err != nil || l.Format != exportFormat || l.Version != exportVersion {
		return ErrNotExport
	}
	h := Header{
		Store: l.Store, ExportedAt: int64(l.ExportedAt),
		From: Head{l.FromSeq, l.FromHash}, Head: Head{l.HeadSeq, l.HeadHash},
	}
	if err := h.check(); err != nil {
		return fmt.Errorf("%w: %w", ErrHeader, err)
	}
	v.chain, v.want = NewChain(h.From), h.Head
	v.report = Report{Store: h.Store, ExportedAt: h.ExportedAt, After: h.From}
	v.watches = watchFor(h.Store, nil, v.anchors)
	v.watches.see(h.From, nil)
	return nil
}

func (v *verifier) entry(text []byte) error {
	var l entryLine
	if err := parse(text, &l); err != nil {
		return err
	}
	e := l.entry()
	if err := e.Check(); err != nil {
		return err
	}
	if e.Hash() != l.Hash {
		return &BreakError{Kind: Altered, Seq: e.Seq}
	}
	if err := v.leap(&e); err != nil {
		return err
	}
	if err := v.chain.Add(e); err != nil {
		return err
	}
	v.watches.see(v.chain.head, &e)
	if v.report.Entries == 0 {
		v.report.From = e.At
	}
	v.report.Entries++
	v.report.To, v.report.Head = e.At, v.chain.head
	return nil
}

// lost takes the line that stands where a repair found entries lost.
func (v *verifier) lost(text []byte) error {
	var l gapLine
	if err := parse(text, &l); err != nil {
		return err
	}
	g := Gap{First: l.First, Last: l.Last}
	if !l.Gap || v.gap != nil || g.First != v.chain.head.Seq+1 || g.Last < g.First || g.Last >= v.want.Seq {
		return ErrGap
	}
	v.gap = &g
	return nil
}

// leap passes over the gap told of on the line before.
func (v *verifier) leap(e *Entry) error {
	if v.gap == nil {
		return nil
	}
	v.gap.Hash = e.Prev // all that is left of the entry before
	v.chain.gaps = []Gap{*v.gap}
	if !v.chain.leap(e) {
		return ErrGap
	}
	v.report.Gaps = append(v.report.Gaps, *v.gap)
	v.gap = nil
	v.watches.see(v.chain.head, nil)
	return nil
}

func (v *verifier) trailer(text []byte) error {
	var l trailerLine
	if err := parse(text, &l); err != nil {
		return err
	}
	if v.gap != nil {
		return ErrGap
	}
	if err := v.chain.ends(v.want); err != nil {
		return err
	}
	head := Head{l.HeadSeq, l.HeadHash}
	if !l.End || l.Entries != v.report.Entries || head != v.chain.head || [32]byte(l.SHA256) != [32]byte(v.sum.Sum(nil)) {
		return ErrTrailer
	}
	v.report.Head = head
	if _, err := v.in.ReadByte(); err == nil {
		v.line++
		return ErrAfterEnd
	} else if !errors.Is(err, io.EOF) {
		return err
	}
	return nil
}

// settle turns a gap into an entry out of its place when the rest of the file holds it.
func (v *verifier) settle(err error) error {
	var gap *BreakError
	if !errors.As(err, &gap) || gap.Kind != Missing {
		return err
	}
	at := v.line
	defer func() { v.line = at }()
	for {
		text, err := v.next()
		if err != nil {
			return gap
		}
		var l entryLine
		if parse(text, &l) == nil && gap.settles(l.Seq) {
			return gap
		}
	}
}

// cut says what is lost when the file ends before its closing line.
func (v *verifier) cut(err error) error {
	if errors.Is(err, ErrNoEnd) && v.chain.head.Seq < v.want.Seq {
		return fmt.Errorf("%w: %w", ErrNoEnd, v.chain.ends(v.want))
	}
	return err
}

// next reads a line, its newline included; ErrNoEnd when there is no whole one.
func (v *verifier) next() ([]byte, error) {
	v.line++
	var text []byte
	for {
		part, err := v.in.ReadSlice('\n')
		text = append(text, part...)
		switch {
		case err == nil:
			return text, nil
		case errors.Is(err, io.EOF):
			return nil, ErrNoEnd
		case !errors.Is(err, bufio.ErrBufferFull):
			return nil, err
		case len(text) > maxLine:
			return nil, errLine
		}
	}
}
