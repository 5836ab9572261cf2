package store

import "testing"

// BenchmarkStayedInPlace is what the looking for store.db and the head file, three times a save, costs beside a save.
func BenchmarkStayedInPlace(b *testing.B) {
	db := newStore(b)
	b.Run("look", func(b *testing.B) {
		for b.Loop() {
			if db.inPlace() != nil {
				b.Fatal("store.db is gone")
			}
		}
	})
	b.Run("save", func(b *testing.B) {
		n := 0
		for b.Loop() {
			n++
			put(b, db, byTester(), someone(n))
		}
	})
}
