package letter

import (
	"io"
	"strings"
	"time"
)

// RenderPDF writes the reply as one PDF with the same content as the page. The
// same input gives the same bytes unless there is a password. An error is the
// writer's.
func RenderPDF(w io.Writer, r Reply, f Finish) error {
	d := Data(r)
	p, err := newPaper("Reply to access request "+d.Case.Ref, language(r.Profile.Language), writtenAt(&r))
	if err != nil {
		return err
	}
	p.begin(d.Case.Ref + ", " + d.Case.Office)
	p.print(full(officeFace), d.Case.Office)
	p.print(full(titleFace), "What we hold on "+d.Case.Person)
	for _, c := range d.chapters() {
		p.heading(c.Title)
		for _, text := range c.Paras {
			p.print(full(bodyFace), text)
		}
	}
	for _, s := range d.sections() {
		p.heading(s.Title)
		for _, row := range s.Rows {
			p.print(full(bodyFace), strings.Join(row, "; "))
		}
	}
	return p.finish(w, f)
}

// writtenAt is the date in the file: the day the reply is written.
func writtenAt(r *Reply) time.Time {
	return time.Date(r.On.Year(), r.On.Month(), r.On.Day(), 0, 0, 0, 0, time.UTC)
}
