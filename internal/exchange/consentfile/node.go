package consentfile

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// node is a JSON object as read: every member a list, however it was written.
// A member that is repeated, null or missing is a longer or an empty list.
type node struct {
	members map[string][]any // string, json.Number, bool or *node
}

// vocabularies are the prefixes of terms that may be written in full.
var vocabularies = []struct{ iri, prefix string }{
	{"https://w3id.org/dpv/legal/eu/gdpr#", "eu-gdpr:"},
	{"https://w3id.org/dpv/pd#", "pd:"},
	{"https://w3id.org/dpv/loc#", "loc:"},
	{"https://w3id.org/dpv#", "dpv:"},
	{"http://purl.org/dc/terms/", "dct:"},
	{"http://www.w3.org/2004/02/skos/core#", "skos:"},
	{"http://www.w3.org/1999/02/22-rdf-syntax-ns#", "rdf:"},
	{"https://schema.org/", "schema:"},
	{spaceIRI, "custos:"},
}

// short returns a term by its prefix.
func short(term string) string {
	for _, v := range vocabularies {
		if rest, ok := strings.CutPrefix(term, v.iri); ok {
			return v.prefix + rest
		}
	}
	return term
}

// all returns the values of a member.
func (n *node) all(name string) []any {
	if n == nil {
		return nil
	}
	return n.members[name]
}

// nodes returns the objects among the values of a member.
func (n *node) nodes(name string) []*node {
	var found []*node
	for _, v := range n.all(name) {
		if m, ok := v.(*node); ok {
			found = append(found, m)
		}
	}
	return found
}

// node returns the first object of a member, nil for none.
func (n *node) node(name string) *node {
	if found := n.nodes(name); len(found) > 0 {
		return found[0]
	}
	return nil
}

// text returns the first text of a member: a plain one, a value in JSON-LD's
// long form, or the id of what it points to.
func (n *node) text(name string) string {
	for _, v := range n.all(name) {
		switch v := v.(type) {
		case string:
			return v
		case *node:
			for _, inner := range []string{"@value", "rdf:value", "dct:identifier", "@id"} {
				if s := v.text(inner); s != "" {
					return s
				}
			}
		}
	}
	return ""
}

// texts returns the plain texts of a member, terms by their prefix.
func (n *node) texts(name string) []string {
	var found []string
	for _, v := range n.all(name) {
		if s, ok := v.(string); ok {
			found = append(found, short(s))
		}
	}
	return found
}

// readNodes gives each the objects of a list, or of the list within the member
// named, or the one object the file is, with their numbers from 1.
func readNodes(r io.Reader, within string, each func(n *node, place int)) error {
	d := &treeReader{within: within, each: each}
	d.limit = &limited{r: r, left: maxRecord}
	d.json = json.NewDecoder(d.limit)
	d.json.UseNumber()
	err := d.file()
	var bad *json.SyntaxError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &bad):
		return wrong("", "record %d, byte %d: this is not valid JSON: %w",
			max(1, d.place), d.json.InputOffset(), err)
	case errors.Is(err, io.EOF) && d.place == 0:
		return wrong("", "the file is empty")
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return wrong("", "record %d: the file ends in the middle", max(1, d.place))
	}
	return err
}

// treeReader reads objects one at a time, so that a file of any length takes
// the memory of its longest record.
type treeReader struct {
	json   *json.Decoder
	limit  *limited
	within string
	each   func(*node, int)
	place  int
	found  bool // the list within the member named
}

func (d *treeReader) file() error {
	t, err := d.json.Token()
	if err != nil {
		return err
	}
	switch t {
	case json.Delim('['):
		err = d.list()
	case json.Delim('{'):
		d.place = 1
		var n *node
		if n, err = d.object(1, true); err == nil && !d.found {
			d.each(n, 1)
		}
	default:
		return wrong("", "the file is no list of records and no record")
	}
	if err != nil {
		return err
	}
	if _, err := d.json.Token(); !errors.Is(err, io.EOF) {
		return wrong("", "record %d: something follows the end of the records", d.place)
	}
	return nil
}

// list reads records up to the closing bracket.
func (d *treeReader) list() error {
	d.place = 0
	for d.json.More() {
		d.place++
		d.limit.left = maxRecord
		v, err := d.value(1)
		if err != nil {
			return err
		}
		n, ok := v.(*node)
		if !ok {
			return wrong("", "record %d: this is no record but a single value", d.place)
		}
		d.each(n, d.place)
	}
	_, err := d.json.Token()
	return err
}

// object reads members up to the closing brace.
func (d *treeReader) object(depth int, top bool) (*node, error) {
	n := &node{members: map[string][]any{}}
	for d.json.More() {
		t, err := d.json.Token()
		if err != nil {
			return nil, err
		}
		name, _ := t.(string)
		if top && name == d.within && d.within != "" && !d.found {
			d.found = true
			if t, err = d.json.Token(); err != nil {
				return nil, err
			}
			if t != json.Delim('[') {
				return nil, wrong(name, "this is to be a list of records")
			}
			if err := d.list(); err != nil {
				return nil, err
			}
			continue
		}
		v, err := d.value(depth + 1)
		if err != nil {
			return nil, err
		}
		n.add(short(name), v)
	}
	_, err := d.json.Token()
	return n, err
}

func (n *node) add(name string, v any) {
	switch v := v.(type) {
	case nil:
	case []any:
		n.members[name] = append(n.members[name], v...)
	default:
		n.members[name] = append(n.members[name], v)
	}
}

// value reads one value; lists within lists count as one.
func (d *treeReader) value(depth int) (any, error) {
	if depth > maxDepth {
		return nil, wrong("", "record %d: more than %d objects within each other", d.place, maxDepth)
	}
	t, err := d.json.Token()
	if err != nil {
		return nil, err
	}
	switch t {
	case json.Delim('{'):
		return d.object(depth, false)
	case json.Delim('['):
		all := &node{members: map[string][]any{}}
		for d.json.More() {
			v, err := d.value(depth + 1)
			if err != nil {
				return nil, err
			}
			all.add("", v)
		}
		_, err := d.json.Token()
		return all.members[""], err
	}
	return t, nil
}

// limited ends a record that is too long; it is wound up for every record.
type limited struct {
	r    io.Reader
	left int
}

func (l *limited) Read(p []byte) (int, error) {
	if l.left <= 0 {
		return 0, wrong("", "a record is longer than %d bytes", maxRecord)
	}
	n, err := l.r.Read(p[:min(len(p), 64<<10)])
	l.left -= n
	if err != nil && !errors.Is(err, io.EOF) {
		err = fmt.Errorf("the file cannot be read: %w", err)
	}
	return n, err
}
