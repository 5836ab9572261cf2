package tui

import "testing"

func TestAnErasureSaysWhatItIsDoing(t *testing.T) {
	const (
		looking   = "Looking for the person in every record"
		erasing   = "Erasing, and overwriting what was freed"
		searching = "Searching every record for what is left"
		bytes     = "Searching every byte of the files for what is left"
	)
	for name, at := range map[string]struct {
		gone  bool
		steps [][2]int
		want  []string
	}{
		"from the start": {
			steps: [][2]int{{0, 90}, {50, 90}, {90, 90}, {0, 12}, {12, 12}, {4096, 8192}, {8192, 8192}},
			want:  []string{looking, looking, erasing, searching, searching, bytes, bytes},
		},
		"when the records are gone": {
			gone: true, steps: [][2]int{{5, 12}, {12, 12}, {1, 12}}, want: []string{searching, searching, bytes},
		},
	} {
		p := erasurePhases{gone: at.gone}
		for i, s := range at.steps {
			if got := p.name(s[0], s[1]); got != at.want[i] {
				t.Errorf("%s, %v: %q, want %q", name, s, got, at.want[i])
			}
		}
	}
}
