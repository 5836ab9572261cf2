package sample

import "custos/internal/register"

// unasked makes up what was said about marketing that nobody is asked for: some
// say no to it, and of those who buy for themselves most were offered the
// opt-out when they bought.
func (i interview) unasked(lines []register.ConsentLine) []register.ConsentInput {
	var told []register.ConsentInput
	for _, l := range lines {
		x, _ := i.settings.Profile.Purpose(l.Purpose)
		if !x.Marketing || l.Basis != register.LegitimateInterests {
			continue
		}
		on := i.today.AddDays(-i.between(20, 360))
		if way := collection(x.SoftOptIn, i.dice); way != "" && i.chance(70) {
			in := i.says(l, register.Asked, on)
			in.Collected = way
			told = append(told, in)
		}
		if i.chance(20) {
			act := oneOf(i.dice, []register.ConsentAct{register.RefusedIt, register.Objected})
			told = append(told, i.says(l, act, on.AddDays(i.between(1, 19))))
		}
	}
	return told
}

// collection is how the details were come by that a soft opt-in rests on, ""
// where the office relies on none.
func collection(softOptIn string, d dice) string {
	switch softOptIn {
	case "products":
		return oneOf(d, []string{"sale", "sale", "negotiation"})
	case "charity":
		return "support"
	}
	return ""
}

// objection is a no to all direct marketing, by every channel.
func (i interview) objection() register.ConsentInput {
	all := register.ConsentLine{Purpose: register.AnyMarketing, Channel: register.AnyChannel}
	in := i.says(all, register.Objected, i.today.AddDays(-i.between(3, 200)))
	if in.Method == "imported" {
		in.Method, in.Evidence = "email", "message in the enquiries mailbox"
	}
	return in
}

// suppressions are addresses the office was told to leave alone: one of nobody
// it holds, one of somebody whose mailing came to the wrong house.
func suppressions(email string) []register.SuppressionInput {
	all := []register.SuppressionInput{
		{Email: "former.reader@example.org", Scope: register.ScopeMarketing, Reason: "asked by letter never to be written to again"},
		{Phone: "01632 960999", Channel: "phone", Scope: register.ScopeAll, Reason: "number now belongs to somebody else"},
	}
	if email != "" {
		all = append(all, register.SuppressionInput{
			Email: email, Channel: "email", Scope: register.ScopeMarketing, Reason: "asked the mailing company to stop",
		})
	}
	return all
}
