package sample

import (
	"fmt"
	"iter"
	"slices"
	"strings"

	"custos/internal/calendar"
	"custos/internal/register"
)

// people makes up persons of every kind a profile has.
type people struct {
	dice
	profile *register.Profile
	today   calendar.Date
	orgs    []register.Organisation // open ones
	handles map[string]int          // how many go by each, so that addresses differ
	led     map[string]bool         // organisations that have somebody with the first access level
}

func newPeople(seed uint64, p *register.Profile, today calendar.Date, orgs []register.Organisation) *people {
	open := slices.Clone(orgs)
	open = slices.DeleteFunc(open, func(o register.Organisation) bool { return o.Status != register.Open })
	return &people{
		dice: roll(seed, "people"), profile: p, today: today, orgs: open,
		handles: map[string]int{}, led: map[string]bool{},
	}
}

// rows gives n people as a file of them is read. It may be ranged over once.
func (g *people) rows(n int) iter.Seq[register.Incoming] {
	return func(yield func(register.Incoming) bool) {
		for i := range n {
			if !yield(g.row(i)) {
				return
			}
		}
	}
}

// row makes up one person. The first ones are of each kind in turn, so that no
// kind is missing; from then on the first kind is the common one.
func (g *people) row(i int) register.Incoming {
	kinds := g.profile.Kinds
	at := i
	if i >= len(kinds) {
		at = g.weighted(func(k int) int { return []int{15, 4, 2}[min(k, 2)] }, len(kinds))
	}
	return g.of(&kinds[at], i+2)
}

func (g *people) of(kind *register.PersonKind, line int) register.Incoming {
	who := g.name()
	first := g.handles[who.handle] == 0
	g.handles[who.handle]++
	if !first {
		who.handle += fmt.Sprint(g.handles[who.handle])
	}
	d := &register.Delegate{Kind: kind.ID, Name: who.full, Given: who.given, Family: who.family, Status: register.Active}
	in := register.Incoming{Line: line, Delegate: d}
	org := g.employ(kind, &in)
	d.Email = g.email(who, org, first)
	for i := range kind.Fields {
		f := &kind.Fields[i]
		needed := kind.Minors && f.ID == register.FieldBorn
		if value, ours := g.value(kind, f); ours && (needed || g.fills(f)) {
			d.Set(f.ID, value)
		}
		if d.Value(f.ID) != "" {
			in.Given = append(in.Given, f.ID)
		}
	}
	slices.Sort(in.Given)
	return in
}

// fills tells whether a field is filled in: mandatory ones nearly always.
func (g *people) fills(f *register.Field) bool {
	if f.Mandatory {
		return g.chance(97)
	}
	return g.chance(55)
}

// employ ties the person to an organisation, where the kind has one.
func (g *people) employ(kind *register.PersonKind, in *register.Incoming) *register.Organisation {
	f, asked := field(kind, register.FieldOrganisation)
	if !asked || len(g.orgs) == 0 || !f.Mandatory && g.chance(20) || g.chance(3) {
		return nil
	}
	org := oneOf(g.dice, g.orgs)
	for range 40 {
		if strings.EqualFold(org.Type, kind.ID) == alone(kind) {
			break
		}
		org = oneOf(g.dice, g.orgs)
	}
	if in.EmployerURN = org.URN; org.URN == "" {
		in.EmployerName = org.Name
	}
	if f, levels := field(kind, register.FieldAccess); levels && g.fills(f) {
		in.Access = g.access(org.Name)
	}
	return &org
}

// alone tells the kinds of people who are an organisation by themselves.
func alone(kind *register.PersonKind) bool {
	return slices.ContainsFunc(houses, func(h house) bool { return strings.EqualFold(h.kind, kind.ID) })
}

// access gives the first level to one person of each organisation.
func (g *people) access(org string) string {
	levels := g.profile.AccessLevels
	switch {
	case len(levels) == 0:
		return ""
	case len(levels) == 1 || !g.led[org]:
		g.led[org] = true
		return levels[0].ID
	}
	return oneOf(g.dice, levels[1:]).ID
}

// email is at the organisation's own domain or at one for examples. Only
// somebody whose name is new may go without or share the office's address: by
// name alone, two people of one name would be taken for one.
func (g *people) email(who named, org *register.Organisation, first bool) string {
	switch n := g.IntN(100); {
	case n < 4 && first:
		return ""
	case n < 6 && first && org != nil && org.Email != "":
		return org.Email
	case n < 75 && org != nil:
		return who.handle + "@" + ownDomain(org.Name)
	}
	return who.handle + "@" + oneOf(g.dice, openDomains)
}

func field(kind *register.PersonKind, id string) (*register.Field, bool) {
	for i := range kind.Fields {
		if kind.Fields[i].ID == id {
			return &kind.Fields[i], true
		}
	}
	return nil, false
}
