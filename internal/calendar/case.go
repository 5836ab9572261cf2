package calendar

import "fmt"

// RightsCase is what is known of one rights request: the input of RightsDue. Keep it
// beside the Deadline it gave. In JSON and CBOR the names are those of the tags.
type RightsCase struct {
	Right  Right  `json:"right"`
	Nation Nation `json:"nation"` // the controller's

	// Received is the day in London the request reached anyone in the organisation,
	// working day or not.
	Received Date `json:"received"`

	Identity  Wait `json:"identity,omitzero"`  // proof of who is asking
	Authority Wait `json:"authority,omitzero"` // proof that someone may ask for another
	Fee       Wait `json:"fee,omitzero"`       // a fee the law allowed to be charged

	Pauses   []Pause `json:"pauses,omitempty"` // access requests only
	Extended bool    `json:"extended,omitzero"`
}

// Wait is something asked for before the clock may start. The zero Wait was never
// asked for; one received without a day of asking was handed over unasked or the day was
// not noted; one asked for and not received holds the clock.
type Wait struct {
	Asked    Date `json:"asked,omitzero"`
	Received Date `json:"received,omitzero"`
}

// IsZero reports whether nothing was asked for.
func (w Wait) IsZero() bool { return w == Wait{} }

// Open reports whether what was asked for is still awaited.
func (w Wait) Open() bool { return !w.Asked.IsZero() && w.Received.IsZero() }

// Pause is a question about what an access request covers, and its answer. While
// Answered is zero the clock stands.
type Pause struct {
	Asked    Date `json:"asked"`
	Answered Date `json:"answered,omitzero"`
}

// namedWait is a Wait with its field name and what a sentence calls it.
type namedWait struct {
	Wait
	field, thing string
	byLaw        bool // the law itself names it, not the guidance alone
}

func (c RightsCase) waits() [3]namedWait {
	return [3]namedWait{
		{c.Identity, "identity", "Proof of identity", true},
		{c.Authority, "authority", "Proof of authority to act for the person", false},
		{c.Fee, "fee", "The fee", true},
	}
}

// check refuses a case the clock cannot count. Errors: *FieldError.
func (c RightsCase) check() error {
	if !c.Right.counted() {
		return refuse("right", "choose one of %s", joinNames(Rights()))
	}
	if err := checkNation(c.Nation); err != nil {
		return err
	}
	if c.Received.IsZero() {
		return refuse("received", "the day the request was received is missing")
	}
	for _, w := range c.waits() {
		if err := w.check(c.Received); err != nil {
			return err
		}
	}
	if err := c.checkWithdrawal(); err != nil {
		return err
	}
	return c.checkPauses()
}

func (w namedWait) check(received Date) error {
	switch {
	case !w.Asked.IsZero() && w.Asked.Before(received):
		return refuse(w.field+".asked", "%s is before the request was received on %s", w.Asked, received)
	case !w.Received.IsZero() && w.Received.Before(received):
		return refuse(w.field+".received", "%s is before the request was received on %s", w.Received, received)
	case !w.Received.IsZero() && w.Received.Before(w.Asked):
		return refuse(w.field+".received", "%s is before it was asked for on %s", w.Received, w.Asked)
	default:
		return nil
	}
}

// checkWithdrawal holds to Art 7(3): withdrawing consent is as easy as giving it.
func (c RightsCase) checkWithdrawal() error {
	switch {
	case c.Right != Withdrawal:
		return nil
	case !c.Fee.IsZero():
		return refuse("fee", "no fee may be charged for withdrawing consent")
	case c.Extended:
		return refuse("extended", "the withdrawal of consent takes effect at once and cannot be extended")
	default:
		return nil
	}
}

func (c RightsCase) checkPauses() error {
	if len(c.Pauses) > 0 && c.Right != Access {
		return refuse("pauses", "only an access request can be paused to clarify it, not one for %s", c.Right)
	}
	for i, p := range c.Pauses {
		asked, answered := pauseField(i, "asked"), pauseField(i, "answered")
		switch {
		case p.Asked.IsZero():
			return refuse(asked, "the day the question was asked is missing")
		case p.Asked.Before(c.Received):
			return refuse(asked, "%s is before the request was received on %s", p.Asked, c.Received)
		case !p.Answered.IsZero() && p.Answered.Before(p.Asked):
			return refuse(answered, "%s is before the question was asked on %s", p.Answered, p.Asked)
		}
	}
	return nil
}

func pauseField(i int, name string) string { return fmt.Sprintf("pauses[%d].%s", i, name) }
