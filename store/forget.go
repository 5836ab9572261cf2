package store

import (
	"custos/internal/register"
)

// Forget removes everything sealed under people's keys, former versions included, and the keys themselves. Records put
// for the same person afterwards, such as a tombstone, get a new key. The bytes are gone from the file after the next
// Scrub; without the key nothing opens them. Forgetting somebody unknown is not an error.
func (tx *Tx) Forget(subjects ...register.ID) error {
	if tx.stage == nil {
		return errReadOnly
	}
	gone := map[register.ID]bool{}
	for _, subject := range subjects {
		if subject == "" {
			return register.Errorf(register.Invalid, "id", "nobody is named")
		}
		gone[subject] = true
	}
	if err := tx.forgetRecords(gone); err != nil {
		return err
	}
	for subject := range gone {
		tx.stage.forgotten[subject] = true
		if err := tx.remove(bucketKeys, string(subject)); err != nil {
			return err
		}
	}
	return nil
}

// forgetRecords removes the records about people: by key where keys begin with the person, and in one walk each of the
// collections where they do not.
func (tx *Tx) forgetRecords(gone map[register.ID]bool) error {
	for _, bucket := range append(personalBuckets(), bucketUndo) {
		var keys []string
		err := tx.eachAbout(bucket, gone, func(r row) { keys = append(keys, r.key) })
		if err != nil {
			return err
		}
		if err := tx.removeAll(bucket, keys); err != nil {
			return err
		}
	}
	return nil
}

func (tx *Tx) eachAbout(bucket string, gone map[register.ID]bool, visit func(row)) error {
	if !byPerson(bucket) {
		for r, err := range tx.scan(bucket, "") {
			if err != nil {
				return err
			}
			if gone[r.subject()] {
				visit(r)
			}
		}
		return nil
	}
	for subject := range gone {
		for r, err := range tx.scanSubject(bucket, subject) {
			if err != nil {
				return err
			}
			visit(r)
		}
	}
	return nil
}

// personalBuckets are the buckets of the collections about people.
func personalBuckets() []string {
	var names []string
	for _, c := range registry {
		if c.reason() == "" {
			names = append(names, c.bucket())
		}
	}
	return names
}

func (tx *Tx) removeAll(bucket string, keys []string) error {
	for _, key := range keys {
		if err := tx.remove(bucket, key); err != nil {
			return err
		}
	}
	return nil
}

// Held answers "what do you hold on this person?" (UK GDPR Art 15): one Holding for each collection about people, with
// no entries where it holds nothing. A collection that cannot answer does not compile: see personal.
func (tx *Tx) Held(subject register.ID) ([]register.Holding, error) {
	names, err := tx.names()
	if err != nil {
		return nil, err
	}
	var all []register.Holding
	for _, c := range registry {
		if c.reason() != "" {
			continue
		}
		h, err := c.held(tx, subject, names)
		if err != nil {
			return nil, err
		}
		all = append(all, h)
	}
	return all, nil
}

// names resolves ids for an answer.
func (tx *Tx) names() (register.Names, error) {
	s, err := tx.Settings().Get()
	if err != nil {
		return register.Names{}, err
	}
	return register.Names{
		Profile: &s.Profile,
		Organisation: func(id register.ID) string {
			o, err := tx.Organisations().Get(id)
			if err != nil {
				return string(id)
			}
			return o.Name
		},
		Course: func(id register.ID) (register.Course, bool) {
			c, err := tx.Courses().Get(id)
			return c, err == nil
		},
	}, nil
}
