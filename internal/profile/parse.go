package profile

import (
	"bytes"
	"cmp"
	"errors"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"custos/internal/register"
)

// Parse reads a profile and checks all it says. The file name only appears in
// messages. It returns an Invalid error that wraps *Problems.
func Parse(data []byte, file string) (register.Profile, error) {
	p, problems := read(data)
	if len(problems) > 0 {
		return register.Profile{}, &register.Error{Kind: register.Invalid, Err: &Problems{file, problems}}
	}
	nameRegulator(&p)
	return p, nil
}

// regulatorMark stands in the sentences of a profile for the regulator's name,
// which is given once.
const regulatorMark = "{regulator}"

func nameRegulator(p *register.Profile) {
	name := func(s string) string { return strings.ReplaceAll(s, regulatorMark, p.Regulator) }
	p.Complaint, p.Requests = name(p.Complaint), name(p.Requests)
	for i := range p.Rights {
		p.Rights[i].Note = name(p.Rights[i].Note)
	}
	for i := range p.Contacts {
		p.Contacts[i].Title, p.Contacts[i].How = name(p.Contacts[i].Title), name(p.Contacts[i].How)
	}
}

// Check returns everything wrong with a profile, in the order of its lines. A
// file that is no TOML, or has a value of the wrong type, gives that one
// problem only: nothing after it can be trusted.
func Check(data []byte) []register.Problem {
	_, problems := read(data)
	return problems
}

func read(data []byte) (register.Profile, []register.Problem) {
	var p register.Profile
	decoder := toml.NewDecoder(bytes.NewReader(data)).DisallowUnknownFields()
	problems, ok := decodeProblems(decoder.Decode(&p))
	if !ok {
		return register.Profile{}, problems
	}
	c := &checker{p: &p, at: index(data), problems: problems}
	c.all()
	slices.SortStableFunc(c.problems, func(a, b register.Problem) int { return cmp.Compare(a.Line, b.Line) })
	return p, c.problems
}

// decodeProblems turns an error of the TOML reader into problems; ok reports
// whether the values were read all the same.
func decodeProblems(err error) (problems []register.Problem, ok bool) {
	var strict *toml.StrictMissingError
	if errors.As(err, &strict) {
		for _, e := range strict.Errors {
			line, _ := e.Position()
			problems = append(problems, register.Problem{Line: line, Field: key(e.Key()), Reason: "a profile has no such key"})
		}
		return problems, true
	}
	var one *toml.DecodeError
	if errors.As(err, &one) {
		line, _ := one.Position()
		reason := strings.TrimPrefix(one.Error(), "toml: ")
		return []register.Problem{{Line: line, Field: key(one.Key()), Reason: reason}}, false
	}
	if err != nil {
		return []register.Problem{{Field: "file", Reason: err.Error()}}, false
	}
	return nil, true
}

func key(k toml.Key) string {
	if len(k) == 0 {
		return "file"
	}
	return strings.Join(k, ".")
}
