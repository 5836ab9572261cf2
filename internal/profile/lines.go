package profile

import (
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"
)

// lines says on which line of a file a key stands, by its path: "version",
// "purpose[2]" for the third [[purpose]], "purpose[2].basis[0].basis".
type lines map[string]int

// index walks over a file that has already been read without error.
func index(data []byte) lines {
	at := lines{}
	var parser unstable.Parser
	parser.Reset(data)
	ruler := newRuler(data)
	table := ""
	for parser.NextExpression() {
		node := parser.Expression()
		name, line := ruler.spell(node)
		switch node.Kind {
		case unstable.Table:
			table = at.resolve(name)
		case unstable.ArrayTable:
			table = at.next(name)
		case unstable.KeyValue:
			at.put(join(table, strings.Join(name, ".")), line)
			continue
		default:
			continue
		}
		at.put(table, line)
	}
	return at
}

// deepest is more parts than a key of a profile has: what lies deeper is found
// at its beginning.
const deepest = 8

// ruler holds where each line of a file begins.
type ruler []uint32

func newRuler(data []byte) ruler {
	r := ruler{0}
	for i, c := range data {
		if c == '\n' {
			r = append(r, uint32(i+1))
		}
	}
	return r
}

// spell returns the dotted key of an expression and the line it begins on, 0
// for an expression that has none.
func (r ruler) spell(node *unstable.Node) (name []string, line int) {
	if k := node.Kind; k != unstable.KeyValue && k != unstable.Table && k != unstable.ArrayTable {
		return nil, 0
	}
	for it := node.Key(); it.Next(); {
		k := it.Node()
		if line == 0 {
			after, _ := slices.BinarySearch(r, k.Raw.Offset+1)
			line = after
		}
		if len(name) < deepest {
			name = append(name, string(k.Data))
		}
	}
	return name, line
}

func (l lines) put(path string, line int) {
	if _, ok := l[path]; !ok {
		l[path] = line
	}
}

// resolve turns a dotted key into a path, each array standing for its last
// element.
func (l lines) resolve(name []string) string {
	path := ""
	for _, part := range name {
		path = join(path, part)
		if n := l.count(path); n > 0 {
			path = element(path, n-1)
		}
	}
	return path
}

// next returns the path of a new element of an array of tables.
func (l lines) next(name []string) string {
	if len(name) == 0 {
		return ""
	}
	last := len(name) - 1
	path := join(l.resolve(name[:last]), name[last])
	return element(path, l.count(path))
}

// count returns how many elements an array has so far.
func (l lines) count(path string) int {
	has := func(n int) bool { _, ok := l[element(path, n)]; return ok }
	beyond := 1
	for has(beyond - 1) {
		beyond *= 2
	}
	return sort.Search(beyond-1, func(n int) bool { return !has(n) })
}

// line returns the line of a path, or of the nearest thing around it that has
// one; 0 stands for the file as a whole.
func (l lines) line(path string) int {
	for path != "" {
		if n, ok := l[path]; ok {
			return n
		}
		path = path[:max(strings.LastIndexAny(path, ".["), 0)]
	}
	return 0
}

func element(path string, i int) string { return path + "[" + strconv.Itoa(i) + "]" }

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}
