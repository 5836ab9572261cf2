// Package calendar knows the statutory clocks of UK data protection and
// information law: civil dates in Europe/London, the bank holidays of the three
// divisions of the United Kingdom, and how the time for a reply is counted.
//
// Every clock returns, beside the date, the steps that led to it as sentences an
// office worker can follow, each with its legal source. A date that would need a
// bank holiday the table does not hold is refused; a working day is never assumed.
//
// The package never reads the time of day, a file or the network, and knows nothing
// about people, records or screens. It is arithmetic on what it is given.
package calendar
