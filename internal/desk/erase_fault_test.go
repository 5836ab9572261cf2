package desk

// BetweenErasure has a test called between the steps of every erasure: before
// "records", "scrub" and "scan". An error stops it there.
func (d *Desk) BetweenErasure(call func(step string) error) { d.erasures.between = call }
