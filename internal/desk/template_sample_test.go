package desk_test

import (
	"strings"
	"testing"

	"custos/internal/letter"
	"custos/internal/register"
)

func TestEveryLetterReadsWithSampleValues(t *testing.T) {
	o := newOffice(t)
	for _, k := range register.LetterKinds() {
		text, err := o.SampleLetter(letter.DefaultTemplate(k))
		if err != nil {
			t.Errorf("%s: %v", k, err)
		}
		if strings.ContainsAny(text, "{}") {
			t.Errorf("%s: a field is not filled in:\n%s", k, text)
		}
	}
	_, err := o.SampleLetter(register.LetterTemplate{Kind: register.LetterReply, Subject: "Reply", Body: "{nobody}"})
	if register.KindOf(err) != register.Invalid {
		t.Errorf("words that cannot stand: %v", err)
	}
}
