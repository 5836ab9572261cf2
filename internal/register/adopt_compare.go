package register

import (
	"fmt"
	"slices"
	"strings"
)

// comparison builds an Adoption, one part of the profiles after the other.
type comparison struct {
	Adoption
	old, next *Profile
}

func (c *comparison) add(r AdoptionRow, format string, args ...any) {
	r.Words = fmt.Sprintf(format, args...)
	c.Rows = append(c.Rows, r)
}

func (c *comparison) block(r AdoptionRow, format string, args ...any) {
	r.Words = fmt.Sprintf(format, args...)
	c.Blocking = append(c.Blocking, r)
}

func contains(all []string, one string) bool { return slices.Contains(all, one) }

func (c *comparison) kinds() {
	for i := range c.old.Kinds {
		was := &c.old.Kinds[i]
		is, ok := c.next.Kind(was.ID)
		if !ok {
			c.block(AdoptionRow{Change: AdoptKindRemoved, Kind: was.ID, InUse: true, whom: ofKind},
				"The profile no longer has the kind of person %q: nobody held may be of it.", was.ID)
			continue
		}
		if was.Subscriber != is.Subscriber {
			c.add(AdoptionRow{
				Change: AdoptSubscriber, Kind: was.ID, Was: was.Subscriber, Becomes: is.Subscriber,
				whom: ofKind, Law: "PECR reg 22",
			}, "%s: counted as %s subscriber from now on, not as %s.", is.Title, is.Subscriber, was.Subscriber)
		}
		c.fields(was, &is)
	}
	for _, k := range c.next.Kinds {
		if _, ok := c.old.Kind(k.ID); !ok {
			c.add(AdoptionRow{Change: AdoptKindAdded, Kind: k.ID}, "A further kind of person: %s.", k.Title)
		}
	}
}

func (c *comparison) fields(was, is *PersonKind) {
	field := func(k *PersonKind, id string) (Field, bool) {
		return find(k.Fields, func(f Field) bool { return f.ID == id })
	}
	for _, f := range was.Fields {
		if _, ok := field(is, f.ID); !ok {
			c.add(AdoptionRow{
				Change: AdoptFieldRemoved, Kind: is.ID, Field: f.ID, whom: holding, Law: "UK GDPR Art 5(1)(c)",
			}, "%s: %q is no longer kept; what is held in it has no place any more.", is.Title, f.Title)
		}
	}
	for _, f := range is.Fields {
		before, known := field(was, f.ID)
		row := AdoptionRow{Kind: is.ID, Field: f.ID, Was: before.Type, Becomes: f.Type}
		switch {
		case !known:
			row.Change = AdoptFieldAdded
			c.add(row, "%s: %q is kept from now on.", is.Title, f.Title)
		case before.Type != f.Type || !slices.Equal(before.Options, f.Options):
			row.Change, row.whom = AdoptFieldType, holding
			c.add(row, "%s: %q takes other values than before; what is held may not fit.", is.Title, f.Title)
		}
		row.Was, row.Becomes = "", ""
		if f.Mandatory && !before.Mandatory {
			row.Change, row.whom = AdoptFieldMandatory, lacking
			row.Becomes, row.Law = f.Consequence, "UK GDPR Art 13(2)(e)"
			c.add(row, "%s: %q is mandatory from now on; records without it are incomplete.", is.Title, f.Title)
		}
		if f.Special && !before.Special {
			row.Change, row.whom = AdoptFieldSpecial, holding
			row.Becomes, row.Law = "", "UK GDPR Art 9(2)"
			c.add(row, "%s: %q is special category data from now on and needs a condition of Article 9.",
				is.Title, f.Title)
		}
	}
}

func (c *comparison) recipients() {
	for _, r := range c.next.Recipients {
		if _, ok := c.old.Recipient(r.ID); ok {
			continue
		}
		c.add(AdoptionRow{
			Change: AdoptRecipientAdded, Recipient: r.ID, Purposes: c.using(r.ID),
			whom: servedBy, Law: "UK GDPR Art 13(1)(e)",
		}, "A further recipient: %s (%s). Tell the people whose data it is to receive.", r.Name, r.Role)
	}
	for _, t := range c.next.Transfers {
		if slices.Contains(c.old.Transfers, t) {
			continue
		}
		c.add(AdoptionRow{
			Change: AdoptTransferAdded, Recipient: t.Recipient, Becomes: t.Country, Purposes: c.using(t.Recipient),
			whom: servedBy, Law: "UK GDPR Art 13(1)(f), Art 44 to 49",
		}, "A further transfer out of the UK: to %s, safeguarded by %s. Tell the people whose data it is.",
			t.Country, strings.TrimSuffix(t.Safeguard, "."))
	}
}

// using lists the purposes of the next profile a recipient receives data for.
func (c *comparison) using(recipient string) []string {
	var ids []string
	for _, x := range c.next.Purposes {
		if contains(x.Recipients, recipient) {
			ids = append(ids, x.ID)
		}
	}
	return ids
}

func (c *comparison) retention() {
	for _, was := range c.old.Retention {
		row := AdoptionRow{
			Change: AdoptRetention, Class: was.Class, Was: was.Words(), whom: servedBy, Law: "UK GDPR Art 5(1)(e)",
		}
		for _, x := range c.next.Purposes {
			if x.Retention == was.Class {
				row.Purposes = append(row.Purposes, x.ID)
			}
		}
		is, ok := c.next.RetentionRule(was.Class)
		row.Becomes = is.Words()
		switch {
		case !ok:
			row.Becomes = ""
			c.add(row, "The retention class %q is gone; what was kept under it was kept %s.", was.Class, row.Was)
		case is.Trigger != was.Trigger || is.Period != was.Period:
			c.add(row, "%s: kept %s, no longer %s.", is.Title, row.Becomes, row.Was)
		case is.Action != was.Action:
			row.Was, row.Becomes = was.Action, is.Action
			c.add(row, "%s: at the end %s, no longer %s.", is.Title, is.Action, was.Action)
		}
	}
	for _, is := range c.next.Purposes {
		was, ok := c.old.Purpose(is.ID)
		if ok && was.Retention != is.Retention {
			c.add(AdoptionRow{
				Change: AdoptRetention, Class: is.Retention, Purposes: []string{is.ID},
				Was: was.Retention, Becomes: is.Retention, whom: servedBy, Law: "UK GDPR Art 5(1)(e)",
			}, "%s: kept under the class %q, no longer %q.", is.Title, is.Retention, was.Retention)
		}
	}
}

// basisWords names a basis in a sentence, or the lack of one.
func basisWords(b Basis) string {
	if b == "" {
		return "no basis"
	}
	return strings.ToLower(b.Title())
}
