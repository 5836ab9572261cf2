package register

// notices compares wordings. What somebody was shown must stay as it was, with
// the day it began: it proves the consents given under it.
func (c *comparison) notices() {
	for i := range c.old.Notices {
		was := &c.old.Notices[i]
		row := AdoptionRow{Notice: was.ID, Version: was.Version, whom: shownThis, Law: "UK GDPR Art 7(1)"}
		is, ok := c.next.noticeVersion(was.ID, was.Version)
		switch {
		case !ok:
			row.Change = AdoptNoticeVanished
			c.block(row, "The notice %s lacks version %s, which people were shown: a published version is kept.",
				was.ID, was.Version)
		case is.Text != was.Text:
			row.Change, row.Was, row.Becomes = AdoptNoticeRewritten, was.Digest(), is.Digest()
			c.block(row,
				"The notice %s reads otherwise under the same version %s: publish the new wording as a new version.",
				was.ID, was.Version)
		case is.From != was.From || is.Material != was.Material:
			row.Change, row.Was, row.Becomes = AdoptNoticeRewritten, was.From.String(), is.From.String()
			c.block(row,
				"The notice %s version %s: the day it began and whether it was material stay as they were published.",
				was.ID, was.Version)
		}
	}
	for i := range c.next.Notices {
		if n := &c.next.Notices[i]; !c.old.hasNotice(n.ID, n.Version) {
			c.notice(n)
		}
	}
}

// notice looks at a version that is new.
func (c *comparison) notice(n *Notice) {
	row := AdoptionRow{
		Notice: n.ID, Version: n.Version, Becomes: n.From.String(), Law: "UK GDPR Art 13(3)", whom: servedBy,
	}
	for i := range c.next.Purposes {
		if x := &c.next.Purposes[i]; x.Notice == n.ID {
			row.Purposes = append(row.Purposes, x.ID)
			if was, ok := c.old.Purpose(x.ID); ok { // under whatever notice: see Contact.outdated
				row.keys = append(row.keys, was.keys()...)
			}
		}
	}
	before := c.old.NoticeVersions(n.ID)
	switch {
	case len(before) == 0:
		row.Change = AdoptNoticeAdded
		c.add(row, "A further notice, %s: show it to those it is about.", n.ID)
	case !n.From.After(before[0].From):
		row.Change = AdoptNoticeRewritten
		c.block(row,
			"The notice %s version %s would begin on %s, but version %s began on %s: a new version begins after it.",
			n.ID, n.Version, n.From, before[0].Version, before[0].From)
	case n.Material:
		row.Change, row.AskAgain = AdoptNoticeMaterial, true
		row.whom, row.Law = agreeing, "UK GDPR Art 4(11), Art 7(1)"
		c.add(row,
			"The notice %s changes materially with version %s from %s: "+
				"ask those again who consented under a former one.",
			n.ID, n.Version, n.From)
	default:
		row.Change = AdoptNoticeChanged
		c.add(row, "The notice %s changes with version %s from %s: tell those it is about.",
			n.ID, n.Version, n.From)
	}
}

func (p *Profile) noticeVersion(id, version string) (Notice, bool) {
	return find(p.Notices, func(n Notice) bool { return n.ID == id && n.Version == version })
}

func (p *Profile) hasNotice(id, version string) bool {
	_, ok := p.noticeVersion(id, version)
	return ok
}
