package store

import (
	"fmt"
	"io"
)

// pageCheck walks a tree of pages before bolt does, which follows a damaged one in circles, or off the end of the file. It
// is strict: whatever is not as bolt writes it is an error.
type pageCheck struct {
	file    *pageFile
	meta    boltMeta
	reached map[uint64]bool
	buckets map[string]bool // to go into; nil: all
}

// checkPages returns the first fault in the tree of a file's newest header, as a sentence; nil for none. Where buckets are
// named, it goes into those alone.
func checkPages(r io.ReaderAt, size int64, buckets ...string) error {
	f := &pageFile{r: r, size: size, budget: 2*size + readChunkSize}
	f.metas, f.errs = readMetas(r, size)
	newest, ok := f.newest()
	if !ok || newest.pageSize < minPage || newest.pageSize > maxPage {
		return fmt.Errorf("neither header is whole")
	}
	f.pageSize, f.pages = newest.pageSize, (uint64(size)+newest.pageSize-1)/newest.pageSize
	c := pageCheck{file: f, meta: newest, reached: map[uint64]bool{}}
	if len(buckets) > 0 {
		c.buckets = map[string]bool{}
		for _, b := range buckets {
			c.buckets[b] = true
		}
	}
	if err := c.freelist(); err != nil {
		return err
	}
	return c.page(newest.root, "", keyRange{}, 0)
}

// freelist looks at the list of free pages: bolt reads as many as it says there are.
func (c *pageCheck) freelist() error {
	at, err := pageSpan(c.file.r, c.meta, c.meta.freelist)
	if err != nil || at.from < metaPages || at.to > min(c.meta.highWater, c.file.pages) {
		return fmt.Errorf("page %d, the list of free pages, is not what was written there", c.meta.freelist)
	}
	if _, err := freePages(c.file.r, c.meta); err != nil {
		return fmt.Errorf("page %d: %w", c.meta.freelist, err)
	}
	return nil
}

func (c *pageCheck) page(id uint64, bucket string, keys keyRange, depth int) error {
	page := c.file.read(id)
	h := headOf(page)
	switch {
	case len(page) < int(c.file.pageSize) || id < metaPages:
		return fmt.Errorf("page %d, which %s needs, is not in the file", id, treeOf(bucket))
	case h.id != id || h.flags != leafFlag && h.flags != branchFlag || h.overflow >= c.meta.highWater-min(id, c.meta.highWater):
		return fmt.Errorf("page %d, which %s needs, is not what was written there", id, treeOf(bucket))
	case c.reached[id] || depth > maxDepth:
		return fmt.Errorf("page %d of %s is led to twice", id, treeOf(bucket))
	}
	c.reached[id] = true
	if h.flags == branchFlag {
		return c.branch(page, bucket, keys, depth)
	}
	return c.leaf(page, bucket, keys, depth)
}

func treeOf(bucket string) string {
	if bucket == "" {
		return "the list of collections"
	}
	return bucket
}

func (c *pageCheck) branch(page []byte, bucket string, keys keyRange, depth int) error {
	h := headOf(page)
	var children []element
	for e := range branchElements(page) {
		children = append(children, e)
	}
	if len(children) != h.count || h.count == 0 {
		return fmt.Errorf("page %d of %s is damaged", h.id, treeOf(bucket))
	}
	for i, e := range children {
		below := keyRange{string(e.key), keys.to}
		if i+1 < len(children) {
			below.to = string(children[i+1].key)
		}
		if !keys.holds(below.from) || below.to != "" && below.to <= below.from {
			return fmt.Errorf("page %d of %s is out of order", h.id, treeOf(bucket))
		}
		if err := c.page(e.child, bucket, below, depth+1); err != nil {
			return err
		}
	}
	return nil
}

func (c *pageCheck) leaf(page []byte, bucket string, keys keyRange, depth int) error {
	h := headOf(page)
	n, last := 0, ""
	for e := range leafElements(page) {
		key := string(e.key)
		if n > 0 && key <= last || !keys.holds(key) {
			return fmt.Errorf("page %d of %s is out of order", h.id, treeOf(bucket))
		}
		last = key
		n++
		if bucket != "" || c.buckets != nil && !c.buckets[key] {
			continue
		}
		if root, _ := bucketRoot(e.value); root != 0 {
			if err := c.page(root, key, keyRange{}, depth+1); err != nil {
				return err
			}
		}
	}
	if n != h.count {
		return fmt.Errorf("page %d of %s is damaged", h.id, treeOf(bucket))
	}
	return nil
}
