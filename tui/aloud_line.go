package tui

import (
	"io"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	tea "github.com/charmbracelet/bubbletea"
)

// voice writes what is said and reads what is typed, a line at a time. Over a line whose far end hands over every key
// it shows what is typed itself; a terminal of this machine does that, but for secrets.
type voice struct {
	out     io.Writer
	newline string
	echoes  bool                         // the far end shows nothing of what is typed
	raw     func() (func() error, error) // of this machine's terminal; nil for any other

	mu      sync.Mutex
	more    sync.Cond
	waiting strings.Builder
	writing bool
	broken  bool
	closed  bool
	typed   []rune // of the line that is being typed, as far as it is shown
	secret  bool
	restore func() error // shows again what is typed
}

func newVoice(t Terminal) *voice {
	v := &voice{out: t.Out, newline: "\n", raw: t.Raw, echoes: t.Raw == nil && t.Width > 0}
	if t.Width > 0 {
		v.newline = "\r\n"
	}
	v.secret = v.echoes // nothing is shown before it is known what is asked for
	v.more.L = &v.mu
	go v.write()
	return v
}

// Say writes lines once what was said before is written; it waits for nothing.
func (v *voice) Say(lines []string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	text := strings.Join(lines, v.newline) + v.newline
	if len(v.typed) > 0 {
		text = v.newline + text + string(v.typed)
	}
	v.put(text)
}

// put takes text for the writer; the lock is held.
func (v *voice) put(text string) {
	if !v.closed && !v.broken {
		v.waiting.WriteString(text)
		v.more.Broadcast()
	}
}

// write is the one writer.
func (v *voice) write() {
	v.mu.Lock()
	defer v.mu.Unlock()
	for {
		for v.waiting.Len() == 0 && !v.closed {
			v.more.Wait()
		}
		if v.waiting.Len() == 0 {
			return
		}
		text := v.waiting.String()
		v.waiting.Reset()
		v.writing = true
		v.mu.Unlock()
		_, err := io.WriteString(v.out, text)
		v.mu.Lock()
		v.writing = false
		v.broken = v.broken || err != nil
		if v.broken {
			v.waiting.Reset()
		}
		v.more.Broadcast()
	}
}

// close returns once everything is written, or cannot be; gone ends the waiting.
func (v *voice) close(gone <-chan struct{}) error {
	v.Secret(false)
	done := make(chan struct{})
	go func() {
		v.mu.Lock()
		defer v.mu.Unlock()
		v.closed = true
		v.more.Broadcast()
		for v.writing || v.waiting.Len() > 0 {
			v.more.Wait()
		}
		close(done)
	}()
	select {
	case <-done:
	case <-gone:
	}
	return nil
}

// Secret has what is typed not be shown, or be shown again.
func (v *voice) Secret(on bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.secret == on {
		return
	}
	v.secret = on
	switch {
	case v.raw == nil:
	case on:
		if restore, err := v.raw(); err == nil {
			v.restore = restore
		}
	case v.restore != nil:
		_ = v.restore() // nothing better can be done with a terminal that will not have it
		v.restore = nil
	}
}

// listen sends every line that is typed, and the end of them.
func (v *voice) listen(in io.Reader, send func(tea.Msg)) {
	keys := typist{voice: v}
	chunk := make([]byte, 4096)
	for {
		n, err := in.Read(chunk)
		for _, b := range chunk[:n] {
			if msg := keys.take(b); msg != nil {
				send(msg)
			}
		}
		if err != nil {
			if line := keys.rest(); line != "" {
				send(lineMsg{line})
			}
			send(endMsg{})
			return
		}
	}
}

// typist makes lines of what a terminal sends.
type typist struct {
	voice   *voice
	line    []rune
	part    []byte // of a letter
	escape  byte   // what a sequence of a key began with; 0: none
	carried bool   // the last was a carriage return
}

const longestLine = 1 << 16

// The keys that mean something while a line is typed.
const (
	keyLeave  = 3
	keyEnd    = 4
	keyErase  = 8
	keyDrop   = 21
	keyEscape = 27
	keyDelete = 127
)

// take takes a byte: a line comes of the last of it.
func (t *typist) take(b byte) tea.Msg {
	after := t.carried
	t.carried = b == '\r'
	switch {
	case t.escape != 0:
		t.inKey(b)
	case b == '\n' && after:
	case b == '\n' || b == '\r':
		return t.enter()
	case b == keyLeave:
		return tea.QuitMsg{}
	case b == keyEnd && len(t.line) == 0:
		return endMsg{}
	case b == keyErase || b == keyDelete:
		t.erase(1)
	case b == keyDrop:
		t.erase(len(t.line))
	case b == keyEscape:
		t.escape = b
	case b == '\t':
		t.add(' ')
	case b < ' ':
	default:
		t.letter(b)
	}
	return nil
}

// inKey skips what a key sends that is no letter: ESC, then one byte, or up to the end of a sequence.
func (t *typist) inKey(b byte) {
	switch {
	case t.escape == keyEscape && (b == '[' || b == 'O'):
		t.escape = b
	case t.escape == keyEscape, b >= '@' && b <= '~':
		t.escape = 0
	}
}

func (t *typist) letter(b byte) {
	t.part = append(t.part, b)
	if !utf8.FullRune(t.part) {
		return
	}
	r, size := utf8.DecodeRune(t.part)
	t.part = t.part[size:]
	t.add(r)
}

func (t *typist) add(r rune) {
	if len(t.line) >= longestLine || unicode.IsControl(r) {
		return
	}
	t.line = append(t.line, r)
	t.voice.show(r)
}

func (t *typist) erase(n int) {
	for ; n > 0 && len(t.line) > 0; n-- {
		t.line = t.line[:len(t.line)-1]
		t.voice.unshow()
	}
}

func (t *typist) enter() tea.Msg {
	line := string(t.line)
	t.line, t.part = nil, nil
	t.voice.entered()
	return lineMsg{line}
}

// rest is a last line that was not ended.
func (t *typist) rest() string { return string(t.line) }

// show shows a letter that was typed, where nobody else does.
func (v *voice) show(r rune) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.echoes && !v.secret {
		v.typed = append(v.typed, r)
		v.put(string(r))
	}
}

func (v *voice) unshow() {
	v.mu.Lock()
	defer v.mu.Unlock()
	if len(v.typed) > 0 {
		v.typed = v.typed[:len(v.typed)-1]
		v.put("\b \b")
	}
}

// entered ends a line, where nobody else does.
func (v *voice) entered() {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.typed = nil
	if v.echoes || v.restore != nil {
		v.put(v.newline)
	}
}
