package desk_test

import (
	"testing"
	"testing/synctest"
)

func TestOfManyWhoAskAtOnceOneCounts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(t)
		release := o.desk.HoldCounting()
		told := make(chan bool, 1)
		go func() {
			changed, err := o.Recount(t.Context())
			told <- changed && err == nil
		}()
		synctest.Wait()
		if len(told) > 0 {
			t.Error("somebody counted beside the one who does")
		}
		release()
		if !<-told {
			t.Error("who waited is not told of a change")
		}
	})
}
