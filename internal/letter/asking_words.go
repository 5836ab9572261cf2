package letter

import (
	"fmt"
	"slices"
	"strings"

	"custos/internal/register"
)

// passage is a heading with what stands below it, in a letter of any form.
type passage struct {
	Heading string
	Paras   []string
	Points  []point
}

// point is one line of a list: a name and what is said of it.
type point struct{ Name, Text string }

// opening says what the person is asked to do.
func (r *request) opening() string {
	return r.Settings.Office + " asks you about each point below on its own. Please tick Yes or No for each. " +
		"Nothing is ticked for you, and a point left open is no yes."
}

// safeguards are the sentences without which a consent is not freely given.
func (r *request) safeguards() []passage {
	p := &r.Settings.Profile
	back := passage{
		Heading: "Changing your mind",
		Paras: []string{"You may take back a yes at any time, as easily as you gave it and without giving a reason. " +
			"We then stop at once; what was done before stays lawful. It is enough to tell:"},
		Points: offices(p),
	}
	return []passage{
		{Heading: "Saying no", Paras: []string{"Saying no, or nothing, has no disadvantage for you. " +
			"What you take part in and how we treat you stay the same."}},
		back, r.others(),
	}
}

const regulatorRole = "regulator"

// offices are the contact points in the office, not the regulator.
func offices(p *register.Profile) []point {
	var points []point
	for _, c := range p.Contacts {
		if c.Role != regulatorRole {
			points = append(points, point{c.Title, c.How})
		}
	}
	return points
}

func complaint(p *register.Profile) passage {
	c := passage{Heading: "If you are not content"}
	if p.Complaint != "" {
		c.Paras = append(c.Paras, p.Complaint)
	}
	if !strings.Contains(p.Complaint, p.Regulator) {
		c.Paras = append(c.Paras, "The supervisory authority is the "+strings.TrimPrefix(p.Regulator, "the ")+".")
	}
	return c
}

// others names whoever else receives something when the answer is yes.
func (r *request) others() passage {
	p := passage{Heading: "Who else is involved"}
	for _, x := range r.Settings.Profile.Recipients {
		var why []string
		for _, t := range r.topics {
			if slices.Contains(t.Recipients, x.ID) {
				why = append(why, t.Title)
			}
		}
		if len(why) > 0 {
			p.Points = append(p.Points, point{x.Name, involved(&x) + " For: " + strings.Join(why, "; ") + "."})
		}
	}
	if len(p.Points) == 0 {
		p.Paras = []string{"Nobody outside " + r.Settings.Office + " receives your details for these purposes."}
		return p
	}
	p.Paras = []string{"If you say yes, your details also go to:"}
	return p
}

func involved(x *register.Recipient) string {
	said := map[string]string{
		"controller":       "Decides for itself what it does with them",
		"joint-controller": "Decides together with us what is done with them",
		"processor":        "Works on our instructions only",
	}[x.Role]
	if x.Country != "" {
		said += ", in " + x.Country
	}
	if x.Why == "" {
		return said + "."
	}
	return said + ". " + x.Why
}

// said sets a passage.
func (p *paper) said(x passage) {
	p.heading(x.Heading)
	for _, text := range x.Paras {
		p.print(full(bodyFace), text)
		p.gap(0.8)
	}
	if len(x.Points) == 0 {
		return
	}
	p.tagged(asList, func() {
		for _, point := range x.Points {
			p.tagged(asItem, func() { p.point(point) })
		}
	})
}

// point sets a name in bold and what is said of it beside it.
func (p *paper) point(x point) {
	const indent, names = 3.0, 52.0
	left := p.wrap(strongFace, x.Name, names-3)
	right := p.wrap(bodyFace, x.Text, fullWidth-indent-names)
	name, text := p.tagged(asLabel, func() {}), p.tagged(asBody, func() {})
	for i := range max(len(left), len(right)) {
		p.room(bodyFace.lead)
		if i < len(left) {
			p.within(name, func() { p.line(strongFace, leftEdge+indent, p.y, left[i]) })
		}
		if i < len(right) {
			p.within(text, func() { p.line(bodyFace, leftEdge+indent+names, p.y, right[i]) })
		}
		p.y += bodyFace.lead
	}
	p.gap(0.9)
}

// title sets the office, what the paper is and what it is for, with the code
// in the corner.
func (p *paper) title(r *request, what, code string) {
	const corner = 52.0
	top := p.y
	left := block{officeFace, leftEdge, fullWidth - corner - 4}
	p.print(left, r.Settings.Office)
	left.face = titleFace
	p.gap(1)
	p.print(left, what)
	if r.Title != "" {
		left.face = strongFace
		p.gap(0.8)
		p.print(left, r.Title)
	}
	below := p.y
	for i, s := range []string{code, "Printed on " + r.on.Long()} {
		p.text(smallFace, rightEdge-p.width(smallFace, s), top+float64(i)*smallFace.lead, s)
	}
	p.y = below + 2
	p.stroke(leftEdge, p.y, rightEdge, p.y)
	p.gap(2.4)
}

// notices sets each notice in full, so that the paper itself proves the words.
func (p *paper) notices(r *request) {
	for i := range r.notices {
		n := &r.notices[i]
		p.heading(n.Title)
		p.print(full(smallFace), fmt.Sprintf("Notice %s, version %s, in force from %s. Digest of its text: %s",
			n.ID, n.Version, n.From.Long(), shownDigest(n.Digest())))
		p.gap(0.8)
		p.print(full(bodyFace), n.Text)
	}
}
