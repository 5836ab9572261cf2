package theme

import "testing"

func TestWhatIsSpokenIsNeitherCutNorPainted(t *testing.T) {
	th := Spoken(envOf(map[string]string{"LANG": "C"}))
	const long = "a line that is longer than its column"
	if got := th.Cut(long, 4); got != long {
		t.Errorf("cut to %q", got)
	}
	if got := th.Cell(long, 0); got != long {
		t.Errorf("fitted to %q", got)
	}
	if got := th.Fit("ab", 4); got != "ab  " {
		t.Errorf("filled to %q", got)
	}
	if got := th.Selected.Render(th.Paint(Late, "late")); got != "late" {
		t.Errorf("painted %q", got)
	}
	if !th.ASCII {
		t.Error("a locale without UTF-8 is to be spoken in ASCII")
	}
}
