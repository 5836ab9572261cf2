package tui

import "custos/tui/widget"

// The screens of what a case does to a person's data.
const (
	scopeErasure    widget.Scope = "Erasure plan"
	scopeErasing    widget.Scope = "Erasure"
	scopeHolds      widget.Scope = "Holds"
	scopeRecipients widget.Scope = "Recipients"
	scopeResidue    widget.Scope = "Search for what is left"
)

const (
	requestErase      widget.Action = "request.erase"
	requestRectify    widget.Action = "request.rectify"
	requestRestrict   widget.Action = "request.restrict"
	requestTellLift   widget.Action = "request.tell-lifting"
	requestLift       widget.Action = "request.lift"
	requestRecipients widget.Action = "request.recipients"
	requestBalance    widget.Action = "request.balance"
	requestStop       widget.Action = "request.stop-marketing"
	requestWithdraw   widget.Action = "request.withdraw"
	requestResidue    widget.Action = "request.residue"

	erasureKeep  widget.Action = "erasure.keep"
	erasureAgain widget.Action = "erasure.looked-at"
	erasureRun   widget.Action = "erasure.run"

	goHolds     widget.Action = "go.holds"
	holdSet     widget.Action = "hold.set"
	holdRelease widget.Action = "hold.release"

	recipientTold widget.Action = "recipient.told"

	goResidue widget.Action = "go.residue"
)
