package consentfile

import (
	"bytes"
	"testing"
	"time"

	"custos/internal/register"
)

func FuzzCSV(f *testing.F) {
	f.Add([]byte("purpose,state,at,email\r\nnews,given,2026-03-02,a@example.org"))
	f.Add([]byte("purpose;state;at;delegate\n\"ne\"\"ws\n\";given;2026-03-02;D1\n;;;"))
	fuzz(f, CSV)
}

func FuzzJSON(f *testing.F) {
	f.Add([]byte(`[{"purpose":"news","state":["given"],"at":null}]`))
	fuzz(f, JSON)
}

func FuzzISO27560(f *testing.F) {
	f.Add([]byte(`{"@graph":[{"@type":"dpv:ConsentReceipt"}],"@graph":1}`))
	f.Add([]byte(`{"@type":"dpv:ConsentRecord","dpv:hasDataSubject":"a","dpv:hasPurpose":"b","dpv:hasConsentStatus":[{}]}`))
	fuzz(f, ISO27560)
}

func FuzzKantara(f *testing.F) {
	f.Add([]byte(`{"version":"KI-CR-v1.1.0","piiPrincipalId":"a","consentTimestamp":1700000000000}`))
	fuzz(f, Kantara)
}

// fuzz: whatever a file holds, it is read into whole events and named problems.
func fuzz(f *testing.F, format Format) {
	f.Add(write(f, format, []register.ConsentEvent{{
		ID: "K1", Delegate: "D1", Purpose: "news", Channel: "email", Act: register.Given, Method: "web",
		At: time.UnixMilli(1_700_000_000_123).UTC(), Recorded: time.UnixMilli(1_700_000_000_456).UTC(),
	}}))
	f.Fuzz(func(t *testing.T, data []byte) {
		place := 1
		_ = Read(format, bytes.NewReader(data), func(e Entry) { // an error is an answer too
			if e.Place < place {
				t.Fatalf("place %d after %d", e.Place, place)
			}
			place = e.Place
			if e.Problem == nil && (e.Event.Delegate == "" || e.Event.Act == "" || e.Event.At.IsZero()) {
				t.Fatalf("half an event: %+v", e.Event)
			}
		})
	})
}
