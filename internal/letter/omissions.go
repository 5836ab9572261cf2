package letter

import (
	"slices"
	"strconv"

	"custos/internal/register"
)

const (
	mentionWords = "Records we keep on others, or on our work, may name you. Only the passage about you is given, for the " +
		"rest is about somebody else."
	rightsOfOthers = "The right to a copy must not adversely affect the rights and freedoms of others (UK GDPR Art 15(4))," +
		" and the law exempts some data. Where words were taken out, a note in square brackets stands in their place."
	mayComplain = "If you think that something should not have been left out, you may complain, as told under How to complain."
	wordsTaken  = "Words taken out"
)

// omissionWords say how what is left out can be known.
func (d *Document) omissionWords() []string {
	if len(d.Omissions) == 0 {
		return nil
	}
	return []string{rightsOfOthers, mayComplain}
}

func mentions(r *Reply) []Mention {
	all := []Mention{}
	for i := range r.Mentions {
		m := &r.Mentions[i]
		all = append(all, Mention{m.Collection, m.Title, m.Label, m.Passage})
	}
	return all
}

// withheld gathers what was left out as a whole.
func withheld(r *Reply) []Omission {
	all := []Omission{}
	for _, w := range r.Withheld {
		x := exemption(r, w.Code)
		all = append(all, Omission{What: w.What, Count: w.Count, Why: x.Title, Law: x.Source, Reasons: w.Reasons})
	}
	return all
}

// takenOut counts what the marks took out, by exemption.
func takenOut(r *Reply, made []int) []Omission {
	var all []Omission
	for _, code := range codesOf(r.Redactions) {
		x := exemption(r, code)
		o := Omission{What: wordsTaken, Why: x.Title, Law: x.Source}
		for i, m := range r.Redactions {
			if m.Code != code || made[i] == 0 {
				continue
			}
			o.Count += made[i]
			if !slices.Contains(o.Reasons, m.Reason) {
				o.Reasons = append(o.Reasons, m.Reason)
			}
		}
		if o.Count > 0 {
			all = append(all, o)
		}
	}
	return all
}

func codesOf(marks []register.Redaction) []string {
	var codes []string
	for _, m := range marks {
		if !slices.Contains(codes, m.Code) {
			codes = append(codes, m.Code)
		}
	}
	return codes
}

// exemption returns one by its code, by its code alone where the office has
// taken it off its list since.
func exemption(r *Reply, code string) register.Exemption {
	for _, x := range r.Exemptions {
		if x.Code == code {
			return x
		}
	}
	return register.Exemption{Code: code, Title: code}
}

func (d *Document) mentionTable() *Section {
	s := section("mentions", "What others' records say of you", column{"collection", "Collection"},
		column{"title", "Where"}, column{"label", "What"}, column{"passage", "Passage about you"})
	for _, m := range d.Mentions {
		s.add(m.Collection, m.Title, m.Label, m.Passage)
	}
	return s
}

func (d *Document) documentTable() *Section {
	s := section("documents", "Documents held elsewhere", column{"title", "Document"}, column{"where", "Where it is held"},
		column{"file", "Copy in these files"}, column{"bytes", "Bytes"}, column{"sha256", "SHA-256"})
	for _, p := range d.Documents {
		s.add(p.Title, p.Where, p.File, strconv.FormatInt(p.Bytes, 10), p.SHA256)
	}
	return s
}

func (d *Document) omissionTable() *Section {
	s := section("omissions", "What was left out and why", column{"what", "What"}, column{"count", "How many"},
		column{"why", "Exemption"}, column{"law", "Law"}, column{"reasons", "Reasons"})
	for _, o := range d.Omissions {
		s.add(o.What, strconv.Itoa(o.Count), o.Why, o.Law, list(o.Reasons))
	}
	return s
}
