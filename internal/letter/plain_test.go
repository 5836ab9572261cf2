package letter_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"custos/internal/calendar"
	"custos/internal/letter"
	"custos/internal/register"
)

func note() letter.Note {
	return letter.Note{
		Office: "Sample Training", Person: "Robin Example", Ref: "AR-2026-0042", Right: calendar.Access,
		Received: date(3, 3), Due: date(4, 7), On: date(3, 4), Reason: "The records of seven years are on paper.",
		Contact: "by letter or phone", Regulator: "Regulator of Samples",
	}
}

func TestPlainLettersAreAsAgreed(t *testing.T) {
	for _, kind := range letter.Kinds() {
		var b strings.Builder
		if err := letter.Write(&b, kind, note()); err != nil {
			t.Fatal(err)
		}
		golden := filepath.Join("testdata", string(kind)+".txt")
		if os.Getenv("CUSTOS_UPDATE") != "" {
			if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(strings.ReplaceAll(string(want), "\r\n", "\n"), b.String()); diff != "" {
			t.Errorf("%s (CUSTOS_UPDATE=1 writes it anew): %s", golden, diff)
		}
	}
}

func TestALetterWithoutItsReasonIsNotWritten(t *testing.T) {
	n := note()
	n.Reason = " "
	for _, kind := range letter.Kinds() {
		var b strings.Builder
		err := letter.Write(&b, kind, n)
		refused := err != nil && register.KindOf(err) == register.Invalid && b.Len() == 0
		if refused != (kind != letter.Acknowledgement) {
			t.Errorf("%s: %v, %q", kind, err, b.String())
		}
	}
	if err := letter.Write(&strings.Builder{}, "head-and-foot", note()); register.KindOf(err) != register.Invalid {
		t.Errorf("got %v", err)
	}
}

func TestALetterNamesNoDateWhileTheClockIsStopped(t *testing.T) {
	n := note()
	n.Due = calendar.Date{}
	for _, kind := range letter.Kinds() {
		var b strings.Builder
		if err := letter.Write(&b, kind, n); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(b.String(), "reply by") {
			t.Errorf("%s promises a date: %s", kind, b.String())
		}
	}
}

func TestOnlyAnAccessRequestIsPausedByAQuestion(t *testing.T) {
	for _, right := range calendar.Rights() {
		n := note()
		n.Right = right
		var b strings.Builder
		if err := letter.Write(&b, letter.Clarification, n); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(b.String(), "stands still") != (right == calendar.Access) {
			t.Errorf("%s: %s", right, b.String())
		}
	}
}

func TestALetterHidesNothing(t *testing.T) {
	n := note()
	n.Person = "Robin \u202eelpmaxE"
	var b strings.Builder
	if err := letter.Write(&b, letter.Acknowledgement, n); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(b.String(), "Dear Robin [U+202E]elpmaxE,") {
		t.Errorf("got %s", b.String())
	}
}
