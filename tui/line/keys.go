package line

import (
	"bytes"
	"io"
	"sync"
	"time"
	"unicode/utf8"
)

// How long the beginning of a key waits for the rest of it.
const (
	escShort = 50 * time.Millisecond // ESC: on a terminal nearby, and everywhere for a letter with Alt
	escLong  = time.Second           // ESC, on the slowest lines, for what only a key is followed by
	restTime = 2 * time.Second       // what nobody types by hand
	lullTime = 30 * time.Second      // the rest of a pasted text
)

// Keys reads what is typed in whatever pieces it arrives, and hands it on whole: each Read gives characters, or one key,
// or one piece of pasted text between its marks, as bubbletea takes them apart. Nothing pasted is ever a key.
type Keys struct {
	wait   time.Duration // for the rest of a key, after an ESC
	pieces chan []byte
	closed chan struct{}
	once   sync.Once
	ended  chan struct{}
	over   sync.Once
	end    error // why there is nothing more; set before pieces is closed

	held     []byte // read and not handed on
	given    []byte // what held was given up as
	late     bool   // the ESC held is no Alt: it has waited too long
	pasting  bool   // held is pasted text
	hurried  bool   // pasted text goes on as far as it is there
	skipping bool   // held belongs to a sequence that was too long
}

// NewKeys reads from in, which hangs on a line with such a round trip; 0: not known. Call Close when nothing is read any
// more: what still waits for in ends with in itself.
func NewKeys(in io.Reader, delay time.Duration) *Keys {
	k := &Keys{
		wait: min(max(escShort, 2*delay), escLong), pieces: make(chan []byte), closed: make(chan struct{}),
		ended: make(chan struct{}),
	}
	go k.listen(in)
	return k
}

// Ended is closed when everything that was typed has been read and nothing more will be.
func (k *Keys) Ended() <-chan struct{} { return k.ended }

// Close ends every Read with io.EOF.
func (k *Keys) Close() { k.once.Do(func() { close(k.closed) }) }

func (k *Keys) listen(in io.Reader) {
	defer close(k.pieces)
	for {
		b := make([]byte, 1024)
		n, err := in.Read(b)
		if n > 0 {
			select {
			case k.pieces <- b[:n]:
			case <-k.closed:
				return
			}
		}
		if err != nil {
			k.end = err
			return
		}
	}
}

// Read gives the next whole part of what is typed, or the error in ended with. It is for one goroutine, with room for at
// least 64 bytes.
func (k *Keys) Read(p []byte) (int, error) {
	for {
		if out := k.whole(len(p) - 1); len(out) > 0 { // a full buffer would make the reader wait for more
			return copy(p, out), nil
		}
		if err := k.more(); err != nil {
			k.over.Do(func() { close(k.ended) })
			return 0, err
		}
	}
}

// whole takes the first whole part off what is held, in at most room bytes; nothing: more has to come first.
func (k *Keys) whole(room int) []byte {
	if out := k.given; out != nil {
		k.given = nil
		return out
	}
	for len(k.held) > 0 {
		if k.pasting {
			out, over := k.pasted(room - len(pasteBegin) - len(pasteEnd))
			if k.pasting = !over; len(out) > 0 || !over {
				return out
			}
			continue
		}
		if k.skip(); len(k.held) == 0 {
			break
		}
		kind, n := firstPiece(k.held)
		switch kind {
		case text:
			return k.off(upTo(k.held[:n], room))
		case key:
			if out := spelling(k.off(n)); len(out) > 0 {
				return out
			}
		case begins:
			k.off(n)
			k.pasting = true
		case rubbish:
			k.off(n)
		case endless:
			k.off(n)
			k.skipping = true
		case lone, unclear, unready:
			return nil
		}
	}
	return nil
}

// off takes n bytes off what is held.
func (k *Keys) off(n int) []byte {
	out := k.held[:n:n]
	k.held = k.held[n:]
	return out
}

