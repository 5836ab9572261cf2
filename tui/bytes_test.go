package tui_test

import (
	"fmt"
	"runtime/metrics"
	"testing"
	"testing/synctest"
	"time"

	"custos/tui"
)

// What a key may cost on the line, in bytes, at 80 by 24 and at 120 by 40.
func TestAKeyCostsFewBytes(t *testing.T) {
	s := sampled(t, 240)
	for _, tt := range []struct {
		size         tui.Size
		move, scroll int
		page         int
	}{
		{tui.Size{Width: 80, Height: 24}, 400, 400, 3 << 10},
		{tui.Size{Width: 120, Height: 40}, 400, 400, 3 << 10},
	} {
		t.Run(fmt.Sprintf("%dx%d", tt.size.Width, tt.size.Height), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := distant(t, tui.Env{Session: s, Theme: "dark"}, tt.size, newWay(0, 0), newWay(0, 0))
				cost := func(key string) int {
					before := f.written()
					f.types(key)
					return f.written() - before
				}
				f.types("2")
				most := map[string]int{}
				note := func(what string, n int) { most[what] = max(most[what], n) }
				for range tt.size.Height - 6 {
					note("moved", cost("\x1b[B"))
				}
				for range 30 {
					note("scrolled", cost("\x1b[B"))
				}
				for range 3 {
					note("paged", cost("\x1b[6~"))
				}
				for range 60 {
					note("back", cost("\x1b[A"))
				}
				note("nothing", cost("\x1b[?1;2c"))
				time.Sleep(24 * time.Hour)
				t.Logf("bytes at most: %v", most)
				if most["moved"] > tt.move || max(most["scrolled"], most["back"]) > tt.scroll || most["paged"] > tt.page ||
					most["nothing"] > 0 {
					t.Errorf("too many bytes: %v", most)
				}
				f.leave()
			})
		})
	}
}

// In a day on which nobody touches it, the console writes nothing and wakes up for nothing.
func TestAnIdleConsoleCostsNothing(t *testing.T) {
	s := sampled(t, 50)
	synctest.Test(t, func(t *testing.T) {
		f := distant(t, tui.Env{Session: s, Theme: "dark"}, tui.Size{Width: 80, Height: 24}, newWay(0, 0), newWay(0, 0))
		for _, key := range []string{"2", "\x1b[B", "\r", "e", "Ada", "\x1b", "y"} {
			f.types(key)
			time.Sleep(time.Hour) // whatever a key sets off has an end
			written, woken := f.written(), wakings()
			time.Sleep(24 * time.Hour)
			synctest.Wait()
			if n := f.written() - written; n > 0 {
				t.Errorf("%d bytes written in a day after %q", n, key)
			}
			if n := wakings() - woken; n > 500 { // once a minute would be 1440
				t.Errorf("woken some %d times in a day after %q", n, key)
			}
		}
		f.leave()
	})
}

// wakings is how often goroutines were given the processor; the runtime notes one in eight.
func wakings() uint64 {
	sample := []metrics.Sample{{Name: "/sched/latencies:seconds"}}
	metrics.Read(sample)
	var n uint64
	for _, count := range sample[0].Value.Float64Histogram().Counts {
		n += count
	}
	return n * 8
}
