package letter

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// bundle is a PDF taken apart into its objects, by their number; the first is
// not used.
type bundle struct {
	objects []object
	root    int
	info    int
}

// object is a value, and its bytes where it is a stream.
type object struct {
	dict     string
	stream   []byte
	isStream bool
	packed   bool // the bytes are compressed already
}

// add adds an object and returns its number.
func (b *bundle) add(dict string) int {
	b.objects = append(b.objects, object{dict: dict})
	return len(b.objects) - 1
}

// addStream adds a stream by what stands in its dictionary beside its length.
func (b *bundle) addStream(entries string, data []byte) int {
	b.objects = append(b.objects, object{dict: "<<" + entries + ">>", stream: data, isStream: true})
	return len(b.objects) - 1
}

var errNotDrawn = errors.New("the pages do not read as they were drawn")

// takeApart reads what the library writes: a table of references at the end,
// no compressed objects, the length of every stream in its dictionary.
func takeApart(pdf []byte) (*bundle, error) {
	body, tail, ok := cutLast(pdf, []byte("\nxref\n0 "))
	if !ok {
		return nil, errNotDrawn
	}
	size, table, _ := bytes.Cut(tail, []byte("\n"))
	n, err := strconv.Atoi(string(size))
	const entry = len("0000000000 65535 f \n")
	if err != nil || n < 1 || n > len(table)/entry {
		return nil, errNotDrawn
	}
	b := &bundle{objects: make([]object, n)}
	order := make([][2]int, 0, n) // offset, number
	for i := 1; i < n; i++ {
		at, err := strconv.Atoi(string(table[i*entry : i*entry+10]))
		if err != nil || at < 0 || at > len(body) {
			return nil, errNotDrawn
		}
		order = append(order, [2]int{at, i})
	}
	slices.SortFunc(order, func(x, y [2]int) int { return x[0] - y[0] })
	for i, x := range order {
		end := len(body)
		if i+1 < len(order) {
			end = order[i+1][0]
		}
		if b.objects[x[1]], err = parseObject(body[x[0]:end]); err != nil {
			return nil, err
		}
	}
	trailer := table[n*entry:]
	if b.root, b.info = entryInt(trailer, "/Root"), entryInt(trailer, "/Info"); b.root >= n || b.root < 1 || b.info >= n {
		return nil, errNotDrawn
	}
	return b, nil
}

func cutLast(s, sep []byte) (before, after []byte, found bool) {
	i := bytes.LastIndex(s, sep)
	if i < 0 {
		return s, nil, false
	}
	return s[:i], s[i+len(sep):], true
}

// parseObject reads one object from its number to its end.
func parseObject(b []byte) (object, error) {
	_, b, ok := bytes.Cut(b, []byte(" obj\n"))
	if !ok {
		return object{}, errNotDrawn
	}
	b = bytes.TrimSuffix(bytes.TrimRight(b, "\n"), []byte("endobj"))
	dict, rest, isStream := bytes.Cut(b, []byte("\nstream\n"))
	if !isStream {
		return object{dict: string(b)}, nil
	}
	n := entryInt(dict, "/Length")
	if n < 0 || n > len(rest) {
		return object{}, errNotDrawn
	}
	o := object{dict: string(dict), stream: rest[:n], isStream: true, packed: bytes.Contains(dict, []byte("/FlateDecode"))}
	// Whoever writes the object says these anew.
	o.dict = strings.Replace(o.dict, fmt.Sprintf("/Length %d", n), "", 1)
	o.dict = strings.Replace(o.dict, "/Filter /FlateDecode", "", 1)
	return o, nil
}

// entryInt is the number behind a name in a dictionary; -1 where there is none.
func entryInt(dict []byte, name string) int {
	_, rest, ok := bytes.Cut(dict, []byte(name+" "))
	if !ok {
		return -1
	}
	end := bytes.IndexFunc(rest, func(r rune) bool { return r < '0' || r > '9' })
	if end < 0 {
		end = len(rest)
	}
	n, err := strconv.Atoi(string(rest[:end]))
	if err != nil {
		return -1
	}
	return n
}
