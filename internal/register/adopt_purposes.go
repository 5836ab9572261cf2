package register

import (
	"slices"
	"strings"
)

func (c *comparison) purposes() {
	for i := range c.old.Purposes {
		was := &c.old.Purposes[i]
		is, ok := c.next.Purpose(was.ID)
		if !ok {
			c.block(AdoptionRow{
				Change: AdoptPurposeRemoved, Purposes: []string{was.ID}, InUse: true, whom: speaking,
			}, "The profile no longer has the purpose %q: the ledger must not hold an answer to it.", was.ID)
			continue
		}
		c.wording(was, &is)
		c.handling(was, &is)
		c.questions(was, &is)
		c.bases(was, &is)
	}
	for _, x := range c.next.Purposes {
		if _, ok := c.old.Purpose(x.ID); !ok {
			c.add(AdoptionRow{
				Change: AdoptPurposeAdded, Purposes: []string{x.ID}, Becomes: x.Wording,
				whom: servedBy, Law: "UK GDPR Art 13(3), Art 8A",
			}, "A further purpose: %s. Tell people before their data is used for it.", x.Title)
		}
	}
}

func (c *comparison) wording(was, is *Purpose) {
	if was.Wording == is.Wording {
		return
	}
	row := AdoptionRow{
		Change: AdoptPurposeReworded, Purposes: []string{is.ID}, Was: was.Wording, Becomes: is.Wording,
		Judgement: true, Law: "UK GDPR Art 5(1)(b), Art 8A", whom: servedBy,
	}
	c.add(row, "%s: the wording changed; judge whether it is compatible with what the data was collected for.",
		is.Title)
}

// handling is what the contact rules go by beside the basis.
func (c *comparison) handling(was, is *Purpose) {
	for _, f := range []struct {
		was, is bool
		words   string
	}{
		{was.Marketing, is.Marketing, "direct marketing"},
		{was.Service, is.Service, "a service message"},
		{was.Use, is.Use, "a use of data that needs no address"},
		{was.OnBehalf, is.OnBehalf, "sent on behalf of others"},
	} {
		row := AdoptionRow{
			Change: AdoptPurposeRules, Purposes: []string{is.ID}, whom: servedBy, Law: "PECR reg 22; UK GDPR Art 21",
		}
		switch {
		case f.is && !f.was:
			c.add(row, "%s: counts as %s from now on.", is.Title, f.words)
		case f.was && !f.is:
			c.add(row, "%s: no longer counts as %s.", is.Title, f.words)
		}
	}
	if was.Notice != is.Notice {
		c.add(AdoptionRow{
			Change: AdoptPurposeRules, Purposes: []string{is.ID}, Notice: is.Notice,
			Was: was.Notice, Becomes: is.Notice, whom: servedBy, Law: "UK GDPR Art 7(1), Art 13(3)",
		}, "%s: asked and told under the notice %q from now on, no longer under %q.", is.Title, is.Notice, was.Notice)
	}
	if was.SoftOptIn != is.SoftOptIn {
		c.add(AdoptionRow{
			Change: AdoptPurposeRules, Purposes: []string{is.ID}, Was: was.SoftOptIn, Becomes: is.SoftOptIn,
			whom: servedBy, Law: "PECR reg 22(3), (3A)",
		}, "%s: relies on the soft opt-in %q, no longer on %q.", is.Title, is.SoftOptIn, was.SoftOptIn)
	}
}

