package csvfile

import (
	"bytes"

	"custos/internal/exchange/table"
)

// scanner parts decoded text into records. It never fails: a record whose quotation marks do not add up is handed out as
// bad, ends with the physical line it began on, and reading goes on with the next line.
type scanner struct {
	data    []byte
	delim   byte
	returns bool
	pos     int
	line    int // physical line at pos, from 1
	fields  []field
}

// field places one cell in the data, without its quotation marks. doubled says that "" stands for one mark.
type field struct {
	start, end int
	doubled    bool
}

// next reads a record into s.fields and gives the line it starts on. It reports false at the end of the text.
func (s *scanner) next() (line int, bad, ok bool) {
	if s.pos >= len(s.data) {
		return 0, false, false
	}
	line, s.fields = s.line, s.fields[:0]
	start := s.pos
	for {
		more, ok := s.field()
		if !ok {
			s.pos = start + lineLength(s.data[start:], s.returns)
			s.line = line + 1
			return line, true, true
		}
		if !more {
			return line, false, true
		}
	}
}

// field reads one cell and what follows it. more says that the record goes on; ok is false on a malformed quotation.
func (s *scanner) field() (more, ok bool) {
	p := s.pos
	for p < len(s.data) && s.data[p] == ' ' {
		p++
	}
	if p < len(s.data) && s.data[p] == '"' && s.delim != '"' {
		return s.quoted(p + 1)
	}
	return s.plain(), true
}

func (s *scanner) plain() (more bool) {
	data, delim := s.data, s.delim
	start, i := s.pos, s.pos
	for ; i < len(data); i++ {
		c := data[i]
		if c == delim || c == '\n' || c == '\r' && s.returns {
			break
		}
	}
	end := i
	if i == len(data) || data[i] != delim {
		for end > start && data[end-1] == '\r' {
			end--
		}
	}
	s.fields = append(s.fields, field{start: start, end: end})
	return s.after(i)
}

// quoted reads a cell from behind its opening mark. Beyond the bound of a cell it is not looked any further for the
// closing mark, so that a stray mark costs little.
func (s *scanner) quoted(start int) (more, ok bool) {
	limit := min(len(s.data), start+2*table.MaxCell)
	f := field{start: start}
	i := start
	for {
		q := bytes.IndexByte(s.data[i:limit], '"')
		if q < 0 {
			return false, false
		}
		i += q + 1
		if i < len(s.data) && s.data[i] == '"' {
			f.doubled = true
			i++
			if i >= limit {
				return false, false
			}
			continue
		}
		break
	}
	f.end = i - 1
	for i < len(s.data) && (s.data[i] == ' ' || s.data[i] == '\r' && !s.returns) {
		i++
	}
	if i < len(s.data) && s.data[i] != s.delim && s.data[i] != '\n' && s.data[i] != '\r' {
		return false, false
	}
	s.line += lineBreaks(s.data[f.start:f.end], s.returns)
	s.fields = append(s.fields, f)
	return s.after(i), true
}

// after steps over the delimiter or line ending at i.
func (s *scanner) after(i int) (more bool) {
	if i == len(s.data) {
		s.pos = i
		return false
	}
	s.pos = i + 1
	if s.data[i] == s.delim {
		return true
	}
	if s.data[i] == '\r' && s.pos < len(s.data) && s.data[s.pos] == '\n' {
		s.pos++
	}
	s.line++
	return false
}

// text gives the cell without doubled marks, in pieces, to write.
func (s *scanner) text(f field, write func([]byte)) {
	p := s.data[f.start:f.end]
	for f.doubled {
		i := bytes.Index(p, []byte(`""`))
		if i < 0 {
			break
		}
		write(p[:i+1])
		p = p[i+2:]
	}
	write(p)
}
