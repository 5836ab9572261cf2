package desk

import (
	"context"

	"custos/internal/register"
)

// sharedNoes are the addresses under which somebody said no to a question. Two
// records may be of one person, and a no to one is a no to both until they are
// joined.
type sharedNoes map[string]bool

// noesShared looks through everybody held, whoever asks: an answer that a lead
// may not see still counts.
func (s *Seat) noesShared(ctx context.Context, c *register.Contact) sharedNoes {
	noes := sharedNoes{}
	const look = 256 // how many are visited between two looks at ctx
	n := 0
	s.desk.db.EachContactee(register.Query{}, func(p *register.Contactee) bool {
		if n++; n%look == 1 && ctx.Err() != nil {
			return false
		}
		if c.SaysNo(p) {
			if address := c.Address(p); address != "" {
				noes[address] = true
			}
		}
		return true
	})
	return noes
}

func (noes sharedNoes) judge(c *register.Contact, p *register.Contactee) register.Verdict {
	v := c.Judge(p)
	if !v.Allowed || len(noes) == 0 {
		return v
	}
	return v.Beside(noes[c.Address(p)])
}

// sharesNo finds somebody who said no to the question from the same mailbox.
func (s *Seat) sharesNo(c *register.Contact, p *register.Contactee) (who register.ID, found bool) {
	if c.Key.Channel != "email" || c.Use() {
		return "", false
	}
	normal, err := register.NormalEmail(p.Email)
	if err != nil {
		return "", false
	}
	for _, id := range s.desk.db.PersonByEmail(normal) {
		other, ok := s.desk.db.Contactee(id)
		if ok && id != p.Delegate && c.SaysNo(&other) {
			if s.leadOnly() {
				id = "" // perhaps not of their organisation
			}
			return id, true
		}
	}
	return "", false
}
