package vault

import (
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func drawSecret(t *rapid.T) *[recoverySize]byte {
	return (*[recoverySize]byte)(rapid.SliceOfN(rapid.Byte(), recoverySize, recoverySize).Draw(t, "secret"))
}

func TestRecoveryKeyIsReadAsPeopleType(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		secret := drawSecret(t)
		text := recoveryText(secret)
		want := recoveryKey(secret)
		for name, typed := range map[string]string{
			"as printed":  text,
			"lower case":  strings.ToLower(text),
			"no dashes":   strings.ReplaceAll(text, "-", ""),
			"spaces":      "  " + strings.ReplaceAll(text, "-", " ") + "\n",
			"lines":       strings.ReplaceAll(text, "-", "\r\n"),
			"long dashes": strings.ReplaceAll(text, "-", " – "),
			"by threes":   strings.Join(strings.SplitAfter(strings.ReplaceAll(text, "-", ""), ""), " "),
			"letter O":    strings.ReplaceAll(text, "0", "O"),
			"letter i":    strings.ReplaceAll(text, "1", "i"),
			"letter L":    strings.ReplaceAll(text, "1", "L"),
		} {
			if got, err := ParseRecoveryKey(typed); err != nil || got != want {
				t.Fatalf("%s: %v", name, err)
			}
		}
	})
}

func TestRecoveryKeyNamesTheWrongGroup(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := recoveryText(drawSecret(t))
		at := rapid.IntRange(0, len(text)-1).Filter(func(i int) bool { return text[i] != '-' }).Draw(t, "at")
		other := rapid.SampledFrom([]byte(crockford+"U?")).Filter(func(c byte) bool { return c != text[at] }).Draw(t, "other")
		bad := text[:at] + string(other) + text[at+1:]
		wantGroup(t, bad, at/(groupSize+1)+1)
		wantGroup(t, text[:at]+text[at+1:], at/(groupSize+1)+1)
	})
}

func TestRecoveryKeySwaps(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		groups := strings.Split(recoveryText(drawSecret(t)), "-")
		g := rapid.IntRange(0, recoveryGroups-2).Draw(t, "group")
		swapped := append([]string(nil), groups...)
		swapped[g], swapped[g+1] = groups[g+1], groups[g]
		wantGroup(t, strings.Join(swapped, "-"), g+1)

		b := []byte(groups[g])
		i, j := rapid.IntRange(0, 4).Draw(t, "i"), rapid.IntRange(0, 4).Draw(t, "j")
		if b[i] == b[j] {
			return
		}
		b[i], b[j] = b[j], b[i]
		groups[g] = string(b)
		wantGroup(t, strings.Join(groups, "-"), g+1)
	})
}

func TestRecoveryKeyMixedFromTwo(t *testing.T) {
	one := strings.Split(recoveryText(&[recoverySize]byte{1}), "-")
	two := strings.Split(recoveryText(&[recoverySize]byte{1, 2, 3, 4, 5}), "-")
	one[1] = two[1]
	wantGroup(t, strings.Join(one, "-"), 0)
}

func TestRecoveryKeyOfWrongLength(t *testing.T) {
	text := recoveryText(&[recoverySize]byte{})
	for _, bad := range []string{"", "A", strings.ReplaceAll(text, "-", "")[1:], text + "-00000", text + text} {
		wantGroup(t, bad, 0)
	}
}

func wantGroup(t interface {
	Helper()
	Fatalf(string, ...any)
}, text string, group int,
) {
	t.Helper()
	_, err := ParseRecoveryKey(text)
	var bad *RecoveryTextError
	if !errors.As(err, &bad) || bad.Group != group {
		t.Fatalf("ParseRecoveryKey = %v, want a fault in group %d", err, group)
	}
}

func FuzzParseRecoveryKey(f *testing.F) {
	f.Add(recoveryText(&[recoverySize]byte{}))
	f.Add(strings.ToLower(recoveryText(&[recoverySize]byte{255, 254, 253})))
	f.Add("O1IL-\u2014")
	f.Fuzz(func(t *testing.T, text string) {
		k, err := ParseRecoveryKey(text)
		if (err == nil) == (k == Key{}) {
			t.Fatalf("error %v and a key, or neither", err)
		}
	})
}
