package register

import "slices"

// Correctable reports whether the day or the words of an event may be put right
// by a later one. What was decided, approved or done to data takes another act.
func (e *RequestEvent) Correctable() bool { return slices.Contains(correctable, e.Kind) }
