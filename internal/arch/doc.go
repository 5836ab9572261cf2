// Package arch holds the house rules that a compiler does not check, as one test over the sources of the repository:
// which room may import which, where the clock, the database and the terminal may be touched, how long a file or a
// function may grow, and what may lie at the top level.
//
// It knows the sources as text and syntax only. It runs nothing it reads, needs no build of the other packages, and
// holds no code of its own outside its tests. To add a room, add its line to the table in rooms_test.go.
package arch
