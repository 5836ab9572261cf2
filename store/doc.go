// Package store keeps the register: a folder with one sealed bbolt file, an anchor beside it and a lock.
//
// Every change is one transaction: records, the link of the audit chain and the digest of everything that must be there
// go to the disk together, and Update returns only when they are on it. Records about a person are sealed under a key
// of that person's own, so that forgetting 72 bytes forgets all of them. Every start verifies every page and every
// seal.
//
// The package knows where records lie, whose they are and how they are sealed; FORMAT.md describes the files. It
// decides nothing about them: who may do what, and which rule applies, is the desk's business. It never shows anything,
// never reads a clock of its own and never writes to a file that failed its verification.
package store
