package handover_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"custos/internal/calendar"
	"custos/internal/exchange/handover"
	"custos/internal/exchange/sealed"
	"custos/internal/register"

	"filippo.io/age"
	"github.com/google/go-cmp/cmp"
)

// pair is a key to write with and the one that opens what was written.
func pair(t testing.TB) (to, with sealed.Key) {
	t.Helper()
	id, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	return sealed.Key{Recipients: []string{id.Recipient().String()}}, sealed.Key{Identities: []byte(id.String())}
}

func handed() register.HandOver {
	c := register.Request{
		Ref: "AR-2026-0042", Right: calendar.Access, Nation: calendar.Scotland, How: "email",
		Events: []register.RequestEvent{{
			Seq: 1, Kind: register.Received, On: calendar.NewDate(2026, time.March, 2),
			Recorded: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC), By: "office", Text: "email",
		}},
	}
	return register.HandOver{
		Office: "Elm School", By: "office", At: time.Date(2026, 3, 9, 9, 0, 0, 0, time.UTC), Question: "Release?",
		Person: "Zoë Sample", Case: c, Digest: c.Digest(),
		Held: []register.Holding{{Collection: "delegates", Title: "Personal record"}},
	}
}

func TestACaseIsReadAsItWasWritten(t *testing.T) {
	to, with := pair(t)
	var file bytes.Buffer
	if err := handover.WriteCase(&file, handed(), to); err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(file.Bytes(), []byte("Sample")) {
		t.Error("a name can be read in the file")
	}
	got, err := handover.ReadCase(file.Bytes(), with)
	want := handed()
	want.Format = register.HandOverFormat
	if err != nil || cmp.Diff(want, got) != "" {
		t.Errorf("%v\n%s", err, cmp.Diff(want, got))
	}
	if one, err := got.Visiting(); err != nil || one.Name != "Zoë Sample" || one.Visit.Events != 1 {
		t.Errorf("the case does not come in: %v", err)
	}
}

func TestWhatIsNoCaseIsRefused(t *testing.T) {
	to, with := pair(t)
	_, other := pair(t)
	var one, two bytes.Buffer
	if err := handover.WriteCase(&one, handed(), to); err != nil {
		t.Fatal(err)
	}
	if err := handover.WriteAdvice(&two, register.Advice{Office: "Elm School"}, to); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		data []byte
		with sealed.Key
		kind register.Kind
		says string
	}{
		"another key":   {one.Bytes(), other, register.Denied, ""},
		"cut short":     {one.Bytes()[:one.Len()-9], with, register.Invalid, ""},
		"advice":        {two.Bytes(), with, register.Invalid, "is advice on a case, not a case"},
		"no such file":  {[]byte("hello"), with, register.Invalid, ""},
		"other content": {seal(t, to, "{}"), with, register.Invalid, "does not know"},
		"no JSON":       {seal(t, to, "hello"), with, register.Invalid, "holds something else"},
		"another type":  {seal(t, to, `{"office":4}`), with, register.Invalid, "office: "},
	} {
		_, err := handover.ReadCase(c.data, c.with)
		if register.KindOf(err) != c.kind || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want kind %d and %q", name, err, c.kind, c.says)
		}
	}
	if _, err := handover.ReadAdvice(one.Bytes(), with); err == nil || !strings.Contains(err.Error(), "handed over, not advice") {
		t.Errorf("a case read as advice: %v", err)
	}
	if err := handover.WriteCase(io.Discard, handed(), sealed.Key{}); register.KindOf(err) != register.Invalid {
		t.Errorf("unsealed: %v", err)
	}
	if err := handover.WriteCase(fullDisk{}, handed(), to); !errors.Is(err, io.ErrShortWrite) {
		t.Errorf("a full disk: %v", err)
	}
}

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, io.ErrShortWrite }

func seal(t testing.TB, to sealed.Key, text string) []byte {
	t.Helper()
	var file bytes.Buffer
	w, err := sealed.Seal(&file, to)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(w, text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}
