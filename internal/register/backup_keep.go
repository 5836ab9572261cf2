package register

import (
	"cmp"
	"slices"

	"custos/internal/calendar"
)

// How many backups of a folder are kept: the newest of each of the last days, weeks and months.
const (
	keptDays   = 7
	keptWeeks  = 4
	keptMonths = 12
)

// Kept reports whether a backup was read back whole and is still there.
func (b *Backup) Kept() bool { return !b.Proved.IsZero() && b.Removed.IsZero() }

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

// Thin names the backups of one folder that are kept no longer: those that are not the newest of one of the last 7 days,
// 4 weeks (Monday to Sunday) or 12 months by the office's calendar, today's among them.
//
// The newest proved one always stays, whatever its age, and so does what was never proved: nobody knows whose it is.
// After a gap of more than a year nothing goes: a clock that was wrong once must not cost the history.
func Thin(all []Backup, today calendar.Date) []Backup {
	kept := slices.DeleteFunc(slices.Clone(all), func(b Backup) bool { return !b.Kept() })
	slices.SortFunc(kept, newestBackup)
	if len(kept) < 2 || kept[1].day().AddMonths(keptMonths).Before(today) {
		return nil
	}
	var gone []Backup
	for i := range kept {
		if i > 0 && !stays(kept[:i], kept[i].day(), today) {
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
func stays(newer []Backup, day, today calendar.Date) bool {
	for _, span := range []struct {
		start func(calendar.Date) calendar.Date
		first calendar.Date
	}{
		{itself, today.AddDays(1 - keptDays)},
		{weekOf, weekOf(today).AddDays(-7 * (keptWeeks - 1))},
		{monthOf, monthOf(today).AddMonths(1 - keptMonths)},
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

// LastKept is the last day on which a backup of a day may still be kept, as long as backups go on being made: the month
// it belongs to counts for no longer after that.
func LastKept(day calendar.Date) calendar.Date { return monthOf(day).AddMonths(keptMonths).AddDays(-1) }
