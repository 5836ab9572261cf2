package store

import (
	"testing"
	"time"

	"custos/internal/calendar"
	"custos/internal/register"
)

func eventInFull() register.ConsentEvent {
	return register.ConsentEvent{
		ID: "K1", Delegate: "D1", Purpose: "news", Channel: "email", Brand: "Beech", Act: register.Given,
		At: testStart.Add(time.Nanosecond), Recorded: testStart.Add(time.Hour), RecordedBy: testLogin, Method: "paper",
		Evidence: "folder 3", Notice: "main", NoticeVersion: "2", WordingDigest: register.WordingDigest("words"),
		GivenBy: "a parent", Authority: "parent", Expires: calendar.NewDate(2027, 2, 28), Collected: "sale", Corrects: "K0",
	}
}

// An event as the store writes it must take the short way: the long way hides that the short one no longer fits.
func TestEventsTakeTheShortWay(t *testing.T) {
	for _, e := range []register.ConsentEvent{{ID: "K1", Delegate: "D1", At: testStart, Recorded: testStart}, eventInFull()} {
		plain, err := records.encode(e)
		if err != nil {
			t.Fatal(err)
		}
		if f, ok := plainFact(plain); !ok || f != e.Fact() {
			t.Errorf("read as %+v, %t; want %+v", f, ok, e.Fact())
		}
	}
}

// The short way must read what it reads as the long way does, and leave it what it cannot read.
func FuzzPlainFact(f *testing.F) {
	for _, e := range []register.ConsentEvent{{}, eventInFull()} {
		plain, err := records.encode(e)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(plain)
	}
	f.Add([]byte("\xa1\x62id\x18\x63"))
	f.Add([]byte("\xa2\x62id\x61a\x62id\x61b"))
	f.Add([]byte("\xa1\x62at\x60"))
	f.Add([]byte("\xb8\x01\x78\x02id\x61a"))
	f.Fuzz(func(t *testing.T, plain []byte) {
		short, ok := plainFact(plain)
		if !ok {
			return
		}
		long, err := consents.decode(plain)
		if err != nil {
			t.Fatalf("read as %+v where the codec says %v", short, err)
		}
		if want := long.Fact(); short != want {
			t.Errorf("read as %+v, want %+v", short, want)
		}
	})
}

func TestAPackedFactComesBack(t *testing.T) {
	full := eventInFull()
	whole, ancient := full.Fact(), register.ConsentFact{ID: "K7K3M2PQX9TF0B", Act: register.Asked}
	ancient.At = time.Date(0, 1, 1, 0, 0, 0, 999, time.UTC)
	ancient.Recorded = time.Date(9999, 12, 31, 23, 59, 59, 999999999, time.UTC)
	forms := newForms()
	var packed []byte
	for _, f := range []register.ConsentFact{whole, ancient, {}} {
		packed = packFact(packed, &f, forms.of(formOf(&f)))
	}
	u := unpacker{string(packed)}
	got := u.facts(nil, forms.known())
	if len(got) != 3 || got[0] != whole || got[1] != ancient || got[2] != (register.ConsentFact{}) {
		t.Errorf("came back as %+v", got)
	}
}
