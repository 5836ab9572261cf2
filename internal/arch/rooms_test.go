package arch

import (
	"fmt"
	"slices"
	"sort"
	"strings"
	"testing"
)

const module = "custos"

// room is one line of the table. A path or an import that ends in "/..." takes in the folders below it.
type room struct {
	path string
	ours []string // rooms of ours it may import
	libs []string // libraries it may import; whatever is here, the owners table below still holds
	bars []string // parts of the standard library it must do without
}

// guard settles what the styling library believes of the terminal before anything asks it; hence its init.
const guard = "internal/backdrop"

// anything, as a list of rooms or libraries, sets no limit.
var anything = []string{"..."}

// world is what the pure rooms must not touch: files, processes, the network. net/mail and net/url only parse.
var world = []string{"os/...", "syscall", "net", "net/http/...", "net/rpc/...", "net/smtp"}

var rooms = []room{
	{path: "internal/arch"},
	{path: guard, libs: []string{"github.com/charmbracelet/lipgloss", "github.com/muesli/termenv"}, bars: world},
	{path: "internal/calendar", bars: world},
	{path: "internal/register", ours: []string{"internal/calendar"}, libs: anything, bars: world},
	{path: "internal/vault", libs: []string{"golang.org/x/crypto/..."}},
	{path: "internal/audit", libs: []string{"golang.org/x/crypto/..."}},
	{
		path: "internal/exchange/...",
		ours: []string{"internal/exchange/...", "internal/register", "internal/calendar"},
		libs: anything,
		bars: world,
	},
	{path: "internal/letter", ours: []string{"internal/register", "internal/calendar"}, libs: anything, bars: world},
	{
		path: "store",
		ours: []string{"store/needle", "store/trigram", "internal/register", "internal/vault", "internal/audit"},
		libs: anything,
	},
	{path: "store/storetest", ours: []string{"store", "internal/register", "internal/calendar", "internal/vault"}, libs: anything},
	{path: "store/needle", ours: []string{"store/trigram"}},
	{path: "store/trigram", libs: []string{"golang.org/x/text/..."}},
	{
		path: "internal/desk",
		ours: []string{
			"internal/register", "internal/calendar", "internal/audit", "internal/letter", "internal/exchange/...", "store",
		},
		libs: anything,
	},
	{
		path: "internal/profile",
		ours: []string{"internal/register", "internal/calendar", "internal/exchange/...", "internal/desk"},
		libs: anything,
	},
	{
		path: "internal/sample",
		ours: []string{"internal/register", "internal/calendar", "internal/exchange/...", "internal/desk"},
		libs: anything,
	},
	{
		path: "internal/cli",
		ours: []string{
			"internal/desk", "internal/register", "internal/calendar", "internal/exchange/...", "internal/profile",
			"internal/sample", "internal/display", "internal/guide",
		},
		libs: anything,
	},
	{
		path: "tui",
		ours: []string{
			"tui/theme", "tui/widget", "tui/line", "internal/guide", "internal/register", "internal/calendar", "internal/exchange/...", guard,
		},
		libs: anything,
		bars: world,
	},
	{path: "internal/display", libs: anything, bars: world},
	{path: "tui/theme", ours: []string{guard, "internal/display"}, libs: anything, bars: world},
	{path: "tui/widget", ours: []string{"tui/theme"}, libs: anything, bars: world},
	{path: "tui/line", libs: anything, bars: world},
	{path: "internal/guide", libs: anything, bars: world},
	{path: "internal/sshd", ours: []string{"internal/desk", "internal/register", "internal/cli", "tui", guard}, libs: anything},
	{path: "cmd/...", ours: anything, libs: anything},
}

// owner says who alone may import a library. With none, only tests may. The owners' own tests always may; strict
// holds for the tests of everyone else too.
type owner struct {
	lib    string
	rooms  []string
	strict bool
}

