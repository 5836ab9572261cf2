package store

import (
	"testing"

	"custos/internal/calendar"
	"custos/internal/register"
)

func TestHoldsTemplatesAndErasures(t *testing.T) {
	db := newStore(t)
	on := calendar.NewDate(2026, 3, 2)
	hold := register.Hold{ID: "H1", Delegate: "D1", Kind: "claim", Reason: "a claim", On: on, By: testLogin}
	letter := register.LetterTemplate{Kind: register.LetterReply, Subject: "Your request", Body: "Dear"}
	done := register.Erasure{Delegate: "D9", Request: "ER-2026-0001", At: testStart, By: testLogin,
		Removed: map[string]int{"delegates": 1}}
	change(t, db, byTester(), func(tx *Tx) error {
		for _, err := range []error{tx.Holds().Put(hold), tx.Templates().Put(letter), tx.Erasures().Put(done)} {
			if err != nil {
				return err
			}
		}
		return nil
	})
	done.Complete = true
	change(t, db, byTester(), func(tx *Tx) error {
		if err := tx.Erasures().Delete("ER-2026-0001"); register.KindOf(err) != register.Refused {
			t.Errorf("deleting an erasure: %v", err)
		}
		return tx.Erasures().Put(done)
	})
	change(t, db, byTester(), func(tx *Tx) error { return tx.Forget("D1", "D9") })
	err := db.View(func(tx *Tx) error {
		if _, err := tx.Holds().Get("D1", "H1"); register.KindOf(err) != register.NotFound {
			t.Errorf("the hold of a forgotten person: %v", err)
		}
		if got, err := tx.Templates().Get(string(register.LetterReply)); err != nil || got.Body != letter.Body {
			t.Errorf("the template is %+v, %v", got, err)
		}
		if got, err := tx.Erasures().Get("ER-2026-0001"); err != nil || !got.Complete || got.Removed["delegates"] != 1 {
			t.Errorf("the erasure is %+v, %v", got, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	mustCheck(t, db)
}
