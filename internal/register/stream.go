package register

// Stream, in place of the name of a file, is what a command reads or writes without one: its input, its output.
const Stream = "-"
