package store

import (
	"encoding/binary"
	"slices"
	"strings"
	"unicode/utf8"

	"custos/internal/register"
	"custos/store/trigram"
)

// textSep keeps a word of a query from being found across two values.
const textSep = "|"

// personText is what a person is found by.
func (m *model) personText(p *person) string {
	employers := m.employerNames(p, m.day)
	t := p.name + textSep + p.email + textSep + employers
	t += unquoted(p.name) + unquoted(employers)
	if digits := phoneDigits(p.phone); digits != "" {
		t += textSep + digits
	}
	return fold(t)
}

func (b *body) text() string {
	r := &b.row
	return strings.Join([]string{r.Name, r.URN, b.ukprn, r.Town, r.Postcode, r.LAName}, textSep) + unquoted(r.Name)
}

// fold is trigram.Fold, which finds nothing left to do in a text of lower case.
func fold(s string) string {
	if strings.ContainsFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }) {
		return trigram.Fold(s)
	}
	return trigram.Fold(strings.ToLower(s))
}

// unquoted is a name as it is typed in a hurry, without apostrophes, where that differs.
func unquoted(name string) string {
	plain := func(r rune) bool { return r < utf8.RuneSelf && r != '\'' && r != '`' }
	if !strings.ContainsFunc(name, func(r rune) bool { return !plain(r) }) {
		return ""
	}
	folded := fold(name)
	if !strings.Contains(folded, "'") {
		return ""
	}
	return textSep + strings.ReplaceAll(folded, "'", "")
}

// phoneDigits is a telephone number without spaces and signs, a British one as it is dialled within the country.
func phoneDigits(phone string) string {
	digits := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, phone)
	for _, abroad := range []string{"+44", "0044"} {
		if strings.HasPrefix(strings.TrimSpace(phone), abroad) {
			return "0" + strings.TrimPrefix(strings.TrimPrefix(digits, strings.TrimPrefix(abroad, "+")), "0")
		}
	}
	return digits
}

// employerNames joins the names of the organisations a person belongs to on a day.
func (m *model) employerNames(p *person, day int) string {
	if p.tail == "" {
		return ""
	}
	var room [4]string
	names := room[:0]
	bodies, _ := employers(p.ties(), day)
	for _, b := range bodies {
		if o := m.bodies.rows[b]; o.live {
			names = append(names, o.row.Name)
		}
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}

// normalMail is an address as PersonByEmail finds it; "" for one that is none.
func normalMail(email string) string {
	if email == "" {
		return ""
	}
	if plainMail(email) {
		return strings.ToLower(email)
	}
	normal, err := register.NormalEmail(email)
	if err != nil {
		return ""
	}
	return normal
}

// plainMail reports whether an address is so plain that only its case can differ from its normal form.
func plainMail(email string) bool {
	at, dot := -1, false
	for i := range len(email) {
		switch c := email[i]; {
		case c == '@':
			if at >= 0 || i == 0 {
				return false
			}
			at = i
		case c == '.':
			if i == 0 || email[i-1] == '.' || email[i-1] == '@' || i+1 < len(email) && email[i+1] == '@' {
				return false
			}
			dot = dot || at >= 0
		case c >= '0' && c <= '9', c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c == '_' && at < 0:
		default:
			return false
		}
	}
	return dot && email[len(email)-1] != '.'
}

// Keys of the sort orders. Each ends in what no two rows share, and holds in the middle what breaks a tie sensibly.
const keySepByte = "\x00"

func (m *model) personKeys() map[string]*sorted {
	by := func(lead func(row uint32, p *person) string) *sorted {
		return &sorted{key: func(row uint32) string {
			p := m.people.get(row)
			return lead(row, &p) + fold(p.sortName()) + keySepByte + string(p.id)
		}}
	}
	return map[string]*sorted{
		"name":         by(func(uint32, *person) string { return "" }),
		"email":        by(func(_ uint32, p *person) string { return fold(p.email) + keySepByte }),
		"phone":        by(func(_ uint32, p *person) string { return phoneDigits(p.phone) + keySepByte }),
		"organisation": by(func(_ uint32, p *person) string { return fold(m.employerNames(p, m.day)) + keySepByte }),
		"kind":         by(func(row uint32, _ *person) string { return m.shapeOf(row).kind + keySepByte }),
		"status":       by(func(row uint32, _ *person) string { return string(m.shapeOf(row).status) + keySepByte }),
		"updated":      by(func(row uint32, _ *person) string { return numberKey(m.people.rows[row].updated) }),
	}
}

func (m *model) bodyKeys() map[string]*sorted {
	by := func(lead func(b *body) string) *sorted {
		return &sorted{key: func(row uint32) string {
			b := m.bodies.rows[row]
			return lead(b) + fold(b.row.Name) + keySepByte + string(b.row.ID)
		}}
	}
	folded := func(value func(r *register.OrganisationRow) string) *sorted {
		return by(func(b *body) string { return fold(value(&b.row)) + keySepByte })
	}
	return map[string]*sorted{
		"name":     by(func(*body) string { return "" }),
		"urn":      folded(func(r *register.OrganisationRow) string { return r.URN }),
		"type":     folded(func(r *register.OrganisationRow) string { return r.Type }),
		"town":     folded(func(r *register.OrganisationRow) string { return r.Town }),
		"postcode": folded(func(r *register.OrganisationRow) string { return r.Postcode }),
		"la_name":  folded(func(r *register.OrganisationRow) string { return r.LAName }),
		"status":   folded(func(r *register.OrganisationRow) string { return string(r.Status) }),
		"people":   by(func(b *body) string { return numberKey(int64(len(b.members))) }),
	}
}

// numberKey is a text that sorts as the number does.
func numberKey(n int64) string {
	return string(binary.BigEndian.AppendUint64(nil, uint64(n)^1<<63))
}
