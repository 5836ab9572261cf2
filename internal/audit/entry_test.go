package audit

import (
	"bytes"
	"encoding/hex"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

const testStore = "store-1"

// sample is the entry of the frozen vectors, not yet in a chain.
func sample() Entry {
	return Entry{
		Seq: 1, Prev: Start(testStore).Hash, At: 1_767_225_600_123,
		Operator: "op-7", Door: "cli", Verb: "delegate.amend", Approver: "op-8",
		Subjects: []string{"d-01", "d-02"}, Operation: "o-99", Changes: [32]byte{1, 2, 3, 31: 255},
		Note: "2 records; <Art. 16>", Unchecked: true,
	}
}

func drawEntry(t *rapid.T) Entry {
	text := rapid.StringMatching(`[ -~é£—]{1,20}`)
	hash := rapid.SliceOfN(rapid.Byte(), 32, 32)
	e := Entry{
		Seq: rapid.Uint64Min(1).Draw(t, "seq"), Prev: [32]byte(hash.Draw(t, "prev")),
		At: rapid.Int64Range(0, MaxAt).Draw(t, "at"), Operator: text.Draw(t, "operator"),
		Door: text.Draw(t, "door"), Verb: text.Draw(t, "verb"), Approver: text.Draw(t, "approver"),
		Operation: text.Draw(t, "operation"), Changes: [32]byte(hash.Draw(t, "changes")), Note: text.Draw(t, "note"),
		Unchecked: rapid.Bool().Draw(t, "unchecked"), Refused: rapid.Bool().Draw(t, "refused"),
	}
	if n := rapid.IntRange(0, 4).Draw(t, "subjects"); n > 0 {
		e.Subjects = rapid.SliceOfN(text, n, n).Draw(t, "ids")
	}
	return e
}

// Frozen: a change here makes existing chains unverifiable, and needs a new version instead.
func TestFrozenEncoding(t *testing.T) {
	const (
		wantStart = "5e04e968f63d37f9ce169096d8ac49e426e455b9b6e8c5f8f9a961083232e13f"
		wantBytes = "0100000000000000015e04e968f63d37f9ce169096d8ac49e426e455b9b6e8c5f8f9a961083232e13f0000019b76daa8" +
			"7b0101020300000000000000000000000000000000000000000000000000000000ff00046f702d370003636c69000e64" +
			"656c65676174652e616d656e6400046f702d3800046f2d3939001432207265636f7264733b203c4172742e2031363e00" +
			"0000020004642d30310004642d3032"
		wantHash = "251d7e27cdd7d41ef981007d86574d44b2c4216afc79e685781c5d165677ab69"
	)
	start, hash := Start(testStore).Hash, sample().Hash()
	for _, v := range []struct {
		name, want string
		got        []byte
	}{{"start", wantStart, start[:]}, {"encoding", wantBytes, sample().Encode()}, {"hash", wantHash, hash[:]}} {
		if got := hex.EncodeToString(v.got); got != v.want {
			t.Errorf("%s:\n got %s\nwant %s", v.name, got, v.want)
		}
	}
	b, err := hex.DecodeString(wantBytes)
	if err != nil {
		t.Fatal(err)
	}
	got, err := Decode(b)
	if diff := cmp.Diff(sample(), got); diff != "" || err != nil {
		t.Errorf("frozen bytes decode to something else: %v\n%s", err, diff)
	}
}

func TestDecodeReturnsWhatWasEncoded(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := drawEntry(t)
		got, err := Decode(want.Encode())
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Fatalf("%v\n%s", err, diff)
		}
	})
}

