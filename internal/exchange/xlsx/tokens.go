package xlsx

import (
	"encoding/xml"
	"errors"
	"io"
)

// maxToken is the most bytes of one tag or text: one that never ends would otherwise be held whole. A cell of a
// workbook has 32,767 characters, each of at most ten bytes.
const maxToken = 4 << 20

var errTooLong = errors.New("a text or a tag is too long")

// tokens reads a part tag by tag.
type tokens struct {
	*xml.Decoder
	src *bounded
}

func newTokens(src *bounded) *tokens { return &tokens{xml.NewDecoder(src), src} }

// RawToken is that of the decoder, and fails with errTooLong for one that is longer than maxToken.
func (t *tokens) RawToken() (xml.Token, error) {
	t.src.token = maxToken
	return t.Decoder.RawToken()
}

// bounded is an unpacked part, up to the bounds on it, on its archive and on what is read at a time.
type bounded struct {
	io.ReadCloser
	left  int64  // of this part
	room  *int64 // of all parts together
	token int64  // of what is being read
}

func (b *bounded) Read(p []byte) (int, error) {
	switch {
	case b.left <= 0 || *b.room <= 0:
		return 0, errTooLarge
	case b.token <= 0:
		return 0, errTooLong
	}
	p = p[:min(int64(len(p)), b.left, *b.room, b.token)]
	n, err := b.ReadCloser.Read(p)
	b.left -= int64(n)
	*b.room -= int64(n)
	b.token -= int64(n)
	return n, err
}
