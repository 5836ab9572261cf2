package line

import (
	"strconv"
	"strings"
)

// style is how a cell looks. The zero value is the terminal's own.
type style struct {
	marks       uint16 // a bit for each SGR number from 1 to 9
	front, back colour
}

// colour is 0 for the terminal's own, 1 to 256 for one of its table, and from direct on for red, green and blue.
type colour uint32

const direct colour = 1 << 24

// reversed and lined are the marks that make a blank visible.
const visibleMarks = 1<<4 | 1<<7 | 1<<9

// blank reports whether a space in this style is what erasing leaves.
func (s style) blank() bool { return s.back == 0 && s.marks&visibleMarks == 0 }

// apply takes the parameters of an SGR sequence, as they stand between "[" and "m".
func (s style) apply(parameters string) style {
	parts := strings.Split(parameters, ";")
	for i := 0; i < len(parts); i++ {
		number, _, _ := strings.Cut(parts[i], ":")
		n, _ := strconv.Atoi(number) // an empty one is 0
		switch {
		case n == 38 || n == 48:
			c, took := longColour(parts[i+1:])
			i += took
			if n == 38 {
				s.front = c
			} else {
				s.back = c
			}
		default:
			s = s.set(n)
		}
	}
	return s
}

// set applies one number that stands for itself.
func (s style) set(n int) style {
	switch {
	case n == 0:
		return style{}
	case n >= 1 && n <= 9:
		s.marks |= 1 << n
	case n == 21:
		s.marks &^= 1 << 1
	case n == 22:
		s.marks &^= 1<<1 | 1<<2
	case n >= 23 && n <= 29:
		s.marks &^= 1 << (n - 20)
	case n >= 30 && n <= 37:
		s.front = colour(n - 30 + 1)
	case n == 39:
		s.front = 0
	case n >= 40 && n <= 47:
		s.back = colour(n - 40 + 1)
	case n == 49:
		s.back = 0
	case n >= 90 && n <= 97:
		s.front = colour(n - 90 + 9)
	case n >= 100 && n <= 107:
		s.back = colour(n - 100 + 9)
	}
	return s
}

// longColour reads what follows 38 or 48 and says how many parameters that were.
func longColour(parts []string) (colour, int) {
	at := func(i int) colour {
		n, _ := strconv.ParseUint(parts[i], 10, 8)
		return colour(n)
	}
	switch {
	case len(parts) >= 2 && parts[0] == "5":
		return at(1) + 1, 2
	case len(parts) >= 4 && parts[0] == "2":
		return direct | at(1)<<16 | at(2)<<8 | at(3), 4
	}
	return 0, len(parts)
}

// sequence is what turns a terminal from one style to another.
func (s style) sequence(from style) string {
	switch {
	case s == from:
		return ""
	case s == style{}:
		return plain
	}
	b := []byte("\x1b[")
	if from != (style{}) {
		b = append(b, "0;"...)
	}
	for n := 1; n <= 9; n++ {
		if s.marks&(1<<n) != 0 {
			b = append(b, byte('0'+n), ';')
		}
	}
	b = s.front.number(b, 30)
	b = s.back.number(b, 40)
	b[len(b)-1] = 'm'
	return string(b)
}

// number writes a colour as the parameters that count from base.
func (c colour) number(b []byte, base int64) []byte {
	switch {
	case c == 0:
		return b
	case c <= 8:
		b = strconv.AppendInt(b, base+int64(c)-1, 10)
	case c <= 16:
		b = strconv.AppendInt(b, base+60+int64(c)-9, 10)
	case c < direct:
		b = strconv.AppendInt(b, base+8, 10)
		b = append(b, ";5;"...)
		b = strconv.AppendInt(b, int64(c)-1, 10)
	default:
		b = strconv.AppendInt(b, base+8, 10)
		b = append(b, ";2"...)
		for _, shift := range []uint{16, 8, 0} {
			b = append(b, ';')
			b = strconv.AppendInt(b, int64(c>>shift&0xff), 10)
		}
	}
	return append(b, ';')
}
