package trigram

import (
	"math/rand/v2"
	"strings"
	"sync"
)

// The people here are put together by chance from word lists; the schools and addresses do not exist.
const (
	givenNames = `olivia amelia isla ava ivy freya lily florence mia willow rosie sophia isabella grace daisy sienna poppy
elsie emily ella evelyn phoebe evie charlotte harper millie matilda maya sophie alice emilia isabelle ruby luna
maisie aria penelope mila bonnie eva hallie eliza ada violet esme arabella imogen jessica delilah chloe muhammad
noah george oliver leo oscar archie jack arthur henry theo freddie charlie theodore harry william jacob thomas
alexander joshua lucas edward hugo jude max albie samuel zachary yusuf siôn zoë ffion siân chloé seán agnieszka
ananya priya rajesh nanami kwame oluwaseun xiulan quentin zuzanna`
	familyNames = `smith jones taylor brown williams wilson johnson davies patel robinson wright thompson evans walker white
roberts green hall thomas clarke jackson wood harris edwards turner martin cooper hill ward hughes moore clark king
harrison lewis baker lee allen morris khan scott watson davis parker james bennett young phillips richardson mitchell
bailey carter cook singh shaw bell collins morgan kelly begum miller cox hussain marshall simpson price anderson adams
wilkinson foster ellis murphy chapman mason gray richards webb rogers palmer o'neill o’brien mcdonald d'souza`
	familyHeads = `ash brad hart whit hol black thorn lang stan win har mor kings red wood fair good sed bur cul dal edge fen
gold hay ing kel lang mars nor oak pem quen ray sher til under wake yar zel`
	familyTails = `ford ley ton worth wood field bury by ham well stead combe shaw gate more wick land house croft dale`
	places      = `ashdown beechfield brookside castlegate cedar dunmore eastgate elmhurst fairlawn foxhill glenmoor greenway
hawthorn heathcote highfield holmwood kingsmead larkspur limewood longmeadow maplecroft meadowbank millbrook northcote
oakfield orchard parkside priory queensway redhill ridgeway riverside rosewood sandfield southdown springwell
stonebridge sunnyside thornhill upland valley waterside westbrook whitegate willowbank woodlands yewtree zetland`
	kinds = `primary school|junior school|infant school|community primary school|church of england primary school|academy|
high school|grammar school|college|catholic primary school|special school|multi academy trust|nursery school`
)

// sample is n rows, always the same.
func sample(n int) []string {
	r := rand.New(rand.NewPCG(20, 26))
	given, family, town := strings.Fields(givenNames), strings.Fields(familyNames), strings.Fields(places)
	heads, tails := strings.Fields(familyHeads), strings.Fields(familyTails)
	kind := strings.Split(strings.ReplaceAll(kinds, "\n", ""), "|")
	pick := func(words []string) string { // the first are picked most
		f := r.Float64()
		return words[int(f*f*float64(len(words)))]
	}
	rows := make([]string, n)
	for i := range rows {
		first, last := pick(given), pick(family)
		if r.IntN(2) == 0 {
			last = pick(heads) + pick(tails)
		}
		place := pick(town)
		if r.IntN(4) == 0 {
			place = "st " + first + "'s " + place
		}
		school := place + " " + pick(kind)
		address := first + "." + last + "@" + strings.ReplaceAll(place, " ", "-") + ".example.sch.uk"
		if r.IntN(4) == 0 {
			address = first[:1] + last + string(rune('0'+r.IntN(10))) + "@mail.example.org"
		}
		rows[i] = Fold(first + " " + last + "|" + address + "|" + school)
	}
	return rows
}

// typed are the queries whose every prefix is searched, as someone types them.
var typed = []string{
	"smith", "olivia smith", "smith primary", "o'neill", "O’Brien", "patel", "zoë", "muhammad khan", "agnieszka",
	"hartwick", "zelcombe", "quenby", "oliver jones oakfield", "example.sch.uk", "@", "@mail.example.org", "a", "an", "e",
	"school", "primary school", "church of england", "zzzschool", "schoolzz", "ool.sch.ukx", "anananan", "ananana smith",
	"st olivia's", "yewtree nursery", "multi academy trust", "zetland grammar", "xiulan", "j.smith@", "george.taylor@oak",
	"q", "zq", "qz smith", "z x q j", "noah wilson|noah", "k", "w king", "special", "uk", "..", "@@", "0@", "7@mail", "ss",
	"lee hall hill", "schoolschool", "primary academy", "school college", "olivia oliver", "smith jones",
}

func prefixes() []string {
	seen := map[string]bool{}
	var out []string
	for _, q := range typed {
		for i := range q {
			if i > 0 && !seen[q[:i]] {
				seen[q[:i]] = true
				out = append(out, q[:i])
			}
		}
		if !seen[q] {
			seen[q] = true
			out = append(out, q)
		}
	}
	return out
}

var million = sync.OnceValue(func() []string { return sample(1_000_000) })
