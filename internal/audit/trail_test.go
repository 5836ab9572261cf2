package audit

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// repaired returns a chain of nine entries in which 1 and 4 to 6 were lost, and the head after each.
func repaired(t testing.TB) (Trail, []Head) {
	t.Helper()
	entries, heads := chainOf(t, 9)
	rest := slices.Concat(entries[1:3], entries[6:])
	return Trail{
		Store: testStore, From: heads[0], Entries: sequence(rest), Marks: []Head{heads[9]},
		Gaps: []Gap{{1, 1, heads[1].Hash}, {4, 6, heads[6].Hash}},
	}, heads
}

func TestRecordedGapsAreVerifiedSegmentBySegment(t *testing.T) {
	trail, heads := repaired(t)
	trail.Marks = append(trail.Marks, heads[2], heads[5], heads[6]) // 5 is inside a gap and cannot be looked at
	if head, err := trail.Verify(); err != nil || head != heads[9] {
		t.Fatalf("Verify = %d, %v", head.Seq, err)
	}
	wrong := heads[6]
	wrong.Hash[0]++
	trail.Marks = append(trail.Marks, wrong)
	var got *BreakError
	if _, err := trail.Verify(); !errors.As(err, &got) || *got != (BreakError{Altered, 6, 0}) {
		t.Errorf("the last lost entry is known by its hash, and a wrong mark there gave %v", err)
	}
}

func TestOnlyRecordedGapsArePassedOver(t *testing.T) {
	for _, c := range []struct {
		name  string
		first uint64
		last  uint64
		want  BreakError
	}{
		{"recorded too short", 4, 5, BreakError{Missing, 4, 7}},
		{"recorded too long", 4, 7, BreakError{Missing, 4, 7}},
		{"recorded too early", 3, 6, BreakError{Missing, 4, 7}},
		{"recorded too late", 5, 6, BreakError{Missing, 4, 7}},
		{"turned round", 4, 3, BreakError{Missing, 4, 7}},
	} {
		trail, _ := repaired(t)
		trail.Gaps[1].First, trail.Gaps[1].Last = c.first, c.last
		isBreak(t, c.name, trail, c.want)
	}
	trail, _ := repaired(t)
	trail.Gaps = trail.Gaps[:1]
	isBreak(t, "the second is not recorded", trail, BreakError{Missing, 4, 7})
	trail.Gaps = nil
	isBreak(t, "none is recorded", trail, BreakError{Missing, 1, 2})
	trail, _ = repaired(t)
	trail.Gaps[1].Hash[0]++
	isBreak(t, "what follows the gap was exchanged", trail, BreakError{Altered, 6, 7})
}

func isBreak(t *testing.T, name string, trail Trail, want BreakError) {
	t.Helper()
	_, err := trail.Verify()
	var got *BreakError
	if !errors.As(err, &got) || *got != want {
		t.Errorf("%s: Verify = %v, want %+v", name, err, want)
	}
}

func TestASegmentBehindAGapIsStillAChain(t *testing.T) {
	entries, heads := chainOf(t, 9)
	rest := slices.Concat(entries[:3], entries[6:])
	rest[4].Note = "nothing"
	trail := Trail{From: heads[0], Entries: sequence(rest), Gaps: []Gap{{4, 6, heads[6].Hash}}}
	isBreak(t, "behind the gap", trail, BreakError{Altered, 8, 9})
}

func gappedExport(t testing.TB) []byte {
	t.Helper()
	trail, heads := repaired(t)
	var b bytes.Buffer
	h := Header{Store: testStore, From: heads[0], Head: heads[9], Gaps: trail.Gaps}
	if err := WriteExport(&b, h, trail.Entries); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestAnExportTellsOfItsGaps(t *testing.T) {
	trail, _ := repaired(t)
	b := gappedExport(t)
	r, err := VerifyExport(bytes.NewReader(b))
	if err != nil || r.Entries != 5 || r.Head.Seq != 9 {
		t.Fatalf("VerifyExport = %+v, %v", r, err)
	}
	if diff := cmp.Diff(trail.Gaps, r.Gaps); diff != "" {
		t.Error(diff)
	}
	if !slices.Contains(r.Shown(), ClaimRuns) || slices.Contains(r.Shown(), ClaimOrder) ||
		!slices.Contains(r.NotShown(), ClaimGaps) {
		t.Errorf("it claims %q, and leaves open %q", r.Shown(), r.NotShown())
	}
	lines := slices.Collect(strings.Lines(string(b)))
	if want := "{\"gap\":true,\"first\":4,\"last\":6}\n"; lines[4] != want {
		t.Errorf("line 5 is %q, want %q", lines[4], want)
	}
}

func TestGapLinesThatDoNotFit(t *testing.T) {
	line := func(s string) func([]string) []string {
		return func(l []string) []string { l[4] = s + "\n"; return l }
	}
	for _, c := range []struct {
		name   string
		change func([]string) []string
		want   string
	}{
		{"taken out", func(l []string) []string { return slices.Delete(l, 4, 5) },
			"line 5: audit entries 4 to 6 are missing: entry 7 comes instead"},
		{"too short", line(`{"gap":true,"first":4,"last":5}`), "line 6: " + ErrGap.Error()},
		{"too long", line(`{"gap":true,"first":4,"last":7}`), "line 6: " + ErrGap.Error()},
		{"too early", line(`{"gap":true,"first":3,"last":6}`), "line 5: " + ErrGap.Error()},
		{"to the end", line(`{"gap":true,"first":4,"last":9}`), "line 5: " + ErrGap.Error()},
		{"no gap", line(`{"gap":false,"first":4,"last":6}`), "line 5: " + ErrGap.Error()},
		{"more said", line(`{"gap":true,"first":4,"last":6,"why":""}`), "line 5: " + errLine.Error()},
		{"twice", func(l []string) []string { return slices.Insert(l, 4, l[4]) }, "line 6: " + ErrGap.Error()},
		{"nothing is lost", func(l []string) []string {
			return slices.Insert(l, 7, "{\"gap\":true,\"first\":9,\"last\":8}\n")
		}, "line 8: " + ErrGap.Error()},
		{"before an entry that is there", func(l []string) []string {
			return slices.Insert(l, 3, "{\"gap\":true,\"first\":3,\"last\":3}\n")
		}, "line 5: " + ErrGap.Error()},
		{"at the end", func(l []string) []string { return slices.Delete(l, 5, 8) }, "line 6: " + ErrGap.Error()},
	} {
		lines := c.change(slices.Collect(strings.Lines(string(gappedExport(t)))))
		_, err := VerifyExport(strings.NewReader(strings.Join(lines, "")))
		if err == nil || err.Error() != c.want {
			t.Errorf("%s:\n got %v\nwant %s", c.name, err, c.want)
		}
	}
}
