package consentfile

import (
	"time"

	"custos/internal/calendar"
	"custos/internal/register"
)

// column is one field of the ledger as text.
type column struct {
	name string
	get  func(*register.ConsentEvent) string
	set  func(*register.ConsentEvent, string) error
}

// columns are all the fields, by the names the ledger itself gives them.
var columns = []column{
	text("id", func(e *register.ConsentEvent) *register.ID { return &e.ID }),
	text("delegate", func(e *register.ConsentEvent) *register.ID { return &e.Delegate }),
	text("purpose", func(e *register.ConsentEvent) *string { return &e.Purpose }),
	text("channel", func(e *register.ConsentEvent) *string { return &e.Channel }),
	text("brand", func(e *register.ConsentEvent) *string { return &e.Brand }),
	text("state", func(e *register.ConsentEvent) *register.ConsentAct { return &e.Act }),
	instant("at", func(e *register.ConsentEvent) *time.Time { return &e.At }),
	instant("recorded", func(e *register.ConsentEvent) *time.Time { return &e.Recorded }),
	text("recorded_by", func(e *register.ConsentEvent) *string { return &e.RecordedBy }),
	text("method", func(e *register.ConsentEvent) *string { return &e.Method }),
	text("evidence", func(e *register.ConsentEvent) *string { return &e.Evidence }),
	text("notice", func(e *register.ConsentEvent) *string { return &e.Notice }),
	text("notice_version", func(e *register.ConsentEvent) *string { return &e.NoticeVersion }),
	text("wording_digest", func(e *register.ConsentEvent) *string { return &e.WordingDigest }),
	text("given_by", func(e *register.ConsentEvent) *string { return &e.GivenBy }),
	text("authority", func(e *register.ConsentEvent) *string { return &e.Authority }),
	{"expires", expires, setExpires},
	text("collected", func(e *register.ConsentEvent) *string { return &e.Collected }),
	text("corrects", func(e *register.ConsentEvent) *register.ID { return &e.Corrects }),
}

// columnEmail may stand in a table beside the ledger's own fields.
const columnEmail = "email"

func text[S ~string](name string, at func(*register.ConsentEvent) *S) column {
	return column{
		name,
		func(e *register.ConsentEvent) string { return string(*at(e)) },
		func(e *register.ConsentEvent, v string) error { *at(e) = S(v); return nil },
	}
}

func instant(name string, at func(*register.ConsentEvent) *time.Time) column {
	return column{
		name,
		func(e *register.ConsentEvent) string { return writeInstant(*at(e)) },
		func(e *register.ConsentEvent, v string) (err error) { *at(e), err = readInstant(name, v); return err },
	}
}

// set puts the text of a field into an event. Unknown fields are passed over.
func set(e *register.ConsentEvent, name, value string) error {
	for i := range columns {
		if columns[i].name != name {
			continue
		}
		if len(value) > maxText {
			return wrong(name, "the value is longer than %d bytes", maxText)
		}
		return columns[i].set(e, value)
	}
	return nil
}

// writeInstant writes an instant in UTC to the nanosecond, "" for none.
func writeInstant(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339Nano)
}

// readInstant reads what writeInstant writes, and a day alone as its beginning
// in London.
func readInstant(field, s string) (time.Time, error) {
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		day, dayErr := calendar.ParseDate(s)
		if dayErr != nil {
			return t, wrong(field, "this is not an instant such as 2026-03-02T09:30:00Z")
		}
		t = calendar.LondonStart(day)
	}
	return sane(field, t)
}

// sane refuses instants no consent can have: milliseconds taken for seconds
// come out tens of thousands of years away.
func sane(field string, t time.Time) (time.Time, error) {
	if y := t.UTC().Year(); y < firstYear || y > lastYear {
		return time.Time{}, wrong(field,
			"the year %d is out of range: %d to %d (Unix times are whole seconds, not milliseconds)", y, firstYear, lastYear)
	}
	return t.UTC(), nil
}

const firstYear, lastYear = 1900, 2199

func expires(e *register.ConsentEvent) string {
	if e.Expires.IsZero() {
		return ""
	}
	return e.Expires.String()
}

func setExpires(e *register.ConsentEvent, v string) (err error) {
	if v == "" {
		e.Expires = calendar.Date{}
		return nil
	}
	if e.Expires, err = calendar.ParseDate(v); err != nil {
		return wrong("expires", "this is not a day such as 2027-03-02")
	}
	return nil
}

// complete refuses an event that says too little to be one.
func complete(e *register.ConsentEvent) error {
	switch {
	case e.Delegate == "":
		return wrong("delegate", "it does not say whose consent this is")
	case e.Purpose == "":
		return wrong("purpose", "it does not say for which purpose")
	case e.Act == "":
		return wrong("state", "it does not say what was answered")
	case e.At.IsZero():
		return wrong("at", "it does not say when")
	}
	return nil
}

// Columns names the fields of the ledger, in the order of Row.
func Columns() []string {
	names := make([]string, len(columns))
	for i := range columns {
		names[i] = columns[i].name
	}
	return names
}

// Row gives every field of an event as text.
func Row(e *register.ConsentEvent) []string {
	cells := make([]string, len(columns))
	for i := range columns {
		cells[i] = columns[i].get(e)
	}
	return cells
}
