package desk

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"

	"custos/internal/calendar"
	"custos/internal/exchange/pack"
	"custos/internal/exchange/table"
	"custos/internal/letter"
	"custos/internal/register"
	"custos/store"
)

// Pack writes the answer to an access request to a ZIP file: a page to read
// and print, the data, a table per section, and a manifest with the digest of
// each. Until the release is approved it is marked a draft for the office.
//
// It may be built at any time before the case is closed. It is recorded as a
// disclosure to the person, or as a draft that stayed in the office.
func (s *Seat) Pack(ctx context.Context, ref, to string) (register.Disclosure, error) {
	var d register.Disclosure
	if err := s.allow(register.RequestPack); err != nil {
		return d, err
	}
	r, err := s.request(ref)
	if err != nil {
		return d, err
	}
	reply, err := s.reply(&r)
	if err != nil {
		return d, err
	}
	d = register.Disclosure{
		What: "access reply", Recipient: "data subject", Fields: []string{"everything held"}, Format: "zip",
		Encryption: "none", Request: r.Ref, Draft: reply.Draft, Unchecked: reply.Unchecked,
	}
	if reply.Draft {
		d.What, d.Recipient = "access reply, draft", "internal"
	}
	if approved, ok := r.Last(register.Approved); ok {
		d.ApprovedBy = approved.By
	}
	return s.disclose(ctx, leaving{
		record: d, people: []register.ID{r.Delegate}, verb: register.RequestPack,
		write: func(w io.Writer) error { return s.writePack(w, reply) },
		also: func(tx *store.Tx) error {
			now, err := tx.Requests().Get(r.Ref)
			if err != nil {
				return err
			}
			if err := s.add(&now, register.RequestEvent{Kind: register.Packed, On: s.Today(), Text: d.What}); err != nil {
				return err
			}
			return s.save(tx, &now)
		},
	}, to)
}

// reply gathers what the letter room needs to answer the request.
func (s *Seat) reply(r *register.Request) (letter.Reply, error) {
	var reply letter.Reply
	switch {
	case r.Right != calendar.Access:
		return reply, register.Errorf(register.Refused, "", "%s is not an access request: it has no pack", r.Ref)
	case r.Delegate == "":
		return reply, register.Errorf(register.Refused, "", "%s: nobody is matched to the case yet", r.Ref)
	case r.State() == register.ClosedCase:
		return reply, register.Errorf(register.Refused, "", "%s is closed", r.Ref)
	}
	settings := s.Settings()
	head := s.desk.db.AuditHead()
	approved, released := r.Last(register.Approved)
	reply = letter.Reply{
		Office: settings.Office, Profile: settings.Profile, Request: *r, On: s.Today(),
		AuditSeq: head.Seq, AuditHash: hex.EncodeToString(head.Hash[:]),
		Draft: !released, Unchecked: approved.Unchecked,
	}
	err := s.read(register.RequestRead, func(tx *store.Tx) error { return s.fillReply(tx, r, &reply) })
	return reply, err
}

func (s *Seat) fillReply(tx *store.Tx, r *register.Request, reply *letter.Reply) error {
	d, err := tx.Delegates().Get(r.Delegate)
	if err != nil {
		return err
	}
	reply.Person, reply.Kind = d.Name, d.Kind
	for m, err := range tx.Memberships().Of(d.ID) {
		if err != nil {
			return err
		}
		if m.Access != "" {
			reply.Access = append(reply.Access, m.Access)
		}
	}
	for x, err := range tx.Disclosed().Of(d.ID) {
		if err != nil {
			return err
		}
		reply.Disclosures = append(reply.Disclosures, x)
	}
	reply.Holdings, err = s.held(tx, d.ID)
	return err
}

// writePack writes the files of a reply, the page first.
func (s *Seat) writePack(w io.Writer, reply letter.Reply) error {
	p := pack.New(w, pack.Info{
		Generator: "Custos",
		Created:   s.desk.now(),
		Fields: map[string]string{
			"request":    reply.Request.Ref,
			"audit_head": fmt.Sprintf("%d:%s", reply.AuditSeq, reply.AuditHash),
			"draft":      fmt.Sprint(reply.Draft),
		},
	})
	var page bytes.Buffer
	if err := letter.RenderHTML(&page, reply); err != nil {
		return err
	}
	if err := p.Add(letter.PageFile, page.Bytes()); err != nil {
		return err
	}
	data, err := json.MarshalIndent(letter.Data(reply), "", "  ")
	if err != nil {
		return fmt.Errorf("writing %s: %w", letter.DataFile, err)
	}
	if err := p.Add(letter.DataFile, append(data, '\n')); err != nil {
		return err
	}
	for _, section := range letter.Sections(reply) {
		content, err := sectionCSV(section)
		if err != nil {
			return err
		}
		if err := p.Add(section.File(), content); err != nil {
			return err
		}
	}
	return p.Close()
}

func sectionCSV(section letter.Section) ([]byte, error) {
	var b bytes.Buffer
	l := listing{columns: section.Header, rows: section.Rows}
	if err := l.write(table.CSV, &b); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
