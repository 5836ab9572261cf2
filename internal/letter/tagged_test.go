package letter_test

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"custos/internal/letter"
	"custos/internal/register"
)

// node is an element of the structure of a PDF as it is read back.
type node struct {
	tag, dict string
	parent    *node
	kids      []*node
	runs      [][2]int // page object and number
	objects   int      // links
}

var (
	tagName = regexp.MustCompile(`/S/(\w+)`)
	kidList = regexp.MustCompile(`(?s)/K\[(.*)\]>>`)
	kidItem = regexp.MustCompile(`<</Type/MCR/Pg (\d+) 0 R/MCID (\d+)>>|<</Type/OBJR/Obj (\d+) 0 R/Pg \d+ 0 R>>|(\d+) 0 R|(\d+)`)
	ownPage = regexp.MustCompile(`/Pg (\d+) 0 R/K\[`)
	ownedBy = regexp.MustCompile(`/P (\d+) 0 R`)
)

// structure reads the tree of a file: the element of each object, and the root.
func structure(o opened) (map[string]*node, *node) {
	o.t.Helper()
	catalog, _ := o.numbered(strconv.Itoa(o.Root()))
	tree, _ := o.object(catalog, "/StructTreeRoot")
	all := map[string]*node{}
	var walk func(n string, parent *node) *node
	walk = func(n string, parent *node) *node {
		dict, _ := o.numbered(n)
		x := &node{dict: dict, parent: parent}
		if m := tagName.FindStringSubmatch(dict); m != nil {
			x.tag = m[1]
		} else {
			o.t.Fatalf("element %s is none: %s", n, dict)
		}
		if all[n] != nil {
			o.t.Errorf("element %s stands in the tree twice", n)
		}
		all[n] = x
		page := ""
		if m := ownPage.FindStringSubmatch(dict); m != nil {
			page = m[1]
		}
		for _, m := range kidItem.FindAllStringSubmatch(kidList.FindStringSubmatch(dict)[1], -1) {
			switch {
			case m[2] != "":
				x.runs = append(x.runs, [2]int{asNumber(m[1]), asNumber(m[2])})
			case m[3] != "":
				x.objects++
			case m[4] != "":
				x.kids = append(x.kids, walk(m[4], x))
				kid, _ := o.numbered(m[4])
				if by := ownedBy.FindStringSubmatch(kid); by == nil || by[1] != n {
					o.t.Errorf("element %s does not know that it stands in %s", m[4], n)
				}
			default:
				x.runs = append(x.runs, [2]int{asNumber(page), asNumber(m[5])})
			}
		}
		return x
	}
	m := regexp.MustCompile(`/K (\d+) 0 R`).FindStringSubmatch(tree)
	return all, walk(m[1], nil)
}

func asNumber(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return -1
	}
	return n
}

var painting = regexp.MustCompile(`(?s)\((?:\\.|[^\\)])*\) Tj|/(\w+) <<(?:/MCID (\d+))?[^\n]*>> BDC\n|EMC\n| re ([SfB])\n| l S\n`)

// runsOf returns the numbers of the runs of a page, and complains of whatever
// is drawn outside of any.
func runsOf(t *testing.T, page int, content []byte) []int {
	t.Helper()
	var runs []int
	depth := 0
	for _, m := range painting.FindAllSubmatch(content, -1) {
		switch s := string(m[0]); {
		case strings.HasSuffix(s, "BDC\n"):
			if depth++; depth > 1 && len(m[2]) > 0 {
				t.Errorf("page %d: a run begins inside another", page)
			}
			if len(m[2]) > 0 {
				runs = append(runs, asNumber(string(m[2])))
			}
		case s == "EMC\n":
			depth--
		case depth == 0:
			t.Errorf("page %d: %q belongs to nothing", page, s)
		}
	}
	if depth != 0 {
		t.Errorf("page %d: %d runs do not end", page, depth)
	}
	return runs
}

