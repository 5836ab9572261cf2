package register

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Findings is what a search for a person found, with what was judged of it.
type Findings struct {
	Ref      string         `json:"ref"`
	Holdings []FoundHolding `json:"holdings"`
	Mentions []Mention      `json:"mentions"`
	// Unjudged counts the mentions nobody has judged yet.
	Unjudged   int         `json:"unjudged"`
	Documents  []Document  `json:"documents"`
	Redactions []Redaction `json:"redactions"`
}

// FoundHolding is what a collection holds on the person, each record with
// whether it goes into the pack.
type FoundHolding struct {
	Collection string        `json:"collection"`
	Title      string        `json:"title"`
	Purpose    string        `json:"purpose,omitempty"`
	Records    []FoundRecord `json:"records"`
}

// FoundRecord is a record and the choice that was made of it; Key names it in
// a choice.
type FoundRecord struct {
	Key    string         `json:"key"`
	Record Record         `json:"record"`
	In     bool           `json:"in"`
	Choice *FindingChoice `json:"choice,omitempty"` // nil: nobody chose, and it is in
}

// Mention is a text in somebody else's record, or in one that is nobody's, in
// which the person seems to be named.
type Mention struct {
	Collection string   `json:"collection"`
	Title      string   `json:"title"` // of the collection, in words
	Record     string   `json:"record"`
	Subject    ID       `json:"subject,omitempty"` // whose record it is
	Field      string   `json:"field"`
	Label      string   `json:"label"` // of the field, in words
	Text       string   `json:"text"`
	Found      []string `json:"found"` // by what: full name, email address ...
	Digest     string   `json:"sha256"`
	// Passage is what is quoted where it is taken in: the sentences that name the
	// person, unless a choice says otherwise.
	Passage string         `json:"passage"`
	Choice  *FindingChoice `json:"choice,omitempty"` // nil: not judged, or judged of another text
}

// Judged reports whether somebody said if the mention goes into the pack.
func (m *Mention) Judged() bool { return m.Choice != nil }

// In reports whether the pack quotes the mention.
func (m *Mention) In() bool { return m.Choice != nil && m.Choice.Include }

// NotJudged says in words how many mentions wait for a judgement, "" for none.
func (f *Findings) NotJudged() string {
	switch f.Unjudged {
	case 0:
		return ""
	case 1:
		return "1 mention not judged"
	}
	return fmt.Sprintf("%d mentions not judged", f.Unjudged)
}

// RecordKey names a record of a holding in a choice: its id, or the digest of
// what it says where it has none.
func RecordKey(r *Record) string {
	if r.ID != "" {
		return r.ID
	}
	var b strings.Builder
	for _, l := range r.Lines {
		fmt.Fprintf(&b, "%q %q\n", l.Field, l.Value)
	}
	return TextDigest(b.String())[:16]
}

// TextDigest is the SHA-256 of a text, in hexadecimal: a mention that was
// judged and changed afterwards has another.
func TextDigest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// Choice returns what was chosen of a record, or of a field of it.
func (r *Request) Choice(collection, record, field string) (FindingChoice, bool) {
	i := slices.IndexFunc(r.Choices, func(c FindingChoice) bool { return c.about(collection, record, field) })
	if i < 0 {
		return FindingChoice{}, false
	}
	return r.Choices[i], true
}

func (c *FindingChoice) about(collection, record, field string) bool {
	return c.Collection == collection && c.Record == record && c.Field == field
}

// Choose keeps a choice in place of an earlier one on the same thing. It
// returns an Invalid error naming what is missing: leaving something out needs
// a reason, and so does a judgement of a mention its digest.
func (r *Request) Choose(c FindingChoice) error {
	switch {
	case c.Collection == "" || c.Record == "":
		return Errorf(Invalid, "record", "say which record of which collection this is about")
	case c.Field != "" && c.Digest == "":
		return Errorf(Invalid, "sha256", "a judgement of a mention is about one text: give its digest")
	case !c.Include && strings.TrimSpace(c.Reason) == "":
		return Errorf(Invalid, "reason", "say why it is left out: the reply tells the person")
	case c.Field != "" && c.Include && strings.TrimSpace(c.Passage) == "":
		return Errorf(Invalid, "passage", "say which passage is quoted")
	}
	kept := slices.DeleteFunc(slices.Clone(r.Choices), func(x FindingChoice) bool {
		return x.about(c.Collection, c.Record, c.Field)
	})
	r.Choices = append(kept, c)
	return nil
}

