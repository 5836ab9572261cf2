package letter

import (
	"encoding/hex"
	"regexp"
	"strconv"
	"strings"
)

var filePattern = regexp.MustCompile(`^<</Type /Filespec /F (<[0-9A-F]*>) .*/Desc (<[0-9A-F]*>) .*/EF <</F (\d+) 0 R`)

// PDFAttachments returns the files a PDF of ours carries, in their order.
// Errors as PDFText.
func PDFAttachments(data, password []byte) ([]Attachment, error) {
	r, err := openFile(data, password)
	if err != nil {
		return nil, err
	}
	catalog, _, err := r.object(r.root)
	if err != nil {
		return nil, err
	}
	var all []Attachment
	for _, n := range refsIn(catalog, "/EmbeddedFiles <</Names") {
		spec, _, err := r.object(n)
		if err != nil {
			return nil, err
		}
		m := filePattern.FindStringSubmatch(spec)
		if m == nil {
			return nil, notOurs("an attachment does not read")
		}
		stream, _ := strconv.Atoi(m[3]) // too big is zero, which is no object
		_, content, err := r.object(stream)
		if err != nil {
			return nil, err
		}
		all = append(all, Attachment{Name: fromHexText(m[1]), Data: content, About: fromHexText(m[2])})
	}
	return all, nil
}

// fromHexText reads what hexText wrote.
func fromHexText(s string) string {
	b, err := hex.DecodeString(strings.Trim(s, "<>"))
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(fromUnits(b, nil), "\ufeff")
}
