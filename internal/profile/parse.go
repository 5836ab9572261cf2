package profile

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

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
	inSentences(p, func(s string) string { return strings.ReplaceAll(s, regulatorMark, p.Regulator) })
}

// inSentences changes every sentence that may name the regulator.
func inSentences(p *register.Profile, change func(string) string) {
	p.Complaint, p.Requests = change(p.Complaint), change(p.Requests)
	for i := range p.Rights {
		p.Rights[i].Note = change(p.Rights[i].Note)
	}
	for i := range p.Contacts {
		p.Contacts[i].Title, p.Contacts[i].How = change(p.Contacts[i].Title), change(p.Contacts[i].How)
	}
}

// Check returns everything wrong with a profile, in the order of its lines. A
// file that is no TOML gives that one problem only: nothing after it can be
// trusted.
func Check(data []byte) []register.Problem {
	_, problems := read(data)
	return problems
}

// largest is the most bytes of a profile: those that are built in have an
// eighth of it.
const largest = 256 << 10

func read(data []byte) (register.Profile, []register.Problem) {
	if len(data) > largest {
		return register.Profile{}, []register.Problem{{Field: "file", Reason: "it is larger than 256 kB, which no profile is"}}
	}
	data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
	p, d := decode(data)
	if d.broken {
		return register.Profile{}, d.problems
	}
	c := &checker{p: &p, data: data, unread: d.unread, problems: d.problems}
	c.all()
	slices.SortStableFunc(c.problems, func(a, b register.Problem) int { return cmp.Compare(a.Line, b.Line) })
	return p, c.problems
}
