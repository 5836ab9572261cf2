package letter

// widths are the widths of the letters of one style, in thousandths of the size
// of the font.
type widths struct {
	ascii [128]int // less one where it is not known yet
	other map[rune]int
}

// measure is how wide a text that is as shown is drawn, in millimetres.
// It remembers each letter, for a reply measures every word it holds.
func (p *paper) measure(f face, shown string) float64 {
	w := p.widths[f.style]
	if w == nil {
		w = &widths{other: map[rune]int{}}
		p.widths[f.style] = w
	}
	sum := 0
	for _, r := range shown {
		sum += p.advance(w, f, r)
	}
	const points = 72 / 25.4 // to the millimetre
	return float64(sum) * f.size / points / 1000
}

func (p *paper) advance(w *widths, f face, r rune) int {
	if r < 128 && w.ascii[r] != 0 {
		return w.ascii[r] - 1
	}
	if n, known := w.other[r]; known {
		return n
	}
	p.use(f)
	n := p.pdf.GetStringSymbolWidth(p.font.marked(string(r)))
	if r < 128 {
		w.ascii[r] = n + 1
	} else {
		w.other[r] = n
	}
	return n
}

// joiner reports whether a letter is drawn with the one before it.
func joiner(r rune) bool { return r == '\u200c' || r == '\u200d' }
