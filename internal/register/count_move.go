package register

import "maps"

// Move takes some people out of the count as they stood before and puts them in
// as they stand after. What others hold of the count is left alone. States that
// nobody is in any more go.
func (n *PurposeCount) Move(before, after *PurposeCount) {
	n.May += after.May - before.May
	n.States, n.Visible = moved(n.States, before.States, after.States), moved(n.Visible, before.Visible, after.Visible)
	for _, state := range VisibleStates() {
		if n.Visible[state] == 0 {
			n.Visible[state] = 0 // all four are told, also of nobody
		}
	}
	for i := range n.Given {
		n.Given[i] += after.Given[i] - before.Given[i]
		n.No[i] += after.No[i] - before.No[i]
	}
}

func moved(n, before, after map[ConsentAct]int) map[ConsentAct]int {
	n = maps.Clone(n)
	if n == nil {
		n = map[ConsentAct]int{}
	}
	for state, people := range before {
		n[state] -= people
	}
	for state, people := range after {
		n[state] += people
	}
	maps.DeleteFunc(n, func(_ ConsentAct, people int) bool { return people == 0 })
	return n
}
