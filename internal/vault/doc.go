// Package vault keeps secrets shut: it makes keys, seals and opens bytes, wraps one key in another, turns a passphrase
// or a printed recovery key into the store key, hashes what must be found again without being readable, and sums what
// must all be there.
//
// # Keys
//
//	passphrase ── argon2id ──┐
//	recovery key ── HKDF ────┴─ opens a Slot ── store key ── Derive(purpose) ── one key for each purpose
//	                                                              └─ WrapKey ── one key for each data subject
//
// Nothing is used for two purposes: the store key itself seals nothing, it is only derived from.
//
// # Promises
//
// Everything sealed is XChaCha20-Poly1305 under a random 192-bit nonce, laid out nonce ‖ ciphertext ‖ tag. Every hash is
// HMAC-SHA256 or SHA-256 over parts that carry their length, begun by a word of its own, so that no two uses can meet.
// Every format starts with a version. The bytes are frozen by the vectors in this package's tests.
//
// The package never reads a clock, a file or the network, never prints a key, and knows nothing of records, people or
// the database they lie in. It cannot wipe what the garbage collector has copied: Key.Wipe is best effort.
package vault
