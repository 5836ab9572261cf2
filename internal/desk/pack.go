package desk

import (
	"context"
	"encoding/hex"
	"fmt"
	"io"
	"path/filepath"

	"custos/internal/calendar"
	"custos/internal/exchange/pack"
	"custos/internal/exchange/sealed"
	"custos/internal/letter"
	"custos/internal/register"
	"custos/store"
)

// Pack writes the answer to a request to a file: everything taken in, without
// the words marked, as a page, a PDF, data and tables, and the documents given
// with it. Until the release is approved it is marked a draft for the office.
//
// It may be built at any time before the case is closed, and is recorded as a
// disclosure to the person, or as a draft that stayed in the office. What was
// written is read back: if words that were taken out stand in any file of it,
// nothing is kept. Errors: Invalid naming the part of the input, Refused for
// mentions not judged, for a document that is not as it was attached, for a
// file that exists and a disk that is full; Conflict where the case changed
// meanwhile.
func (s *Seat) Pack(ctx context.Context, ref string, in register.PackInput) (register.Disclosure, error) {
	if err := s.allow(register.RequestPack); err != nil {
		return register.Disclosure{}, err
	}
	r, err := s.packable(ref)
	if err != nil {
		return register.Disclosure{}, err
	}
	p, err := s.packing(ctx, &r, in)
	if err != nil {
		return register.Disclosure{}, err
	}
	return s.disclose(ctx, leaving{
		record: p.record(), people: []register.ID{r.Delegate}, verb: register.RequestPack,
		write: p.write, proof: p.readBack,
		still: func(tx *store.Tx) error { return unchanged(tx, &r) },
		also:  func(tx *store.Tx) error { return s.packed(tx, &r, p.record().What) },
	}, in.File())
}

// packable returns a case that has a pack.
func (s *Seat) packable(ref string) (register.Request, error) {
	r, err := s.request(ref)
	switch {
	case err != nil:
	case r.Right != calendar.Access && r.Right != calendar.Portability:
		err = register.Errorf(register.Refused, "", "%s is not an access request, nor for portability: it has no pack", r.Ref)
	case r.Delegate == "":
		err = register.Errorf(register.Refused, "", "%s: nobody is matched to the case yet", r.Ref)
	case r.State() == register.ClosedCase:
		err = register.Errorf(register.Refused, "", "%s is closed", r.Ref)
	}
	return r, err
}

// packing gathers what the pack of a case is made from.
func (s *Seat) packing(ctx context.Context, r *register.Request, in register.PackInput) (*packing, error) {
	form, err := checkPack(&in)
	if err == nil && r.Right == calendar.Portability {
		err = checkExport(&in, form)
	}
	if err != nil {
		return nil, err
	}
	if decided, _ := r.Last(register.Decided); decided.Outcome == register.Refuse {
		return nil, register.Errorf(register.Refused, "", "%s is refused: there is a letter to write, and nothing to hand out", r.Ref)
	}
	found, err := s.findings(ctx, r, nil)
	if err != nil {
		return nil, err
	}
	reply, err := s.reply(r, &found)
	if err != nil {
		return nil, err
	}
	p := &packing{in: in, form: form, info: pack.Info{
		Generator: "Custos", Created: s.desk.now(),
		Fields: map[string]string{
			"request":    r.Ref,
			"audit_head": register.AuditMark{Sequence: reply.AuditSeq, Hash: reply.AuditHash}.String(),
			"draft":      fmt.Sprint(reply.Draft),
		},
	}}
	if r.Right == calendar.Portability {
		p.reply = reply
		p.export, err = s.portable(&reply, &found)
		return p, err
	}
	if waiting := found.NotJudged(); waiting != "" && !reply.Draft {
		return nil, register.Errorf(register.Refused, "", "%s: say of each whether the reply quotes it", waiting)
	}
	p.documents, err = s.enclose(&reply, in.With)
	p.reply = reply
	return p, err
}

// checkPack refuses a destination or a protection that cannot be.
func checkPack(in *register.PackInput) (form string, err error) {
	if err := in.Validate(); err != nil {
		return "", err
	}
	if len(in.Recipients) > 0 {
		if _, err := sealed.Seal(io.Discard, sealed.Key{Recipients: in.Recipients}); err != nil {
			return "", err
		}
	}
	return in.Form()
}

