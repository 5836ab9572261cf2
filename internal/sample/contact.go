package sample

import (
	"fmt"
	"strings"
)

// openDomains are set aside for examples by RFC 2606.
var openDomains = []string{"example.com", "example.org", "example.net"}

// ownDomain is a domain of the top level RFC 2606 sets aside for examples: the
// first words of a name.
func ownDomain(name string) string {
	const longest = 40
	label := handle(name)
	if len(label) > longest {
		label = label[:max(0, strings.LastIndexByte(label[:longest+1], '-'))]
	}
	return label + ".example"
}

// landlines and mobiles begin the thousand numbers of each range Ofcom keeps
// free for drama; three figures follow.
var (
	landlines = []string{
		"01632 960", "01632 960", "020 7946 0", "0113 496 0", "0116 496 0", "0121 496 0", "0131 496 0", "0161 496 0",
		"029 2018 0", "028 9649 6",
	}
	mobiles = []string{"07700 900", "07700 900", "07700 900", "+44 7700 900"}
)

func (d dice) landline() string { return fmt.Sprintf("%s%03d", oneOf(d, landlines), d.IntN(1000)) }
func (d dice) mobile() string   { return fmt.Sprintf("%s%03d", oneOf(d, mobiles), d.IntN(1000)) }

func (d dice) phone() string {
	if d.chance(55) {
		return d.mobile()
	}
	return d.landline()
}

// place is where a house stands. The postcode area ZZ is given to no town.
type place struct{ street, town, postcode string }

func (d dice) place() place {
	const inward = "ABDEFGHJLNPQRSTUWXYZ"
	at := d.IntN(len(towns))
	return place{
		street: fmt.Sprintf("%d %s", d.between(1, 180), oneOf(d, streets)),
		town:   towns[at],
		postcode: fmt.Sprintf("ZZ%d %d%c%c", at+1, d.IntN(10),
			inward[d.IntN(len(inward))], inward[d.IntN(len(inward))]),
	}
}

func (p place) String() string { return p.street + ", " + p.town + ", " + p.postcode }
