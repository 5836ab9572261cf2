package store

import (
	"bytes"
	"time"

	"custos/internal/register"
)

// briefFact reads of an event of the ledger what the rules need. An event as this program writes it is read at a
// fraction of the cost of any other: there may be a million of them when a store is unlocked.
func briefFact(plain []byte) (any, error) {
	if f, ok := plainFact(plain); ok {
		return f, nil
	}
	e, err := decode[register.ConsentEvent]("consents", plain)
	return e.Fact(), err
}

// plainFact reads a CBOR map of texts to texts in deterministic order. It reports false for anything else.
func plainFact(plain []byte) (register.ConsentFact, bool) {
	var f register.ConsentFact
	r := cborReader{rest: plain}
	n, ok := r.head(cborMap)
	var before []byte
	for range n {
		from := r.rest
		name, named := r.text()
		key := from[:len(from)-len(r.rest)]
		value, valued := r.text()
		if !named || !valued || bytes.Compare(before, key) >= 0 || !setFact(&f, name, value) {
			return f, false
		}
		before = key
	}
	return f, ok && len(r.rest) == 0
}

// setFact takes in one value by its name. It reports false for a name or a value it does not know.
func setFact(f *register.ConsentFact, name, value []byte) bool {
	switch string(name) {
	case "id":
		f.ID = register.ID(value)
	case "purpose":
		f.Key.Purpose = string(value)
	case "channel":
		f.Key.Channel = string(value)
	case "brand":
		f.Key.Brand = string(value)
	case "state":
		f.Act = register.ConsentAct(value)
	case "at":
		return setInstant(&f.At, value)
	case "recorded":
		return setInstant(&f.Recorded, value)
	case "expires":
		return f.Expires.UnmarshalText(value) == nil
	case "given_by":
		f.ByOther = len(value) > 0
	case "method":
		f.Method = string(value)
	case "notice":
		f.Notice = string(value)
	case "notice_version":
		f.NoticeVersion = string(value)
	case "collected":
		f.Collected = string(value)
	case "corrects":
		f.Corrects = register.ID(value)
	case "delegate", "recorded_by", "evidence", "wording_digest", "authority": // the rules do without
	default:
		return false
	}
	return true
}

func setInstant(t *time.Time, value []byte) bool {
	return bytes.HasSuffix(value, []byte("Z")) && t.UnmarshalText(value) == nil
}

// Major types of CBOR.
const (
	cborText = 3
	cborMap  = 5
)

// cborReader reads the little of CBOR that plain records are made of.
type cborReader struct{ rest []byte }

// head reads the head of an item of a major type, and returns its length.
func (r *cborReader) head(major byte) (n int, ok bool) {
	if len(r.rest) == 0 || r.rest[0]>>5 != major {
		return 0, false
	}
	n = int(r.rest[0] & 31)
	more := 0
	switch n {
	case 24:
		more = 1
	case 25:
		more = 2
	}
	if n > 25 || len(r.rest) < 1+more {
		return 0, false
	}
	for i := range more {
		if i == 0 {
			n = 0
		}
		n = n<<8 | int(r.rest[1+i])
	}
	r.rest = r.rest[1+more:]
	return n, true
}

func (r *cborReader) text() ([]byte, bool) {
	n, ok := r.head(cborText)
	if !ok || n > len(r.rest) {
		return nil, false
	}
	text := r.rest[:n]
	r.rest = r.rest[n:]
	return text, true
}
