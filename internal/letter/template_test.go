package letter

import (
	"strings"
	"testing"

	"custos/internal/register"
)

func TestEveryKindHasAGoodTemplate(t *testing.T) {
	for _, k := range register.LetterKinds() {
		d := DefaultTemplate(k)
		if d.Body == "" {
			t.Errorf("%s has no template", k)
			continue
		}
		for _, p := range CheckTemplate(d) {
			t.Errorf("%s: %+v", k, p)
		}
		if strings.Contains(d.Body+d.Subject, "Information Commission") || strings.Contains(d.Body, "ICO") {
			t.Errorf("%s names the regulator, whose name is a setting", k)
		}
	}
}
