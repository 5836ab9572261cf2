// Package cli is the command line: one file per noun, each command a few lines that read flags, ask the desk and show
// what it answered. It knows flags, exit codes, tables and JSON. It decides nothing: what may be done, and when, is the
// desk's and the register's to say. It never opens a store itself, never reads the clock, and never writes text from
// outside to a terminal without cleaning it.
//
// Data goes to standard output, messages to standard error. Flags win over the environment, the environment over the
// configuration file.
package cli
