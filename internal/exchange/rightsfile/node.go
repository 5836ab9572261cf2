package rightsfile

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sort"
	"strings"

	"custos/internal/register"
)

// Bounds on what is read. Beyond them a file, a record or a value is refused.
const (
	maxFile  = 16 << 20 // bytes
	maxDepth = 32       // of values within each other
	maxText  = 4_000    // bytes of one text that is kept

	maxProblems = 1_000 // of a file, after which it is not worth reading on
)

// object is a JSON object with the line it begins on. A member is a string, a json.Number, a bool, nil, an *object or a
// []any of these.
type object struct {
	line    int
	members map[string]any
}

func (o *object) has(name string) bool {
	_, ok := o.members[name]
	return ok
}

// refusedError is a record that reads as JSON but is not to be believed; the next one can be read.
type refusedError struct{ field, reason string }

func (e *refusedError) Error() string { return e.reason }

// tree reads values one after the other.
type tree struct {
	json   *json.Decoder
	starts []int // offsets at which the lines begin
	first  int   // number of the first line
	alone  bool  // it is one line, and the others are read by themselves
}

func newTree(text string, first int) *tree {
	t := &tree{json: json.NewDecoder(strings.NewReader(text)), starts: []int{0}, first: first}
	t.json.UseNumber()
	for i := range len(text) {
		if text[i] == '\n' {
			t.starts = append(t.starts, i+1)
		}
	}
	return t
}

// line is that of the token read last.
func (t *tree) line() int { return t.lineAt(t.json.InputOffset() - 1) }

func (t *tree) lineAt(offset int64) int {
	return t.first + max(0, sort.Search(len(t.starts), func(i int) bool { return int64(t.starts[i]) > offset })-1)
}

// value reads one whole value. An *refusedError leaves the tree behind it; any other error ends the reading.
func (t *tree) value(depth int) (any, error) {
	token, err := t.json.Token()
	if err != nil {
		return nil, err
	}
	if depth > maxDepth {
		if _, open := token.(json.Delim); !open {
			return token, nil
		}
		err := t.skip()
		return nil, errors.Join(err, &refusedError{"", fmt.Sprintf("more than %d values lie within each other", maxDepth)})
	}
	switch token {
	case json.Delim('{'):
		return t.object(depth)
	case json.Delim('['):
		return t.list(depth)
	}
	return token, nil
}

func (t *tree) object(depth int) (*object, error) {
	o := &object{line: t.line(), members: map[string]any{}}
	var refused error
	for t.json.More() {
		token, err := t.json.Token()
		if err != nil {
			return o, err
		}
		name, _ := token.(string)
		v, err := t.value(depth + 1)
		if stops(err) {
			return o, err
		}
		if o.has(name) && refused == nil {
			refused = &refusedError{shown(name), "it is given twice, so what is meant is not certain"}
		}
		if err != nil && refused == nil {
			refused = err
		}
		o.members[name] = v
	}
	if _, err := t.json.Token(); err != nil {
		return o, err
	}
	return o, refused
}

func (t *tree) list(depth int) ([]any, error) {
	var all []any
	var refused error
	for t.json.More() {
		v, err := t.value(depth + 1)
		if stops(err) {
			return all, err
		}
		if err != nil && refused == nil {
			refused = err
		}
		all = append(all, v)
	}
	if _, err := t.json.Token(); err != nil {
		return all, err
	}
	return all, refused
}

// skip passes over a value that has been opened.
func (t *tree) skip() error {
	for open := 1; open > 0; {
		token, err := t.json.Token()
		if err != nil {
			return err
		}
		switch token {
		case json.Delim('{'), json.Delim('['):
			open++
		case json.Delim('}'), json.Delim(']'):
			open--
		}
	}
	return nil
}

// stops reports whether nothing more can be read after an error.
func stops(err error) bool {
	var refused *refusedError
	return err != nil && !errors.As(err, &refused)
}

// broken says where a file is no JSON.
func (t *tree) broken(err error) register.Problem {
	var bad *json.SyntaxError
	lost := "nothing is read from here on"
	if t.alone {
		lost = "the rest of the line is not read"
	}
	switch {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return register.Problem{Line: t.line(), Reason: "the file ends in the middle of a request"}
	case errors.As(err, &bad):
		return register.Problem{Line: t.lineAt(t.json.InputOffset()), Reason: "this is not valid JSON; " + lost}
	}
	return register.Problem{Line: t.line(), Reason: "this cannot be read; " + lost}
}

// shown is a member's name in a message: a sender's text, which could be of any length and hold anything.
func shown(name string) string {
	if len(name) > 40 {
		return ""
	}
	for _, c := range name {
		if (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && !strings.ContainsRune("-_.:", c) {
			return ""
		}
	}
	return name
}
