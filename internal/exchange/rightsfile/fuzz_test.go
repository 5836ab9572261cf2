package rightsfile

import (
	"testing"

	"custos/internal/calendar"
	"custos/internal/register"
)

// FuzzRead: whatever a file holds, it is read into whole requests and named problems, or refused.
func FuzzRead(f *testing.F) {
	f.Add([]byte(`{"exercise":["access","sale:opt-out"],"identity":"e30.` + encoded(`{"email":"a@example.org"}`) + `.x"}`))
	f.Add([]byte(`[{"subject_request_type":"erasure","subject_identities":[{"identity_type":"email"}]},7]`))
	f.Add([]byte("{\"encoded_request\":\"e30=\"}\n{\"request_id\":1}\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		requests, problems, err := Read("x", data)
		if err != nil {
			if register.KindOf(err) != register.Invalid || len(requests)+len(problems) > 0 {
				t.Fatalf("%v with %d requests", err, len(requests))
			}
			return
		}
		for _, in := range requests {
			if in.Right == calendar.Right("") || in.Raw == "" || in.Line < 1 || len(in.Notes) == 0 {
				t.Fatalf("half a request: %+v", in)
			}
		}
		for _, p := range problems {
			if p.Reason == "" || p.Line < 1 && len(problems) <= maxProblems {
				t.Fatalf("half a problem: %+v", p)
			}
		}
	})
}
