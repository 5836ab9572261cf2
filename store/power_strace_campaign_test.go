//go:build campaign

package store_test

import (
	"bufio"
	"fmt"
	"io"
	"maps"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// traced are the calls that change files or make changes durable, and those the others' effect rests on.
const traced = "openat,pwrite64,pwritev,write,writev,lseek,fsync,fdatasync,ftruncate,fallocate,rename,renameat," +
	"renameat2,link,linkat,unlink,unlinkat,copy_file_range,sendfile"

// strace returns the command that records a child, or ends the test where there is none.
func strace(t *testing.T, more ...string) []string {
	t.Helper()
	path, err := exec.LookPath("strace")
	if err != nil {
		t.Skip("strace is not on this machine: this campaign records and injects with it")
	}
	return append([]string{path, "-f", "-qq", "--signal=none", "-y"}, more...)
}

// call is one finished system call of a recording.
type call struct {
	name string
	args []string
	ret  int64 // negative: it failed
	path string
}

// player does again on a disk what a recording says.
type player struct {
	d     *disk
	root  []string // the folders that count
	at    map[string]int64
	begun map[string]string // by thread: the first half of a call another thread's interrupted
	said  func(line string)
	pipe  string // the child's output
	text  string // said, and no whole line yet
}

func newPlayer(d *disk, said func(string), root ...string) *player {
	return &player{d: d, root: root, at: map[string]int64{}, begun: map[string]string{}, said: said}
}

// play reads a recording. step is called after each call that did something, with whether it was to a file.
func (p *player) play(recording io.Reader, step func()) error {
	lines := bufio.NewReaderSize(recording, 1<<20)
	for {
		line, err := lines.ReadString('\n')
		if line == "" && err == io.EOF {
			return nil
		}
		if err != nil && err != io.EOF {
			return err
		}
		c, ok, err := p.parse(strings.TrimSuffix(line, "\n"))
		if err != nil {
			return err
		}
		if !ok {
			continue
		}
		did, err := p.do(c)
		if err != nil {
			return fmt.Errorf("%.200s: %w", line, err)
		}
		if did {
			step()
		}
	}
}

var resumed = regexp.MustCompile(`^<\.\.\. \w+ resumed>`)

// parse makes a call of a line, once both its halves are there.
func (p *player) parse(line string) (c call, ok bool, err error) {
	thread, rest, _ := strings.Cut(line, " ")
	rest = strings.TrimLeft(rest, " ")
	if half, cut := strings.CutSuffix(rest, " <unfinished ...>"); cut {
		p.begun[thread] = half
		return c, false, nil
	}
	if at := resumed.FindString(rest); at != "" {
		rest = p.begun[thread] + rest[len(at):]
		delete(p.begun, thread)
	}
	name, args, found := strings.Cut(rest, "(")
	end := strings.LastIndex(args, " = ")
	if !found || end < 0 {
		return c, false, nil // an exit
	}
	c.name = name
	result, _, _ := strings.Cut(args[end+3:], "<")
	number, _, _ := strings.Cut(result, " ")
	if c.ret, err = strconv.ParseInt(number, 0, 64); err != nil {
		return c, false, nil // ? at the end of the process
	}
	c.args = split(strings.TrimRight(args[:end], " )"))
	if i := strings.Index(args[end:], "<"); i > 0 && c.name == "openat" {
		c.path = plain(strings.TrimSuffix(args[end+i+1:], ">"))
	}
	return c, true, nil
}

// split parts arguments at their commas; texts are in hexadecimal, so that they hold none.
func split(args string) []string {
	parts := strings.Split(args, ", ")
	for i, part := range parts {
		parts[i] = strings.TrimSpace(part)
	}
	return parts
}

// plain turns \x2f\x74 into /t.
func plain(s string) string {
	s = strings.TrimSuffix(strings.Trim(s, `"`), `>`)
	if !strings.Contains(s, `\x`) {
		return s
	}
	b := make([]byte, 0, len(s)/4)
	for i := 0; i+3 < len(s); {
		if s[i] != '\\' {
			b = append(b, s[i])
			i++
			continue
		}
		n, err := strconv.ParseUint(s[i+2:i+4], 16, 8)
		if err != nil {
			return s
		}
		b = append(b, byte(n))
		i += 4
	}
	return string(b)
}

// descriptor is the number and the path of a descriptor.
func descriptor(arg string) (fd, path string) {
	fd, path, _ = strings.Cut(arg, "<")
	return fd, plain(path)
}

func (p *player) counts(path string) bool {
	for _, root := range p.root {
		if strings.HasPrefix(path, root+"/") {
			return true
		}
	}
	return false
}

// do does a call again. It reports whether it was one to the files that count.
func (p *player) do(c call) (did bool, err error) {
	failedSync := c.ret < 0 && (c.name == "fsync" || c.name == "fdatasync")
	if c.ret < 0 && !failedSync {
		return false, nil
	}
	switch c.name {
	case "openat":
		return p.open(c), nil
	case "rename", "renameat", "renameat2", "link", "linkat", "unlink", "unlinkat":
		return p.names(c), nil
	}
	fd, path := descriptor(c.args[0])
	if c.name == "writev" && fd == "1" {
		_, text, _ := strings.Cut(c.args[1], "iov_base=")
		p.say(path, plain(text))
		return false, nil
	}
	if c.name == "copy_file_range" {
		fd, path = descriptor(c.args[2])
	}
	n := p.d.names[path]
	if n == nil && (c.name == "fsync" || c.name == "fdatasync") && !failedSync { // of a folder
		p.d.syncNames()
		return true, nil
	}
	if n == nil || !p.counts(path) {
		return false, nil // of another folder, or without a name by now
	}
	return p.file(c, n, fd, failedSync)
}

// file does a call on a file.
func (p *player) file(c call, n *inode, fd string, failedSync bool) (bool, error) {
	number := func(i int) int64 { v, _ := strconv.ParseInt(c.args[i], 0, 64); return v }
	switch c.name {
	case "fsync", "fdatasync":
		p.d.sync(n, failedSync)
	case "pwrite64":
		n.write(unsynced{number(len(c.args) - 1), []byte(plain(c.args[1]))[:c.ret]})
	case "write":
		n.write(unsynced{p.at[fd], []byte(plain(c.args[1]))[:c.ret]})
		p.at[fd] += c.ret
	case "lseek":
		p.at[fd] = c.ret
		return false, nil
	case "ftruncate":
		n.write(unsynced{at: number(1)})
	case "copy_file_range":
		_, from := descriptor(c.args[0])
		source := p.d.names[from]
		if source == nil || c.args[1] != "NULL" || c.args[3] != "NULL" {
			return false, fmt.Errorf("a copy that cannot be followed")
		}
		src := c.args[0][:strings.Index(c.args[0], "<")]
		n.write(unsynced{p.at[fd], []byte(string(source.now[p.at[src] : p.at[src]+c.ret]))})
		p.at[fd] += c.ret
		p.at[src] += c.ret
	default:
		return false, fmt.Errorf("a call that cannot be followed")
	}
	return true, nil
}

// open takes in a file that is made or emptied, and where a descriptor begins.
func (p *player) open(c call) bool {
	if !p.counts(c.path) {
		return false
	}
	flags := c.args[2]
	p.at[strconv.FormatInt(c.ret, 10)] = 0
	n := p.d.names[c.path]
	switch {
	case strings.Contains(flags, "O_DIRECTORY"):
		return false
	case n == nil && strings.Contains(flags, "O_CREAT"):
		n = &inode{}
		p.d.name(func(names map[string]*inode) { names[c.path] = n })
	case n != nil && strings.Contains(flags, "O_TRUNC"):
		n.write(unsynced{at: 0})
	default:
		return false
	}
	return true
}

// names does a call that changes names.
func (p *player) names(c call) bool {
	var paths []string
	for i, arg := range c.args {
		if strings.HasPrefix(arg, `"`) {
			path := plain(arg)
			if !filepath.IsAbs(path) && i > 0 {
				_, folder := descriptor(c.args[i-1])
				path = filepath.Join(folder, path)
			}
			paths = append(paths, path)
		}
	}
	if !p.counts(paths[0]) && !p.counts(paths[len(paths)-1]) {
		return false
	}
	p.d.name(func(names map[string]*inode) {
		switch {
		case strings.HasPrefix(c.name, "unlink"):
			delete(names, paths[0])
		case strings.HasPrefix(c.name, "link"):
			names[paths[1]] = names[paths[0]]
		default:
			renameAll(names, paths[0], paths[1])
		}
	})
	return true
}

// renameAll renames a file, or every file below a folder.
func renameAll(names map[string]*inode, from, to string) {
	for path, n := range names {
		if path == from {
			delete(names, path)
			names[to] = n
		} else if rest, below := strings.CutPrefix(path, from+"/"); below {
			delete(names, path)
			names[to+"/"+rest] = n
		}
	}
}

// say takes in what was written to a standard output: the first to say "open" is the child under load, and not the
// verifier it starts.
func (p *player) say(pipe, text string) {
	if p.pipe == "" && text == "open\n" {
		p.pipe = pipe
	}
	if pipe != p.pipe {
		return
	}
	p.text += text
	for {
		line, rest, whole := strings.Cut(p.text, "\n")
		if !whole {
			return
		}
		p.text = rest
		p.said(line)
	}
}

// name changes what names there are.
func (d *disk) name(change func(names map[string]*inode)) {
	change(d.names)
	d.pending = append(d.pending, maps.Clone(d.names))
}

func (d *disk) syncNames() {
	if d.noSync || len(d.pending) == 0 {
		return
	}
	d.durable, d.pending = d.pending[len(d.pending)-1], nil
}
