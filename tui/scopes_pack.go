package tui

import "custos/tui/widget"

// The screens that make what leaves in a case.
const (
	scopeFindings   widget.Scope = "Findings"
	scopeRedaction  widget.Scope = "Text of the pack"
	scopeMarks      widget.Scope = "Names and marks"
	scopeExemptions widget.Scope = "Exemptions"
	scopeLetters    widget.Scope = "Letters of a case"
	scopeTemplates  widget.Scope = "Letter templates"
	scopeTemplate   widget.Scope = "Letter template"
)

const (
	requestFindings widget.Action = "request.findings"
	requestRedact   widget.Action = "request.redact"
	requestLetters  widget.Action = "request.letters"

	findingIn      widget.Action = "finding.in"
	findingOut     widget.Action = "finding.out"
	documentAttach widget.Action = "document.attach"

	redactMark widget.Action = "redact.mark"
	redactType widget.Action = "redact.type"
	redactFind widget.Action = "redact.find"
	redactNext widget.Action = "redact.next"
	redactPrev widget.Action = "redact.previous"
	redactOff  widget.Action = "redact.off"

	goExemptions    widget.Action = "go.exemptions"
	exemptionAdd    widget.Action = "exemption.add"
	exemptionRemove widget.Action = "exemption.remove"

	letterFill  widget.Action = "letter.fill"
	letterWrite widget.Action = "letter.write"

	templateReset widget.Action = "template.reset"
	templateSave  widget.Action = "template.save"
	templateField widget.Action = "template.field"
	templateLook  widget.Action = "template.look"
)
