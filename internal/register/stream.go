package register

// Stream is the name of a file that stands for what a command reads and writes without one: its input and its output.
const Stream = "-"
