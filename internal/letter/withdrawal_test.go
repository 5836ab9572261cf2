package letter_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"custos/internal/letter"
	"custos/internal/register"
)

func withdrawal() letter.WithdrawalReply {
	event := func(purpose, channel, brand string) register.ConsentEvent {
		return register.ConsentEvent{Purpose: purpose, Channel: channel, Brand: brand, Act: register.Withdrawn, At: printed.Add(-24 * time.Hour)}
	}
	return letter.WithdrawalReply{
		Settings: settings(), Person: "Robin Example", Code: "X0000000000002", At: printed, Audit: trail(),
		Withdrawal: register.Withdrawal{
			Events:  []register.ConsentEvent{event("news", "email", ""), event("news", "post", ""), event("letter", "email", "gazette")},
			Grounds: []register.Ground{{Purpose: "courses", Title: "Courses", Basis: register.PublicTask}},
		},
	}
}

func manyTaken() letter.WithdrawalReply {
	w := withdrawal()
	for i := range 80 {
		w.Withdrawal.Events = append(w.Withdrawal.Events, register.ConsentEvent{
			Purpose: fmt.Sprintf("former purpose %d", i), Channel: register.AnyChannel, Act: register.Objected, At: printed,
			GivenBy: strings.Repeat("Somebody with a long name ", 5),
		})
	}
	w.Person = strings.Repeat("Robin ", 30) + "山田"
	return w
}

func reply(t testing.TB, w letter.WithdrawalReply) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := w.PDF(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func replyPage(t testing.TB, w letter.WithdrawalReply) string {
	t.Helper()
	var b strings.Builder
	if err := w.HTML(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestWithdrawalLetterIsAsAgreed(t *testing.T) {
	wantAgreed(t, "withdrawal.txt", flat(readPDF(t, reply(t, withdrawal()))))
	wantAgreed(t, "withdrawal.html", replyPage(t, withdrawal()))
	if !bytes.Equal(reply(t, withdrawal()), reply(t, withdrawal())) {
		t.Error("two letters of the same input differ")
	}
}

func TestWithdrawalLetterSaysTheSameInBothForms(t *testing.T) {
	for name, w := range map[string]letter.WithdrawalReply{"few": withdrawal(), "many": manyTaken(), "none": {Settings: settings()}} {
		words := map[string]bool{}
		for _, word := range strings.Fields(flat(readPDF(t, reply(t, w)))) {
			words[word] = true
		}
		for _, word := range strings.Fields(text(nodes(t, replyPage(t, w))["main"][0])) {
			if !words[strings.TrimSuffix(word, ":")] && !words[word] {
				t.Errorf("%s: the PDF lacks %q", name, word)
			}
		}
	}
}

func TestWithdrawalLetterTellsHowItStands(t *testing.T) {
	erase := withdrawal()
	erase.Withdrawal.Grounds, erase.Withdrawal.OfferErasure = nil, true
	object := withdrawal()
	object.Withdrawal.Events = []register.ConsentEvent{
		{Purpose: register.AnyMarketing, Channel: register.AnyChannel, Act: register.Objected, At: printed, GivenBy: "Parent Example"},
	}
	left := withdrawal()
	left.Withdrawal.Events, left.Withdrawal.Grounds = nil, nil
	for name, tt := range map[string]struct {
		w         letter.WithdrawalReply
		says, not []string
	}{
		"withdrawn": {withdrawal(), []string{
			"you withdrew your consent", "News of our courses", "Email; Post. You told us on 30 June 2026 at 00:30.", // London
			"The Gazette, Email", "We have stopped", "Public task (UK GDPR Art 6(1)(e)). We run the courses you book.",
			"Tell us first, then The Regulator.", "30 days", "Course office",
		}, []string{"We offer to erase", "objection", "not to be used"}},
		"the only reason": {erase, []string{"Your consent was the only reason", "We offer to erase"}, []string{"Art 6(1)"}},
		"objection": {object, []string{
			"We have recorded your objection", "All direct marketing", "every channel. Parent Example told us for you on 1 July 2026",
			"addresses not to be used",
		}, nil},
		"nothing to take back": {left, []string{"no consent of yours left", "no reason to hold"}, nil},
	} {
		page := strings.Join(strings.Fields(text(nodes(t, replyPage(t, tt.w))["body"][0])), " ")
		for _, want := range tt.says {
			if !strings.Contains(page, want) {
				t.Errorf("%s: the letter does not say %q", name, want)
			}
		}
		for _, not := range tt.not {
			if strings.Contains(page, not) {
				t.Errorf("%s: the letter says %q", name, not)
			}
		}
	}
}

func TestNothingHostileReachesTheWithdrawalPage(t *testing.T) {
	w := withdrawal()
	w.Person, w.Settings.Office, w.Withdrawal.Events[0].GivenBy = hostile, hostile, hostile
	page := replyPage(t, w)
	if len(nodes(t, page)["script"]) > 0 || strings.ContainsAny(page, "\u202e\x00\x1b") {
		t.Error("something hostile got in")
	}
	wantTidy(t, readPDF(t, reply(t, w)))
}
