package letter

import (
	"fmt"
	"strconv"
)

// link is an area of a page that leads to another place.
type link struct {
	element  *element
	page     int // from zero
	area     [4]float64
	to       int // page, from zero
	toY      float64
	about    string
	numbered int // its object, once it is written
}

// tree writes the structure of the document (ISO 32000-1, 14.7).
func (s *finisher) tree() {
	top := s.add("")
	numbers := map[*element]int{}
	s.number(s.structure.root, numbers)
	s.annotate()
	s.elements(s.structure.root, top, numbers)
	parents := s.parentTree(numbers)
	s.objects[top].dict = fmt.Sprintf("<</Type /StructTreeRoot /K %d 0 R /ParentTree %d 0 R /ParentTreeNextKey %d>>",
		numbers[s.structure.root], parents, s.pdf.PageCount()+len(s.links))
	fmt.Fprintf(&s.catalog, "/StructTreeRoot %d 0 R ", top)
}

// number gives every element its object, in reading order.
func (s *finisher) number(e *element, numbers map[*element]int) {
	numbers[e] = s.add("")
	for _, k := range e.kids {
		if k.element != nil {
			s.number(k.element, numbers)
		}
	}
}

// elements writes an element and all within it.
func (s *finisher) elements(e *element, parent int, numbers map[*element]int) {
	b := make([]byte, 0, 64)
	b = append(b, "<</S/"...)
	b = append(b, e.tag...)
	b = append(b, "/P "...)
	b = strconv.AppendInt(b, int64(parent), 10)
	b = append(b, " 0 R"...)
	b = appendTable(b, e)
	page := -1 // of the runs that are named by their number alone
	for _, k := range e.kids {
		if k.element == nil {
			page = k.page
			break
		}
	}
	if page >= 0 {
		b = fmt.Appendf(b, "/Pg %d 0 R", pageObject(page))
	}
	b = append(b, "/K["...)
	for _, k := range e.kids {
		switch {
		case k.element != nil:
			b = strconv.AppendInt(b, int64(numbers[k.element]), 10)
			b = append(b, " 0 R "...)
		case k.page == page:
			b = strconv.AppendInt(b, int64(k.mcid), 10)
			b = append(b, ' ')
		default:
			b = fmt.Appendf(b, "<</Type/MCR/Pg %d 0 R/MCID %d>> ", pageObject(k.page), k.mcid)
		}
	}
	for i := range s.links {
		if l := &s.links[i]; l.element == e {
			b = fmt.Appendf(b, "<</Type/OBJR/Obj %d 0 R/Pg %d 0 R>>", l.numbered, pageObject(l.page))
		}
	}
	b = append(b, "]>>"...)
	s.objects[numbers[e]].dict = string(b)
	for _, k := range e.kids {
		if k.element != nil {
			s.elements(k.element, numbers[e], numbers)
		}
	}
}

// appendTable adds what a cell says of its place.
func appendTable(b []byte, e *element) []byte {
	if e.scope == "" && e.span < 2 {
		return b
	}
	b = append(b, "/A<</O/Table"...)
	if e.scope != "" {
		b = append(b, "/Scope/"+e.scope...)
	}
	if e.span > 1 {
		b = fmt.Appendf(b, "/ColSpan %d", e.span)
	}
	return append(b, ">>"...)
}

// parentTree writes whose each run and each link is.
func (s *finisher) parentTree(numbers map[*element]int) int {
	nums := []byte("<</Nums [")
	for n := range s.pdf.PageCount() {
		var owned []int
		if n < len(s.owners) {
			for _, e := range s.owners[n] {
				owned = append(owned, numbers[e])
			}
		}
		nums = fmt.Appendf(nums, "%d %d 0 R ", n, s.add(refs(owned)))
	}
	for i, l := range s.links {
		nums = fmt.Appendf(nums, "%d %d 0 R ", s.pdf.PageCount()+i, numbers[l.element])
	}
	return s.add(string(append(nums, "]>>"...)))
}

// annotate writes the links.
func (s *finisher) annotate() {
	s.annotations = make([][]int, s.pdf.PageCount())
	const points = 72 / 25.4
	for i := range s.links {
		l := &s.links[i]
		x, y, w, h := l.area[0], l.area[1], l.area[2], l.area[3]
		l.numbered = s.add(fmt.Sprintf("<</Type /Annot /Subtype /Link /F 4 /Border [0 0 0] /Rect [%.2f %.2f %.2f %.2f] "+
			"/P %d 0 R /Dest [%d 0 R /XYZ 0 %.2f null] /StructParent %d /Contents %s>>",
			x*points, fromBelow(y+h), (x+w)*points, fromBelow(y),
			pageObject(l.page), pageObject(l.to), fromBelow(l.toY), s.pdf.PageCount()+i, hexText(l.about)))
		s.annotations[l.page] = append(s.annotations[l.page], l.numbered)
	}
}
