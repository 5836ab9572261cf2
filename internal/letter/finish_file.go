package letter

import (
	"bytes"
	"cmp"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// fileHead is what a file of ours begins with. The version is that of ISO
// 32000-1; AES-256 is the extension it names.
const fileHead = "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"

// fileWriter puts objects together to a file: streams as they are, all other
// objects in compressed streams of many, so that no string stands open in it.
type fileWriter struct {
	out     bytes.Buffer
	places  []place
	z       *zlib.Writer
	small   bytes.Buffer // what was compressed last
	head    []byte       // of the stream of objects being packed
	body    []byte
	err     error // the first of compressing
	id      [32]byte
	seal    *seal // nil: open
	objects []object
}

// place is where an object stands: at an offset of the file, or in a stream of
// objects.
type place struct {
	kind  byte // 1: at an offset; 2: in a stream
	where int  // offset, or number of the stream
	index int  // in the stream
}

// mostPacked is how many objects share a stream.
const mostPacked = 200

// write writes the file. An error is the writer's.
func (f *fileWriter) write(w io.Writer, b *bundle) error {
	var err error
	if f.z, err = zlib.NewWriterLevel(io.Discard, zlib.BestSpeed); err != nil {
		return err
	}
	f.objects = b.objects
	f.places = make([]place, len(f.objects))
	f.out.WriteString(fileHead)
	if f.seal != nil {
		c := &f.objects[b.root]
		c.dict = strings.TrimSuffix(c.dict, ">>") + "/Extensions <</ADBE <</BaseVersion /1.7 /ExtensionLevel 8>>>>>>"
	}
	var loose []int
	for n := 1; n < len(f.objects); n++ {
		if f.objects[n].isStream {
			f.stream(n, &f.objects[n])
		} else {
			loose = append(loose, n)
		}
	}
	for len(loose) > 0 {
		n := min(len(loose), mostPacked)
		f.pack(loose[:n])
		loose = loose[n:]
	}
	trailer := fmt.Sprintf("/Root %d 0 R /Info %d 0 R /ID [<%x> <%x>]", b.root, b.info, f.id[:16], f.id[:16])
	if f.seal != nil {
		n := f.place()
		fmt.Fprintf(&f.out, "%d 0 obj\n%s\nendobj\n", n, f.seal.dict())
		trailer += fmt.Sprintf(" /Encrypt %d 0 R", n)
	}
	f.index(trailer)
	if f.err != nil {
		return f.err
	}
	_, err = w.Write(f.out.Bytes())
	return err
}

// place gives the next object its number and the place it is written to now.
func (f *fileWriter) place() int {
	f.places = append(f.places, place{kind: 1, where: f.out.Len()})
	return len(f.places) - 1
}

// stream writes an object that is a stream.
func (f *fileWriter) stream(n int, o *object) {
	f.places[n] = place{kind: 1, where: f.out.Len()}
	data := o.stream
	legible := strings.Contains(o.dict, "/Metadata") // to programs that know no PDF
	if !legible && !o.packed {
		data = f.deflate(data)
	}
	if f.seal != nil {
		data = f.seal.stream(data)
	}
	fmt.Fprintf(&f.out, "%d 0 obj\n%s", n, strings.TrimSuffix(strings.TrimRight(o.dict, "\n "), ">>"))
	if !legible {
		f.out.WriteString(" /Filter /FlateDecode")
	}
	fmt.Fprintf(&f.out, " /Length %d>>\nstream\n", len(data))
	f.out.Write(data)
	f.out.WriteString("\nendstream\nendobj\n")
}

// pack writes objects into one stream.
func (f *fileWriter) pack(numbers []int) {
	head, body := f.head[:0], f.body[:0]
	f.places = append(f.places, place{})
	number := len(f.places) - 1
	for i, n := range numbers {
		f.places[n] = place{kind: 2, where: number, index: i}
		head = strconv.AppendInt(head, int64(n), 10)
		head = append(head, ' ')
		head = strconv.AppendInt(head, int64(len(body)), 10)
		head = append(head, ' ')
		body = append(body, f.objects[n].dict...)
		body = append(body, '\n')
	}
	first := len(head)
	head = append(head, body...)
	f.head, f.body = head, body
	f.stream(number, &object{dict: fmt.Sprintf("<</Type /ObjStm /N %d /First %d>>", len(numbers), first), stream: head})
}

// index writes where every object stands, and the end of the file.
func (f *fileWriter) index(trailer string) {
	start := f.out.Len()
	n := f.place()
	table := make([]byte, 0, 7*len(f.places))
	for _, x := range f.places {
		table = append(table, x.kind)
		table = binary.BigEndian.AppendUint32(table, uint32(x.where))
		table = binary.BigEndian.AppendUint16(table, uint16(x.index))
	}
	data := f.deflate(table)
	fmt.Fprintf(&f.out, "%d 0 obj\n<</Type /XRef /Size %d /W [1 4 2] %s /Filter /FlateDecode /Length %d>>\nstream\n",
		n, len(f.places), trailer, len(data))
	f.out.Write(data)
	fmt.Fprintf(&f.out, "\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n", start)
}

// deflate compresses for speed: a reply has many pages, and somebody waits. One
// writer serves all streams, because a new one clears a large room; what it
// returns is good until the next.
func (f *fileWriter) deflate(data []byte) []byte {
	f.small.Reset()
	f.z.Reset(&f.small)
	_, err := f.z.Write(data)
	if err == nil {
		err = f.z.Close()
	}
	f.err = cmp.Or(f.err, err)
	return f.small.Bytes()
}
