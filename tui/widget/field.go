package widget

import (
	"fmt"
	"strings"
	"time"
)

// Kind is how a field is answered.
type Kind int

// The kinds. A date is typed as DD/MM/YYYY or YYYY-MM-DD and kept as YYYY-MM-DD; a yes-or-no is kept as Yes or No.
const (
	Text Kind = iota
	LongText
	Choice
	Date
	Secret
	YesNo
	Several // of the options, any number: values with commas between; read it with Chosen
)

// Values of a YesNo field.
const (
	Yes = "yes"
	No  = "no"
)

// Mark tells the person whether they have to answer, as a notice about collecting data must.
type Mark int

// The marks of a field.
const (
	NoMark Mark = iota
	Mandatory
	Voluntary
	SpecialCategory
)

func (m Mark) word() string {
	switch m {
	case Mandatory:
		return "mandatory"
	case Voluntary:
		return "voluntary"
	case SpecialCategory:
		return "special category"
	case NoMark:
		return ""
	}
	return ""
}

// Field is one question of a form. It knows nothing of how it is drawn, so the same fields serve a screen, a line
// dialog and a test.
type Field struct {
	ID       string
	Label    string
	Kind     Kind
	Options  []Option // of a Choice or Several
	Required bool
	File     bool // the answer names a file
	Mark     Mark
	Note     string // what follows from leaving it out
	// Below is text to read under the field, in paragraphs, made anew from all answers at every change; may be nil.
	Below    func(Values) []string
	Validate func(string) error // of an answer that is not empty; may be nil
	Value    string
}

// Values are the answers of a form by field ID.
type Values map[string]string

// Heading is the label with the marks in words.
func (f Field) Heading() string {
	var words []string
	if w := f.Mark.word(); w != "" {
		words = append(words, w)
	}
	if f.Required && f.Mark != Mandatory {
		words = append(words, "required")
	}
	if len(words) == 0 {
		return f.Label
	}
	return f.Label + " (" + strings.Join(words, ", ") + ")"
}

// Check reports what is wrong with an answer, naming the field and never the answer.
func (f Field) Check(answer string) error {
	switch {
	case strings.TrimSpace(answer) == "" && f.Required:
		return fmt.Errorf("%s: an answer is needed", f.Label)
	case strings.TrimSpace(answer) == "":
		return nil
	case f.Kind == Date:
		if _, ok := isoDate(answer); !ok {
			return fmt.Errorf("%s: write the date as DD/MM/YYYY", f.Label)
		}
	case f.Kind == YesNo && f.Required && answer != Yes:
		return fmt.Errorf("%s: this has to be agreed to", f.Label)
	}
	if f.Validate == nil {
		return nil
	}
	if err := f.Validate(f.Final(answer)); err != nil {
		return fmt.Errorf("%s: %w", f.Label, err)
	}
	return nil
}

// Final is the answer as it is handed on: a date as YYYY-MM-DD, anything else as it is.
func (f Field) Final(answer string) string {
	if f.Kind != Date {
		return answer
	}
	if iso, ok := isoDate(answer); ok {
		return iso
	}
	return answer
}

// Shown is an answer as it is shown to be typed over: a date in the form that is asked for, anything else as it is.
func (f Field) Shown(answer string) string {
	if on, err := time.Parse(time.DateOnly, f.Final(answer)); f.Kind == Date && err == nil {
		return on.Format("02/01/2006")
	}
	return answer
}

func isoDate(s string) (string, bool) {
	for _, layout := range []string{time.DateOnly, "2/1/2006", "2.1.2006", "2 January 2006", "2 Jan 2006"} {
		if d, err := time.Parse(layout, strings.TrimSpace(s)); err == nil {
			return d.Format(time.DateOnly), true
		}
	}
	return "", false
}
