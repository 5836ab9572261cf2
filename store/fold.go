package store

import "custos/store/trigram"

// Fold reduces a text to the form lists search and compare names in.
func Fold(s string) string { return trigram.Fold(s) }
