// Package consentfile writes the consent ledger and reads it back: as a table
// (CSV) or list (JSON) of all its fields, as consent records and receipts of
// ISO/IEC TS 27560 in the terms of the W3C Data Privacy Vocabulary 2.3
// (JSON-LD), and as Kantara consent receipts v1.1.0 (JSON). No format loses
// anything of an event.
//
// Where a standard has a member for something, that member holds it and decides
// when it is read. What a standard has no member for lies in one member that no
// other maker uses, an object of the ledger's own field names and texts:
//
//   - in a dpv:hasConsentStatus of ISO/IEC TS 27560: "custos:ledger", its prefix
//     given in the context as urn:custos:consent: (id, channel, brand, recorded,
//     recorded_by, evidence, wording_digest, authority, collected, corrects, and
//     state for an objection, which the vocabulary has no status for);
//   - in a Kantara receipt: "urn:custos:consent:ledger" (all but id, delegate and
//     method; at is the instant to the full, of which consentTimestamp has whole
//     seconds, and state is there because a receipt knows no other than a yes).
//
// Records of other makers, which lack that member, are read as far as they go:
// an event of theirs may have no id, channel or notice version. A member that
// nobody here knows is passed over. JSON-LD is read by its usual prefixes; no
// context is ever fetched. Members repeated in one object, which some makers
// write and JSON leaves open, count as one list.
//
// It knows bytes, members and the shape of an event. It never decides whether
// an event may stand or whose it is, and never opens a file.
package consentfile