func TestEveryFieldIsInTheHash(t *testing.T) {
	seen := map[[32]byte]string{sample().Hash(): "the entry itself"}
	for name, change := range map[string]func(*Entry){
		"seq":            func(e *Entry) { e.Seq++ },
		"prev":           func(e *Entry) { e.Prev[31]++ },
		"at":             func(e *Entry) { e.At++ },
		"operator":       func(e *Entry) { e.Operator = "op-8" },
		"door":           func(e *Entry) { e.Door = "ssh" },
		"verb":           func(e *Entry) { e.Verb = "delegate.erase" },
		"approver":       func(e *Entry) { e.Approver = "" },
		"subject":        func(e *Entry) { e.Subjects = []string{"d-01", "d-03"} },
		"subjects fewer": func(e *Entry) { e.Subjects = []string{"d-01"} },
		"subjects moved": func(e *Entry) { e.Subjects = []string{"d-02", "d-01"} },
		"subjects glued": func(e *Entry) { e.Subjects = []string{"d-01d-02"} },
		"operation":      func(e *Entry) { e.Operation = "o-98" },
		"changes":        func(e *Entry) { e.Changes[0]++ },
		"note":           func(e *Entry) { e.Note += " " },
		"unchecked":      func(e *Entry) { e.Unchecked = false },
		"refused":        func(e *Entry) { e.Refused = true },
		"letter moved":   func(e *Entry) { e.Operator, e.Door = "op-7c", "li" },
	} {
		e := sample()
		change(&e)
		if other, dup := seen[e.Hash()]; dup {
			t.Errorf("%s: the hash is the same as for %s", name, other)
		}
		seen[e.Hash()] = name
	}
}

func TestCheckNamesTheField(t *testing.T) {
	for _, c := range []struct {
		want   string
		change func(*Entry)
	}{
		{"sequence number", func(e *Entry) { e.Seq = 0 }},
		{"the time", func(e *Entry) { e.At = -1 }},
		{"the time", func(e *Entry) { e.At = MaxAt + 1 }},
		{"operator is missing", func(e *Entry) { e.Operator = "" }},
		{"door is missing", func(e *Entry) { e.Door = "" }},
		{"verb is missing", func(e *Entry) { e.Verb = "" }},
		{"operation has 129 bytes", func(e *Entry) { e.Operation = strings.Repeat("x", 129) }},
		{"note has 1025 bytes", func(e *Entry) { e.Note = strings.Repeat("x", 1025) }},
		{"note is not UTF-8", func(e *Entry) { e.Note = "\xff" }},
		{"note holds a control", func(e *Entry) { e.Note = "a\nb" }},
		{"approver holds a control", func(e *Entry) { e.Approver = "\x7f" }},
		{"subject 2 has no id", func(e *Entry) { e.Subjects[1] = "" }},
		{"subject 1 has 65 bytes", func(e *Entry) { e.Subjects[0] = strings.Repeat("x", 65) }},
		{"100001 subjects", func(e *Entry) { e.Subjects = make([]string, MaxSubjects+1) }},
	} {
		e := sample()
		c.change(&e)
		if err := e.Check(); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("Check = %v, want %q", err, c.want)
		}
		if _, err := Decode(e.Encode()); !errors.Is(err, ErrFormat) {
			t.Errorf("%s: Decode = %v, want ErrFormat", c.want, err)
		}
	}
	if err := sample().Check(); err != nil {
		t.Error(err)
	}
}

func TestDecodeIsStrict(t *testing.T) {
	whole := sample().Encode()
	flags := bytes.Clone(whole)
	flags[1+8+32+8] |= 4
	version := bytes.Clone(whole)
	version[0]++
	many := bytes.Clone(whole[:len(whole)-12])
	copy(many[len(many)-4:], "\xff\xff\xff\xff")
	for name, b := range map[string][]byte{
		"longer": append(bytes.Clone(whole), 0), "unknown flag": flags, "unknown version": version, "false count": many,
	} {
		if _, err := Decode(b); !errors.Is(err, ErrFormat) {
			t.Errorf("%s: %v, want ErrFormat", name, err)
		}
	}
	for n := range whole {
		if _, err := Decode(whole[:n]); !errors.Is(err, ErrFormat) {
			t.Errorf("cut to %d bytes: %v, want ErrFormat", n, err)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(sample().Encode())
	f.Add(sample().Encode()[:40])
	f.Fuzz(func(t *testing.T, b []byte) {
		e, err := Decode(b)
		if err == nil && !bytes.Equal(e.Encode(), b) {
			t.Fatal("an entry does not encode back to its bytes")
		}
	})
}
