package trigram

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// Always placing before the same row uses up the room between keys many times over; chunks split and empty.
func TestOrderManyPlacings(t *testing.T) {
	o := NewOrder([]uint32{0, 1})
	want := []uint32{0}
	for row := uint32(2); row < 6000; row++ {
		o.Place(row, func(other uint32) bool { return other != 1 })
		want = append(want, row)
	}
	want = append(want, 1)
	if d := cmp.Diff(want, o.Rows(0, 1<<62)); d != "" {
		t.Fatal(d)
	}
	for i := 1; i < len(want); i++ {
		if o.key(want[i-1]) >= o.key(want[i]) {
			t.Fatalf("keys do not ascend at %d", i)
		}
	}
	for row := uint32(5999); row >= 100; row-- {
		o.Remove(row)
		o.Remove(row)
	}
	want = slices.DeleteFunc(want, func(r uint32) bool { return r >= 100 })
	if d := cmp.Diff(want, o.Rows(0, o.Len())); d != "" {
		t.Fatal(d)
	}
}

func TestOrderRows(t *testing.T) {
	rows := make([]uint32, 5000)
	for i := range rows {
		rows[i] = uint32(len(rows) - i)
	}
	o := NewOrder(rows)
	for _, c := range []struct{ from, n int }{{0, 3}, {2040, 20}, {0, 5000}, {4990, 50}, {5000, 1}, {9999, 1}, {-1, 2}, {3, 0}} {
		var want []uint32
		if c.from >= 0 {
			want = rows[min(c.from, len(rows)):min(c.from+c.n, len(rows))]
		}
		if d := cmp.Diff(want, o.Rows(c.from, c.n), cmpopts.EquateEmpty()); d != "" {
			t.Errorf("%d rows from %d: %s", c.n, c.from, d)
		}
	}
	if NewOrder(nil).Rows(0, 9) != nil {
		t.Error("an empty order has rows")
	}
}
