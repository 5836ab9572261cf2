package register

import (
	"slices"
	"strings"
)

// ErasureHit is a text held somewhere in which a value of the person stands.
type ErasureHit struct {
	Collection string // or undo, audit, meta: as the store calls it
	Record     string // its key there
	Subject    ID     // whose record it is; empty: nobody's
	Of         string // the collection of a former version
	Operation  ID     // whose former versions the hit is among
	Field      string
	Text       string
	Finds      []NeedleFind
}

// SameText reports whether two hits are in the same text of the same record.
func (h *ErasureHit) SameText(x *ErasureHit) bool {
	return h.Collection == x.Collection && h.Record == x.Record && h.Field == x.Field && h.Text == x.Text
}

// NeedleFind is where a needle stands in a text: bytes [From, To).
type NeedleFind struct{ Needle, From, To int }

// erasedMark is what stands where a value was.
const erasedMark = "[erased]"

// Counting returns the finds in a text that mean the person: in capitals where a needle asks for it, and those that
// identify nobody alone only beside another.
func Counting(all []Needle, text string, finds []NeedleFind) []NeedleFind {
	finds = slices.DeleteFunc(slices.Clone(finds), func(f NeedleFind) bool {
		return all[f.Needle].Cased && !capitals(text[f.From:f.To])
	})
	for i := range finds {
		if all[finds[i].Needle].Digits {
			finds[i].From = dialled(text, finds[i].From)
		}
	}
	if !slices.ContainsFunc(finds, func(f NeedleFind) bool { return !all[f.Needle].Beside }) {
		return nil
	}
	return finds
}

// dialled returns where a number begins that was found without what is dialled before it: 0, +44 (0), 0044.
func dialled(text string, from int) int {
	const longest = len("+44 - (0) - ")
	begins := from
	for at := from - 1; at >= max(0, from-longest) && strings.IndexByte("+0123456789() .-/", text[at]) >= 0; at-- {
		first := text[at] == '+' || text[at] == '(' || text[at] >= '0' && text[at] <= '9'
		if first && slices.Contains([]string{"", "0", "44", "440", "0044", "00440"}, digitsOf(text[at:from])) {
			begins = at
		}
	}
	return begins
}

