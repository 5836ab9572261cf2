package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"custos/internal/desk"
)

// passphrase is the operator's: from the file named, or asked for without echo.
func (a *app) passphrase(ctx context.Context, prompt string) ([]byte, error) {
	if file := a.passphraseFile(); file != "" {
		return a.firstLine(file)
	}
	if !a.mayAsk() {
		return nil, usagef("no passphrase: give --passphrase-file FILE, or CUSTOS_PASSPHRASE_FILE")
	}
	return a.env.ReadPassphrase(ctx, prompt)
}

func (a *app) passphraseFile() string {
	return first(a.flags.passphraseFile, a.env.Getenv("CUSTOS_PASSPHRASE_FILE"))
}

// firstLine is the first line of a file, without its end.
func (a *app) firstLine(file string) ([]byte, error) {
	lines, err := a.firstLines(file, 1)
	if err != nil {
		return nil, err
	}
	return lines[0], nil
}

// firstLines are so many lines of a file, without their ends; none of them may be empty.
func (a *app) firstLines(file string, n int) ([][]byte, error) {
	data, err := a.readSmall(file)
	if err != nil {
		return nil, err
	}
	lines := make([][]byte, n)
	for i := range lines {
		lines[i], data, _ = bytes.Cut(data, []byte("\n"))
		lines[i] = bytes.TrimSuffix(lines[i], []byte("\r"))
		if len(lines[i]) == 0 {
			return nil, fmt.Errorf("%s line %d: there is no passphrase in it", baseName(file), i+1)
		}
	}
	return lines, nil
}

// bothPassphrases are the one somebody has, whom a key let in, and the one they are to have: from the file named, a line
// each, or asked for.
func (a *app) bothPassphrases(ctx context.Context, file, whose string, known ...string) (was [][]byte, p []byte, err error) {
	if file != "" {
		both, err := a.firstLines(file, 2)
		if err != nil {
			return nil, nil, fmt.Errorf("%w; line 1 is the one you have, line 2 the new one", err)
		}
		return both[:1], both[1], desk.Passphrase(both[1], known...)
	}
	if !a.mayAsk() {
		return nil, nil, usagef("no passphrase for %s: give a file with the one you have on its first line and the new one on its second",
			whose)
	}
	old, err := a.env.ReadPassphrase(ctx, "Passphrase of "+whose+" as it is now: ")
	if err != nil {
		return nil, nil, err
	}
	p, err = a.newPassphrase(ctx, "", whose, known...)
	return [][]byte{old}, p, err
}

// newPassphrase is one that does not exist yet: from the file named, or asked for twice until it is strong enough and
// typed the same. Known are words an attacker would try first.
func (a *app) newPassphrase(ctx context.Context, file, whose string, known ...string) ([]byte, error) {
	if file != "" {
		p, err := a.firstLine(file)
		if err != nil {
			return nil, err
		}
		return p, desk.Passphrase(p, known...)
	}
	if !a.mayAsk() {
		return nil, usagef("no passphrase for %s: give a file that holds it", whose)
	}
	const attempts = 5
	for range attempts {
		p, err := a.env.ReadPassphrase(ctx, "New passphrase of "+whose+": ")
		if err != nil {
			return nil, err
		}
		if err := desk.Passphrase(p, known...); err != nil {
			a.say("%s", err)
			continue
		}
		a.say("This one is %s.", desk.Measure(p, known...).Words)
		again, err := a.env.ReadPassphrase(ctx, "The same again: ")
		if err != nil {
			return nil, err
		}
		if bytes.Equal(p, again) {
			return p, nil
		}
		a.say("The two differ.")
	}
	return nil, usagef("no passphrase was agreed on")
}

// ask reads one line. It reads no further, so that what follows is there for whoever asks next.
func (a *app) ask(ctx context.Context, prompt string) (string, error) {
	fmt.Fprint(a.env.Stderr, prompt)
	type answer struct {
		line string
		err  error
	}
	typed := make(chan answer, 1)
	go func() {
		line, err := readLine(a.env.Stdin)
		typed <- answer{line, err}
	}()
	select {
	case answer := <-typed:
		return answer.line, answer.err
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

func readLine(in io.Reader) (string, error) {
	var line []byte
	for one := make([]byte, 1); ; {
		n, err := in.Read(one)
		if n == 1 && one[0] != '\n' {
			line = append(line, one[0])
		}
		if n == 1 && one[0] == '\n' || errors.Is(err, io.EOF) {
			return strings.TrimSpace(string(line)), nil
		}
		if err != nil {
			return "", err
		}
	}
}
