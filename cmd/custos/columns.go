package main

import (
	"os"

	"golang.org/x/term"
)

// columns is how wide the terminal behind a file is, 0 where it is none.
func columns(f *os.File) int {
	width, _, err := term.GetSize(int(f.Fd()))
	if err != nil {
		return 0
	}
	return width
}
