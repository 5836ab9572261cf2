package letter

// File is a PDF of ours opened by its parts, for tests.
type File struct{ r *fileReader }

// OpenFile opens a PDF of ours.
func OpenFile(data, password []byte) (*File, error) {
	r, err := openFile(data, password)
	return &File{r}, err
}

// Object returns an object and the bytes of a stream.
func (f *File) Object(n int) (string, []byte, error) { return f.r.object(n) }

// Len is one more than the number of the last object.
func (f *File) Len() int { return len(f.r.places) }

// Root is the number of the catalogue.
func (f *File) Root() int { return f.r.root }

// Shown is a text as it is read on paper.
func Shown(s string) string { return (&coverage{}).shown(s) }

// InWords is a value as people read it.
func InWords(s string) string { return inWords(s) }

// Lock is what a password locked: the key, and data under it.
type Lock struct{ password, check, key, data []byte }

// Sealed locks data with a password.
func Sealed(password, data []byte) Lock {
	s := newSeal(password)
	return Lock{password, s.user, s.userKey, s.stream(data)}
}

// Unsealed opens what Sealed locked.
func Unsealed(l Lock) ([]byte, error) {
	data, ok := opened(unlock(l.password, l.check, l.key), l.data)
	if !ok {
		return nil, errNotDrawn
	}
	return data, nil
}
