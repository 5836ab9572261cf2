// Package audit keeps the record of who did what provable: an entry's bytes and hash, the chain in which each entry names
// the hash of the one before, an export that anyone can verify with nothing but the file, and anchors.
//
// A chain shows that nothing in it was removed, put in another order, repeated or changed, up to its head. It cannot show
// by itself that it was not written anew from end to end, or cut at the end: for that its head is compared with one noted
// elsewhere (Verify's marks; the head printed on an export) or signed by the store and kept elsewhere (an Anchor).
//
// The package keeps no key and no clock, reads no database, and never sees personal data: subjects and operators are ids,
// notes are fixed phrases and counts. The bytes are frozen by the vectors in its tests.
package audit
