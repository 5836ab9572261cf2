package tui_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"

	"custos/tui/widget"
)

// coloursOf are the themes a frame is kept in: its text once, and beside it which part is styled how in each.
func coloursOf() []string { return []string{"mono", "dark", "light"} }

// looks are the styles of a frame: a letter for each combination of what the themes write, in the order they turn up.
type looks map[string]byte

func (k looks) letter(styles string) byte {
	if strings.Trim(styles, "|") == "" {
		return '.'
	}
	if _, ok := k[styles]; !ok {
		k[styles] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"[len(k)]
	}
	return k[styles]
}

// styled takes a line apart: its text, and the style of every column.
func styled(line string) (text string, styles []string) {
	state := ""
	for line != "" {
		if rest, ok := strings.CutPrefix(line, "\x1b["); ok {
			params, after, _ := strings.Cut(rest, "m")
			if line = after; params == "" || params == "0" {
				state = ""
			} else {
				state += ";" + params
			}
			continue
		}
		cluster, width := ansi.FirstGraphemeCluster(line, ansi.GraphemeWidth)
		text += cluster
		styles = append(styles, slices.Repeat([]string{state}, width)...)
		line = line[len(cluster):]
	}
	return text, styles
}

// runs are the styles of a line in short: "a6 .74" are six columns of one and the rest plain.
func (k looks) runs(all [][]string) string {
	var out []string
	last, count := byte(0), 0
	for i := range all[0] {
		parts := make([]string, len(all))
		for n, styles := range all {
			parts[n] = styles[i]
		}
		if l := k.letter(strings.Join(parts, "|")); l != last {
			if count > 0 {
				out = append(out, fmt.Sprintf("%c%d", last, count))
			}
			last, count = l, 0
		}
		count++
	}
	if last != '.' && count > 0 {
		out = append(out, fmt.Sprintf("%c%d", last, count))
	}
	return strings.Join(out, " ")
}

// framed is a screen at the five usual widths, in every theme.
func framed(t *testing.T, s screenCase, offices []*ground) string {
	t.Helper()
	var shown []*drive
	for i, colours := range coloursOf() {
		shown = append(shown, s.at(t, offices[i], colours))
	}
	var b strings.Builder
	k := looks{}
	fmt.Fprintf(&b, "scope: %s\n", s.scope)
	for _, width := range []int{60, 80, 100, 120, 160} {
		var views [][]string
		for i, d := range shown {
			d.size(width, 24)
			sound(t, d.m.View(), width, 24)
			views = append(views, strings.Split(d.m.View(), "\n"))
			if !s.themed && ansi.Strip(d.m.View()) != ansi.Strip(shown[0].m.View()) {
				t.Errorf("%s says another thing in %s at %d columns", s.name, coloursOf()[i], width)
				return ""
			}
		}
		fmt.Fprintf(&b, "== %d\n", width)
		for i := range views[0] {
			var styles [][]string
			for _, v := range views {
				var one []string
				_, one = styled(v[i])
				styles = append(styles, one)
			}
			text, _ := styled(views[0][i])
			fmt.Fprintf(&b, "%s\n", strings.TrimRight(text, " "))
			if s.themed {
				continue
			}
			if runs := k.runs(styles); runs != "" {
				fmt.Fprintf(&b, "\t%s\n", runs)
			}
		}
	}
	for _, styles := range slices.SortedFunc(maps.Keys(k), func(x, y string) int { return int(k[x]) - int(k[y]) }) {
		fmt.Fprintf(&b, "%c %s\n", k[styles], styles)
	}
	return b.String()
}

// TestFramesOfEveryScreen holds every screen to its frame: text and colours.
func TestFramesOfEveryScreen(t *testing.T) {
	var offices []*ground // one for each theme: what a form keeps of what was typed shows only once
	for range coloursOf() {
		offices = append(offices, tidy(t))
	}
	seen := map[widget.Scope]bool{}
	for _, s := range screens() {
		seen[s.scope] = true
		if s.never {
			continue
		}
		got, path := framed(t, s, offices), filepath.Join("testdata", "screens", s.name+".frames")
		if updating() {
			if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want := strings.ReplaceAll(string(must[[]byte](t)(os.ReadFile(path))), "\r\n", "\n")
		if diff := cmp.Diff(strings.Split(want, "\n"), strings.Split(got, "\n")); diff != "" {
			t.Errorf("%s differs from its frames (-want +got); go test ./tui -run FramesOfEvery -update takes them:\n%s", s.name, diff)
		}
	}
	for _, scope := range everyScope(t) {
		if !seen[scope] {
			t.Errorf("no frame shows %q: the table of screens lacks it", scope)
		}
	}
}

// selects reports whether a frame shows what is selected, or where one types.
func selects(view string) bool {
	for _, l := range strings.Split(view, "\n") {
		if strings.Contains(l, "\x1b[7") || strings.Contains(l, ";7m") || strings.Contains(ansi.Strip(l), "> ") {
			return true
		}
	}
	return false
}

// TestEveryScreenFitsEverySize holds every screen, full of nasty texts, to all sizes of terminals.
func TestEveryScreenFitsEverySize(t *testing.T) {
	wide, tall := 17, 11
	if testing.Short() {
		wide, tall = 61, 19
	}
	g := hostileOffice(t)
	for _, s := range screens() {
		d := s.at(t, g, "mono")
		before := d.m.View()
		for w := 20; w <= 200; w += wide {
			for h := 5; h <= 60; h += tall {
				d.size(w, h)
				view := d.m.View()
				sound(t, view, w, h)
				small := w < widget.MinWidth || h < widget.MinHeight
				switch {
				case small && h >= 5 && !strings.Contains(ansi.Strip(view), "too small"[:min(9, w-17)]):
					t.Errorf("%s at %dx%d does not say that there is no room:\n%s", s.name, w, h, view)
				case !small && selects(before) && !selects(view):
					t.Errorf("%s at %dx%d shows nothing selected:\n%s", s.name, w, h, view)
				}
				for _, bad := range []string{"\x1b]", "\x1b[2J", "\u202e", "\a"} {
					if strings.Contains(view, bad) {
						t.Fatalf("%s at %dx%d writes %q", s.name, w, h, bad)
					}
				}
			}
		}
		d.size(80, 24)
		if d.m.Scope() != s.scope {
			t.Errorf("%s is lost after another size", s.name)
		}
	}
}
