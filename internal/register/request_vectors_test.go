package register

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"custos/internal/calendar"
)

// TestAgreedVectors plays the agreed examples of the clock, where they are at
// hand, as the events of a case.
func TestAgreedVectors(t *testing.T) {
	data := os.Getenv("CUSTOS_DATA")
	if data == "" {
		t.Skip("CUSTOS_DATA is not set: the agreed examples are not at hand")
	}
	text, err := os.ReadFile(filepath.Join(filepath.Dir(data), "deadline-vectors.json"))
	if err != nil {
		t.Skip("there are no agreed examples beside CUSTOS_DATA")
	}
	var file struct {
		Requests []struct {
			ID    string
			Input struct {
				Received, Ident, Div string
				Pauses               [][2]string
				Extended             bool
			}
			Expect struct {
				Start, Due string
				Last       string `json:"statutory_latest"`
				NoticeBy   string `json:"extension_notice_by"`
			}
		} `json:"rights_requests"`
	}
	if err := json.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	for _, v := range file.Requests {
		r := &Request{Ref: v.ID, Right: calendar.Access, Nation: calendar.EnglandAndWales}
		if v.Input.Div != "" {
			r.Nation = calendar.Nation(v.Input.Div)
		}
		received := day(t, v.Input.Received)
		mustAdd(t, r, RequestEvent{Kind: Received, On: received})
		if v.Input.Ident != "" {
			mustAdd(t, r, RequestEvent{Kind: IdentityAsked, On: received})
			mustAdd(t, r, RequestEvent{Kind: IdentitySeen, On: day(t, v.Input.Ident)})
		}
		for _, p := range v.Input.Pauses {
			mustAdd(t, r, RequestEvent{Kind: ClarifyAsked, On: day(t, p[0])})
			mustAdd(t, r, RequestEvent{Kind: Clarified, On: day(t, p[1])})
		}
		if v.Input.Extended {
			mustAdd(t, r, RequestEvent{Kind: Extended, On: received.AddDays(20), Text: "because"})
		}
		d := r.Deadline
		if d.Start.String() != v.Expect.Start || d.Due.String() != v.Expect.Due || d.LastLawful.String() != v.Expect.Last ||
			d.ExtensionNoticeBy.String() != v.Expect.NoticeBy {
			t.Errorf("example %s: start %s, due %s, at the latest %s, notice by %s: want %+v",
				v.ID, d.Start, d.Due, d.LastLawful, d.ExtensionNoticeBy, v.Expect)
		}
	}
}