// wantTagged checks that every run of every page stands in the tree once, that
// both say so, and that nothing is drawn outside.
func wantTagged(t *testing.T, pdf []byte, password string) {
	t.Helper()
	o := open(t, pdf, password)
	elements, root := structure(o)
	owner := map[[2]int]*node{}
	for _, e := range elements {
		for _, r := range e.runs {
			if owner[r] != nil {
				t.Errorf("run %v belongs to two elements", r)
			}
			owner[r] = e
		}
	}
	catalog, _ := o.numbered(strconv.Itoa(o.Root()))
	tree, _ := o.object(catalog, "/StructTreeRoot")
	parents, _ := o.object(tree, "/ParentTree")
	lists := regexp.MustCompile(`(\d+) (\d+) 0 R`).FindAllStringSubmatch(parents, -1)
	pages, contents := o.pages()
	numbers := pageNumbers(o)
	drawn := 0
	for i := range pages {
		runs := runsOf(t, i+1, contents[i])
		drawn += len(runs)
		if !strings.Contains(pages[i], fmt.Sprintf("/StructParents %s /Tabs /S", lists[i][1])) {
			t.Errorf("page %d is not the one the tree knows", i+1)
		}
		list, _ := o.numbered(lists[i][2])
		owners := regexp.MustCompile(`(\d+) 0 R`).FindAllStringSubmatch(list, -1)
		if len(owners) != len(runs) {
			t.Fatalf("page %d has %d runs, the tree knows %d", i+1, len(runs), len(owners))
		}
		for j, r := range runs {
			e := owner[[2]int{numbers[i], r}]
			if r != j || e == nil || elements[owners[j][1]] != e {
				t.Errorf("page %d: run %d belongs to no element, or to another", i+1, r)
			}
		}
	}
	if drawn != len(owner) {
		t.Errorf("the tree holds %d runs, the pages %d", len(owner), drawn)
	}
	wantRegular(t, root)
}

func pageNumbers(o opened) []int {
	catalog, _ := o.numbered(strconv.Itoa(o.Root()))
	all, _ := o.object(catalog, "/Pages")
	var numbers []int
	for _, m := range regexp.MustCompile(`(\d+) 0 R`).FindAllStringSubmatch(all, -1) {
		numbers = append(numbers, asNumber(m[1]))
	}
	return numbers
}

// wantRegular checks what a screen reader relies on: headings in steps of one,
// lists of items, tables with as many cells in each row and a scope for every
// header, and that elements which hold others hold no text.
func wantRegular(t *testing.T, root *node) {
	t.Helper()
	level := 0
	inside := map[string][]string{
		"LI": {"L"}, "Lbl": {"LI"}, "LBody": {"LI"}, "THead": {"Table"}, "TBody": {"Table"}, "Caption": {"Table"},
		"TR": {"Table", "THead", "TBody"}, "TH": {"TR"}, "TD": {"TR"}, "TOCI": {"TOC"}, "Link": {"TOCI"},
	}
	var walk func(x *node)
	walk = func(x *node) {
		if want := inside[x.tag]; want != nil && !slices.Contains(want, x.parent.tag) {
			t.Errorf("%s stands in %s", x.tag, x.parent.tag)
		}
		if len(x.kids) > 0 && len(x.runs) > 0 {
			t.Errorf("%s holds text beside elements", x.tag)
		}
		if len(x.tag) == 2 && x.tag[0] == 'H' && x.tag[1] <= '6' {
			n := int(x.tag[1] - '0')
			if n > level+1 {
				t.Errorf("a heading %d follows one of %d", n, level)
			}
			level = n
		}
		if x.tag == "TH" && !strings.Contains(x.dict, "/Scope/") {
			t.Error("a header does not say of what")
		}
		if x.tag == "Link" && x.objects != 1 {
			t.Errorf("a link leads to %d places", x.objects)
		}
		if x.tag == "Table" {
			wantEvenRows(t, x)
		}
		for _, k := range x.kids {
			walk(k)
		}
	}
	walk(root)
}

