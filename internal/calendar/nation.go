package calendar

import (
	"fmt"
	"strings"
)

// Nation is one of the three divisions of the United Kingdom that have their own
// list of bank holidays. The law does not say whose list counts; the controller's does.
type Nation string

// The divisions, named as the government's list of bank holidays names them.
const (
	EnglandAndWales Nation = "england-and-wales"
	Scotland        Nation = "scotland"
	NorthernIreland Nation = "northern-ireland"
)

// Nations returns the divisions in the order they are shown.
func Nations() []Nation { return []Nation{EnglandAndWales, Scotland, NorthernIreland} }

// ParseNation reads england-and-wales, scotland or northern-ireland.
func ParseNation(s string) (Nation, error) {
	n := Nation(s)
	if n.set() == 0 {
		return "", fmt.Errorf("not a nation: choose one of %s", joinNames(Nations()))
	}
	return n, nil
}

// Name returns the nation as a sentence says it, or "" for one that does not exist.
func (n Nation) Name() string {
	switch n {
	case EnglandAndWales:
		return "England and Wales"
	case Scotland:
		return "Scotland"
	case NorthernIreland:
		return "Northern Ireland"
	default:
		return ""
	}
}

// nations is a set of divisions, one bit each.
type nations uint8

const (
	ew nations = 1 << iota
	sc
	ni
	uk = ew | sc | ni
)

func (n Nation) set() nations {
	switch n {
	case EnglandAndWales:
		return ew
	case Scotland:
		return sc
	case NorthernIreland:
		return ni
	default:
		return 0
	}
}

// where names a set in a sentence: the nation, or the whole country.
func (s nations) where() string {
	if s == uk {
		return "the United Kingdom"
	}
	var names []string
	for _, n := range Nations() {
		if s&n.set() != 0 {
			names = append(names, n.Name())
		}
	}
	return strings.Join(names, " and in ")
}

func joinNames[T ~string](list []T) string {
	names := make([]string, len(list))
	for i, v := range list {
		names[i] = string(v)
	}
	return strings.Join(names, ", ")
}
