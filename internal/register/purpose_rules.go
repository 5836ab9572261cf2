package register

import (
	"slices"
	"strings"

	"custos/internal/calendar"
)

// ChangePurpose returns the profile with a purpose changed: UK GDPR Art
// 5(1)(b), 6(4) and 8A. A change that was found compatible is made. One that
// was not is Refused unless the purpose rests on consent alone: then it comes
// with a material version of its notice, in force by the day of the judgement,
// so that no former consent counts until the person was asked again.
//
// Errors: Invalid naming the question left open or the field that cannot
// stand, NotFound for a purpose the profile lacks, Refused for what the law
// does not allow. After an error the profile is returned as it was.
func (p *Profile) ChangePurpose(c PurposeChange) (Profile, error) {
	i := slices.IndexFunc(p.Purposes, func(x Purpose) bool { return x.ID == c.Purpose.ID })
	if i < 0 {
		return *p, Errorf(NotFound, "purpose", "the profile %s has no purpose %q", p.Name, c.Purpose.ID)
	}
	judged := c.Judged(p)
	if err := judged.Validate(); err != nil {
		return *p, err
	}
	if err := p.Purposes[i].mayBecome(&c.Purpose); err != nil {
		return *p, err
	}
	if !judged.Compatible {
		if err := c.Purpose.mayAskAgain(); err != nil {
			return *p, err
		}
	}
	out := *p
	if !judged.Compatible || c.Notice.Text != "" {
		var err error
		if out, err = p.publishFor(&c, &judged); err != nil {
			return *p, err
		}
	}
	out.Purposes = slices.Clone(p.Purposes)
	out.Purposes[i] = c.Purpose
	return out, nil
}

// consentStays is what to do where people were told that it is their choice.
const consentStays = "consent cannot be exchanged for another basis; add a new purpose instead"

// mayBecome checks what no judgement can make good.
func (x *Purpose) mayBecome(y *Purpose) error {
	switch {
	case len(y.Bases) == 0:
		return Errorf(Invalid, "basis", "a purpose needs a lawful basis")
	case strings.TrimSpace(y.Wording) == strings.TrimSpace(x.Wording) && sameBases(x.Bases, y.Bases):
		return Errorf(Invalid, "wording", "the purpose reads as before: there is nothing to judge")
	case x.restsOn(Consent) && !y.restsOn(Consent):
		return Errorf(Refused, "basis", "people were told that it is their choice: %s", consentStays)
	case y.Notice != x.Notice:
		return Errorf(Invalid, "notice", "the purpose stays under the notice %q; publish a new version of it instead", x.Notice)
	}
	return nil
}

// mayAskAgain: a purpose that is not compatible needs everybody's fresh consent.
func (x *Purpose) mayAskAgain() error {
	for _, b := range x.Bases {
		if b.Basis != Consent {
			return Errorf(Refused, "purpose", "judged not compatible, so what was collected cannot be used for it on the basis of %s: "+
				"add a new purpose that rests on consent and ask for it, or let this one rest on consent alone",
				strings.ToLower(b.Basis.Title()))
		}
	}
	return nil
}

// publishFor publishes the version of the notice that comes with a change.
func (p *Profile) publishFor(c *PurposeChange, j *Judgement) (Profile, error) {
	in := c.Notice
	if in.ID == "" {
		in.ID = c.Purpose.Notice
	}
	switch {
	case in.ID != c.Purpose.Notice || in.ID == "":
		return *p, Errorf(Invalid, "notice", "the version to publish is one of the purpose's own notice, %q", c.Purpose.Notice)
	case !j.Compatible && strings.TrimSpace(in.Text) == "":
		return *p, Errorf(Refused, "notice",
			"everybody has to be asked again: give the new version of the notice %q that they will be asked under", in.ID)
	case !j.Compatible && in.From.After(calendar.LondonDate(j.At)):
		return *p, Errorf(Invalid, "from", "the new version must be in force by the day of the change, or former consents would count for it")
	}
	in.Material = in.Material || !j.Compatible
	return p.PublishNotice(in)
}

func (x *Purpose) restsOn(b Basis) bool {
	return slices.ContainsFunc(x.Bases, func(r BasisRule) bool { return r.Basis == b })
}

func sameBases(a, b []BasisRule) bool {
	return slices.EqualFunc(a, b, func(a, b BasisRule) bool {
		return a.Basis == b.Basis && slices.Equal(a.Kinds, b.Kinds) && slices.Equal(a.Access, b.Access)
	})
}
