// Package tui is the console: the screens people work in, and the model that holds them. It shows and asks; what may be
// done, and what it means, is decided by the desk behind each screen. A screen names the few operations it calls as an
// interface of its own. The package never opens a file, a store or a socket and reads no clock: cmd hands all of that
// in, and work that may wait runs outside the update loop, so that no key ever waits for a disk.
package tui
