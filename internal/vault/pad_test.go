package vault

import (
	"bytes"
	"errors"
	"testing"

	"pgregory.net/rapid"
)

func TestPaddedLen(t *testing.T) {
	for _, c := range []struct{ n, want int }{
		{0, 64}, {1, 64}, {63, 64}, {64, 128}, {127, 128}, {600, 640}, {1023, 1024},
		{1024, 1088}, {2046, 2048}, {2048, 2176}, {9000, 9216}, {65535, 65536}, {65536, 67584}, {1 << 20, 1<<20 + 1<<15},
	} {
		if got := PaddedLen(c.n); got != c.want {
			t.Errorf("PaddedLen(%d) = %d, want %d", c.n, got, c.want)
		}
	}
}

func TestPaddingCostsLittleAndNeverShrinks(t *testing.T) {
	last := 0
	for n := range 1 << 17 {
		got := PaddedLen(n)
		if got <= n || got < last {
			t.Fatalf("PaddedLen(%d) = %d after %d", n, got, last)
		}
		if n >= padFine && float64(got-n-1) > 0.0625*float64(n+1) {
			t.Fatalf("PaddedLen(%d) = %d adds more than 6.25 %%", n, got)
		}
		last = got
	}
}

func TestUnpadReturnsWhatWasPadded(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		plain := append(rapid.SliceOfN(rapid.Byte(), 0, 3000).Draw(t, "plain"),
			rapid.SliceOfN(rapid.SampledFrom([]byte{0, 0x80}), 0, 80).Draw(t, "tail")...)
		padded := Pad([]byte("before"), plain)
		if len(padded) != len("before")+PaddedLen(len(plain)) {
			t.Fatalf("%d bytes padded to %d", len(plain), len(padded))
		}
		if got, err := Unpad(padded[len("before"):]); err != nil || !bytes.Equal(got, plain) {
			t.Fatalf("Unpad = %x, %v", got, err)
		}
	})
}

func TestUnpadRefusesForeignPadding(t *testing.T) {
	for name, b := range map[string][]byte{
		"empty":       {},
		"all zeros":   make([]byte, 64),
		"no mark":     bytes.Repeat([]byte{1}, 64),
		"short":       Pad(nil, []byte("x"))[:63],
		"one too far": append(Pad(nil, []byte("x")), make([]byte, 64)...),
	} {
		if got, err := Unpad(b); !errors.Is(err, ErrPadding) {
			t.Errorf("%s: Unpad = %x, %v; want ErrPadding", name, got, err)
		}
	}
}

func FuzzUnpad(f *testing.F) {
	f.Add(Pad(nil, []byte("a record")))
	f.Add([]byte{0x80})
	f.Fuzz(func(t *testing.T, b []byte) {
		if plain, err := Unpad(b); err == nil && !bytes.Equal(Pad(nil, plain), b) {
			t.Fatal("two paddings of the same bytes")
		}
	})
}
