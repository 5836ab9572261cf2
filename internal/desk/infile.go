package desk

// ReadFile reads a file of this machine that comes in, up to a number of bytes. Errors as Files.Read.
func ReadFile(name string, most int) ([]byte, error) { return Files{}.Read(name, most) }
