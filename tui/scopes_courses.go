package tui

import "custos/tui/widget"

// The screens of training, and of the files that left.
const (
	scopeCourses     widget.Scope = "Courses"
	scopeCourse      widget.Scope = "Course"
	scopeDisclosures widget.Scope = "Files that left"
	scopeDisclosure  widget.Scope = "File that left"
)

const (
	goCourses  widget.Action = "go.courses"
	courseAdd  widget.Action = "course.add"
	courseEdit widget.Action = "course.change"
	courseBook widget.Action = "booking.add"
	courseMark widget.Action = "booking.change"

	goDisclosures widget.Action = "go.disclosures"
)
