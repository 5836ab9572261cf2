// Package desk is where every operation of the office happens, once: whether
// the operator may, which rule applies, one transaction, one audit entry, one
// note to the open screens. The console, the command line and SSH all come
// here; nothing else touches the store.
//
// Errors are *register.Error. The clock is handed to Open.
package desk