// questions finds the consents that no longer answer any question.
func (c *comparison) questions(was, is *Purpose) {
	for _, channel := range was.Channels {
		if !contains(is.Channels, channel) {
			c.add(c.dropped(AdoptionRow{Change: AdoptChannelRemoved, Purposes: []string{is.ID}, Channel: channel}, was),
				"%s: no longer by %s; consents to it no longer count.", is.Title, channel)
		}
	}
	for _, brand := range was.Brands {
		if !contains(is.Brands, brand) {
			c.add(c.dropped(AdoptionRow{Change: AdoptBrandRemoved, Purposes: []string{is.ID}, Brand: brand}, was),
				"%s: no longer for the brand %s; consents to it no longer count.", is.Title, brand)
		}
	}
	if len(was.Brands) == 0 && len(is.Brands) > 0 && len(was.Channels) > 0 {
		row := c.dropped(AdoptionRow{Change: AdoptBrandsBegun, Purposes: []string{is.ID}, AskAgain: true}, was)
		c.add(row, "%s: asked for each brand from now on (%s); a consent to all at once no longer counts.",
			is.Title, strings.Join(is.Brands, ", "))
	}
}

func (c *comparison) dropped(r AdoptionRow, x *Purpose) AdoptionRow {
	r.whom = agreeing
	for _, key := range x.keys() {
		if (r.Channel == "" || key.Channel == r.Channel) && (r.Brand == "" || key.Brand == r.Brand) {
			r.keys = append(r.keys, key)
		}
	}
	return r
}

// bases compares what each kind and level rests on: one row for a kind where
// every level changes the same way. What was people's choice stays it for
// those who were asked, as in ChangePurpose.
func (c *comparison) bases(was, is *Purpose) {
	levels := []string{NoAccess}
	for _, p := range []*Profile{c.old, c.next} {
		for _, l := range p.AccessLevels {
			if !contains(levels, l.ID) {
				levels = append(levels, l.ID)
			}
		}
	}
	for _, k := range c.next.Kinds {
		if _, ok := c.old.Kind(k.ID); !ok {
			continue
		}
		rows := make([]AdoptionRow, len(levels))
		for i, level := range levels {
			rows[i] = basisRow(was, is, k.ID, level)
		}
		other := func(r AdoptionRow) bool { return r.Was != rows[0].Was || r.Becomes != rows[0].Becomes }
		if !slices.ContainsFunc(rows, other) {
			rows = rows[:1]
			rows[0].Access = ""
		}
		for _, r := range rows {
			if r.Was == r.Becomes {
				continue
			}
			sentence := r.basisSentence(is.Title, k.Title)
			c.add(r, "%s", sentence)
			if r.takesTheChoice() {
				r.InUse, r.whom = true, speaking
				c.block(r, "%s", sentence)
			}
		}
	}
}

func basisRow(was, is *Purpose, kind, level string) AdoptionRow {
	access := level
	if level == NoAccess {
		access = ""
	}
	a, _ := was.BasisFor(kind, access)
	b, _ := is.BasisFor(kind, access)
	return AdoptionRow{
		Change: AdoptBasis, Kind: kind, Access: level, Purposes: []string{is.ID},
		Was: string(a.Basis), Becomes: string(b.Basis),
		AskAgain: b.Basis == Consent && a.Basis != Consent, Law: "UK GDPR Art 6(1)", whom: ofKind,
	}
}

func (r *AdoptionRow) basisSentence(purpose, kind string) string {
	who := kind
	switch r.Access {
	case "":
	case NoAccess:
		who += " without an access level"
	default:
		who += ", " + r.Access
	}
	s := purpose + ", " + who + ": rests on " + basisWords(Basis(r.Becomes)) +
		", no longer on " + basisWords(Basis(r.Was)) + "."
	switch {
	case r.AskAgain:
		s += " Those who have not consented have to be asked."
	case r.takesTheChoice():
		s += " Whoever was asked was told that it is their choice: " + consentStays + "."
	}
	return s
}

// takesTheChoice reports whether a basis that leaves people no choice takes the
// place of their consent.
func (r *AdoptionRow) takesTheChoice() bool { return Basis(r.Was) == Consent && r.Becomes != "" }

// keys lists every question of the purpose.
func (x *Purpose) keys() []ConsentKey {
	brands := x.Brands
	if len(brands) == 0 {
		brands = []string{""}
	}
	var keys []ConsentKey
	for _, channel := range x.Channels {
		for _, brand := range brands {
			keys = append(keys, ConsentKey{x.ID, channel, brand})
		}
	}
	return keys
}
