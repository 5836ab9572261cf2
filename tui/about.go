package tui

import (
	"maps"

	"custos/internal/guide"
	"custos/tui/widget"
)

// about is what a screen is for, in two or three sentences, and the page of the guide that says more.
type about struct{ words, page string }

// abouts says of every screen what people do there. The help of a screen begins with it.
func abouts() map[widget.Scope]about {
	all := aboutsOfDays()
	maps.Copy(all, aboutsOfWork())
	return all
}

// aboutsOfDays are those of the screens that the day's work goes through.
func aboutsOfDays() map[widget.Scope]about {
	return map[widget.Scope]about{
		scopeUnlock: {"The store is sealed. Your passphrase opens it, and nothing is shown before. A lost passphrase is set anew " +
			"with the recovery key that was printed.", "keys"},
		scopeKey: {"This key opens the store when every passphrase is lost. It is shown this once: write it down or print it, and lock " +
			"it away, before you go on.", "keys"},
		scopeHome: {"What has to be done today, the most pressing case first. Enter opens the one selected; the numbers lead to the " +
			"people, the cases and everything else.", "start"},
		scopeDelegates: {"Everybody you hold, in one list. Type / and a part of a name or address to find somebody, Enter to see all " +
			"that is held on them.", "people"},
		scopePerson: {"Everything held on one person, where each value came from, what they agreed to and their cases. Change it, record " +
			"what they said, or open a case from here.", "people"},
		scopeMerge: {"Two records of the same person, and what becomes of each value when they are joined. Nothing is joined before you " +
			"say so. It cannot be taken back.", "people"},
		scopeHistory: {"Every answer this person ever gave, newest first, with the wording and the evidence. An entry is never changed; a " +
			"wrong one is corrected by another.", "consents"},
		scopeOrganisations: {"The schools and other bodies your people come from. / finds one, Enter shows who belongs to it.", "organisations"},
		scopeOrganisation:  {"One organisation with its people. Change what is held on it, or go to one of its people.", "organisations"},
		scopeForm: {"Answer from top to bottom; Enter goes on, Ctrl+S finishes. What you type is kept when you leave, and offered when " +
			"you come back.", "start"},
		scopeRequests: {"Every case, the most urgent first: what came in, how far it is and when the answer is due. f narrows the list " +
			"down, v shows it as a board.", "access"},
		scopeCase: {"One case. NEXT says what has to be done now and Enter begins it; the clock shows how the due date was counted. The full " +
			"stop lists all that can be done.", "access"},
		scopeAlike: {"Open cases that may be this request over again. Look at them before you open another: two cases for one request mean two " +
			"clocks.", "requests"},
		scopeMonth:    {"The days of a month with what is due on each. Enter lists the cases of a day.", "deadlines"},
		scopeFigures:  {"The cases received in a year: how many of each kind, how many in time. Written to a file for a report.", "deadlines"},
		scopeIncoming: {"Requests that came as a file from another program, and what each would become. Nothing is opened before you agree.", "requests"},
		scopeConsents: {"Each question you ask people, and how they answered. Enter lists the people, x makes a mailing list of those you may " +
			"write to, n shows the notices.", "consents"},
		scopeAnswers: {"The people by their answer to one question. W says for the selected one why you may or may not contact them.", "consents"},
		scopeRefresh: {"Those whose answer ends soon or whose notice has changed. Ask them again in time; r records that you did.", "consents"},
		scopeMatrix:  {"Who answered what, a person a row and a question a column. W explains a cell.", "consents"},
		scopeWhy: {"Whether you may contact this person about this, and every event and rule the answer rests on. Show it to whoever asks.",
			"mailing"},
		scopeWithdrawn: {"What was taken back, and what the person is still held for. r writes the reply, e opens an erasure where nothing " +
			"else is left.", "consents"},
		scopeMailing: {"The mailing list that was written: how many are in it, and how many were left out for which reason. Use it soon: " +
			"answers change.", "mailing"},
		scopeNotices: {"Your privacy notices in every version, with the day each counts from. A published wording never changes; n writes the " +
			"next version.", "notices"},
		scopeSuppressions: {"Addresses that are never to be written to, kept as a mark that cannot be read back. Imports and mailing lists " +
			"obey it.", "mailing"},
		scopeEffect:   {"What publishing this version would mean: who has to be told or asked again. Nothing is published yet.", "notices"},
		scopeAsk:      {"The questions that can be put to the people you marked. Mark with Space what they are asked, then go on.", "consents"},
		scopeSheet:    {"The paper about to be made: whom it asks what, and who is left out. Ctrl+S makes it and records that they were asked.", "consents"},
		scopeGrid:     {"Answers from paper, one key each: y yes, n no, Space leaves it. Nothing is recorded before s.", "consents"},
		scopeContacts: {"What a list from another tool would change. A yes from there never goes over a no held here.", "mailing"},
		scopeImports:  {"The files that were taken in. n chooses a file and shows what it would do; u takes a whole import back.", "people"},
		scopePlan: {"What the file would change, row by row, with the reason where a row is refused. Ctrl+S carries it out; until then " +
			"nothing is written.", "people"},
		scopeMany: {"What would become of each row you marked, and why not where nothing would. Ctrl+S carries it out after asking; " +
			"until then nothing is written.", "people"},
		scopeColumns: {"Which column of the file is which field. Enter on a column chooses; a column left out is not read.", "people"},
		scopeAudit:   {"Who did what and when. v proves that no entry was changed or taken out; x writes a copy others can check.", "trail"},
		scopeSettings: {"How the office is set up: its name and people, the notice it works under, letters, backups and locking. Enter on a line " +
			"changes it.", "settings"},
		scopeAdopt:     {"What going over to this profile would mean for the people you hold. What blocks it comes first; nothing is changed yet.", "notices"},
		scopeText:      {"A text to read. The arrows and PgDn scroll, Esc goes back.", "start"},
		scopeGuide:     {"The guide: a page for each job of the office. Enter reads the page selected, / looks for words in all of them.", "start"},
		scopeGuidePage: {"A page of the guide. Tab goes to the next link and Enter follows it; Right turns to the next page.", "start"},
	}
}

