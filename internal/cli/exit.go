package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"custos/internal/register"

	"github.com/spf13/cobra"
)

// The exit codes scripts may rely on.
const (
	exitOK          = 0
	exitError       = 1
	exitUsage       = 2
	exitNotFound    = 3
	exitRefused     = 4
	exitLocked      = 5
	exitInterrupted = 130
)

// exitHelp is the topic "custos help exit-codes", and part of the manual.
const exitHelp = `Every command ends with one of these codes:

  0    done
  1    an error: a file that cannot be read, a store that is damaged or
       of a newer version of the program
  2    usage: a command, flag or value that is wrong; nothing was done
  3    not found: there is no such record, profile or file, or no store:
       nothing lies there, or something that is not a store
  4    refused: a rule forbids it, the operator may not, the passphrase is
       wrong, the disk is full, something exists or changed already, or it
       needs another person
  5    locked: another process has the store open
  130  interrupted with Ctrl-C or SIGTERM

Messages go to standard error and name the flag, file, line or field; they
never hold anything about a person. Standard output holds the result alone.`

// usageError is a command line that cannot be carried out as typed.
type usageError struct{ err error }

func (e *usageError) Error() string { return e.err.Error() }
func (e *usageError) Unwrap() error { return e.err }

func usagef(format string, args ...any) error { return &usageError{fmt.Errorf(format, args...)} }

// exitCode turns an error into what the program ends with.
func exitCode(err error) int {
	var usage *usageError
	switch {
	case err == nil:
		return exitOK
	case errors.Is(err, context.Canceled):
		return exitInterrupted
	case errors.As(err, &usage):
		return exitUsage
	}
	var known *register.Error
	switch {
	case errors.As(err, &known):
		return kindCode(known)
	case errors.Is(err, fs.ErrNotExist):
		return exitNotFound
	}
	return exitError
}

// kindCode is the code of a classified error. A file that is no store is a store not found; one of a newer program is
// neither a wrong value nor a refusal: it is simply an error to us. So each way a store does not open has its own code.
func kindCode(e *register.Error) int {
	switch {
	case e.Kind == register.Invalid && e.Field == "store":
		return exitNotFound
	case e.Kind == register.Conflict && e.Field == "format":
		return exitError
	}
	switch e.Kind {
	case register.Invalid:
		return exitUsage
	case register.NotFound:
		return exitNotFound
	case register.Conflict, register.Denied, register.Refused:
		return exitRefused
	case register.Locked:
		return exitLocked
	case register.Internal:
	}
	return exitError
}

// takes wraps a check of a command's arguments so that what it refuses counts as usage, and how it is written is said.
func takes(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		err := check(cmd, args)
		var said *usageError
		if err == nil || errors.As(err, &said) {
			return err
		}
		return usagef("it is written '%s'", cmd.UseLine())
	}
}

// needs returns a usage error naming the flags that were not given.
func needs(cmd *cobra.Command, flags ...string) error {
	for _, name := range flags {
		if !cmd.Flags().Changed(name) {
			return usagef("--%s is needed", name)
		}
	}
	return nil
}

// atLeastOne makes a command refuse to run when none of the flags was given.
func atLeastOne(cmd *cobra.Command, flags ...string) *cobra.Command {
	return counting(cmd, flags, func(given int) bool { return given > 0 }, "one of --%s is needed")
}

// atMostOne makes a command refuse to run when several of the flags were given.
func atMostOne(cmd *cobra.Command, flags ...string) *cobra.Command {
	return counting(cmd, flags, func(given int) bool { return given < 2 }, "only one of --%s may be given")
}

func counting(cmd *cobra.Command, flags []string, enough func(given int) bool, otherwise string) *cobra.Command {
	run := cmd.RunE
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		given := 0
		for _, name := range flags {
			if cmd.Flags().Changed(name) {
				given++
			}
		}
		if !enough(given) {
			return usagef(otherwise, strings.Join(flags, ", --"))
		}
		return run(cmd, args)
	}
	return cmd
}
