package store

import (
	"io"
	"os"
)

// maxRun is the longest page that is read in one piece, in bytes: no commit writes a longer one.
const maxRun = 256 << 20

// pageFile reads a bolt file page by page. Pages are known by where they lie; what they say of themselves is held
// against it.
type pageFile struct {
	r        io.ReaderAt
	size     int64
	pageSize uint64
	pages    uint64 // that begin within the file
	metas    [metaPages]boltMeta
	errs     [metaPages]error
	budget   int64 // bytes that may still be read: damaged pages may claim any length

	heads map[uint64]pageHead // of pages with elements, and of free lists, that say where they are, by where they lie
	moved map[uint64][]uint64 // where pages lie that say they belong elsewhere, by where they belong
}

func newPageFile(r io.ReaderAt, size int64) *pageFile {
	f := &pageFile{r: r, size: size, budget: 8*size + readChunkSize,
		heads: map[uint64]pageHead{}, moved: map[uint64][]uint64{}}
	f.metas, f.errs = readMetas(r, size)
	f.pageSize = f.findPageSize()
	f.pages = (uint64(size) + f.pageSize - 1) / f.pageSize
	f.index()
	return f
}

// findPageSize believes the headers, and counts pages that say where they lie when neither is whole.
func (f *pageFile) findPageSize() uint64 {
	for n, m := range f.metas {
		if f.errs[n] == nil && m.pageSize >= minPage && m.pageSize <= maxPage && m.pageSize&(m.pageSize-1) == 0 {
			return m.pageSize
		}
		f.errs[n] = errOrNone(f.errs[n])
	}
	best, most := uint64(os.Getpagesize()), 0
	head := make([]byte, pageHeader)
	for size := uint64(minPage); size <= maxPage; size *= 2 {
		n := 0
		for p := uint64(1); p < 4096 && int64(p*size) < f.size; p++ {
			if _, err := f.r.ReadAt(head, int64(p*size)); err == nil && headOf(head).id == p {
				n++
			}
		}
		if n > most {
			best, most = size, n
		}
	}
	return best
}

// index reads the file once, front to back, for what every page says it is.
func (f *pageFile) index() {
	chunk := make([]byte, max(readChunkSize, f.pageSize))
	per := uint64(len(chunk)) / f.pageSize
	for first := uint64(0); first < f.pages; first += per {
		n, _ := f.r.ReadAt(chunk, int64(first*f.pageSize))
		for i := uint64(0); i < per && i*f.pageSize+pageHeader <= uint64(n); i++ {
			h, at := headOf(chunk[i*f.pageSize:n]), first+i
			switch {
			case h.flags != leafFlag && h.flags != branchFlag && h.flags != freelistFlag:
			case h.id == at:
				f.heads[at] = h
			case h.id >= metaPages && h.id < f.pages:
				f.moved[h.id] = append(f.moved[h.id], at)
			}
		}
	}
}

// read returns a page and its overflow, as far as the file goes; nil where there is nothing.
func (f *pageFile) read(at uint64) []byte {
	if at >= f.pages {
		return nil
	}
	from := int64(at * f.pageSize)
	head := make([]byte, pageHeader)
	if n, _ := f.r.ReadAt(head, from); n < len(head) {
		return nil
	}
	length := int64(f.pageSize)
	if more := int64(headOf(head).overflow); more < maxRun/length {
		length *= 1 + more
	}
	if length = min(length, f.size-from); length > f.budget {
		length = min(int64(f.pageSize), f.size-from)
	}
	if f.budget -= length; f.budget < -f.size {
		return nil
	}
	page := make([]byte, length)
	n, _ := f.r.ReadAt(page, from)
	return page[:n]
}

// find returns where the page of an id lies: in its place, or in the one other place that says so. What lies in its place
// and says nothing of the kind is returned last of all, for its head alone may be damaged.
func (f *pageFile) find(id uint64) (at uint64, ok bool) {
	if _, ok := f.heads[id]; ok {
		return id, true
	}
	if others := f.moved[id]; len(others) == 1 {
		return others[0], true
	}
	return id, id >= metaPages && id < f.pages && !f.speaksElse(id)
}

// speaksElse reports whether a whole page of another id lies in a place.
func (f *pageFile) speaksElse(at uint64) bool {
	head := make([]byte, pageHeader)
	if n, _ := f.r.ReadAt(head, int64(at*f.pageSize)); n < len(head) {
		return true
	}
	for _, others := range f.moved[headOf(head).id] {
		if others == at {
			return true
		}
	}
	return false
}

// newest returns the header of the later transaction among the whole ones, and whether there is any.
func (f *pageFile) newest() (boltMeta, bool) {
	switch {
	case f.errs[0] != nil && f.errs[1] != nil:
		return boltMeta{}, false
	case f.errs[0] != nil || f.errs[1] == nil && f.metas[1].txid > f.metas[0].txid:
		return f.metas[1], true
	}
	return f.metas[0], true
}

// free returns the pages that a header's list calls free; false where the list cannot be read.
func (f *pageFile) free(m boltMeta) (map[uint64]bool, bool) {
	m.freelist, _ = f.find(m.freelist)
	at, err := pageSpan(f.r, m, m.freelist)
	if err != nil || at.to > f.pages || at.to-at.from > maxRun/m.pageSize {
		return nil, false
	}
	list, err := freePages(f.r, m)
	if err != nil {
		return nil, false
	}
	free := make(map[uint64]bool, len(list))
	for _, p := range list {
		free[p] = true
	}
	return free, true
}
