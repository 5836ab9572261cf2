package xlsx

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// kind is what a number format makes of a number.
type kind uint8

const (
	plain kind = iota
	date       // a day, with a time of day if it has one
	clock      // a time of day
	zeros      // filled up with zeros to a width
)

// format is a number format as far as it changes what a number means.
type format struct {
	kind  kind
	width int
}

// loadFormats reads which format each cell style has.
func (w *workbook) loadFormats(part string) error {
	var styles struct {
		Custom []struct {
			ID   int    `xml:"numFmtId,attr"`
			Code string `xml:"formatCode,attr"`
		} `xml:"numFmts>numFmt"`
		Cells []struct {
			Format int `xml:"numFmtId,attr"`
		} `xml:"cellXfs>xf"`
	}
	if err := w.decode(part, &styles); err != nil {
		return err
	}
	custom := map[int]string{}
	for _, c := range styles.Custom {
		custom[c.ID] = c.Code
	}
	for _, c := range styles.Cells {
		f := builtIn(c.Format)
		if code, ok := custom[c.Format]; ok {
			f = parseFormat(code)
		}
		w.formats = append(w.formats, f)
	}
	return nil
}

// builtIn knows the formats that workbooks name by number only (ECMA-376 part 1, 18.8.30).
func builtIn(id int) format {
	switch {
	case id >= 14 && id <= 17, id == 22, id >= 27 && id <= 31, id == 36, id >= 50 && id <= 58:
		return format{kind: date}
	case id >= 18 && id <= 21, id >= 32 && id <= 35, id >= 45 && id <= 47:
		return format{kind: clock}
	default:
		return format{}
	}
}

// parseFormat looks at the first section of a format code, without what is quoted, escaped or in brackets.
func parseFormat(code string) format {
	var letters strings.Builder
	for i := 0; i < len(code); i++ {
		switch c := code[i]; c {
		case ';':
			i = len(code)
		case '\\', '_', '*':
			i++
		case '"', '[':
			closing := c
			if c == '[' {
				closing = ']'
			}
			end := strings.IndexByte(code[i+1:], closing)
			if end < 0 {
				i = len(code)
				break
			}
			if in := strings.ToLower(code[i+1 : i+1+end]); c == '[' && strings.Trim(in, "hms") == "" {
				return format{} // a duration such as [h]:mm
			}
			i += end + 1
		default:
			letters.WriteByte(c)
		}
	}
	return classify(strings.ToLower(letters.String()))
}

func classify(s string) format {
	switch {
	case s == "general":
		return format{}
	case len(s) > 1 && strings.Trim(s, "0") == "":
		return format{zeros, len(s)}
	case strings.ContainsAny(s, "yd"), strings.Contains(s, "mmm"):
		return format{kind: date}
	case strings.ContainsAny(s, "hs"):
		return format{kind: clock}
	default:
		return format{}
	}
}

// lastDay is 31 December 9999, counted from 1900.
const lastDay = 2958465

// show gives a number the way the sheet means it: dates as 2026-12-31, times as 09:30:00, padded numbers with their
// zeros, every other number plainly with at most 15 digits, which is all a spreadsheet keeps.
func (w *workbook) show(v string, style int) string {
	n, err := strconv.ParseFloat(v, 64)
	if err != nil || math.IsInf(n, 0) || math.IsNaN(n) {
		return v
	}
	f := format{}
	if style >= 0 && style < len(w.formats) {
		f = w.formats[style]
	}
	whole := n == math.Trunc(n)
	switch {
	case f.kind == zeros && whole && n >= 0 && n < 1e15:
		digits := strconv.FormatFloat(n, 'f', -1, 64)
		return strings.Repeat("0", max(0, f.width-len(digits))) + digits
	case f.kind == date && n >= 1 && n < lastDay+1:
		return w.day(n)
	case (f.kind == date || f.kind == clock) && n >= 0 && n < 1:
		return moment(n).Format(time.TimeOnly)
	default:
		return digits15(n)
	}
}

func digits15(n float64) string {
	short, err := strconv.ParseFloat(strconv.FormatFloat(n, 'g', 15, 64), 64)
	if err != nil {
		short = n
	}
	if a := math.Abs(short); a >= 1e21 || a != 0 && a < 1e-9 {
		return strconv.FormatFloat(short, 'G', -1, 64)
	}
	return strconv.FormatFloat(short, 'f', -1, 64)
}

// day counts from 30 December 1899, because workbooks believe in a 29 February 1900; before it they are a day behind.
func (w *workbook) day(n float64) string {
	from := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	switch {
	case w.from04:
		from = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case n < 60:
		from = time.Date(1899, 12, 31, 0, 0, 0, 0, time.UTC)
	}
	whole, rest := math.Modf(n)
	at := from.AddDate(0, 0, int(whole)).Add(moment(rest).Sub(moment(0)))
	if at.Hour() == 0 && at.Minute() == 0 && at.Second() == 0 {
		return at.Format(time.DateOnly)
	}
	return at.Format(time.DateTime)
}

// moment is a part of a day, to the second.
func moment(part float64) time.Time {
	return time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(math.Round(part*86400)) * time.Second)
}
