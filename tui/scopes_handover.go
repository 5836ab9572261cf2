package tui

import "custos/tui/widget"

// scopeAdvice is what a data protection officer elsewhere sent back, before it is taken in.
const scopeAdvice widget.Scope = "Advice"

const (
	requestHandOver widget.Action = "request.hand-over"
	requestHandBack widget.Action = "request.hand-back"
	requestTakeIn   widget.Action = "request.take-in"
	requestTakeBack widget.Action = "request.take-back"
)
