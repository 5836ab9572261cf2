//go:build unix

package main

import (
	"os"
	"os/signal"
	"syscall"

	"golang.org/x/term"
)

// hangUp are the signals that a terminal is gone; that the program is to end comes by its context.
var hangUp = []os.Signal{syscall.SIGHUP}

// understandSequences is for other systems: terminals here always do.
func understandSequences(int) (restore func() error, err error) {
	return func() error { return nil }, nil
}

// watch tells of new sizes. A program that was stopped and goes on finds the terminal as a shell left it.
func (o *watched) watch() {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGWINCH, syscall.SIGCONT)
	defer signal.Stop(signals)
	signal.Ignore(syscall.SIGTSTP)
	defer signal.Reset(syscall.SIGTSTP)
	for {
		select {
		case s := <-signals:
			if s == syscall.SIGCONT && o.handed.Load() {
				if _, err := term.MakeRaw(int(os.Stdin.Fd())); err != nil {
					continue
				}
			}
			o.tell()
		case <-o.over:
			return
		}
	}
}
