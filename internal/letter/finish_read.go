package letter

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"encoding/hex"
	"io"
	"regexp"
	"strconv"
	"strings"

	"custos/internal/register"
)

// fileReader reads files that fileWriter wrote, and no others: what it does
// not know it refuses.
type fileReader struct {
	data   []byte
	places []place
	root   int
	key    []byte // nil: not protected
	packs  map[int][]string
}

// mostUnpacked bounds what one stream may grow to, so that a small file cannot
// fill the memory.
const mostUnpacked = 512 << 20

func notOurs(what string) error {
	return register.Errorf(register.Invalid, "", "this is not a PDF the office has written: %s", what)
}

// openFile reads where everything stands in a file of ours.
func openFile(data, password []byte) (*fileReader, error) {
	if !bytes.HasPrefix(data, []byte(fileHead)) {
		return nil, notOurs("it begins otherwise")
	}
	_, tail, ok := cutLast(data, []byte("\nstartxref\n"))
	start := -1
	if ok {
		start = leadingInt(tail)
	}
	r := &fileReader{data: data, packs: map[int][]string{}}
	dict, stream, err := r.raw(start)
	if err != nil {
		return nil, err
	}
	table, err := inflate(stream)
	if err != nil || !strings.Contains(dict, "/W [1 4 2]") || len(table)%7 != 0 {
		return nil, notOurs("its index does not read")
	}
	for ; len(table) > 0; table = table[7:] {
		r.places = append(r.places, place{
			table[0], int(binary.BigEndian.Uint32(table[1:5])), int(binary.BigEndian.Uint16(table[5:7])),
		})
	}
	r.root = entryInt([]byte(dict), "/Root")
	if n := entryInt([]byte(dict), "/Encrypt"); n >= 0 {
		return r, r.unlock(n, password)
	}
	return r, nil
}

// unlock finds the key of the file.
func (r *fileReader) unlock(n int, password []byte) error {
	if n >= len(r.places) {
		return notOurs("what protects it is missing")
	}
	dict, _, err := r.raw(r.places[n].where)
	if err != nil {
		return err
	}
	r.key = unlock(password, hexEntry(dict, "/U <"), hexEntry(dict, "/UE <"))
	if r.key == nil {
		return register.Errorf(register.Invalid, "", "the password does not open this PDF")
	}
	return nil
}

// raw reads the object at an offset, its stream as it stands in the file.
func (r *fileReader) raw(at int) (string, []byte, error) {
	if at < 0 || at >= len(r.data) {
		return "", nil, notOurs("an object is missing")
	}
	_, body, ok := bytes.Cut(r.data[at:], []byte(" obj\n"))
	if !ok {
		return "", nil, notOurs("an object does not begin")
	}
	dict, rest, ok := bytes.Cut(body, []byte("\nstream\n"))
	if end := bytes.Index(body, []byte("\nendobj\n")); !ok || end >= 0 && end < len(dict) {
		return string(body[:max(end, 0)]), nil, nil
	}
	n := entryInt(dict, "/Length")
	if n < 0 || n > len(rest) {
		return "", nil, notOurs("a stream is cut off")
	}
	return string(dict), rest[:n], nil
}

// object returns an object and, where it is a stream, its bytes.
func (r *fileReader) object(n int) (string, []byte, error) {
	if n < 1 || n >= len(r.places) {
		return "", nil, notOurs("an object is missing")
	}
	p := r.places[n]
	if p.kind == 2 {
		all, err := r.unpack(p.where)
		if err != nil || p.index >= len(all) {
			return "", nil, notOurs("objects are missing")
		}
		return all[p.index], nil, nil
	}
	dict, stream, err := r.raw(p.where)
	if err != nil || stream == nil {
		return dict, nil, err
	}
	if r.key != nil {
		var ok bool
		if stream, ok = opened(r.key, stream); !ok {
			return "", nil, notOurs("a stream does not open")
		}
	}
	if strings.Contains(dict, "/FlateDecode") {
		if stream, err = inflate(stream); err != nil {
			return "", nil, notOurs("a stream does not read")
		}
	}
	return dict, stream, nil
}

// unpack reads a stream of objects.
func (r *fileReader) unpack(n int) ([]string, error) {
	if all, ok := r.packs[n]; ok {
		return all, nil
	}
	if n < 1 || n >= len(r.places) || r.places[n].kind != 1 {
		return nil, notOurs("objects are missing")
	}
	dict, stream, err := r.object(n)
	first := entryInt([]byte(dict), "/First")
	if err != nil || first < 0 || first > len(stream) {
		return nil, notOurs("objects do not read")
	}
	var all []string
	head := strings.Fields(string(stream[:first]))
	for i := 1; i < len(head); i += 2 {
		from, err := strconv.Atoi(head[i])
		to := len(stream) - first
		if i+2 < len(head) && err == nil {
			to, err = strconv.Atoi(head[i+2])
		}
		if err != nil || from < 0 || to < from || to > len(stream)-first {
			return nil, notOurs("objects do not read")
		}
		all = append(all, string(stream[first+from:first+to]))
	}
	r.packs[n] = all
	return all, nil
}

func inflate(data []byte) ([]byte, error) {
	z, err := zlib.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(io.LimitReader(z, mostUnpacked))
}

func leadingInt(b []byte) int { return entryInt(append([]byte("/ "), b...), "/") }

func hexEntry(dict, name string) []byte {
	_, rest, _ := strings.Cut(dict, name)
	digits, _, _ := strings.Cut(rest, ">")
	b, err := hex.DecodeString(digits)
	if err != nil {
		return nil
	}
	return b
}

var refPattern = regexp.MustCompile(`(\d+) 0 R`)

// refsIn returns the objects listed behind a name.
func refsIn(dict, name string) []int {
	_, rest, ok := strings.Cut(dict, name+" [")
	if !ok {
		return nil
	}
	list, _, _ := strings.Cut(rest, "]")
	var all []int
	for _, m := range refPattern.FindAllStringSubmatch(list, -1) {
		if n, err := strconv.Atoi(m[1]); err == nil {
			all = append(all, n)
		}
	}
	return all
}
