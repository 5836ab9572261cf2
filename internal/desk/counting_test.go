package desk

// HoldCounting has everybody who would count for Home wait, until it is released.
func (d *Desk) HoldCounting() (release func()) {
	d.counting <- struct{}{}
	return func() { <-d.counting }
}
