package desk_test

import (
	"os"
	"path/filepath"
	"testing"

	"custos/internal/calendar"
	"custos/internal/register"
)

// What is refused is not handed out, draft or not.
func TestARefusedRequestHasNoPack(t *testing.T) {
	o := newOffice(t)
	c := openedCase(t, o, calendar.Access)
	decision := register.DecisionInput{Outcome: register.Refuse, Grounds: []string{"excessive"}, Reason: "the tenth this month"}
	if _, err := o.Decide(t.Context(), c.Ref, decision); err != nil {
		t.Fatal(err)
	}
	to := filepath.Join(t.TempDir(), "reply.zip")
	if _, err := o.Pack(t.Context(), c.Ref, register.PackInput{To: to}); register.KindOf(err) != register.Refused {
		t.Errorf("the pack of a refused request: %v", err)
	}
	if _, err := os.Stat(to); err == nil {
		t.Error("a file is left behind")
	}
}
