package calendar

import "strings"

// receipt writes down the day of receipt and everything asked for before the start.
func (k *count) receipt() {
	k.add(k.c.Received, k.law.receipt, "The request was received on %s. The day it reaches anyone in the"+
		" organisation counts, whether or not it is a working day.", k.c.Received.spoken())
	for _, w := range k.c.waits() {
		source := k.law.receipt
		if w.byLaw {
			source = k.cite.start
		}
		switch {
		case w.IsZero():
		case w.Open():
			k.add(w.Asked, source, "%s was asked for on %s and has not arrived.", w.thing, w.Asked.spoken())
		default:
			k.add(w.Wait.Received, source, "%s was received on %s.", w.thing, w.Wait.Received.spoken())
		}
	}
}

// begin finds the start, or stops the clock while something is awaited.
func (k *count) begin() bool {
	start := k.c.Received
	for _, w := range k.c.waits() {
		if w.Open() {
			k.add(Date{}, k.cite.start, "The clock has not started: it starts on the day the last of what was asked"+
				" for arrives. Until then there is no date to work to.")
			k.out.Stopped = true
			return false
		}
		start = later(start, w.Wait.Received)
	}
	k.out.Start = start
	if start == k.c.Received {
		k.add(start, k.cite.start, "The clock starts on the day of receipt, %s.", start.spoken())
	} else {
		k.add(start, k.cite.start, "The clock starts on %s, the day the last of what was needed arrived.", start.spoken())
	}
	return true
}

// atOnce ends the clock of a withdrawal on the day it starts.
func (k *count) atOnce() {
	d := k.out.Start
	k.out.Base, k.out.Due, k.out.LastLawful = d, d, d
	k.add(d, k.c.Right.Article(), "Consent must be as easy to withdraw as to give, so act at once: stop on %s,"+
		" weekend or not. There is no month to reply in.", d.spoken())
}

// months finds the base and the day an extension has to be announced by.
func (k *count) months() {
	months, words, source := 1, "one month", k.cite.period
	if k.c.Extended {
		months, words, source = 3, "three months", k.cite.extension
		k.add(Date{}, source, "The time was extended by two months, so three months are counted from the start.")
	}
	k.notice = k.out.Start.AddMonths(1)
	k.out.Base = k.out.Start.AddMonths(months)
	if k.out.Base.Day() == k.out.Start.Day() {
		k.add(k.out.Base, source, "The same day %s later is %s.", words, k.out.Base.spoken())
		return
	}
	k.add(k.out.Base, source, "%s later there is no %d %s, so the last day of that month is taken: %s.",
		strings.ToUpper(words[:1])+words[1:], k.out.Start.Day(), k.out.Base.Month(), k.out.Base.spoken())
}

// pauses counts the days the clock stood, or stops it at a question without an answer.
func (k *count) pauses() error {
	for _, s := range stretches(k.c.Pauses, k.out.Start) {
		if err := k.inTime(s); err != nil {
			return err
		}
		if s.to.IsZero() {
			k.add(s.from, k.cite.pause, "A question about what the request covers was asked and has no answer yet: the"+
				" clock has stood since %s. Until the answer arrives there is no date to work to.", s.from.spoken())
			k.out.Stopped = true
			return nil
		}
		k.add(s.to, k.cite.pause, "From %s to %s the clock stood, waiting for an answer about what the request covers:"+
			" %s not counted.", s.from.spoken(), s.to.spoken(), plural(s.days(), "day"))
		if !s.from.After(k.notice) {
			k.notice = k.notice.AddDays(s.days())
		}
		k.out.PausedDays += s.days()
		k.literal += s.literalDays()
	}
	return nil
}

// inTime refuses a question asked when the time to reply had already run out.
func (k *count) inTime(s span) error {
	last, err := k.roll(k.out.Base.AddDays(k.literal), k.who, &trail{silent: true})
	if err != nil {
		return err
	}
	if s.from.After(last) {
		return refuse(pauseField(s.index, "asked"), "%s is after the last day to reply, %s: the clock had run out"+
			" and cannot be paused", s.from, last)
	}
	return nil
}

// finish moves the date to a working day and says by when an extension has to be announced.
func (k *count) finish() error {
	end := k.out.Base.AddDays(k.out.PausedDays)
	if k.out.PausedDays > 0 {
		k.add(end, k.cite.pause, "Adding %s to %s gives %s.",
			plural(k.out.PausedDays, "day"), k.out.Base.spoken(), end.spoken())
	}
	var err error
	if k.out.Due, err = k.roll(end, k.who, &k.trail); err != nil {
		return err
	}
	k.add(k.out.Due, k.cite.period, "The reply is due by the end of %s.", k.out.Due.spoken())
	if k.out.LastLawful, err = k.roll(k.out.Base.AddDays(k.literal), k.who, &trail{silent: true}); err != nil {
		return err
	}
	if k.out.LastLawful != k.out.Due {
		k.add(k.out.LastLawful, k.cite.pause, "Read word for word, the law leaves out the day of the question as well as"+
			" the day of the answer, which gives until %s. Work to the earlier date.", k.out.LastLawful.spoken())
	}
	k.announce()
	return nil
}

// What the step that tells the day of the extension notice begins with: it is
// said to the office, and is no step of the count.
const (
	NoticeIfLonger    = "If two more months are needed, tell the person, with the reasons,"
	NoticeOfExtension = "The person has to be told of the extension, with the reasons,"
)

func (k *count) announce() {
	k.out.ExtensionNoticeBy = k.notice
	when := NoticeIfLonger
	if k.c.Extended {
		when = NoticeOfExtension
	}
	k.add(k.notice, k.cite.notice, when+" by %s. This date does not move off a weekend or bank holiday.", k.notice.spoken())
}
