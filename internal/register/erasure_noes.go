package register

// Outlasting returns the suppressions in which a no lives on when the record of whoever said it goes: of the addresses
// it speaks of, for the whole purpose, whichever brand the no was to. What is no no lives on in none.
func Outlasting(e *ConsentEvent, email, phone string) []SuppressionInput {
	if !e.Act.No() || e.Channel == "post" {
		return nil
	}
	in := SuppressionInput{Scope: e.Purpose}
	if in.Scope == AnyMarketing {
		in.Scope = ScopeMarketing
	}
	if e.Channel != AnyChannel {
		in.Channel = e.Channel
	}
	var all []SuppressionInput
	if phone != "" && in.Channel != "email" {
		in.Phone = phone
		all = append(all, in)
	}
	if in.Phone = ""; email != "" && (in.Channel == "email" || in.Channel == "") {
		in.Email = email
		all = append(all, in)
	}
	return all
}

// StandingNoes returns those of a person's events that are a no and decide a question at a moment, and every no that is
// wider than one question.
func (p *Profile) StandingNoes(events []ConsentEvent, m Moment) []ConsentEvent {
	facts := Facts(events)
	rests := map[int]bool{}
	for _, x := range p.Purposes {
		for _, channel := range x.Channels {
			brands := x.Brands
			if len(brands) == 0 {
				brands = []string{""}
			}
			for _, brand := range brands {
				if s := p.Standing(facts, ConsentKey{Purpose: x.ID, Channel: channel, Brand: brand}, m); s.Rests >= 0 {
					rests[s.Rests] = true
				}
			}
		}
	}
	var noes []ConsentEvent
	for i, e := range events {
		wide := e.Purpose == AnyMarketing || e.Channel == AnyChannel
		if e.Act.No() && (rests[i] || wide) {
			noes = append(noes, e)
		}
	}
	return noes
}