func digitsOf(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

// MaskFinds replaces finds in a text, those that overlap by one mark.
func MaskFinds(text string, finds []NeedleFind) string {
	finds = slices.Clone(finds)
	slices.SortFunc(finds, func(a, b NeedleFind) int { return a.From - b.From })
	var out strings.Builder
	at := 0
	for i := 0; i < len(finds); {
		from, to := finds[i].From, finds[i].To
		for i++; i < len(finds) && finds[i].From <= to; i++ {
			to = max(to, finds[i].To)
		}
		out.WriteString(text[at:from] + erasedMark)
		at = to
	}
	return out.String() + text[at:]
}

// ErasureSorting tells, of texts in which a person's values stand, whose they are. It is made from all the hits at once,
// for they tell who else shares a value.
type ErasureSorting struct {
	person    ID
	needles   []Needle
	operators []string
	shares    map[ID]map[NeedleClass]bool
	shared    map[int]bool    // needles that are also another's own
	business  map[string]bool // organisations under the person's name
}

// SortErasure looks through hits for people who share a value with the person, and for organisations under their name.
// Operators are the logins of the office's staff.
func SortErasure(person ID, all []Needle, hits []ErasureHit, operators []string) *ErasureSorting {
	s := &ErasureSorting{
		person: person, needles: all, operators: operators,
		shares: map[ID]map[NeedleClass]bool{}, shared: map[int]bool{}, business: map[string]bool{},
	}
	for i := range hits {
		h := &hits[i]
		if h.Collection == "organisations" && h.Field == "name" && s.classes(h.Finds)[NeedleName] {
			s.business[h.Record] = true
		}
	}
	for i := range hits {
		s.note(&hits[i])
	}
	return s
}

func (s *ErasureSorting) classes(finds []NeedleFind) map[NeedleClass]bool {
	found := map[NeedleClass]bool{}
	for _, f := range finds {
		found[s.needles[f.Needle].Class] = true
	}
	return found
}

// note records whose own the values of a hit are as well.
func (s *ErasureSorting) note(h *ErasureHit) {
	class := ownClass(h)
	if class == "" || h.Subject == s.person && h.Subject != "" {
		return
	}
	for _, f := range h.Finds {
		if !s.owns(h, class, f) || h.Collection == "organisations" && s.business[h.Record] {
			continue
		}
		s.shared[f.Needle] = true
		if h.Subject == "" {
			continue
		}
		if s.shares[h.Subject] == nil {
			s.shares[h.Subject] = map[NeedleClass]bool{}
		}
		s.shares[h.Subject][class] = true
	}
}

// owns reports whether a find is the value of the field itself: an address that merely stands among other words is a
// mention.
func (s *ErasureSorting) owns(h *ErasureHit, class NeedleClass, f NeedleFind) bool {
	switch {
	case class == "" || s.needles[f.Needle].Class != class:
		return false
	case class == NeedleEmail || class == NeedlePhone:
		return strings.TrimSpace(h.Text[:f.From]+h.Text[f.To:]) == ""
	}
	return true
}

// ownClass is the class of value a field holds of whoever the record is about, "" for any other field.
func ownClass(h *ErasureHit) NeedleClass {
	field := strings.TrimPrefix(h.Field, "fields.")
	switch h.Collection {
	case "delegates":
		class, _ := FieldClass(field)
		return class
	case "organisations":
		switch field {
		case "email":
			return NeedleEmail
		case "phone":
			return NeedlePhone
		case "street", "locality", "address_3", "postcode":
			return NeedleAddress
		}
	}
	return ""
}

// hitKind is whose a hit is.
type hitKind int

const (
	hitMention  hitKind = iota // of the person, in a record that is not theirs
	hitOwn                     // the person's own record
	hitOthers                  // another person's own value
	hitStaff                   // a login of the office's staff
	hitBody                    // an organisation's own address, which the person used
	hitAudit                   // the audit trail, which nobody can change
	hitFormer                  // a former version kept for undoing
	hitUnmarked                // nothing is left of it
)

// sort tells whose a hit is, and which of its finds mean the person.
func (s *ErasureSorting) sort(h *ErasureHit) (hitKind, []NeedleFind) {
	switch {
	case h.Subject == s.person && h.Subject != "":
		return hitOwn, h.Finds
	case h.Collection == "operators" || slices.Contains(s.operators, h.Text):
		return hitStaff, nil
	case h.Collection == "audit" || h.Collection == "meta":
		return hitAudit, h.Finds
	}
	theirs := s.shares[h.Subject]
	finds := Counting(s.needles, h.Text, slices.DeleteFunc(slices.Clone(h.Finds), func(f NeedleFind) bool {
		return theirs[s.needles[f.Needle].Class]
	}))
	mention := func(f NeedleFind) bool { return !s.owns(h, ownClass(h), f) }
	switch {
	case len(h.Finds) == 0:
		return hitUnmarked, nil
	case len(finds) == 0:
		return hitOthers, nil
	case h.Collection == "undo":
		return hitFormer, finds
	case h.Collection == "organisations" && !s.business[h.Record] && !slices.ContainsFunc(finds, mention):
		return hitBody, finds
	}
	return hitMention, finds
}

// Mask returns the text of a hit without the values that mean the person.
func (s *ErasureSorting) Mask(h *ErasureHit) string {
	_, finds := s.sort(h)
	return MaskFinds(h.Text, finds)
}

// Namesakes lists the people who share a value, by id.
func (s *ErasureSorting) Namesakes() []Namesake {
	found := []Namesake{}
	for _, id := range sortedIDs(s.shares) {
		n := Namesake{Delegate: id}
		for class := range s.shares[id] {
			n.Shares = append(n.Shares, string(class))
		}
		slices.Sort(n.Shares)
		found = append(found, n)
	}
	return found
}

func sortedIDs[T any](m map[ID]T) []ID {
	ids := make([]ID, 0, len(m))
	for id := range m {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

// describe says by what a hit was found, each sort of value once.
func (s *ErasureSorting) describe(finds []NeedleFind) string {
	var what []string
	for _, f := range finds {
		if w := s.needles[f.Needle].What; !slices.Contains(what, w) {
			what = append(what, w)
		}
	}
	slices.Sort(what)
	return strings.Join(what, ", ")
}
