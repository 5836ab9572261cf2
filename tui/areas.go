package tui

import (
	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/widget"
)

// area is a part of the console that a number leads to.
type area struct {
	action widget.Action
	scope  widget.Scope
	open   func(k *kit) Screen
}

// areas lists them in the order of their numbers.
func areas() []area {
	return []area{
		{goHome, scopeHome, newHome},
		{goDelegates, scopeDelegates, newDelegates},
		{goOrganisations, scopeOrganisations, newOrganisations},
		{goRequests, scopeRequests, newRequests},
		{goConsents, scopeConsents, newQuestions},
		{goImports, scopeImports, newImports},
		{goAudit, scopeAudit, newTrail},
		{goSettings, scopeSettings, newSettings},
		{goCourses, scopeCourses, newCourses},
	}
}

func areaOf(match func(area) bool) (area, bool) {
	for _, a := range areas() {
		if match(a) {
			return a, true
		}
	}
	return area{}, false
}

// thing names what a list or page leads to by an id.
type thing string

const (
	thePerson       thing = "person"       // by the delegate's id
	theOrganisation thing = "organisation" // by the organisation's id
	theCase         thing = "case"         // by its reference
	theBreach       thing = "breach"       // by its id
	theNewCase      thing = "new case"     // by the delegate's id; empty for somebody not held
	theNotices      thing = "notices"      // all of them
	theSuppressions thing = "suppressions" // all of them
	theCourse       thing = "course"       // by its id
	theDisclosure   thing = "disclosure"   // a file that left, by its number
	theContacts     thing = "contacts"     // what a mailing tool exported, to be imported
)

// doors lead to a thing.
func doors() map[thing]func(k *kit, id string) Screen {
	return map[thing]func(k *kit, id string) Screen{
		thePerson:       newPerson,
		theOrganisation: newOrganisation,
		theCase:         newCase,
		theCourse:       newCourse,
		theDisclosure:   newDisclosure,
		theBreach:       newBreach,
		theNewCase:      newIntake,
		theNotices:      newNotices,
		theSuppressions: newSuppressions,
		theContacts:     newContactsFile,
	}
}

// gatherings are what is done with several people at once, by the key that does it.
func gatherings() map[widget.Action]func(k *kit, who []register.ID) Screen {
	return map[widget.Action]func(k *kit, who []register.ID) Screen{
		consentMatrix: newMatrix,
		consentSheet:  newAsking(newSheetForm),
		consentGrid:   newAsking(newPaperOf),
	}
}

// gathers reports whether an action is done with several people at once.
func gathers(a widget.Action) bool {
	_, ok := gatherings()[a]
	return ok
}

// gather opens what an action does with people.
func (k *kit) gather(a widget.Action, who []register.ID) tea.Cmd {
	open, ok := gatherings()[a]
	if !ok || len(who) == 0 {
		return nil
	}
	return push(open(k, who))
}

// leads reports whether a thing can be opened.
func leads(t thing) bool {
	_, ok := doors()[t]
	return ok
}

// show opens a thing over the screen that asks.
func (k *kit) show(t thing, id string) tea.Cmd {
	door, ok := doors()[t]
	if !ok {
		return nil
	}
	return push(door(k, id))
}