// skip drops what belongs to a sequence that was too long.
func (k *Keys) skip() {
	for k.skipping && len(k.held) > 0 {
		c := k.held[0]
		if c >= 0x20 && c <= 0x7e {
			k.off(1)
		}
		k.skipping = c >= 0x20 && c < 0x40
	}
}

// pasted takes a piece off pasted text, between marks of its own, and says whether the text is at its end.
func (k *Keys) pasted(room int) (out []byte, over bool) {
	n, over := bytes.Index(k.held, []byte(pasteEnd)), true
	if n < 0 {
		n, over = k.certain(), false
	}
	if n > room {
		n, over = upTo(k.held[:n], room), false
	}
	if n > 0 {
		out = append(append([]byte(pasteBegin), k.off(n)...), pasteEnd...)
	}
	if over {
		k.off(len(pasteEnd))
	}
	return out, over
}

// certain is how much of pasted text may go on: no part of the mark at its end, of a character or of a line break.
func (k *Keys) certain() int {
	n := len(k.held)
	if k.hurried {
		k.hurried = false
		return n
	}
	for i := max(0, n-len(pasteEnd)); i < n; i++ {
		if bytes.HasPrefix([]byte(pasteEnd), k.held[i:]) {
			return i
		}
	}
	if k.held[n-1] == '\r' {
		return n - 1
	}
	for i := max(0, n-utf8.UTFMax); i < n; i++ {
		if !utf8.FullRune(k.held[i:]) {
			return i
		}
	}
	return n
}

// upTo is how much of b is at most room bytes long without cutting a character or a line break.
func upTo(b []byte, room int) int {
	if len(b) <= room {
		return len(b)
	}
	n := room
	for n > 1 && (!utf8.RuneStart(b[n]) || b[n] == '\n' && b[n-1] == '\r') {
		n--
	}
	return n
}

// more waits until there is more to look at: something typed, or that what is held has waited long enough.
func (k *Keys) more() error {
	b, err := k.next(k.patience())
	switch {
	case err != nil:
		return err
	case b == nil:
		k.giveUp()
	case k.late && b[0] != '[' && b[0] != 'O':
		k.given, k.held, k.late = k.held, b, false
	default:
		k.held, k.late = append(k.held, b...), false
	}
	return nil
}

// next is what is typed within a while; nil: nothing was.
func (k *Keys) next(within time.Duration) ([]byte, error) {
	var over <-chan time.Time
	if within > 0 {
		timer := time.NewTimer(within)
		defer timer.Stop()
		over = timer.C
	}
	select {
	case b, ok := <-k.pieces:
		return k.got(b, ok)
	case <-k.closed:
		return nil, io.EOF
	case <-over:
	}
	select { // what came in the same moment came in time
	case b, ok := <-k.pieces:
		return k.got(b, ok)
	default:
		return nil, nil
	}
}

func (k *Keys) got(b []byte, ok bool) ([]byte, error) {
	if !ok {
		return nil, k.end
	}
	return b, nil
}

// patience is how long what is held waits; 0: nothing waits.
func (k *Keys) patience() time.Duration {
	switch {
	case k.pasting && len(k.held) == 0:
		return lullTime
	case k.pasting:
		return restTime
	case len(k.held) == 0:
		return 0
	}
	switch kind, _ := firstPiece(k.held); {
	case kind != lone:
		return restTime
	case k.late:
		return k.wait - escShort
	}
	return escShort
}

// giveUp takes what is held for what it is without the rest.
func (k *Keys) giveUp() {
	if k.pasting {
		k.pasting, k.hurried = len(k.held) > 0, len(k.held) > 0
		return
	}
	switch kind, _ := firstPiece(k.held); {
	case kind == lone && !k.late && k.wait > escShort:
		k.late = true
	case kind == lone, kind == unclear:
		k.given, k.held, k.late = k.held, nil, false
	default:
		k.held = nil
	}
}
