package display

import "github.com/charmbracelet/x/ansi"

// Width is the number of terminal columns s takes; styling counts for nothing.
func Width(s string) int {
	if plainASCII(s) {
		return len(s)
	}
	return ansi.StringWidth(s)
}