// aboutsOfWork are those of the screens on which a piece of work is done.
func aboutsOfWork() map[widget.Scope]about {
	return map[widget.Scope]about{
		scopeCourses: {"The courses, the latest first. Enter shows who is booked on one and who came; n adds a course.", "people"},
		scopeCourse:  {"One course with everybody booked on it. Mark people with Space, and m says who came.", "people"},
		scopeDisclosures: {"Every file that left the office: what it was for, who got it and how many were in it. Enter shows who was in " +
			"it.", "trail"},
		scopeDisclosure: {"One file that left, with everybody who was in it. It answers who was given this person's data.", "trail"},
		scopePresent:    {"Who else is at work now, and on which record they are.", "people"},

		scopeErasure: {"What an erasure would remove, mask and keep, and why. Read it before anything goes; what stands in the way " +
			"comes first.", "erasure"},
		scopeErasing: {"What the erasure did, and the search that followed it. Work is finished only when it says COMPLETE.", "erasure"},
		scopeHolds:   {"What keeps this person's data from being erased, such as a claim. A hold stands until somebody releases it, with a reason.", "erasure"},
		scopeRecipients: {"Who was given this person's data, and who still has to be told of the change. t records that you told them.",
			"requests"},
		scopeResidue: {"Where values you typed still stand, in any record or any byte of the store. They are searched for and kept nowhere.", "erasure"},
		scopeAdvice: {"What the officer elsewhere decided, before it is taken in. It changes nothing until Enter, and nothing where the case " +
			"has moved on.", "access"},
		scopeFindings: {"What others' notes and records say about the person. Decide for each whether the pack takes it in.", "pack"},
		scopeRedaction: {"The text of the pack, word by word. Mark the words about somebody else and take them out, each with its reason.",
			"pack"},
		scopeMarks:      {"The names that stand in the pack, and the marks made so far. A mark can be taken off again until the pack is released.", "pack"},
		scopeExemptions: {"What words may be taken out under: the law and the wording that stands in the gap. The office keeps its own list.", "pack"},
		scopeLetters:    {"The letters that fit this case, filled in. Read one, fill in what is missing, write it to a file.", "letters"},
		scopeTemplates:  {"The words your letters begin with, one for each kind. Enter changes them for every letter from now on.", "letters"},
		scopeTemplate:   {"The words of one letter. Fields in braces are filled in for each case; the preview shows how it reads.", "letters"},
		scopeDoing:      {"A piece of work that takes a moment, and what came of it. Esc stops it while it runs.", "backups"},
		scopeOperator:   {"One member of staff: what they may do and the keys they come in with. Enter on a line changes it.", "settings"},
		scopeBreaches:   {"Personal data breaches, those with a deadline first: 72 hours from the moment you knew. n writes one down.", "breaches"},
		scopeBreach:     {"One breach: what happened, how great the risk is, who was told and by when. Judge it, report it, and close it.", "breaches"},
		scopeBackups:    {"The copies of the store, newest first. Enter proves that one is whole.", "backups"},
		scopeTrouble:    {"The store does not open as it should. The list says what can be done; nothing here makes it worse.", "trouble"},
	}
}

// help is the help of the screen on top: what it is for, then its keys.
func (m *Model) help() overlay {
	at := m.where()
	h := widget.NewHelp(m.kit.theme, m.kit.keys.Here(at))
	here := abouts()[at.Scope]
	p, _ := guide.Find(here.page)
	h.Tell(here.words, p.Title)
	return &helpOver{help: h, page: address(m.top().id, push(m.kit.openGuide(here.page)))}
}
