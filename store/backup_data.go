package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io"
)

// The data file of a backup:
//
//	"CUSTOSBK" 8 · version 2 · store id (length 1, bytes) · blocks
//
// and a block, big-endian:
//
//	payload length 4 · records 4 · bucket (length 1, bytes) · SHA-256 of all of the block but itself 32 · payload
//
// The payload is the records in order: key length uvarint · key · value length uvarint · value. The last block has no
// bucket and no payload, and counts the records of all. The bucket meta comes first, the others by name.
const (
	dataMagic   = "CUSTOSBK"
	dataVersion = 1
	blockSize   = 1 << 20 // payloads grow to this, or to one record that is bigger
	maxName     = 255
)

// dataBlock is one block of a data file.
type dataBlock struct {
	number  int // from 1
	bucket  string
	records uint32
	payload []byte
	sum     [sha256.Size]byte
}

// head is what precedes the hash.
func (b *dataBlock) head(dst []byte) []byte {
	dst = binary.BigEndian.AppendUint32(dst, uint32(len(b.payload)))
	dst = binary.BigEndian.AppendUint32(dst, b.records)
	return append(append(dst, byte(len(b.bucket))), b.bucket...)
}

func (b *dataBlock) hash() (sum [sha256.Size]byte) {
	h := sha256.New()
	h.Write(b.head(nil))
	h.Write(b.payload)
	h.Sum(sum[:0])
	return sum
}

// add appends a record.
func (b *dataBlock) add(key, value []byte) {
	b.payload = append(binary.AppendUvarint(b.payload, uint64(len(key))), key...)
	b.payload = append(binary.AppendUvarint(b.payload, uint64(len(value))), value...)
	b.records++
}

// each visits the records of a block; key and value share its memory. The error is of a payload that is not as many
// records as it says.
func (b *dataBlock) each(visit func(key, value []byte) error) error {
	rest, n := b.payload, uint32(0)
	take := func() ([]byte, bool) {
		size, used := binary.Uvarint(rest)
		if used <= 0 || size > uint64(len(rest)-used) {
			return nil, false
		}
		part := rest[used : used+int(size)]
		rest = rest[used+int(size):]
		return part, true
	}
	for ; len(rest) > 0; n++ {
		key, ok := take()
		if !ok {
			return fmt.Errorf("record %d of the block does not end in it", n+1)
		}
		value, ok := take()
		if !ok {
			return fmt.Errorf("record %d of the block does not end in it", n+1)
		}
		if err := visit(key, value); err != nil {
			return err
		}
	}
	if n != b.records {
		return fmt.Errorf("the block has %d records and says %d", n, b.records)
	}
	return nil
}

// dataWriter writes a data file: one goroutine fills blocks, another hashes and writes them.
type dataWriter struct {
	store   string
	block   dataBlock
	records uint32

	full chan dataBlock
	free chan []byte
	done chan error
}

const blocksAhead = 4

func newDataWriter(out io.Writer, store string) *dataWriter {
	w := &dataWriter{store: store, full: make(chan dataBlock, blocksAhead), free: make(chan []byte, blocksAhead+2),
		done: make(chan error, 1)}
	go w.run(out)
	return w
}

// run writes what comes; after an error it only takes what comes.
func (w *dataWriter) run(out io.Writer) {
	head := append([]byte(dataMagic), 0, dataVersion, byte(len(w.store)))
	head = append(head, w.store...)
	_, err := out.Write(head)
	for b := range w.full {
		if err == nil {
			sum := b.hash()
			if _, err = out.Write(append(b.head(head[:0]), sum[:]...)); err == nil {
				_, err = out.Write(b.payload)
			}
		}
		select {
		case w.free <- b.payload[:0]:
		default:
		}
	}
	w.done <- err
}

// put adds a record; those of a bucket come together.
func (w *dataWriter) put(bucket string, key, value []byte) {
	if w.block.records > 0 && (w.block.bucket != bucket || len(w.block.payload) >= blockSize) {
		w.hand()
	}
	if w.block.records == 0 {
		w.block.bucket = bucket
	}
	w.block.add(key, value)
	w.records++
}

func (w *dataWriter) hand() {
	w.full <- w.block
	w.block = dataBlock{}
	select {
	case w.block.payload = <-w.free:
	default:
		w.block.payload = make([]byte, 0, blockSize+blockSize/8)
	}
}

// close ends the file and returns the first error there was.
func (w *dataWriter) close() error {
	if w.block.records > 0 {
		w.hand()
	}
	w.full <- dataBlock{records: w.records}
	close(w.full)
	return <-w.done
}

// dataReader reads a data file block by block.
type dataReader struct {
	in     io.Reader
	left   int64 // bytes of the file that are not read yet
	store  string
	number int
	ended  bool // the last block was met
	total  uint32
}

// newDataReader reads the beginning of a data file of so many bytes.
func newDataReader(in io.Reader, size int64) (*dataReader, error) {
	r := &dataReader{in: in, left: size}
	head, err := r.take(int64(len(dataMagic) + 3))
	if err != nil {
		return nil, fmt.Errorf("the file is cut short")
	}
	if !bytes.HasPrefix(head, []byte(dataMagic)) {
		return nil, fmt.Errorf("it is not the data file of a backup, or its beginning is damaged")
	}
	if v := binary.BigEndian.Uint16(head[len(dataMagic):]); v != dataVersion {
		return nil, fmt.Errorf("it has version %d, made by a newer program, or its beginning is damaged", v)
	}
	id, err := r.take(int64(head[len(head)-1]))
	if err != nil {
		return nil, fmt.Errorf("the file is cut short")
	}
	r.store = string(id)
	return r, nil
}

// take reads so many bytes into memory of their own, and never asks for more than the file has.
func (r *dataReader) take(n int64) ([]byte, error) {
	if n > r.left {
		return nil, io.ErrUnexpectedEOF
	}
	b := make([]byte, n)
	got, err := io.ReadFull(r.in, b)
	r.left -= int64(got)
	return b, err
}

// next returns the next block as it lies there: see dataBlock.whole. At the end it returns io.EOF; any other error is of
// a file that cannot be read on.
func (r *dataReader) next() (dataBlock, error) {
	r.number++
	b := dataBlock{number: r.number}
	if r.ended {
		if r.left > 0 {
			return b, fmt.Errorf("%d bytes follow its end", r.left)
		}
		return b, io.EOF
	}
	head, err := r.take(9)
	if err != nil {
		return b, fmt.Errorf("the file is cut short after block %d", r.number-1)
	}
	size := int64(binary.BigEndian.Uint32(head))
	b.records = binary.BigEndian.Uint32(head[4:])
	rest, err := r.take(int64(head[8]) + sha256.Size)
	if err == nil {
		b.bucket = string(rest[:head[8]])
		b.sum = [sha256.Size]byte(rest[head[8]:])
		b.payload, err = r.take(size)
	}
	if err != nil {
		return b, fmt.Errorf("the file is cut short in block %d, or the length of that block is damaged", r.number)
	}
	if b.bucket == "" && size == 0 {
		r.ended, r.total = true, b.records
	}
	return b, nil
}

// whole reports whether a block is as it was written.
func (b *dataBlock) whole() bool { return b.hash() == b.sum }
