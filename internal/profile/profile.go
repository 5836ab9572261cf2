// Package profile knows the privacy notices the office can be set up by: data
// files built into the program, and any other file of the same form. It reads
// and checks them line by line and tells one in words. It decides nothing about
// a person and never opens a file itself.
package profile

import (
	"embed"
	"fmt"
	"path"
	"strings"

	"custos/internal/register"
)

//go:embed data/*.toml
var files embed.FS

const folder = "data"

// Names returns the built-in profiles, sorted.
func Names() []string {
	entries, err := files.ReadDir(folder)
	if err != nil {
		return nil // an embedded folder is always there
	}
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = strings.TrimSuffix(e.Name(), ".toml")
	}
	return names
}

// Source returns the file of a built-in profile as it is, to be copied and
// changed. It returns a NotFound error that lists the profiles there are when
// it has none by that name.
func Source(name string) ([]byte, error) {
	data, err := files.ReadFile(path.Join(folder, name+".toml"))
	if err != nil {
		return nil, register.Errorf(register.NotFound, "profile",
			"there is no profile %q; there are %s", name, strings.Join(Names(), ", "))
	}
	return data, nil
}

// Load returns a built-in profile. Errors as Source.
func Load(name string) (register.Profile, error) {
	data, err := Source(name)
	if err != nil {
		return register.Profile{}, err
	}
	return Parse(data, name+".toml")
}

// Problems is everything wrong with one profile file, in the order of its
// lines. Line 0 is the file as a whole.
type Problems struct {
	File string
	All  []register.Problem
}

// Error returns one line of text for each problem: file:line: key: reason.
func (p *Problems) Error() string {
	lines := make([]string, len(p.All))
	for i, x := range p.All {
		lines[i] = fmt.Sprintf("%s:%d: %s: %s", p.File, x.Line, x.Field, x.Reason)
	}
	return strings.Join(lines, "\n")
}