// checkExport refuses what an export that machines read cannot be.
func checkExport(in *register.PackInput, form string) error {
	switch {
	case form != register.PackZip:
		return register.Errorf(register.Invalid, "to", "data to take along is for machines: the name has to end in .zip")
	case len(in.Password) > 0:
		return register.Errorf(register.Invalid, "password", "data to take along is protected by keys: give a recipient")
	case len(in.With) > 0:
		return register.Errorf(register.Invalid, "with", "data to take along holds no documents")
	}
	return nil
}

// record is the disclosure a pack is recorded as.
func (p *packing) record() register.Disclosure {
	d := register.Disclosure{
		What: p.what(), Recipient: "data subject", Fields: []string{"everything held"}, Format: p.form,
		Encryption: p.in.Encryption(), Request: p.reply.Request.Ref, Draft: p.reply.Draft, Unchecked: p.reply.Unchecked,
		AuditSeq: p.reply.AuditSeq, AuditHead: p.reply.AuditHash,
	}
	if p.export != nil {
		d.Fields = p.exported()
	}
	if d.Draft {
		d.What, d.Recipient = d.What+", draft", "internal"
		return d
	}
	approved, _ := p.reply.Request.Approval()
	d.ApprovedBy = approved.By
	return d
}

func (p *packing) what() string {
	if p.export != nil {
		return "data to take along"
	}
	return "access reply"
}

// unchanged refuses a pack of a case that was changed while it was built.
func unchanged(tx *store.Tx, r *register.Request) error {
	now, err := tx.Requests().Get(r.Ref)
	if err == nil && now.Revision != r.Revision {
		err = register.Errorf(register.Conflict, "", "%s was changed while the pack was built: build it again", r.Ref)
	}
	return err
}

// packed notes in the case that its pack was built.
func (s *Seat) packed(tx *store.Tx, r *register.Request, what string) error {
	return s.enter(tx, r.Ref, register.RequestEvent{Kind: register.Packed, On: s.Today(), Text: what})
}

// reply gathers what the letter room needs to answer the request.
func (s *Seat) reply(r *register.Request, found *register.Findings) (letter.Reply, error) {
	settings := s.Settings()
	head := s.desk.db.AuditHead()
	settings.Profile.Complaint = settings.Complaint()
	approved, _ := r.Approval()
	released := r.Covered()
	reply := letter.Reply{
		Office: settings.Office, Profile: settings.Profile, Request: *r, On: s.Today(),
		AuditSeq: head.Seq, AuditHash: hex.EncodeToString(head.Hash[:]),
		Draft: !released, Unchecked: released && approved.Unchecked,
		Redactions: r.Redactions, Exemptions: settings.ExemptionList(),
	}
	var documents []register.Document
	reply.Holdings, reply.Mentions, documents, reply.Withheld = found.TakenIn()
	for _, d := range documents {
		reply.Documents = append(reply.Documents, letter.Enclosed{Document: d})
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
	return nil
}

// largestDocument is the most bytes of a document that goes into a pack, which
// is made in memory.
const largestDocument = 256 << 20

// enclose reads the copies of documents that go into a pack, each of which must
// be as it was attached, and returns them in the order of the reply.
func (s *Seat) enclose(reply *letter.Reply, names []string) ([]packFile, error) {
	given := map[string]packFile{}
	for _, name := range names {
		data, err := s.files.Read(name, largestDocument)
		if err != nil {
			return nil, unreadable(name, err)
		}
		given[digestOf(data)] = packFile{name: name, data: data}
	}
	var copies []packFile
	for i := range reply.Documents {
		d := &reply.Documents[i]
		if f, ok := given[d.Digest]; ok {
			d.Copy, d.Ending = true, filepath.Ext(f.name)
			copies = append(copies, f)
			delete(given, d.Digest)
		}
	}
	for _, f := range given {
		return nil, register.Errorf(register.Refused, "with", "%s is not a document of the case as it was attached:"+
			" attach it as it is now, or find the file that was", f.name)
	}
	return copies, nil
}
