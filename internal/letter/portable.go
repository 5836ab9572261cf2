package letter

import (
	"bytes"
	"fmt"
	"html/template"
	"io"
	"reflect"
	"strings"

	"custos/internal/calendar"
	"custos/internal/register"
)

// The names of the files of an export for the person (UK GDPR Art 20).
const (
	PortableData  = "portable.json"
	PortableTable = "portable.csv"
)

// PortableFormat names the form of an export and its version.
const PortableFormat = "custos portable data 1"

// Export is the data a person takes with them, as portable.json holds it.
type Export struct {
	Format  string        `json:"format"` // PortableFormat
	Ref     string        `json:"ref"`
	Office  string        `json:"office"`
	Person  string        `json:"person"`
	Written calendar.Date `json:"written"`
	Draft   bool          `json:"draft"`
	Audit   Audit         `json:"audit"` // by which the export can be checked
	register.Portable
	Omissions []Omission `json:"omissions"` // what was left out of it, and why
}

// NewExport makes an export of what is portable, without the words that were
// marked to be taken out of the reply.
func NewExport(r Reply, p register.Portable) Export {
	x := Export{
		Format: PortableFormat, Ref: r.Request.Ref, Office: r.Office, Person: r.Person, Written: r.On, Draft: r.Draft,
		Audit:    Audit{r.AuditSeq, r.AuditHash},
		Portable: p, Omissions: withheld(&r),
	}
	if x.Values == nil {
		x.Values = []register.PortableValue{}
	}
	if len(r.Redactions) > 0 {
		cut := redactor(&r)
		eachString(reflect.ValueOf(&x).Elem(), cut.Text)
		taken := takenOut(&r, cut.Gaps)
		eachString(reflect.ValueOf(&taken).Elem(), cut.Text)
		x.Omissions = append(taken, x.Omissions...)
	}
	return x
}

// Table returns the values of an export as one table.
func (x *Export) Table() Section {
	s := section("portable", "Your data", column{"collection", "Collection"}, column{"record", "Record"},
		column{"field", "Field"}, column{"label", "What"}, column{"value", "Value"}, column{"source", "How you gave it"},
		column{"purposes", "What we use it for"}, column{"bases", "Lawful basis"})
	for _, v := range x.Values {
		s.add(v.Collection, v.Record, v.Field, v.Label, v.Value, v.Source, list(v.Purposes), list(v.Bases))
	}
	return *s
}

// RenderExport writes the page that says what an export holds, and why the rest
// of what is held on the person is not in it. An error is the writer's.
func RenderExport(w io.Writer, x Export) error {
	css, err := layout.ReadFile("page.css")
	if err != nil {
		return fmt.Errorf("reading the style of the export: %w", err)
	}
	t, err := template.New("portable.html").Funcs(template.FuncMap{"when": when, "join": list}).
		ParseFS(layout, "portable.html")
	if err != nil {
		return fmt.Errorf("reading the layout of the export: %w", err)
	}
	var page bytes.Buffer
	err = t.Execute(&page, map[string]any{"X": &x, "CSS": template.CSS(css), "Table": PortableTable, "Data": PortableData})
	if err != nil {
		return fmt.Errorf("filling in the export: %w", err)
	}
	_, err = io.WriteString(w, visible(strings.TrimLeft(page.String(), "\n")))
	return err
}
