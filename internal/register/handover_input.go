package register

// HandOverInput hands a case over, or the advice on one back.
type HandOverInput struct {
	To         string   // a file that must not exist
	Question   string   // what is asked of whoever advises; not of advice
	Password   []byte   // never kept; tell it by another way
	Recipients []string // age or SSH public keys of whoever reads it, instead
}

// Encryption names how the file is sealed, as a disclosure records it.
func (in *HandOverInput) Encryption() string {
	if len(in.Recipients) > 0 {
		return "age"
	}
	return "password"
}
