package letter

import "fmt"

// bookmark is a line of the outline of a document.
type bookmark struct {
	title string
	page  int // from zero
	y     float64
	below bool // it stands below the nearest line before it that does not
}

// outlines writes the outline, of two levels at most.
func (s *finisher) outlines() {
	if len(s.outline) == 0 {
		return
	}
	root := s.add("")
	var tops []int // lines of the upper level, by their objects
	inner := map[int][]int{}
	for i, b := range s.outline {
		n := s.add("")
		if i > 0 && b.below {
			top := tops[len(tops)-1]
			inner[top] = append(inner[top], n)
		} else {
			tops = append(tops, n)
		}
	}
	s.level(root, tops)
	for top, lines := range inner {
		s.level(top, lines)
		s.objects[top].dict += kids(lines, -len(lines)) // closed
	}
	for i, b := range s.outline {
		o := &s.objects[root+1+i]
		o.dict = fmt.Sprintf("<</Title %s /Dest [%d 0 R /XYZ 0 %.2f null]%s>>",
			hexText(visible(b.title)), pageObject(b.page), fromBelow(b.y), o.dict)
	}
	s.objects[root].dict = "<</Type /Outlines" + kids(tops, len(tops)) + ">>"
	fmt.Fprintf(&s.catalog, "/Outlines %d 0 R /PageMode /UseOutlines ", root)
}

// level says of the lines of one level how they follow each other.
func (s *finisher) level(parent int, lines []int) {
	for i, n := range lines {
		d := &s.objects[n].dict
		*d += fmt.Sprintf(" /Parent %d 0 R", parent)
		if i > 0 {
			*d += fmt.Sprintf(" /Prev %d 0 R", lines[i-1])
		}
		if i+1 < len(lines) {
			*d += fmt.Sprintf(" /Next %d 0 R", lines[i+1])
		}
	}
}

func kids(lines []int, count int) string {
	return fmt.Sprintf(" /First %d 0 R /Last %d 0 R /Count %d", lines[0], lines[len(lines)-1], count)
}

// fromBelow is a height on the page in points as PDF counts it.
func fromBelow(y float64) float64 {
	const points, height = 72 / 25.4, 297.0
	return (height - y) * points
}
