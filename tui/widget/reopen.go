package widget

// Reopen opens a completed form again with the answers it had, at a field and with what is wrong there: what was
// typed is not lost when it is refused. An unknown field means the first.
func (f *Form) Reopen(field, problem string) {
	at := 0
	for i := range f.fields {
		if f.fields[i].ID == field {
			at = i
		}
	}
	f.closed = false
	f.build(at)
	f.problem = problem
}
