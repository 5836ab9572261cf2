package profile

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"custos/internal/register"
)

// checker gathers what is wrong with a profile that could be read.
type checker struct {
	p        *register.Profile
	data     []byte
	at       lines        // of data, worked out when the first problem is told
	unread   map[int]bool // lines told of already, whose values are missing here
	problems []register.Problem
}

func (c *checker) all() {
	c.sentences()
	c.kinds()
	c.reach()
	c.recipients()
	c.purposes()
	c.notices()
	c.retention()
	c.rights()
	c.contacts()
	c.competence()
	c.profiling()
	c.coverage()
}

var indices = regexp.MustCompile(`\[\d+\]`)

// say notes a problem with the key at a path.
func (c *checker) say(path, format string, args ...any) {
	if c.at == nil {
		c.at = index(c.data)
	}
	line := c.at.line(path)
	if c.unread[line] {
		return
	}
	c.problems = append(c.problems, register.Problem{
		Line:   line,
		Field:  indices.ReplaceAllString(path, ""),
		Reason: fmt.Sprintf(format, args...),
	})
}

// pair is a key of a table and its text.
type pair struct{ key, value string }

// texts demands that every text of a table says something.
func (c *checker) texts(table string, pairs ...pair) {
	for _, p := range pairs {
		if strings.TrimSpace(p.value) == "" {
			c.say(join(table, p.key), "this must not be empty or missing")
		}
	}
}

// some demands at least one element.
func (c *checker) some(path string, n int) {
	if n == 0 {
		c.say(path, "at least one is needed")
	}
}

var idForm = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]*$`)

// id demands a well-formed id that none before it in the same list has.
func (c *checker) id(path, id string, seen map[string]bool) {
	switch {
	case !idForm.MatchString(id):
		c.say(path, "an id is small letters, digits, - and _, and is not missing")
	case seen[id]:
		c.say(path, "%q stands here a second time", id)
	}
	seen[id] = true
}

// oneOf demands a value out of a list.
func (c *checker) oneOf(path, value string, list []string) {
	if !slices.Contains(list, value) {
		c.say(path, "%q is not one of: %s", value, strings.Join(list, ", "))
	}
}

// known demands that every id of a list names something the profile has.
func (c *checker) known(path string, ids []string, has func(string) bool) {
	for _, id := range ids {
		if !has(id) {
			c.say(path, "the profile has no %q", id)
		}
	}
}

func (c *checker) sentences() {
	p := c.p
	c.id("name", p.Name, map[string]bool{})
	c.texts("", pair{"title", p.Title}, pair{"version", p.Version}, pair{"language", p.Language},
		pair{"summary", p.Summary}, pair{"regulator", p.Regulator}, pair{"source", p.Source},
		pair{"special", p.Special}, pair{"withhold", p.Withhold}, pair{"retained", p.Retained},
		pair{"requests", p.Requests}, pair{"complaint", p.Complaint}, pair{"automated", p.Automated})
}

func (c *checker) kinds() {
	c.some("kind", len(c.p.Kinds))
	seen := map[string]bool{}
	for i, k := range c.p.Kinds {
		table := element("kind", i)
		c.id(join(table, "id"), k.ID, seen)
		c.texts(table, pair{"title", k.Title})
		c.oneOf(join(table, "subscriber"), k.Subscriber, register.Subscribers())
		fields := map[string]bool{}
		for j, f := range k.Fields {
			c.field(element(join(table, "field"), j), &f, fields)
		}
		born := func(f register.Field) bool { return f.ID == register.FieldBorn && f.Mandatory && f.Type == "date" }
		if k.Minors && !slices.ContainsFunc(k.Fields, born) {
			c.say(join(table, "minors"), "children need a mandatory field %q that is a date: it decides who answers", register.FieldBorn)
		}
		if !slices.ContainsFunc(k.Fields, func(f register.Field) bool { return f.ID == register.FieldName && f.Mandatory }) {
			c.say(table, "a kind of person needs a mandatory field %q", register.FieldName)
		}
	}
}

func (c *checker) field(table string, f *register.Field, seen map[string]bool) {
	c.id(join(table, "id"), f.ID, seen)
	c.texts(table, pair{"title", f.Title}, pair{"category", f.Category}, pair{"consequence", f.Consequence})
	if f.Type != "" {
		c.oneOf(join(table, "type"), f.Type, register.FieldTypes())
	}
	if (f.Type == "choice") != (len(f.Options) > 0) {
		c.say(join(table, "options"), "a field has options exactly when its type is choice")
	}
}

// reach checks who may do what and how people are reached.
func (c *checker) reach() {
	seen := map[string]bool{}
	for i, a := range c.p.AccessLevels {
		table := element("access", i)
		c.id(join(table, "id"), a.ID, seen)
		c.texts(table, pair{"title", a.Title}, pair{"means", a.Means})
	}
	c.some("channel", len(c.p.Channels))
	seen = map[string]bool{}
	for i, x := range c.p.Channels {
		table := element("channel", i)
		c.id(join(table, "id"), x.ID, seen)
		c.oneOf(join(table, "id"), x.ID, register.ChannelIDs())
		c.texts(table, pair{"title", x.Title})
	}
	seen = map[string]bool{}
	for i, b := range c.p.Brands {
		table := element("brand", i)
		c.id(join(table, "id"), b.ID, seen)
		c.texts(table, pair{"title", b.Title})
	}
}

func (c *checker) rights() {
	offered := map[string]bool{}
	for i, r := range c.p.Rights {
		table := element("right", i)
		c.id(join(table, "right"), string(r.Right), offered)
		c.oneOf(join(table, "right"), string(r.Right), rightNames())
		c.texts(table, pair{"title", r.Title}, pair{"note", r.Note})
	}
	for _, name := range rightNames() {
		if !offered[name] {
			c.say("right", "nothing is said of the right %q", name)
		}
	}
}

func (c *checker) contacts() {
	c.some("contact", len(c.p.Contacts))
	seen := map[string]bool{}
	for i, x := range c.p.Contacts {
		table := element("contact", i)
		c.id(join(table, "role"), x.Role, seen)
		c.texts(table, pair{"title", x.Title}, pair{"how", x.How})
	}
}
