package register

import (
	"testing"
	"time"

	"custos/internal/calendar"
)

func TestADayIsPackedAndComesBack(t *testing.T) {
	last := uint32(0)
	for _, d := range []Date{
		{}, calendar.NewDate(1, time.January, 1), calendar.NewDate(1999, time.December, 31), calendar.NewDate(2000, time.February, 29),
		calendar.NewDate(2026, time.January, 1), calendar.NewDate(9999, time.December, 31),
	} {
		n := PackDate(d)
		if got := UnpackDate(n); got != d {
			t.Errorf("%s comes back as %s", d, got)
		}
		if !d.IsZero() && n <= last {
			t.Errorf("%s is packed as %d, not above %d", d, n, last)
		}
		last = n
	}
	if d := UnpackDate(31<<5 | 31); !d.IsZero() {
		t.Errorf("no day is read as %s", d)
	}
}
