package sample

import (
	"fmt"
	"iter"

	"custos/internal/calendar"
	"custos/internal/register"
)

// The invented range of school numbers: none has ever been given out.
const firstURN, lastURN = 900001, 999999

// house is what an organisation may be: how its name ends, what the register
// calls it, and how common it is among others.
type house struct {
	ending, kind, phase string
	weight              int
}

// organisations makes up n schools, settings and partners, each under a name
// and with a number of its own.
func organisations(d dice, n int, today calendar.Date) []register.Organisation {
	all := make([]register.Organisation, n)
	taken := map[string]bool{}
	for i := range all {
		all[i] = d.organisation(i, taken)
	}
	for i := 7; i+1 < n; i += 16 {
		merge(&all[i], &all[i+1], today.AddMonths(-d.between(2, 30)))
	}
	if n > 5 {
		all[5].Status = register.Proposed
	}
	return all
}

func (d dice) organisation(i int, taken map[string]bool) register.Organisation {
	house := houses[d.weighted(func(i int) int { return houses[i].weight }, len(houses))]
	at := d.place()
	name := free(oneOf(d, patrons)+" "+house.ending, at.town, taken)
	domain := ownDomain(name)
	o := register.Organisation{
		Name: name, Type: house.kind, Phase: house.phase, Status: register.Open,
		LACode: "999", LAName: "Wendleshire", Street: at.street, Town: at.town, County: "Wendleshire",
		Postcode: at.postcode, Phone: d.landline(), Email: "office@" + domain, Website: "https://www." + domain,
		Opened: calendar.NewDate(d.between(1962, 2019), 9, 1),
	}
	if urn := firstURN + 7*i; house.phase != "" && urn <= lastURN {
		o.URN, o.Number = fmt.Sprint(urn), fmt.Sprintf("%04d", 2000+i%6000)
	}
	if d.chance(8) {
		o.Website, o.Email = "", ""
	}
	return o
}

// weighted picks an index, each as often as its weight says.
func (d dice) weighted(weight func(i int) int, n int) int {
	total := 0
	for i := range n {
		total += weight(i)
	}
	at := d.IntN(total)
	for i := range n {
		if at -= weight(i); at < 0 {
			return i
		}
	}
	return n - 1
}

// free returns the name, told apart by town and then by number from those
// taken.
func free(name, town string, taken map[string]bool) string {
	try := name
	for i := 1; taken[try]; i++ {
		if try = name + ", " + town; i > 1 {
			try = fmt.Sprintf("%s, %s (%d)", name, town, i)
		}
	}
	taken[try] = true
	return try
}

// merge closes one school in favour of another.
func merge(old, next *register.Organisation, on calendar.Date) {
	if old.URN == "" || next.URN == "" {
		return
	}
	old.Status, old.Closed = register.Closed, on
	old.Links = []register.SchoolLink{{URN: next.URN, Name: next.Name, Type: "Successor - merged", On: on}}
	next.Links = []register.SchoolLink{{URN: old.URN, Name: old.Name, Type: "Predecessor - merged", On: on}}
}

// organisationRows gives organisations as a file of them is read.
func organisationRows(all []register.Organisation) iter.Seq[register.Incoming] {
	given := append(register.OrganisationFields(), "status", "opened", "closed")
	return func(yield func(register.Incoming) bool) {
		for i := range all {
			o := all[i]
			if !yield(register.Incoming{Line: i + 2, Organisation: &o, Given: given}) {
				return
			}
		}
	}
}
