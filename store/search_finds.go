package store

import "custos/store/needle"

// Finds returns every place in a text at which a needle stands, in order: bytes [From, To). They may overlap.
func (n Needles) Finds(text string) []needle.Find { return n.set.Finds(text) }
