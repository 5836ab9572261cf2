package letter_test

import (
	"fmt"
	"io"
	"testing"

	"custos/internal/letter"
	"custos/internal/register"
)

// long is a reply of many records of six lines each.
func long(records int) letter.Reply {
	r := sample()
	h := register.Holding{Collection: "attendance", Title: "Attendance", Purpose: "courses"}
	for i := range records {
		id := fmt.Sprintf("A%013d", i)
		h.Entries = append(h.Entries, register.Record{ID: id, Lines: []register.Line{
			{Field: "course", Label: "Course", Value: fmt.Sprintf("First aid at work, group %d", i%40)},
			{Field: "day", Label: "Day", Value: fmt.Sprintf("2026-%02d-%02d", i%12+1, i%28+1), Source: "register"},
			{Field: "mark", Label: "Mark", Value: "present"},
			{Field: "note", Label: "Note of the trainer", Value: "Came late and left early, with the trainer's leave; made up for it on the next day of the course."},
			{Field: "by", Label: "Entered by", Value: "trainer"},
			{Field: "entered", Label: "Entered", Value: "2026-06-10T09:30:00Z"},
		}})
	}
	r.Holdings = append(r.Holdings, h)
	return r
}

func BenchmarkReplyPDF(b *testing.B) {
	r := long(5000)
	run := func(name string, write func() error) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := write(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	run("page", func() error { return letter.RenderHTML(io.Discard, r) }) // to compare with
	run("plain", func() error { return letter.RenderPDF(io.Discard, r, letter.Finish{}) })
	run("protected", func() error {
		return letter.RenderPDF(io.Discard, r, letter.Finish{Password: []byte("a long password")})
	})
}
