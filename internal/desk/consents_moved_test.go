package desk_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"custos/internal/calendar"
	"custos/internal/register"
)

// What a commit adds to the counts is what counting everybody anew finds.
func TestWhatACommitMovesIsWhatCountingAnewFinds(t *testing.T) {
	o := newOfficeOf(t, "traded-services-portal")
	ada, bo := o.person(t, "Ada", "ada@example.org"), o.person(t, "Bo", "bo@example.org")
	counts := func() []register.PurposeCount {
		all, err := o.PurposeCounts(t.Context(), calendar.Date{}, calendar.Date{})
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	say := func(who register.ID, act register.ConsentAct) func() error {
		return func() error {
			_, err := o.RecordConsent(t.Context(), register.ConsentInput{
				Delegate: who, Purpose: "newsletter", Channel: "email", Act: act, Method: "paper",
			})
			return err
		}
	}
	withdraw := func(in register.WithdrawalInput) func() error {
		return func() error { _, err := o.Withdraw(t.Context(), in); return err }
	}
	for _, step := range []struct {
		name string
		who  register.ID
		do   func() error
	}{
		{"given", ada, say(ada, register.Given)},
		{"asked", bo, say(bo, register.Asked)},
		{"withdrawn", ada, withdraw(register.WithdrawalInput{Delegate: ada})},
		{"given again", ada, say(ada, register.Given)},
		{"objected", ada, withdraw(register.WithdrawalInput{Delegate: ada, Object: true})},
	} {
		o.now = o.now.Add(time.Minute)
		want := counts()
		if err := step.do(); err != nil {
			t.Fatalf("%s: %v", step.name, err)
		}
		before, after, err := o.CountsMoved([]register.ID{step.who, "D0000000000000"})
		if err != nil {
			t.Fatal(err)
		}
		for i := range want {
			want[i].Move(&before[i], &after[i])
		}
		if diff := cmp.Diff(counts(), want); diff != "" {
			t.Errorf("%s (-counted anew +moved):\n%s", step.name, diff)
		}
	}
}
