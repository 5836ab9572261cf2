// Package sample makes up a year in the life of an office: people, courses,
// consents and cases that a seed fixes, entered through the same operations of
// the desk as everything else. It knows the profile only as data. Nobody in it
// exists: names are put together at random, addresses lie in domains and
// telephone numbers in ranges set aside for examples, schools and towns are
// invented. It reads no clock, no file and no other source of chance.
package sample