var owners = []owner{
	{lib: "go.etcd.io/bbolt", rooms: []string{"store"}, strict: true},
	{lib: "github.com/spf13/cobra", rooms: []string{"internal/cli", "cmd/..."}},
	{lib: "github.com/spf13/pflag", rooms: []string{"internal/cli", "cmd/..."}},
	{lib: "github.com/charmbracelet/lipgloss", rooms: []string{"tui/...", "internal/sshd", guard}},
	{lib: "github.com/charmbracelet/bubbletea", rooms: []string{"tui/...", "internal/sshd"}},
	{lib: "github.com/charmbracelet/bubbles", rooms: []string{"tui/...", "internal/sshd"}},
	{lib: "github.com/charmbracelet/huh", rooms: []string{"tui/...", "internal/sshd"}},
	{lib: "github.com/charmbracelet/wish", rooms: []string{"internal/sshd"}},
	{lib: "github.com/charmbracelet/ssh", rooms: []string{"internal/sshd"}},
	{lib: "github.com/pkg/sftp", rooms: []string{"internal/sshd"}},
	{lib: "github.com/charmbracelet/x/exp/teatest"},
	{lib: "github.com/google/go-cmp"},
	{lib: "github.com/arran4/golang-ical"},
	{lib: "github.com/pdfcpu/pdfcpu"},
	{lib: "github.com/xuri/excelize"},
	{lib: "filippo.io/age", rooms: []string{"internal/exchange/sealed"}},
	{lib: "github.com/yuin/goldmark", rooms: []string{"internal/letter"}},
	{lib: "github.com/rogpeppe/go-internal"},
	{lib: "pgregory.net/rapid"},
}

// matches reports whether a pattern covers a path: exactly, or with everything below when it ends in "/...".
func matches(pattern, path string) bool {
	below, open := strings.CutSuffix(pattern, "...")
	if !open {
		return pattern == path
	}
	return strings.HasPrefix(path+"/", below)
}

func covered(patterns []string, path string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool { return matches(p, path) })
}

// importRules compares what every package imports with the table and with the owners of libraries.
func importRules(t *tree) []string {
	byFolder := t.packages()
	var bad []string
	for _, folder := range folders(byFolder) {
		at := slices.IndexFunc(rooms, func(r room) bool { return matches(r.path, folder) })
		if at < 0 {
			bad = append(bad, folder+" is a room that is not in the table")
			continue
		}
		for _, target := range targets(byFolder[folder]) {
			if reason := rooms[at].refuses(target); reason != "" {
				bad = append(bad, fmt.Sprintf("%s imports %s: %s", folder, target, reason))
			}
		}
	}
	return append(bad, ownerRules(t)...)
}

// refuses gives the reason a room may not import something, or nothing.
func (r room) refuses(target string) string {
	first, _, _ := strings.Cut(target, "/")
	folder, ours := strings.CutPrefix(target, module+"/")
	switch {
	case ours && !covered(r.ours, folder):
		return "not in the table"
	case ours:
		return ""
	case strings.Contains(first, ".") && !covered(r.libs, target):
		return "not a library of this room"
	case covered(r.bars, target):
		return "this room does without it"
	}
	return ""
}

// ownerRules looks at tests as well, since bbolt is the store's even there.
func ownerRules(t *tree) []string {
	var bad []string
	for _, s := range t.sources {
		for _, target := range targets([]source{s}) {
			for _, o := range owners {
				if !matches(o.lib+"/...", target) || s.test() && !o.strict {
					continue
				}
				if !covered(o.rooms, s.dir()) {
					bad = append(bad, fmt.Sprintf("%s imports %s: %s", s.path, target, o.claim()))
				}
			}
		}
	}
	return bad
}

func (o owner) claim() string {
	if len(o.rooms) == 0 {
		return "only tests may"
	}
	return "only " + strings.Join(o.rooms, ", ") + " may"
}

// targets lists what some files import between them, each once and in order.
func targets(files []source) []string {
	var all []string
	for _, file := range files {
		for target := range file.imports() {
			all = append(all, target)
		}
	}
	sort.Strings(all)
	return slices.Compact(all)
}

