package audit

import (
	"bufio"
	"crypto/sha256"
	"fmt"
	"io"
	"iter"
)

// A Header says what an export holds: the entries of a store after From, up to Head.
type Header struct {
	Store      string // the store's id: UTF-8 without control characters, at most MaxText bytes
	ExportedAt int64  // instant, in Unix milliseconds, UTC
	From       Head   // Start(Store) when the export begins with the first entry
	Head       Head
	Gaps       []Gap // recorded by repairs; the export tells of each in its place
}

// WriteExport writes the entries as JSON Lines: a header line, a line for each entry with its own hash, and a closing line
// with the count, the head and the SHA-256 of all bytes above it; a recorded gap has a line in its place. The chain is
// verified on the way: an entry that does not fit, or an end that is not h.Head, is a *BreakError, and the file is then
// incomplete.
func WriteExport(w io.Writer, h Header, entries iter.Seq2[Entry, error]) error {
	if err := h.check(); err != nil {
		return err
	}
	out := bufio.NewWriter(w)
	hash := sha256.New()
	x := exporter{to: io.MultiWriter(out, hash), chain: &Chain{head: h.From, gaps: h.Gaps}}
	err := x.line(headerLine{
		Format: exportFormat, Version: exportVersion, Store: h.Store, ExportedAt: instant(h.ExportedAt),
		FromSeq: h.From.Seq, FromHash: h.From.Hash, HeadSeq: h.Head.Seq, HeadHash: h.Head.Hash,
	})
	if err != nil {
		return err
	}
	if err := x.entries(entries); err != nil {
		return err
	}
	if err := x.chain.ends(h.Head); err != nil {
		return err
	}
	err = x.line(trailerLine{
		End: true, Entries: x.count, HeadSeq: h.Head.Seq, HeadHash: h.Head.Hash,
		SHA256: sum(hash.Sum(nil)),
	})
	if err != nil {
		return err
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("writing the audit export: %w", err)
	}
	return nil
}

func (h *Header) check() error {
	if h.Store == "" {
		return fmt.Errorf("audit export: the store has no id")
	}
	if err := checkText(h.Store, MaxText); err != nil {
		return fmt.Errorf("audit export: the store's id %w", err)
	}
	if h.ExportedAt < 0 || h.ExportedAt > MaxAt {
		return fmt.Errorf("audit export: its time is outside the years 1970 to 9999")
	}
	if h.From.Seq == 0 && h.From != Start(h.Store) {
		return fmt.Errorf("audit export: it does not start where this store's audit trail does")
	}
	if h.Head.Seq < h.From.Seq {
		return fmt.Errorf("audit export: it ends at entry %d, before it starts", h.Head.Seq)
	}
	return nil
}

type exporter struct {
	to    io.Writer
	chain *Chain
	count uint64 // entries
}

func (x *exporter) entries(entries iter.Seq2[Entry, error]) error {
	for e, err := range entries {
		if err != nil {
			return fmt.Errorf("audit entry %d cannot be read: %w", x.chain.head.Seq+1, err)
		}
		if err := e.Check(); err != nil {
			return err
		}
		if before := x.chain.head.Seq; x.chain.leap(&e) {
			if err := x.line(gapLine{Gap: true, First: before + 1, Last: x.chain.head.Seq}); err != nil {
				return err
			}
		}
		if err := x.chain.Add(e); err != nil {
			return err
		}
		x.count++
		if err := x.line(lineOf(e, x.chain.head.Hash)); err != nil {
			return err
		}
	}
	return nil
}

func (x *exporter) line(l any) error {
	b, err := render(l)
	if err != nil {
		return err
	}
	if _, err := x.to.Write(b); err != nil {
		return fmt.Errorf("writing the audit export: %w", err)
	}
	return nil
}

// ends compares the head reached with the one promised.
func (c *Chain) ends(want Head) error {
	switch {
	case c.head.Seq < want.Seq:
		return &BreakError{Kind: Truncated, Seq: c.head.Seq + 1, Found: want.Seq}
	case c.head.Seq > want.Seq:
		return fmt.Errorf("the audit trail goes on to entry %d, and should end with entry %d", c.head.Seq, want.Seq)
	case c.head.Hash != want.Hash:
		return &BreakError{Kind: Altered, Seq: c.head.Seq}
	}
	return nil
}
