package register

import "custos/internal/calendar"

// wording is a version of a notice as it stands on a day.
type wording struct {
	notice, version string
	// changed is the day the first material version after this one began, zero
	// where there is none; last the day the latest material version of the notice
	// began that is not its first: a first version changes nothing.
	changed, last calendar.Date
}

// wordings lists every version that has begun by the day.
func (p *Profile) wordings(on calendar.Date) []wording {
	var all []wording
	for i := range p.Notices {
		n := &p.Notices[i]
		if n.From.After(on) {
			continue
		}
		w := wording{notice: n.ID, version: n.Version}
		for j := range p.Notices {
			m := &p.Notices[j]
			if m.ID != n.ID || !m.Material || m.From.After(on) || !p.replaces(m) {
				continue
			}
			if m.From.After(w.last) {
				w.last = m.From
			}
			if m.From.After(n.From) && (w.changed.IsZero() || m.From.Before(w.changed)) {
				w.changed = m.From
			}
		}
		all = append(all, w)
	}
	return all
}

// replaces reports whether there was a version before.
func (p *Profile) replaces(n *Notice) bool {
	_, ok := find(p.Notices, func(m Notice) bool { return m.ID == n.ID && m.From.Before(n.From) })
	return ok
}

// outdated returns the day from which a consent no longer counts because the
// wording changed materially after the version it was given under, zero where
// it counts. A form printed before the change and signed after it is a consent
// to the former wording. Where no version is on record, or one of another
// notice than the purpose's own, the day of the consent decides.
func (c *Contact) outdated(f *ConsentFact) calendar.Date {
	for i := range c.wordings {
		w := &c.wordings[i]
		if w.notice != f.Notice || w.version != f.NoticeVersion {
			continue
		}
		if w.notice == c.purpose.Notice || !w.changed.IsZero() {
			return w.changed
		}
		break
	}
	if !c.changed.IsZero() && calendar.LondonDate(f.At).Before(c.changed) {
		return c.changed
	}
	return calendar.Date{}
}
