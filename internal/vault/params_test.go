package vault

import "testing"

func TestRecommended(t *testing.T) {
	const mib = 1 << 20
	for _, c := range []struct {
		available uint64
		want      uint32
	}{
		{0, 64 << 10}, {383 * mib, 64 << 10}, {384 * mib, 128 << 10}, {767 * mib, 128 << 10}, {768 * mib, 256 << 10},
		{1 << 40, 256 << 10}, {1<<64 - 1, 256 << 10},
	} {
		got := Recommended(c.available)
		if want := (Params{MemoryKiB: c.want, Time: 3, Threads: 4}); got != want {
			t.Errorf("Recommended(%d MiB) = %+v, want %+v", c.available/mib, got, want)
		}
		if err := CheckParams(got); err != nil {
			t.Errorf("recommended parameters are refused: %v", err)
		}
	}
}

func TestParamLimits(t *testing.T) {
	for _, c := range []struct {
		p            Params
		floor, limit bool // whether each check passes
	}{
		{Params{64 << 10, 3, 1}, true, true},
		{Params{64<<10 - 1, 3, 1}, false, true},
		{Params{64 << 10, 2, 1}, false, true},
		{Params{8, 1, 1}, false, true},
		{Params{7, 1, 1}, false, false},
		{Params{127, 1, 16}, false, false},
		{Params{128, 1, 16}, false, true},
		{Params{1 << 20, 16, 16}, true, true},
		{Params{1<<20 + 1, 3, 4}, false, false},
		{Params{64 << 10, 17, 4}, false, false},
		{Params{64 << 10, 3, 17}, false, false},
		{Params{64 << 10, 3, 0}, false, false},
		{Params{64 << 10, 0, 4}, false, false},
		{Params{}, false, false},
	} {
		if err := CheckParams(c.p); (err == nil) != c.floor {
			t.Errorf("CheckParams(%+v) = %v", c.p, err)
		}
		if err := c.p.capped(); (err == nil) != c.limit {
			t.Errorf("%+v.capped() = %v", c.p, err)
		}
	}
}
