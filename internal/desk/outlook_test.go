package desk_test

import (
	"context"
	"errors"
	"testing"
)

func TestOfManyWhoAskAtOnceOneCounts(t *testing.T) {
	o := newOffice(t)
	release := o.desk.HoldCounting()
	ended, end := context.WithCancel(t.Context())
	end()
	if _, err := o.Recount(ended); !errors.Is(err, context.Canceled) {
		t.Errorf("somebody counted beside the one who does: %v", err)
	}
	if h := must(o.Home())(t); h.Outlook != nil {
		t.Errorf("home tells %+v", h.Outlook)
	}
	release()
	if !must(o.Recount(t.Context()))(t) {
		t.Error("nobody counts any more")
	}
}
