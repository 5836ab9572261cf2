package csvfile

import "bytes"

const (
	sampleBytes   = 64 << 10
	sampleRecords = 60
)

// none stands for text of a single column. It is a byte that valid UTF-8 never contains.
const none = 0xff

// delimiter finds what parts the cells: the mark under which most of the first records have the same number of cells, and
// of equals the one that makes more cells. Commas come first where nothing else decides.
func delimiter(data []byte, returns bool) byte {
	best, share, width := byte(none), 0.0, 0
	for _, delim := range []byte{',', '\t', ';', '|'} {
		s, w := fit(data, delim, returns)
		if s > share || s == share && w > width {
			best, share, width = delim, s, w
		}
	}
	return best
}

// fit is the share of the sampled records that have the commonest number of cells above one, and that number.
func fit(data []byte, delim byte, returns bool) (share float64, width int) {
	if bytes.IndexByte(data[:min(sampleBytes, len(data))], delim) < 0 {
		return 0, 0
	}
	s := scanner{data: data, delim: delim, returns: returns, line: 1}
	records, widths, first := 0, map[int]int{}, 0
	for records < sampleRecords && s.pos < sampleBytes {
		_, bad, ok := s.next()
		if !ok {
			break
		}
		if bad || len(s.fields) == 1 && s.fields[0].start == s.fields[0].end {
			continue
		}
		if records++; records == 1 {
			first = len(s.fields)
		}
		if len(s.fields) > 1 {
			widths[len(s.fields)]++
		}
	}
	most := 0
	for w, n := range widths {
		if n > most || n == most && w > width {
			most, width = n, w
		}
	}
	// A first line without the mark over lines with one of it is a column of "Surname, Forename", not two columns.
	if most == 0 || first == 1 && width == 2 && !bytes.HasPrefix(data, []byte("#")) {
		return 0, 0
	}
	return float64(most) / float64(records), width
}

// declared takes the line "sep=;" off the top, which spreadsheets write and read but do not show.
func declared(data []byte, returns bool) (delim byte, rest []byte) {
	n := lineLength(data, returns)
	line := bytes.TrimRight(data[:n], "\r\n")
	if len(line) == 5 && bytes.EqualFold(line[:4], []byte("sep=")) && bytes.IndexByte([]byte(",;\t|"), line[4]) >= 0 {
		return line[4], data[n:]
	}
	return 0, data
}
