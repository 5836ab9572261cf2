package handover

import (
	"testing"

	"custos/internal/register"
)

// Whatever a sealed file holds, reading it ends in a case or an error that
// names no more than a field.
func FuzzDecode(f *testing.F) {
	f.Add([]byte(`{"format":"custos hand-over 1","case":{"ref":"AR-2026-0001","right":"access","events":[{"seq":1,"kind":"received","on":"2026-03-02"}]}}`))
	f.Add([]byte(`{"format":"custos advice 1","events":[{"kind":"decided","outcome":"fulfil"}]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		var h register.HandOver
		if err := decode(text, &h); err == nil {
			if one, err := h.Visiting(); err == nil && (one.Visit == nil || one.Delegate != "") {
				t.Fatal("a case came in that is this office's own")
			}
		}
		var a register.Advice
		if err := decode(text, &a); err == nil {
			plan := a.Plan(&register.Request{Ref: "AR-2026-0001"})
			if len(plan.Conflicts) == 0 {
				t.Fatal("advice on nothing that was handed over is no conflict")
			}
		}
	})
}