func wantEvenRows(t *testing.T, table *node) {
	t.Helper()
	width := 0
	var walk func(x *node)
	walk = func(x *node) {
		if x.tag == "TR" {
			n := 0
			for _, k := range x.kids {
				n++
				if _, span, ok := strings.Cut(k.dict, "/ColSpan "); ok {
					n += int(span[0]-'0') - 1
				}
			}
			if width == 0 {
				width = n
			}
			if n != width {
				t.Errorf("a row of %d columns in a table of %d", n, width)
			}
			return
		}
		for _, k := range x.kids {
			walk(k)
		}
	}
	walk(table)
}

func TestEverythingDrawnIsTagged(t *testing.T) {
	draft := sample()
	draft.Draft = true
	for name, pdf := range map[string][]byte{
		"sheet":                sheet(t, asking(), people()),
		"sheet of many":        sheet(t, heavy(12), crowd(80)),
		"sheet of nobody":      sheet(t, asking(), nil),
		"forms":                forms(t, asking(), people()),
		"forms of many":        forms(t, heavy(12), crowd(3)),
		"forms of nobody":      forms(t, asking(), nil),
		"withdrawal":           reply(t, withdrawal()),
		"withdrawal of many":   reply(t, manyTaken()),
		"reply":                replyPDF(t, sample(), letter.Finish{}),
		"draft":                replyPDF(t, draft, letter.Finish{}),
		"reply of nothing":     replyPDF(t, letter.Reply{}, letter.Finish{}),
		"reply of many":        replyPDF(t, long(120), letter.Finish{}),
		"reply that is broken": replyPDF(t, awkward(), letter.Finish{}),
	} {
		t.Run(name, func(t *testing.T) { wantTagged(t, pdf, "") })
	}
}

func TestEveryLetterOfACaseIsTagged(t *testing.T) {
	for _, k := range register.LetterKinds() {
		t.Run(string(k), func(t *testing.T) { wantTagged(t, pdf(t, full(k)), "") })
	}
}

func TestWhatRepeatsOnEveryPageIsReadOnce(t *testing.T) {
	heads := func(pdf []byte) int {
		n := 0
		all, _ := structure(open(t, pdf, ""))
		for _, x := range all {
			if strings.Contains(x.dict, "/Scope/Column") {
				n++
			}
		}
		return n
	}
	if one, many := heads(replyPDF(t, long(1), letter.Finish{})), heads(replyPDF(t, long(90), letter.Finish{})); one != many {
		t.Errorf("%d headings of columns on a few pages, %d on many", one, many)
	}
	if one, many := heads(sheet(t, asking(), people())), heads(sheet(t, asking(), crowd(90))); one != 5 || many != 5 {
		t.Errorf("%d headings of columns on a short sheet, %d on a long one", one, many)
	}
}

func TestTheFileSaysWhatReadersAsk(t *testing.T) {
	r := sample()
	r.Profile.Language = "c)y" // what a tag may not hold is left out
	o := open(t, replyPDF(t, r, letter.Finish{}), "")
	catalog, _ := o.numbered(strconv.Itoa(o.Root()))
	for _, want := range []string{
		"/MarkInfo <</Marked true>>", "/Lang (cy)", "/DisplayDocTitle true", "/StructTreeRoot ", "/Outlines ", "/PageMode /UseOutlines",
	} {
		if !strings.Contains(catalog, want) {
			t.Errorf("the catalogue lacks %s: %s", want, catalog)
		}
	}
	_, about := o.object(catalog, "/Metadata")
	for _, want := range []string{"Reply to access request AR-2026-0042", "<dc:language>", "2026-03-30T00:00:00Z"} {
		if !strings.Contains(string(about), want) {
			t.Errorf("the file does not say of itself %q", want)
		}
	}
	resources, _ := o.numbered("2")
	for _, m := range fontID.FindAllStringSubmatch(resources, -1) {
		font, _ := o.numbered(m[2])
		inner, _ := o.object(strings.Replace(font, "[", "", 1), "/DescendantFonts")
		descriptor, _ := o.object(inner, "/FontDescriptor")
		if _, file := o.object(descriptor, "/FontFile2"); len(file) == 0 {
			t.Error("a font is not embedded")
		}
	}
}
