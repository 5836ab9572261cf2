package tui

import (
	"io"
	"strings"
	"sync"

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
