package register

// Answer returns a suppression in words, for the person whose address it
// matches. The hash is left out: it says nothing to anybody.
func (s Suppression) Answer(n Names) Record {
	scope := map[string]string{ScopeAll: "no contact of any sort", ScopeMarketing: "no marketing", ScopeErased: "erased"}[s.Scope]
	if x, ok := n.Profile.Purpose(s.Scope); ok {
		scope = "not for: " + x.Title
	}
	by := s.Channel
	if by == AnyChannel {
		by = "every channel of the address"
	}
	l := &lines{}
	l.add("kind", "Address", s.Kind).add("channel", "By", by).add("scope", "What it keeps out", scope)
	l.add("reason", "Reason", s.Reason).add("source", "Source", s.Source).instant("at", "Since", s.At)
	return Record{string(s.ID), l.all}
}
