// Package display makes text from outside safe to show on a terminal, and measures it in columns. The console and the
// command line both show strings through it and nowhere else do. It knows characters; it never knows what a text means,
// never styles it, and never changes the value that is kept.
package display
