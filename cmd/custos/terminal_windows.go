package main

import (
	"os"
	"syscall"
	"time"

	"golang.org/x/sys/windows"
	"golang.org/x/term"
)

// hangUp is what a closed window is told as.
var hangUp = []os.Signal{syscall.SIGTERM}

// understandSequences has the console window carry control sequences out instead of showing them.
func understandSequences(out int) (restore func() error, err error) {
	handle := windows.Handle(out)
	var before uint32
	if err := windows.GetConsoleMode(handle, &before); err != nil {
		return nil, err
	}
	mode := before | windows.ENABLE_PROCESSED_OUTPUT | windows.ENABLE_VIRTUAL_TERMINAL_PROCESSING
	if err := windows.SetConsoleMode(handle, mode); err != nil {
		return nil, err
	}
	return func() error { return windows.SetConsoleMode(handle, before) }, nil
}

// glance is how often the size is looked at, since no signal tells of a new one.
const glance = time.Second

func (o *watched) watch() {
	every := time.NewTicker(glance)
	defer every.Stop()
	width, height, _ := term.GetSize(int(os.Stdout.Fd()))
	for {
		select {
		case <-every.C:
			w, h, err := term.GetSize(int(os.Stdout.Fd()))
			if err == nil && (w != width || h != height) {
				width, height = w, h
				o.tell()
			}
		case <-o.over:
			return
		}
	}
}
