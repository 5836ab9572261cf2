package profile

import (
	"bytes"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"

	"custos/internal/register"
)

// decoding is what became of reading a file.
type decoding struct {
	problems []register.Problem
	unread   map[int]bool // lines of the keys whose values were left out
	broken   bool         // it is no TOML, so nothing was read
}

// decode reads the values of a file. A value of the wrong type is noted and
// left out, and the rest read again, so that one does not hide the next.
func decode(data []byte) (register.Profile, decoding) {
	const most = 50
	d := decoding{unread: map[int]bool{}}
	var all []statement
	for {
		var p register.Profile
		err := toml.NewDecoder(bytes.NewReader(data)).DisallowUnknownFields().Decode(&p)
		wrong := d.note(err)
		if wrong == 0 {
			return p, d
		}
		if all == nil {
			all = statements(data)
		}
		at := slices.IndexFunc(all, func(s statement) bool { return s.from <= wrong && wrong < s.to })
		if at < 0 || !all[at].value || len(d.problems) == most {
			d.broken = true
			return p, d
		}
		d.unread[all[at].from] = true
		data = all[at].blank(data)
	}
}

// note turns an error of the TOML reader into problems, and returns the line of
// a value that could not be read, 0 where all could.
func (d *decoding) note(err error) (wrong int) {
	var strict *toml.StrictMissingError
	var one *toml.DecodeError
	switch {
	case err == nil:
	case errors.As(err, &strict):
		for _, e := range strict.Errors {
			line, _ := e.Position()
			d.problems = append(d.problems,
				register.Problem{Line: line, Field: key(e.Key()), Reason: "a profile has no such key"})
		}
	case errors.As(err, &one):
		wrong, _ = one.Position()
		reason := strings.TrimPrefix(one.Error(), "toml: ")
		d.problems = append(d.problems, register.Problem{Line: wrong, Field: key(one.Key()), Reason: reason})
	default:
		d.problems = append(d.problems, register.Problem{Field: "file", Reason: err.Error()})
		d.broken = true
	}
	return wrong
}

func key(k toml.Key) string {
	if len(k) == 0 {
		return "file"
	}
	parts := make([]string, len(k))
	for i, part := range k {
		if parts[i] = part; part == "" || strings.ContainsFunc(part, notBare) {
			parts[i] = strconv.Quote(part)
		}
	}
	return strings.Join(parts, ".")
}

// notBare is what a key has to be quoted for.
func notBare(r rune) bool {
	letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
	return !letter && r != '_' && r != '-'
}

// statement is a key with its value, or the head of a table: the lines from its
// first up to that of the next one.
type statement struct {
	from, to int
	value    bool
}

// statements returns those of a file in order, none for what is no TOML.
func statements(data []byte) []statement {
	var parser unstable.Parser
	parser.Reset(data)
	ruler := newRuler(data)
	var all []statement
	for parser.NextExpression() {
		node := parser.Expression()
		_, line := ruler.spell(node)
		if line == 0 {
			continue
		}
		if n := len(all); n > 0 {
			all[n-1].to = line
		}
		all = append(all, statement{from: line, to: len(ruler) + 1, value: node.Kind == unstable.KeyValue})
	}
	if parser.Error() != nil {
		return nil
	}
	return all
}

// blank returns the file with the statement's lines empty.
func (s statement) blank(data []byte) []byte {
	out := slices.Clone(data)
	line := 1
	for i, c := range out {
		switch {
		case c == '\n':
			line++
		case line >= s.from && line < s.to:
			out[i] = ' '
		}
	}
	return out
}