func TestImportRules(t *testing.T) {
	cases := []ruleCase{
		{
			name: "what the table allows",
			files: map[string]string{
				"internal/register/due.go":   `package register; import ("net/mail"; "custos/internal/calendar")`,
				"internal/exchange/csv/a.go": `package csv; import "custos/internal/exchange"`,
				"store/open.go":              `package store; import ("os"; "go.etcd.io/bbolt"; "custos/store/trigram")`,
				"store/open_test.go":         `package store; import ("go.etcd.io/bbolt"; "custos/internal/sample")`,
				"internal/cli/root.go":       `package cli; import "github.com/spf13/cobra"`,
				"cmd/custos/main.go":         `package main; import ("custos/store"; "custos/tui")`,
			},
		},
		{
			name:  "a room of ours outside the table",
			files: map[string]string{"internal/desk/a.go": `package desk; import "custos/tui"`},
			want:  []string{"internal/desk imports custos/tui: not in the table"},
		},
		{
			name:  "a widget that knows the register",
			files: map[string]string{"tui/widget/a.go": `package widget; import "custos/internal/register"`},
			want:  []string{"tui/widget imports custos/internal/register: not in the table"},
		},
		{
			name:  "a room nobody agreed on",
			files: map[string]string{"internal/util/a.go": `package util`},
			want:  []string{"internal/util is a room that is not in the table"},
		},
		{
			name:  "a room below a closed room",
			files: map[string]string{"tui/screen/a.go": `package screen`},
			want:  []string{"tui/screen is a room that is not in the table"},
		},
		{
			name: "files and network in pure rooms",
			files: map[string]string{
				"internal/letter/a.go":       `package letter; import "os"`,
				"internal/exchange/csv/a.go": `package csv; import "os/exec"`,
				"tui/a.go":                   `package tui; import "net"`,
			},
			want: []string{
				"internal/exchange/csv imports os/exec: this room does without it",
				"internal/letter imports os: this room does without it",
				"tui imports net: this room does without it",
			},
		},
		{
			name:  "a library in a room that needs none",
			files: map[string]string{"internal/calendar/a.go": `package calendar; import "golang.org/x/text/unicode/norm"`},
			want:  []string{"internal/calendar imports golang.org/x/text/unicode/norm: not a library of this room"},
		},
		{
			name: "libraries that have an owner",
			files: map[string]string{
				"internal/desk/a.go":       `package desk; import ("go.etcd.io/bbolt/errors"; "github.com/spf13/cobra")`,
				"internal/desk/a_test.go":  `package desk; import ("go.etcd.io/bbolt"; "pgregory.net/rapid")`,
				"internal/register/rap.go": `package register; import "pgregory.net/rapid"`,
			},
			want: []string{
				"internal/desk/a.go imports github.com/spf13/cobra: only internal/cli, cmd/... may",
				"internal/desk/a.go imports go.etcd.io/bbolt/errors: only store may",
				"internal/desk/a_test.go imports go.etcd.io/bbolt: only store may",
				"internal/register/rap.go imports pgregory.net/rapid: only tests may",
			},
		},
		{
			name: "the terminal guard and its callers",
			files: map[string]string{
				"internal/backdrop/a.go": `package backdrop; import ("github.com/charmbracelet/lipgloss"; "custos/tui")`,
				"tui/a.go":               `package tui; import _ "custos/internal/backdrop"`,
				"internal/desk/a.go":     `package desk; import _ "custos/internal/backdrop"`,
			},
			want: []string{
				"internal/backdrop imports custos/tui: not in the table",
				"internal/desk imports custos/internal/backdrop: not in the table",
			},
		},
	}
	runRule(t, importRules, cases)
}

func TestMatches(t *testing.T) {
	cases := []struct {
		pattern, path string
		want          bool
	}{
		{"store", "store", true},
		{"store", "store/trigram", false},
		{"os/...", "os", true},
		{"os/...", "os/exec", true},
		{"os/...", "ossuary", false},
		{"...", "anything/at/all", true},
	}
	for _, c := range cases {
		if got := matches(c.pattern, c.path); got != c.want {
			t.Errorf("matches(%q, %q) = %v, want %v", c.pattern, c.path, got, c.want)
		}
	}
}
