package register

// Stands says how near the due date of a case is, in words.
func (r *RequestRow) Stands() string {
	switch r.Pressure {
	case Late:
		return "OVERDUE by " + days(-r.DaysLeft)
	case Soon:
		if r.DaysLeft == 0 {
			return "DUE TODAY"
		}
		return "DUE SOON, " + days(r.DaysLeft)
	case Calm:
		return days(r.DaysLeft) + " left"
	case Stopped:
		return "CLOCK STOPPED"
	case Unset:
		return "no set date"
	case Settled:
		return "done"
	}
	return ""
}

func days(n int) string {
	if n == 1 {
		return "1 day"
	}
	return Count(n) + " days"
}
