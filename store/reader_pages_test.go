package store_test

import (
	"encoding/binary"
	"fmt"
	"hash/fnv"
)

// pageFile is store.db as the section Pages of FORMAT.md describes it. It knows nothing of the program's own reading.
type pageFile struct {
	bytes    []byte
	pageSize uint64
	seen     map[uint64]bool // a page belongs to one tree, so that no damaged file leads in circles
	met      map[string]int  // what of the layout there was
	buckets  map[string]bucketRows
}

const (
	branchPage = 1
	leafPage   = 2
	metaPage   = 4
)

var little = binary.LittleEndian

// bucketRows are the keys and values of one bucket, in order.
type bucketRows struct {
	keys   []string
	values map[string][]byte
}

// readPages reads every bucket of a file.
func readPages(file []byte) (*pageFile, error) {
	p := &pageFile{bytes: file, seen: map[uint64]bool{}, met: map[string]int{}, buckets: map[string]bucketRows{}}
	root, err := p.newestRoot()
	if err != nil {
		return nil, err
	}
	err = p.tree(root, func(flags uint32, name string, value []byte) error {
		if flags != 1 || len(value) < 16 {
			return fmt.Errorf("%q at the root is no bucket", name)
		}
		rows := bucketRows{values: map[string][]byte{}}
		take := func(flags uint32, key string, value []byte) error {
			if flags != 0 {
				return fmt.Errorf("a bucket within the bucket %q", name)
			}
			rows.keys = append(rows.keys, key)
			rows.values[key] = value
			return nil
		}
		var err error
		if page := little.Uint64(value); page != 0 {
			err = p.tree(page, take)
		} else {
			p.met["inline"]++
			err = p.leaf(value[16:], take)
		}
		p.buckets[name] = rows
		return err
	})
	return p, err
}

// newestRoot returns the root of the whole meta page with the higher transaction.
func (p *pageFile) newestRoot() (root uint64, err error) {
	var newest uint64
	for n, at := uint64(0), uint64(0); n < 2; n, at = n+1, p.pageSize {
		if at+80 > uint64(len(p.bytes)) {
			return 0, fmt.Errorf("the file ends before meta page %d", n)
		}
		b := p.bytes[at:]
		sum := fnv.New64a()
		_, _ = sum.Write(b[16:72])
		size, transaction := uint64(little.Uint32(b[24:])), little.Uint64(b[64:])
		switch {
		case little.Uint16(b[8:]) != metaPage || little.Uint32(b[16:]) != 0xED0CDAED || little.Uint32(b[20:]) != 2:
			return 0, fmt.Errorf("page %d is no meta page", n)
		case sum.Sum64() != little.Uint64(b[72:]) || transaction%2 != n:
			return 0, fmt.Errorf("meta page %d is damaged", n)
		case n == 0 || transaction > newest:
			newest, root = transaction, little.Uint64(b[32:])
		}
		p.pageSize = size
	}
	return root, nil
}

// tree walks a page and everything below it.
func (p *pageFile) tree(page uint64, take func(flags uint32, key string, value []byte) error) error {
	b, err := p.page(page)
	if err != nil {
		return err
	}
	switch little.Uint16(b[8:]) {
	case leafPage:
		return p.leaf(b, take)
	case branchPage:
		p.met["branch"]++
		for i := range int(little.Uint16(b[10:])) {
			at := 16 + 16*i
			if at+16 > len(b) {
				return fmt.Errorf("page %d ends within its elements", page)
			}
			if err := p.tree(little.Uint64(b[at+8:]), take); err != nil {
				return err
			}
		}
		return nil
	}
	return fmt.Errorf("page %d is neither a branch nor a leaf", page)
}

// page returns a page with its overflow.
func (p *pageFile) page(n uint64) ([]byte, error) {
	from := n * p.pageSize
	if p.seen[n] || n < 2 || from+16 > uint64(len(p.bytes)) {
		return nil, fmt.Errorf("page %d is outside the file, or met twice", n)
	}
	p.seen[n] = true
	overflow := uint64(little.Uint32(p.bytes[from+12:]))
	p.met["overflow"] += int(overflow)
	to := from + p.pageSize*(1+overflow)
	if little.Uint64(p.bytes[from:]) != n || to > uint64(len(p.bytes)) {
		return nil, fmt.Errorf("page %d is not itself, or longer than the file", n)
	}
	return p.bytes[from:to], nil
}

// leaf walks the elements of a leaf, a page of its own or inline.
func (p *pageFile) leaf(b []byte, take func(flags uint32, key string, value []byte) error) error {
	if len(b) < 16 || little.Uint16(b[8:]) != leafPage {
		return fmt.Errorf("a leaf that is none")
	}
	for i := range int(little.Uint16(b[10:])) {
		at := 16 + 16*i
		if at+16 > len(b) {
			return fmt.Errorf("a leaf ends within its elements")
		}
		from := at + int(little.Uint32(b[at+4:]))
		middle := from + int(little.Uint32(b[at+8:]))
		to := middle + int(little.Uint32(b[at+12:]))
		if from < at || middle < from || to < middle || to > len(b) {
			return fmt.Errorf("an element reaches beyond its leaf")
		}
		if err := take(little.Uint32(b[at:]), string(b[from:middle]), b[middle:to]); err != nil {
			return err
		}
	}
	return nil
}