// found puts the records of a holding beside what was chosen of them.
func (r *Request) found(h Holding) FoundHolding {
	f := FoundHolding{h.Collection, h.Title, h.Purpose, make([]FoundRecord, len(h.Entries))}
	for i := range h.Entries {
		f.Records[i] = FoundRecord{Key: RecordKey(&h.Entries[i]), Record: h.Entries[i], In: true}
		if c, ok := r.Choice(h.Collection, f.Records[i].Key, ""); ok {
			f.Records[i].In, f.Records[i].Choice = c.Include, &c
		}
	}
	return f
}

// Found puts what is held and what was mentioned together with what was chosen
// of it. A mention whose text changed since it was judged is not judged.
func (r *Request) Found(held []Holding, mentions []Mention) Findings {
	f := Findings{
		Ref: r.Ref, Documents: slices.Clone(r.Documents), Redactions: slices.Clone(r.Redactions),
		Holdings: make([]FoundHolding, len(held)), Mentions: slices.Clone(mentions),
	}
	for i, h := range held {
		f.Holdings[i] = r.found(h)
	}
	for i := range f.Mentions {
		m := &f.Mentions[i]
		m.Digest, m.Choice = TextDigest(m.Text), nil
		c, ok := r.Choice(m.Collection, m.Record, m.Field)
		if !ok || c.Digest != m.Digest {
			f.Unjudged++
			continue
		}
		if m.Choice = &c; c.Include {
			m.Passage = c.Passage
		}
	}
	return f
}

// FieldLabel makes a label of a field of a record: "fields.notes" reads
// "Notes", "events[2].text" reads "Events 3, text".
func FieldLabel(field string) string {
	field = strings.TrimPrefix(field, "fields.")
	var words []string
	for _, part := range strings.Split(field, ".") {
		name, rest, _ := strings.Cut(part, "[")
		name = strings.ReplaceAll(name, "_", " ")
		if n, err := strconv.Atoi(strings.TrimSuffix(rest, "]")); err == nil {
			name += " " + strconv.Itoa(n+1)
		}
		words = append(words, name)
	}
	return plainLabel(strings.Join(words, ", "))
}

// Withheld is how much was left out of a pack for the same reason.
type Withheld struct {
	What    string   `json:"what"`
	Count   int      `json:"count"`
	Code    string   `json:"code,omitempty"` // the exemption, where one covers it
	Reasons []string `json:"reasons"`
}

// TakenIn returns what the findings put into a pack: holdings without the
// records left out, the mentions and documents that are in, and a count of what
// is not with the reasons.
func (f *Findings) TakenIn() (held []Holding, mentions []Mention, documents []Document, left []Withheld) {
	leave := func(what string, c *FindingChoice) {
		i := slices.IndexFunc(left, func(w Withheld) bool { return w.What == what && w.Code == c.Code })
		if i < 0 {
			i, left = len(left), append(left, Withheld{What: what, Code: c.Code})
		}
		left[i].Count++
		if !slices.Contains(left[i].Reasons, c.Reason) {
			left[i].Reasons = append(left[i].Reasons, c.Reason)
		}
	}
	for i := range f.Holdings {
		h := &f.Holdings[i]
		in := Holding{Collection: h.Collection, Title: h.Title, Purpose: h.Purpose}
		for j := range h.Records {
			if h.Records[j].In {
				in.Entries = append(in.Entries, h.Records[j].Record)
			} else {
				in.LeftOut++
				leave("Records under "+h.Title, h.Records[j].Choice)
			}
		}
		held = append(held, in)
	}
	for _, m := range f.Mentions {
		switch {
		case m.In():
			mentions = append(mentions, m)
		case m.Judged():
			leave("Passages in records kept on others", m.Choice)
		}
	}
	for _, d := range f.Documents {
		if d.Include {
			documents = append(documents, d)
		} else {
			leave("Documents held elsewhere", &FindingChoice{Reason: d.Reason})
		}
	}
	return held, mentions, documents, left
}

// TakesIn reports whether a record is not left out.
func (f *Findings) TakesIn(collection, record string) bool {
	for i := range f.Holdings {
		if f.Holdings[i].Collection != collection {
			continue
		}
		for _, r := range f.Holdings[i].Records {
			if r.Key == record {
				return r.In
			}
		}
	}
	return true
}
