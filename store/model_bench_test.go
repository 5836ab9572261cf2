package store

import (
	"fmt"
	"runtime"
	"testing"

	"custos/internal/register"
)

func sizes(b *testing.B, most ...int) []int {
	if testing.Short() {
		return most[:len(most)-1]
	}
	return most
}

// BenchmarkListWindow reads a screenful from the middle of the whole list, which costs the same however long it is.
func BenchmarkListWindow(b *testing.B) {
	for _, n := range sizes(b, 100, 100_000, 1_000_000) {
		db := crowd(b, n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				l := db.People(register.Query{})
				for i := range 50 {
					l.Row(l.Len()/2 + i)
				}
			}
		})
	}
}

// BenchmarkModelLoad packs decoded records and builds the search; heap-B/person is what stays.
func BenchmarkModelLoad(b *testing.B) {
	for _, n := range sizes(b, 100_000, 1_000_000) {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			batches := crowdBatches(n)
			for b.Loop() {
				b.StopTimer()
				before := heap()
				b.StartTimer()
				db := crowdOf(b, batches)
				b.StopTimer()
				b.ReportMetric(float64(heap()-before)/float64(n), "heap-B/person")
				runtime.KeepAlive(db)
				b.StartTimer()
			}
		})
	}
}

func heap() uint64 {
	runtime.GC()
	runtime.GC()
	var s runtime.MemStats
	runtime.ReadMemStats(&s)
	return s.HeapAlloc
}

// BenchmarkModelApply takes in a save of one person, and an import chunk of 5,000.
func BenchmarkModelApply(b *testing.B) {
	for _, n := range sizes(b, 1000, 100_000, 1_000_000) {
		db := crowd(b, n)
		next := n
		for _, chunk := range []int{1, 5000} {
			b.Run(fmt.Sprintf("%d of %d", chunk, n), func(b *testing.B) {
				for b.Loop() {
					b.StopTimer()
					var records []record
					for range chunk {
						if chunk == 1 {
							next = n / 2
						}
						records = append(records, crowdRecords(next)...)
						next++
					}
					if chunk == 1 {
						d := records[0].value.(register.Delegate)
						d.Given, d.Name = "Renamed", "Renamed "+d.Family
						records[0].value = d
					}
					b.StartTimer()
					db.model.apply(commit{records: records})
				}
			})
		}
	}
}

// BenchmarkFilteredList finds the first 200 with words and a status.
func BenchmarkFilteredList(b *testing.B) {
	for _, n := range sizes(b, 100_000, 1_000_000) {
		db := crowd(b, n)
		for name, q := range map[string]register.Query{
			"words":           {Filter: "anna bak", Limit: 200},
			"words downwards": {Filter: "anna bak", Limit: 200, Desc: true},
			"status":          {Status: register.Restricted, Limit: 200},
			"within":          {Within: crowdBody(3), Limit: 200},
			"words within":    {Within: crowdBody(3), Filter: "anna bak", Limit: 200},
		} {
			b.Run(fmt.Sprintf("%s of %d", name, n), func(b *testing.B) {
				for b.Loop() {
					db.People(q).Len()
				}
			})
		}
	}
}
