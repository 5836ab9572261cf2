package letter

import "custos/internal/register"

// Passages returns every text of the reply that is of this case, as it will
// stand: what the office's own wording adds is not among them, for nothing can
// be taken out of that.
func Passages(r Reply) []register.Passage {
	d := Data(r)
	p := passages{}
	p.chapter = "Your request"
	p.add("", "", "Person", d.Case.Person)
	p.add("", "", "Made by", d.Case.Requester)
	p.add("", "", "Reasons", d.Case.Reasons)
	p.chapter = "What we hold on you"
	for _, h := range d.Held {
		for _, rec := range h.Records {
			for _, l := range rec.Lines {
				p.add(h.Title, rec.ID, l.Label, l.Value)
				p.add(h.Title, rec.ID, l.Label+", where it came from", l.Source)
			}
		}
	}
	p.chapter = "What others' records say of you"
	for _, m := range d.Mentions {
		p.add(m.Title, "", m.Label, m.Passage)
	}
	p.chapter = "Documents held elsewhere"
	for _, x := range d.Documents {
		p.add(x.Title, "", "Document", x.Title)
		p.add(x.Title, "", "Where it is held", x.Where)
	}
	p.chapter = "What was left out and why"
	for _, o := range d.Omissions {
		for _, reason := range o.Reasons {
			p.add(o.What, "", "Reason", reason)
		}
	}
	p.chapter = "Who has had it or will have it"
	for _, x := range d.Disclosures {
		p.add(x.To, "", "What", x.What)
	}
	return p.all
}

type passages struct {
	chapter string
	all     []register.Passage
}

func (p *passages) add(where, record, label, text string) {
	if text != "" {
		p.all = append(p.all, register.Passage{Chapter: p.chapter, Where: where, Record: record, Label: label, Text: text})
	}
}
