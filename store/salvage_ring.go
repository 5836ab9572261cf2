package store

import "custos/internal/register"

// looseRingOf reads the ring file of a backup.
func looseRingOf(path string) (*looseRing, error) {
	return nil, register.Errorf(register.Invalid, "ring", "%s cannot be read", path)
}
