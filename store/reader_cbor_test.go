package store_test

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math"
)

// cborValue is a value as JSON shows it. A byte string becomes the text h'..' with its bytes in hexadecimal.
type cborValue = any

// cborBytes reads the CBOR of the section Records of FORMAT.md: definite lengths, text keys, no tags.
type cborBytes struct {
	rest  []byte
	depth int
}

// readCBOR reads one value, and nothing after it.
func readCBOR(b []byte) (cborValue, error) {
	c := &cborBytes{rest: b}
	v, err := c.value()
	if err == nil && len(c.rest) > 0 {
		err = fmt.Errorf("%d bytes follow a record", len(c.rest))
	}
	return v, err
}

func (c *cborBytes) take(n uint64) ([]byte, error) {
	if n > uint64(len(c.rest)) {
		return nil, fmt.Errorf("a record is cut short")
	}
	b := c.rest[:n]
	c.rest = c.rest[n:]
	return b, nil
}

// head reads a major type, its detail and its number.
func (c *cborBytes) head() (major, detail byte, n uint64, err error) {
	b, err := c.take(1)
	if err != nil {
		return 0, 0, 0, err
	}
	major, detail = b[0]>>5, b[0]&31
	if detail < 24 {
		return major, detail, uint64(detail), nil
	}
	if detail > 27 {
		return 0, 0, 0, fmt.Errorf("a length that is not given")
	}
	var wide [8]byte
	size := uint64(1) << (detail - 24)
	b, err = c.take(size)
	copy(wide[8-size:], b)
	return major, detail, binary.BigEndian.Uint64(wide[:]), err
}

func (c *cborBytes) value() (cborValue, error) {
	c.depth++
	defer func() { c.depth-- }()
	if c.depth > 32 {
		return nil, fmt.Errorf("a record is nested too deeply")
	}
	major, detail, n, err := c.head()
	if err != nil {
		return nil, err
	}
	switch major {
	case 0:
		return n, nil
	case 1:
		return -1 - int64(n), nil
	case 2:
		b, err := c.take(n)
		return "h'" + hex.EncodeToString(b) + "'", err
	case 3:
		b, err := c.take(n)
		return string(b), err
	case 4:
		return c.array(n)
	case 5:
		return c.mapping(n)
	case 7:
		return simple(detail, n)
	}
	return nil, fmt.Errorf("a tag")
}

func (c *cborBytes) array(n uint64) (cborValue, error) {
	all := []any{}
	for range n {
		v, err := c.value()
		if err != nil {
			return nil, err
		}
		all = append(all, v)
	}
	return all, nil
}

func (c *cborBytes) mapping(n uint64) (cborValue, error) {
	all := map[string]any{}
	for range n {
		major, _, size, err := c.head()
		if err != nil {
			return nil, err
		}
		name, err := c.take(size)
		if err != nil || major != 3 {
			return nil, fmt.Errorf("a name that is no text, or cut short")
		}
		if _, twice := all[string(name)]; twice {
			return nil, fmt.Errorf("a name that comes twice")
		}
		if all[string(name)], err = c.value(); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func simple(detail byte, n uint64) (cborValue, error) {
	switch detail {
	case 20, 21:
		return detail == 21, nil
	case 22:
		return nil, nil
	case 25:
		return half(uint16(n)), nil
	case 26:
		return float64(math.Float32frombits(uint32(n))), nil
	case 27:
		return math.Float64frombits(n), nil
	}
	return nil, fmt.Errorf("a simple value that no record has")
}

// half is a floating-point number of 16 bits.
func half(b uint16) float64 {
	sign, exponent, fraction := 1.0, int(b>>10&31), float64(b&1023)
	if b>>15 == 1 {
		sign = -1
	}
	switch exponent {
	case 0:
		return sign * math.Ldexp(fraction, -24)
	case 31:
		if fraction == 0 {
			return math.Inf(int(sign))
		}
		return math.NaN()
	}
	return sign * math.Ldexp(1024+fraction, exponent-25)
}
