package theme

import (
	"runtime"
	"strings"
)

// utf8Locale follows POSIX: the first of LC_ALL, LC_CTYPE and LANG that is set decides. Windows terminals have no such
// variables and draw UTF-8.
func utf8Locale(env func(string) string) bool {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if value := strings.ToLower(env(name)); value != "" {
			return strings.Contains(value, "utf-8") || strings.Contains(value, "utf8")
		}
	}
	return runtime.GOOS == "windows"
}

func unicodeGlyphs() Glyphs {
	return Glyphs{
		Cursor: ">", Ellipsis: "…", Bar: "█", Rest: "░", Up: "▲", Down: "▼",
		Marked: "[x]", Unmarked: "[ ]",
	}
}

func asciiGlyphs() Glyphs {
	return Glyphs{
		Cursor: ">", Ellipsis: "~", Bar: "#", Rest: "-", Up: "^", Down: "v",
		Marked: "[x]", Unmarked: "[ ]",
	}
}
