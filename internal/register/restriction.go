package register

import "slices"

// restrictionGrounds are the four of UK GDPR Art 18(1).
var restrictionGrounds = []LegalGround{
	{"accuracy", "its accuracy is disputed, until it is checked", "UK GDPR Art 18(1)(a)"},
	{"unlawful", "its use is unlawful and the person wants it restricted, not erased", "UK GDPR Art 18(1)(b)"},
	{"claims", "the office no longer needs it and the person does, for legal claims", "UK GDPR Art 18(1)(c)"},
	{"objection", "an objection waits for the weighing of interests", "UK GDPR Art 18(1)(d)"},
}

// RestrictionGrounds returns the four grounds on which data is stored only.
func RestrictionGrounds() []LegalGround { return slices.Clone(restrictionGrounds) }

// RestrictionGround returns one of the four by its code.
func RestrictionGround(code string) (LegalGround, bool) {
	i := slices.IndexFunc(restrictionGrounds, func(g LegalGround) bool { return g.Code == code })
	if i < 0 {
		return LegalGround{}, false
	}
	return restrictionGrounds[i], true
}
