package store

import (
	"fmt"
	"reflect"

	"custos/internal/register"
)

// collection is a bucket of records of one type: how a record is named, whose it is, and what it answers about a
// person.
type collection[T any] struct {
	name    string
	title   string
	purpose string
	key     func(*keyring, *T) []string
	subject func(*T) register.ID // nil: about nobody
	answer  func(T, register.Names) register.Record
	silent  string                          // why it holds nothing on data subjects; empty where answer is set
	ledger  bool                            // records are added, never changed or deleted one by one
	brief   func(plain []byte) (any, error) // what the read model takes of a record; nil: all of it
	lasting bool                            // records are never deleted one by one
	later   bool                            // a store made before the collection was thought of has no bucket for it
}

// answerer is a record that can say in words what it holds on a person.
type answerer interface {
	Answer(register.Names) register.Record
}

// personal declares a collection about data subjects.
func personal[T answerer](
	name, title, purpose string, subject func(*T) register.ID, key func(*keyring, *T) []string,
) *collection[T] {
	return &collection[T]{name: name, title: title, purpose: purpose, key: key, subject: subject, answer: T.Answer}
}

// impersonal declares a collection about nobody, and why that is so.
func impersonal[T any](name, reason string, key func(*keyring, *T) []string) *collection[T] {
	return &collection[T]{name: name, title: name, key: key, silent: reason}
}

// ledger makes a collection one whose records are only ever added.
func ledger[T any](c *collection[T]) *collection[T] {
	c.ledger = true
	return c
}

// lasting makes a collection one whose records are never deleted; they may be put again, to say how it went on.
func lasting[T any](c *collection[T]) *collection[T] {
	c.lasting = true
	return c
}

// since makes a collection one that older stores of the same format lack: they are taken to hold none of it, which the
// counts and the digest vouch for, and get its bucket when they are opened.
func since[T any](c *collection[T]) *collection[T] {
	c.later = true
	return c
}

// briefly makes a collection one of which the read model takes less than the record.
func briefly[T any](c *collection[T], brief func(plain []byte) (any, error)) *collection[T] {
	c.brief = brief
	return c
}

// declared is a collection of any type, as the registry sees it.
type declared interface {
	bucket() string
	reason() string // why it holds nothing on data subjects; "" where it does
	held(tx *Tx, subject register.ID, n register.Names) (register.Holding, error)
	decodeAny(plain []byte) (any, error) // for the read model
	addedLater() bool
	shape() reflect.Type // of its records
	bears(k *keyring, v any) (key string, subject register.ID, known bool)
	masked(k *keyring, at place, plain []byte, m *masker) ([]byte, error)
}

func (c *collection[T]) bucket() string      { return c.name }
func (c *collection[T]) reason() string      { return c.silent }
func (c *collection[T]) addedLater() bool    { return c.later }
func (c *collection[T]) shape() reflect.Type { return reflect.TypeFor[T]() }

func (c *collection[T]) decode(plain []byte) (T, error) { return decode[T](c.name, plain) }

func decode[T any](collection string, plain []byte) (T, error) {
	var v T
	if err := records.decode(plain, &v); err != nil {
		return v, register.Errorf(register.Internal, "", "a record of %s does not read: %w", collection, err)
	}
	return v, nil
}

func (c *collection[T]) decodeAny(plain []byte) (any, error) {
	if c.brief != nil {
		return c.brief(plain)
	}
	return c.decode(plain)
}

// held returns everything the collection holds on a person.
func (c *collection[T]) held(tx *Tx, subject register.ID, n register.Names) (register.Holding, error) {
	h := register.Holding{Collection: c.name, Title: c.title, Purpose: c.purpose}
	if c.answer == nil {
		return h, fmt.Errorf("the collection %s is about nobody: %s", c.name, c.silent)
	}
	for v, err := range (rows[T]{tx, c}).Of(subject) {
		if err != nil {
			return h, err
		}
		h.Entries = append(h.Entries, c.answer(v, n))
	}
	return h, nil
}
