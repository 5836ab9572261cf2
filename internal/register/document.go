package register

import "strings"

// AttachInput lists a copy of something held elsewhere in a case.
type AttachInput struct {
	File  string // read for its digest and size, and not kept
	Title string
	Where string // where it is held: the filing cabinet, the mailbox, the other system
}

// DocumentPrefix and RedactionPrefix are the kind letters of their ids.
const (
	DocumentPrefix  = 'F'
	RedactionPrefix = 'R'
)

// AttachDocument lists a document. Errors: Invalid for one without a title or a
// place, Conflict for one that is listed already.
func (r *Request) AttachDocument(d Document) error {
	switch {
	case strings.TrimSpace(d.Title) == "":
		return Errorf(Invalid, "title", "say what the document is, as the reply will print it")
	case strings.TrimSpace(d.Where) == "":
		return Errorf(Invalid, "where", "say where the document is held")
	}
	for _, x := range r.Documents {
		if x.Digest == d.Digest {
			return Errorf(Conflict, "file", "the same file is attached already, as %s", x.ID)
		}
	}
	r.Documents = append(append([]Document(nil), r.Documents...), d)
	return nil
}

// TakeDocument says whether the pack lists a document; leaving it out needs a
// reason. Errors: NotFound, Invalid.
func (r *Request) TakeDocument(id ID, include bool, reason string) error {
	if !include && strings.TrimSpace(reason) == "" {
		return Errorf(Invalid, "reason", "say why it is left out: the reply tells the person")
	}
	list := append([]Document(nil), r.Documents...)
	for i := range list {
		if list[i].ID == id {
			list[i].Include, list[i].Reason = include, strings.TrimSpace(reason)
			r.Documents = list
			return nil
		}
	}
	return Errorf(NotFound, "document", "there is no document %s here", id)
}
