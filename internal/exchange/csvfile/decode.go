package csvfile

import (
	"bytes"
	"fmt"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"custos/internal/exchange/table"
)

// decoded is a file as UTF-8, with what had to be done to it. text may share the bytes of the file.
type decoded struct {
	text     []byte
	encoding string
	notices  []table.Notice
	returns  bool // lines end in CR
}

// decode turns a file into UTF-8. A byte order mark decides; without one, lines that are valid UTF-8 are taken as that
// and every other line as windows-1252. Control characters U+0080 to U+009F in valid UTF-8 are windows-1252 that someone
// decoded as ISO-8859-1 before; they become the characters that were meant.
func decode(data []byte) (decoded, error) {
	switch {
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}):
		return wide(data, unicode.LittleEndian, "UTF-16LE")
	case bytes.HasPrefix(data, []byte{0xfe, 0xff}):
		return wide(data, unicode.BigEndian, "UTF-16BE")
	}
	marked := bytes.HasPrefix(data, []byte("\ufeff"))
	return narrow(bytes.TrimPrefix(data, []byte("\ufeff")), marked), nil
}

func wide(data []byte, order unicode.Endianness, name string) (decoded, error) {
	text, err := unicode.UTF16(order, unicode.UseBOM).NewDecoder().Bytes(data)
	if err != nil {
		return decoded{}, fmt.Errorf("it begins as %s text but cannot be decoded: %w", name, err)
	}
	d := narrow(text, true)
	d.encoding = name
	if lost := bytes.Count(text, []byte("\ufffd")); lost > 0 {
		d.notices = append(d.notices,
			table.Notice{Text: fmt.Sprintf("%d characters are damaged and were read as \ufffd", lost)})
	}
	return d, nil
}

func narrow(data []byte, marked bool) decoded {
	d := decoded{text: data, encoding: "UTF-8", returns: endsInCR(data)}
	if utf8.Valid(data) && !hasC1(data) {
		return d
	}
	m := mender{out: make([]byte, 0, len(data)+len(data)/32)}
	for line, rest := 1, data; len(rest) > 0; line++ {
		n := lineLength(rest, d.returns)
		m.add(line, rest[:n])
		rest = rest[n:]
	}
	d.text = m.out
	d.encoding, d.notices = m.verdict(marked)
	return d
}

// mender decodes line by line and counts what it met.
type mender struct {
	out                   []byte
	legacy, utf, repaired table.Tally
}

func (m *mender) add(line int, p []byte) {
	if !utf8.Valid(p) {
		m.legacy.Add(line)
		for _, c := range p {
			m.out = utf8.AppendRune(m.out, charmap.Windows1252.DecodeByte(c))
		}
		return
	}
	if bytes.ContainsFunc(p, func(r rune) bool { return r >= utf8.RuneSelf }) {
		m.utf.Add(line)
	}
	for len(p) > 0 {
		i := bytes.IndexByte(p, 0xc2)
		if i < 0 {
			break
		}
		m.out = append(m.out, p[:i]...)
		if c := p[i+1]; c < 0xa0 {
			m.repaired.Add(line)
			m.out = utf8.AppendRune(m.out, charmap.Windows1252.DecodeByte(c))
		} else {
			m.out = append(m.out, p[i:i+2]...)
		}
		p = p[i+2:]
	}
	m.out = append(m.out, p...)
}

func (m *mender) verdict(marked bool) (string, []table.Notice) {
	var notices []table.Notice
	encoding := "UTF-8"
	if m.legacy.Count() > 0 && !marked && m.legacy.Count() >= m.utf.Count() {
		encoding = "windows-1252"
		if m.utf.Count() > 0 {
			notices = append(notices, m.utf.Notice("lines are UTF-8 in a file of windows-1252 and were read as UTF-8"))
		}
	}
	if m.legacy.Count() > 0 {
		notices = append(notices,
			m.legacy.Notice("lines are not valid UTF-8 and were read as windows-1252; check their accents"))
	}
	if m.repaired.Count() > 0 {
		notices = append(notices,
			m.repaired.Notice("control characters were turned back into the quotation marks and dashes they stand for"))
	}
	return encoding, notices
}

// hasC1 looks for U+0080 to U+009F in valid UTF-8.
func hasC1(data []byte) bool {
	for {
		i := bytes.IndexByte(data, 0xc2)
		if i < 0 || i+1 >= len(data) {
			return false
		}
		if data[i+1] < 0xa0 {
			return true
		}
		data = data[i+2:]
	}
}

// endsInCR reports whether lines end in a carriage return alone, as older Macintosh programs write them: then a lone CR is
// commoner than a line feed, which can still stand inside quoted cells.
func endsInCR(data []byte) bool {
	if bytes.IndexByte(data, '\r') < 0 {
		return false
	}
	lone := 0
	for i, c := range data {
		if c == '\r' && (i+1 == len(data) || data[i+1] != '\n' && data[i+1] != '\r') {
			lone++
		}
	}
	return lone > bytes.Count(data, []byte{'\n'})
}

// lineLength is the length of the first line of data with its ending.
func lineLength(data []byte, returns bool) int {
	feed := bytes.IndexByte(data, '\n')
	if returns {
		if ret := bytes.IndexByte(data, '\r'); ret >= 0 && (feed < 0 || ret < feed) {
			if ret+1 == feed {
				return feed + 1
			}
			return ret + 1
		}
	}
	if feed >= 0 {
		return feed + 1
	}
	return len(data)
}

// lineBreaks counts the line endings inside a piece of text.
func lineBreaks(p []byte, returns bool) int {
	n := bytes.Count(p, []byte{'\n'})
	if returns {
		n += bytes.Count(p, []byte{'\r'}) - bytes.Count(p, []byte("\r\n"))
	}
	return n
}
