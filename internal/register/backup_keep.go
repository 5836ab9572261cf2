package register

import (
	"cmp"
	"fmt"
	"slices"

	"custos/internal/calendar"
)

// BackupKeep is how many backups of a folder are kept: the newest of each of the last days, weeks and months. The zero
// value is the usual: 7, 4 and 12.
type BackupKeep struct {
	Days   int `json:"days"`
	Weeks  int `json:"weeks"`
	Months int `json:"months"`
}

// What is kept where the office has not said, and what may be said.
const (
	keptDays   = 7
	keptWeeks  = 4
	keptMonths = 12

	mostDays, mostWeeks, mostMonths = 60, 52, 60
)

// Numbers are how many are kept, the usual for the zero value.
func (k BackupKeep) Numbers() BackupKeep {
	if k == (BackupKeep{}) {
		return BackupKeep{keptDays, keptWeeks, keptMonths}
	}
	return k
}

// Words are how many are kept, such as "7 daily, 4 weekly and 12 monthly".
func (k BackupKeep) Words() string {
	k = k.Numbers()
	return fmt.Sprintf("%d daily, %d weekly and %d monthly", k.Days, k.Weeks, k.Months)
}

// Validate returns an Invalid error with Field "days", "weeks" or "months" for fewer than 2 daily, 1 weekly or 1 monthly,
// or for more than anybody needs: a copy that is kept is a copy that still holds who was erased, however well sealed.
func (k BackupKeep) Validate() error {
	for _, x := range []struct {
		field          string
		n, least, most int
	}{{"days", k.Days, 2, mostDays}, {"weeks", k.Weeks, 1, mostWeeks}, {"months", k.Months, 1, mostMonths}} {
		if k != (BackupKeep{}) && (x.n < x.least || x.n > x.most) {
			return Errorf(Invalid, x.field, "backups of %d to %d %s are kept", x.least, x.most, x.field)
		}
	}
	return nil
}

// Kept reports whether a backup was read back whole and is still there, as far as anybody knows.
func (b *Backup) Kept() bool { return !b.Proved.IsZero() && b.There() }

// There reports whether a backup was neither thinned out nor written off.
func (b *Backup) There() bool { return b.Removed.IsZero() && b.Lost.IsZero() }

// day is the date in the office of the state a backup holds.
func (b *Backup) day() calendar.Date { return calendar.LondonDate(b.At) }

// ahead reports whether a backup is dated after tomorrow, which only a clock that was wrong brings about. One of
// tomorrow comes of a clock set back a little and is as good as any.
func (b *Backup) ahead(today calendar.Date) bool { return b.day().After(today.AddDays(1)) }

// BackupDue reports whether a daily backup is to be made: none among these that are kept is of today.
func BackupDue(all []Backup, today calendar.Date) bool {
	return !slices.ContainsFunc(all, func(b Backup) bool {
		return b.Kept() && !b.day().Before(today) && !b.ahead(today)
	})
}

// Thin names the backups of one folder that are kept no longer: those that are not the newest of one of the last days,
// weeks (Monday to Sunday) or months by the office's calendar, today's among them, as many as the office keeps. What was
// promised of a backup as it was made holds: keeping more since does not have it stay longer.
//
// The newest proved one always stays, whatever its age, and so does what was never proved: nobody knows whose it is.
// After a gap of more than a year nothing goes: a clock that was wrong once must not cost the history.
func (k BackupKeep) Thin(all []Backup, today calendar.Date) []Backup {
	kept := slices.DeleteFunc(slices.Clone(all), func(b Backup) bool { return !b.Kept() })
	slices.SortFunc(kept, newestBackup)
	if len(kept) < 2 || kept[1].day().AddMonths(keptMonths).Before(today) {
		return nil
	}
	var gone []Backup
	for i := range kept {
		if i > 0 && (k.Last(&kept[i]).Before(today) || !k.stays(kept[:i], kept[i].day(), today)) {
			gone = append(gone, kept[i])
		}
	}
	return gone
}

// newestBackup sorts the newest first; of one second, the one that knows more.
func newestBackup(a, b Backup) int {
	if c := b.At.Compare(a.At); c != 0 {
		return c
	}
	return cmp.Compare(b.AuditSeq, a.AuditSeq)
}

// stays reports whether a backup of a day is the newest of a day, week or month that counts still.
func (k BackupKeep) stays(newer []Backup, day, today calendar.Date) bool {
	k = k.Numbers()
	for _, span := range []struct {
		start func(calendar.Date) calendar.Date
		first calendar.Date
	}{
		{itself, today.AddDays(1 - k.Days)},
		{weekOf, weekOf(today).AddDays(-7 * (k.Weeks - 1))},
		{monthOf, monthOf(today).AddMonths(1 - k.Months)},
	} {
		start := span.start(day)
		sameSpan := func(b Backup) bool { return span.start(b.day()) == start }
		if !start.Before(span.first) && !slices.ContainsFunc(newer, sameSpan) {
			return true
		}
	}
	return false
}

func itself(d calendar.Date) calendar.Date { return d }

func weekOf(d calendar.Date) calendar.Date { return d.AddDays(-(int(d.Weekday()) + 6) % 7) }

func monthOf(d calendar.Date) calendar.Date { return d.AddDays(1 - d.Day()) }

// Until is the last day on which a backup of a day may still be kept, as long as backups go on being made: after it
// neither its day, nor its week, nor its month counts.
func (k BackupKeep) Until(day calendar.Date) calendar.Date {
	k = k.Numbers()
	last := day.AddDays(k.Days - 1)
	for _, end := range []calendar.Date{weekOf(day).AddDays(7*k.Weeks - 1), monthOf(day).AddMonths(k.Months).AddDays(-1)} {
		if end.After(last) {
			last = end
		}
	}
	return last
}

// Last is the last day on which a backup may still be kept: as it was promised when it was made, or sooner where fewer
// are kept since.
func (k BackupKeep) Last(b *Backup) calendar.Date {
	promised, now := b.Until, k.Until(b.day())
	if promised.IsZero() {
		promised = BackupKeep{}.Until(b.day()) // made when there was nothing to choose
	}
	if now.Before(promised) {
		return now
	}
	return promised
}
