package tui

import "custos/tui/widget"

// courseKeys are the keys of training, and of the files that left.
func courseKeys() []widget.Binding {
	page := places{scopeCourse}
	return []widget.Binding{
		{Action: goCourses, Keys: keyNames{"9"}, Label: "courses", Help: "Go to the courses.", Command: "custos course list"},
		{
			Action: courseAdd, Keys: keyNames{"n"}, Label: "new", Rank: 3, Help: "Add a course.",
			Command: "custos course add", Scopes: places{scopeCourses},
		},
		{
			Action: courseEdit, Keys: keyNames{"e"}, Label: "edit", Rank: 4, Help: "Change what is held on this course.",
			Command: "custos course change ID", Scopes: places{scopeCourses, scopeCourse},
		},
		{
			Action: courseBook, Keys: keyNames{"B"}, Label: "book", Rank: 9,
			Help:    "Book people on a course: the marked ones, or the one selected.",
			Command: "custos booking add --delegate ID --course ID", Scopes: places{scopeDelegates, scopePerson, scopeCourse},
		},
		{
			Action: courseMark, Keys: keyNames{"m"}, Label: "how it ended", Rank: 3,
			Help:    "Record that the marked people attended, were absent or cancelled.",
			Command: "custos booking mark ID", Scopes: page,
		},
		{
			Action: goDisclosures, Keys: keyNames{"d"}, Label: "files that left", Rank: 6,
			Help:    "Show every file that left the office, and who was in it.",
			Command: "custos disclosure list", Scopes: places{scopeAudit},
		},
	}
}
