package vault

import (
	"crypto/hmac"
	"crypto/sha256"
	"fmt"
	"strings"
	"unicode"
)

// A recovery key is 160 random bits, printed in Crockford's base32 as nine groups of five characters. In each group four
// characters carry data and the fifth checks them and the group's place; the ninth group checks the eight before it.
const (
	recoverySize   = 20
	groupSize      = 5
	groupData      = groupSize - 1
	secretGroups   = recoverySize * 8 / 5 / groupData
	recoveryGroups = secretGroups + 1

	crockford      = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
	recoveryDomain = "custos recovery key v1"
	recoverySumTag = "custos recovery text v1"
)

// A RecoveryTextError says what is wrong with a typed recovery key, without repeating any of it.
type RecoveryTextError struct {
	Group  int // 1 to 9; 0 when no one group can be blamed
	Reason string
}

func (e *RecoveryTextError) Error() string {
	if e.Group == 0 {
		return "recovery key: " + e.Reason
	}
	return fmt.Sprintf("recovery key: group %d %s", e.Group, e.Reason)
}

// NewRecoveryKey returns a new recovery key: the text to be printed, and the key to make a recovery slot with.
func NewRecoveryKey() (string, Key) {
	var secret [recoverySize]byte
	fillRandom(secret[:])
	defer clear(secret[:])
	return recoveryText(&secret), recoveryKey(&secret)
}

// ParseRecoveryKey reads a recovery key as people type it: in either case, with any spaces or dashes or none, O for 0, I
// or L for 1. Its errors are *RecoveryTextError and name the group to look at again where that can be told. Every single
// slip shows; of several in one group, one in 32 million does not, and is left for the slot to refuse.
func ParseRecoveryKey(text string) (Key, error) {
	symbols, err := recoverySymbols(text)
	if err != nil {
		return Key{}, err
	}
	for g := range recoveryGroups {
		group := symbols[g*groupSize:][:groupSize]
		if groupCheck(g, group[:groupData]) != group[groupData] {
			return Key{}, &RecoveryTextError{g + 1, "is mistyped, or not in its place"}
		}
	}
	var secret [recoverySize]byte
	defer clear(secret[:])
	unpackSymbols(&secret, symbols)
	if sum := recoverySum(&secret); string(sum[:]) != string(symbols[secretGroups*groupSize:][:groupData]) {
		return Key{}, &RecoveryTextError{0, "the last group does not fit the others: one is mistyped, or from another key"}
	}
	return recoveryKey(&secret), nil
}

func recoveryKey(secret *[recoverySize]byte) Key {
	h := hmac.New(sha256.New, []byte(recoveryDomain))
	h.Write(secret[:])
	var k Key
	h.Sum(k[:0])
	return k
}

func recoveryText(secret *[recoverySize]byte) string {
	sum := recoverySum(secret)
	data := append(packSymbols(secret), sum[:]...)
	var b strings.Builder
	for g := range recoveryGroups {
		if g > 0 {
			b.WriteByte('-')
		}
		group := data[g*groupData:][:groupData]
		for _, s := range append(group[:groupData:groupData], groupCheck(g, group)) {
			b.WriteByte(crockford[s])
		}
	}
	return b.String()
}

// recoverySum is the data of the last group: five bits from each of the first four bytes of a hash of the secret.
func recoverySum(secret *[recoverySize]byte) [groupData]byte {
	h := sha256.Sum256(append([]byte(recoverySumTag), secret[:]...))
	return [groupData]byte{h[0] >> 3, h[1] >> 3, h[2] >> 3, h[3] >> 3}
}

// groupCheck is a polynomial over GF(32), x^5+x^2+1, begun with the group's place: any one wrong character shows, any two
// swapped, and any two groups swapped.
func groupCheck(place int, data []byte) byte {
	sum := byte(place + 1)
	for _, s := range data {
		sum = timesX(sum) ^ s
	}
	return timesX(sum)
}

func timesX(v byte) byte {
	v <<= 1
	if v&32 != 0 {
		v ^= 0b100101
	}
	return v
}

func packSymbols(secret *[recoverySize]byte) []byte {
	out := make([]byte, 0, recoverySize*8/5)
	acc, n := uint(0), 0
	for _, b := range secret {
		acc, n = acc<<8|uint(b), n+8
		for ; n >= 5; n -= 5 {
			out = append(out, byte(acc>>(n-5))&31)
		}
	}
	return out
}

// unpackSymbols reads the data symbols of the secret's groups, past each group's check.
func unpackSymbols(secret *[recoverySize]byte, symbols []byte) {
	acc, n, at := uint(0), 0, 0
	for i, s := range symbols[:secretGroups*groupSize] {
		if i%groupSize == groupData {
			continue
		}
		if acc, n = acc<<5|uint(s), n+5; n >= 8 {
			n -= 8
			secret[at] = byte(acc >> n)
			at++
		}
	}
}

// recoverySymbols turns text into 45 values of 0 to 31.
func recoverySymbols(text string) ([]byte, error) {
	fields := strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Pd, r) })
	if len(fields) == recoveryGroups {
		for i, f := range fields {
			if n := len([]rune(f)); n != groupSize {
				return nil, &RecoveryTextError{i + 1, fmt.Sprintf("has %d characters, not %d", n, groupSize)}
			}
		}
	}
	joined := []rune(strings.Join(fields, ""))
	if len(joined) != recoveryGroups*groupSize {
		return nil, &RecoveryTextError{0, fmt.Sprintf("it has %d characters, not %d: nine groups of five",
			len(joined), recoveryGroups*groupSize)}
	}
	out := make([]byte, len(joined))
	for i, r := range joined {
		v := strings.IndexRune(crockford, asTyped(r))
		if v < 0 {
			return nil, &RecoveryTextError{i/groupSize + 1, "has a character that no recovery key has"}
		}
		out[i] = byte(v)
	}
	return out, nil
}

// asTyped maps a character to the one that was meant.
func asTyped(r rune) rune {
	switch r = unicode.ToUpper(r); r {
	case 'O':
		return '0'
	case 'I', 'L':
		return '1'
	default:
		return r
	}
}
