package store

import "slices"

// ReadOnly reports whether the store is open for reading only, because it was asked for, because nothing can be written
// to its folder, or because what is shown is what was salvaged of a damaged store. Every change is Refused.
func (db *DB) ReadOnly() bool { return db.looking != "" }

// WhyReadOnly is why the store is open for reading only, as half a sentence; empty where it is not.
func (db *DB) WhyReadOnly() string { return db.looking }

// Damage lists what is missing or in doubt in a store that was opened with Options.Salvage; nil for a sound one.
func (db *DB) Damage() []Finding { return slices.Clone(db.damage) }
