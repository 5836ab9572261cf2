package store

import (
	"errors"
	"fmt"
	"strings"

	"custos/internal/register"
)

// Sentinels of the store's own.
var (
	errNotStore = &register.Error{Kind: register.Invalid, Field: "store", Msg: "this is not a Custos store"}
	errReadOnly = &register.Error{Kind: register.Refused, Msg: "nothing can be written while only looking"}
	errClosed   = &register.Error{Kind: register.Refused, Msg: "the store is closed"}
	errHeld     = &register.Error{Kind: register.Locked, Field: "store", Msg: "the store is open already, in a process " +
		"whose " + lockFile + " was removed or replaced; close that one first"}
	errEnvelope = errors.New("the bytes are not a sealed record")
)

// Finding is one thing that is damaged, or odd.
type Finding struct {
	Where    string   `json:"where"`        // pages, header, state, digest, audit, head, memory, or a collection
	ID       string   `json:"id,omitempty"` // the record, where there is one: a random id or a number
	What     string   `json:"what"`         // a sentence
	Severity Severity `json:"severity"`
}

// Severity tells damage from what is merely odd.
type Severity string

// The severities. Bytes that are not those that were written, a record that cannot do what it is there for, and anything
// that memory keeps otherwise, are damage; records that are as they were written and do not fit together are an oddity.
// A finding that says nothing is damage.
const (
	SeverityDamage Severity = "damage"
	SeverityOddity Severity = "oddity"
)

// IsDamage reports whether a finding is more than an oddity.
func (f Finding) IsDamage() bool { return f.Severity != SeverityOddity }

// String is the finding on one line.
func (f Finding) String() string {
	if f.ID == "" {
		return f.Where + ": " + f.What
	}
	return f.Where + " " + f.ID + ": " + f.What
}

// Damage is the error of a store that does not verify. It wraps a register.Error of kind Internal with one sentence for
// the person at the keyboard. Nothing has been written to the store.
type Damage struct {
	Findings []Finding
	err      *register.Error
}

// Error is the sentence.
func (d *Damage) Error() string { return d.err.Error() }

// Unwrap returns the register.Error.
func (d *Damage) Unwrap() error { return d.err }

// newDamage makes one sentence of findings.
func newDamage(findings ...Finding) *Damage {
	places := map[string]int{}
	var order []string
	for _, f := range findings {
		if places[f.Where] == 0 {
			order = append(order, f.Where)
		}
		places[f.Where]++
	}
	parts := make([]string, len(order))
	for i, where := range order {
		parts[i] = where
		if n := places[where]; n > 1 {
			parts[i] = fmt.Sprintf("%s (%d)", where, n)
		}
	}
	msg := "the store is damaged"
	if len(parts) > 0 {
		msg += " in " + strings.Join(parts, ", ") + ": " + findings[0].What
	}
	return &Damage{findings, &register.Error{Kind: register.Internal,
		Msg: msg + "; nothing was changed. Keep a copy of the folder, then restore the newest backup"}}
}

func damagedRecord(bucket, key string) *Damage {
	if bucket == bucketAudit && len(key) == 8 {
		key = fmt.Sprint(auditSeq([]byte(key)))
	}
	return newDamage(Finding{Where: bucket, ID: key, What: "the record does not open"})
}

func damagedBucket(bucket string) *Damage {
	return newDamage(Finding{Where: bucket, What: "the bucket is missing"})
}
