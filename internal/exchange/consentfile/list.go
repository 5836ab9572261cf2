package consentfile

import (
	"io"

	"custos/internal/register"
)

// listWriter writes an object of texts for every event.
type listWriter struct{ out *array }

func (l *listWriter) Write(e register.ConsentEvent) error { return l.out.add(ledger(&e, allFields)) }

func (l *listWriter) Close() error { return l.out.end() }

func allFields(string) bool { return true }

// ledger gives the fields asked for that hold something, by the ledger's names.
func ledger(e *register.ConsentEvent, wanted func(name string) bool) object {
	o := make(object, 0, len(columns))
	for i := range columns {
		if wanted(columns[i].name) {
			o = append(o, member{columns[i].name, columns[i].get(e)})
		}
	}
	return o
}

// readList reads a list of objects with the ledger's members, or one object.
func readList(r io.Reader, each func(Entry)) error {
	return readNodes(r, "", func(n *node, place int) {
		entry := Entry{Place: place, Email: n.text(columnEmail)}
		err := fill(&entry.Event, n)
		if entry.Event.Delegate == "" {
			entry.Event.Delegate = register.ID(entry.Email)
		}
		if err == nil {
			err = complete(&entry.Event)
		}
		if err != nil {
			entry = refuse(place, err)
		}
		each(entry)
	})
}

// fill takes the ledger's own members of an object into an event.
func fill(e *register.ConsentEvent, n *node) error {
	for i := range columns {
		name := columns[i].name
		values := n.all(name)
		if len(values) == 0 {
			continue
		}
		s, ok := values[0].(string)
		switch {
		case !ok || len(values) > 1:
			return wrong(name, "this is to be one text")
		case s == "":
			continue
		}
		if err := set(e, name, s); err != nil {
			return err
		}
	}
	return nil
}
