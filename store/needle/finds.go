package needle

// Finds returns every place in a text, in UTF-8, at which a needle stands, in order; they may overlap.
func (s *Set) Finds(text string) []Find {
	var found []Find
	m := matcher{s: s, b: []byte(text)}
	s.each(&s.narrow, m.b, func(at int, _ uint16) bool {
		found = append(found, m.try(at)...)
		return true
	})
	return found
}
