// Package intake turns the rows of a table into people and organisations that
// have not been compared with anything yet. It knows which headings the
// registers and office files use, and what makes a row unreadable. It never
// asks what is held: that is the desk's part.
package intake
