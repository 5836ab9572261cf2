package guide

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"
)

func TestEveryFileIsAPageAndEveryPageAFile(t *testing.T) {
	paths, err := filepath.Glob("*.md")
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, p := range paths {
		found = append(found, strings.TrimSuffix(p, ".md"))
	}
	want := order()
	slices.Sort(want)
	if diff := cmp.Diff(want, found); diff != "" {
		t.Errorf("pages that are listed and pages that are written (-listed +written):\n%s", diff)
	}
}

func TestPagesAreShortAndWhole(t *testing.T) {
	const most = 100
	for _, p := range Pages() {
		source, err := os.ReadFile(p.Name + ".md")
		if err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(string(source), "\n"); n > most {
			t.Errorf("%s has %d lines, at most %d are read", p.Name, n, most)
		}
		if !strings.HasPrefix(p.Text, "# "+p.Title+"\n") || p.Title == "" {
			t.Errorf("%s does not begin with its title", p.Name)
		}
		for _, name := range Links(p.Text) {
			if _, ok := Find(name); !ok {
				t.Errorf("%s leads to %q, and there is no such page", p.Name, name)
			}
		}
		for _, name := range pictures(string(source)) {
			if _, err := files.ReadFile("frames/" + name + ".txt"); err != nil {
				t.Errorf("%s shows the screen %q, and there is no picture of it", p.Name, name)
			}
		}
		for _, l := range Lines(p.Text, 76) {
			if l.Kind != Picture && ansi.StringWidth(l.String()) > 76 {
				t.Errorf("%s has a line that is too wide: %q", p.Name, l)
			}
		}
		if strings.ContainsAny(p.Text, "!") {
			t.Errorf("%s shouts", p.Name)
		}
	}
}

func TestNoPictureIsLeftOver(t *testing.T) {
	used := map[string]bool{}
	for _, name := range order() {
		source, err := os.ReadFile(name + ".md")
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range pictures(string(source)) {
			used[p+".txt"] = true
		}
	}
	entries, err := os.ReadDir("frames")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !used[e.Name()] {
			t.Errorf("no page shows frames/%s", e.Name())
		}
	}
}

func TestThereIsNoPageOfAnotherName(t *testing.T) {
	for _, name := range []string{"", "nowhere", "../guide", "start.md"} {
		if p, ok := Find(name); ok {
			t.Errorf("Find(%q) = %q", name, p.Title)
		}
	}
}

func TestASearchFindsPagesWithEveryWord(t *testing.T) {
	pages := Search("first DAY")
	if len(pages) == 0 || pages[0].Name != "start" {
		t.Errorf("the first day is not found first: %v", pages)
	}
	if pages := Search("first zzyzx"); len(pages) != 0 {
		t.Errorf("a word that stands nowhere finds %d pages", len(pages))
	}
}

// pictures are the names of the screens a page's source shows.
func pictures(source string) []string {
	var names []string
	for line := range strings.SplitSeq(source, "\n") {
		if name, ok := picture(line); ok {
			names = append(names, name)
		}
	}
	return names
}
