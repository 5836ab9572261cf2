package desk

import (
	"cmp"
	"context"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"

	"custos/internal/calendar"
	"custos/internal/exchange/rightsfile"
	"custos/internal/register"
	"custos/store"
)

// ReadIncoming reads requests sent by machine, in the Data Rights Protocol or in
// OpenDSR, and opens a case for each; dry says what it would do and writes
// nothing. A request read before, under the sender's own reference, is not
// opened again. It is matched to a person by the email address where exactly one
// is held under it. Identity is asked for, whatever a sender calls verified,
// except where nothing would be given away by acting at once. Every case is one
// change: what was read stays when a later one fails.
func (s *Seat) ReadIncoming(ctx context.Context, name string, data []byte, dry bool) (register.IncomingPlan, error) {
	plan := register.IncomingPlan{Rows: []register.IncomingRow{}, Dry: dry}
	if err := s.allow(register.RequestOpen); err != nil {
		return plan, err
	}
	sent, problems, err := rightsfile.Read(name, data)
	if err != nil {
		return plan, err
	}
	for _, p := range problems {
		plan.Rows = append(plan.Rows, register.IncomingRow{
			Line: p.Line, Fate: register.IncomingRefused, Reason: strings.TrimPrefix(p.Field+": "+p.Reason, ": "),
		})
	}
	known := s.senders()
	for i := range sent {
		row, err := s.readOne(ctx, &sent[i], name, known, dry)
		if err != nil {
			return plan, err
		}
		plan.Rows = append(plan.Rows, row)
	}
	plan.Tally()
	return plan, nil
}

// senders are the cases that came by machine, by what tells them apart.
func (s *Seat) senders() map[string]string {
	known := map[string]string{}
	for _, r := range s.desk.db.RequestList() {
		if r.Sender != "" {
			known[r.Sender] = r.Ref
		}
	}
	return known
}

// readOne settles one request, and opens its case unless dry. The error is one
// of the store; what is wrong with the request is in the row.
func (s *Seat) readOne(
	ctx context.Context, in *rightsfile.Incoming, name string, known map[string]string, dry bool,
) (register.IncomingRow, error) {
	opens := s.inputOf(in, name)
	row := register.IncomingRow{
		Line: in.Line, Reference: in.Reference, Right: opens.Right, Received: opens.Received, Delegate: opens.Delegate,
		Name: s.named(opens.Delegate, opens.Name), Fate: register.IncomingNew,
	}
	if ref, ok := known[opens.Sender]; ok {
		row.Fate, row.Ref = register.IncomingRead, ref
		return row, nil
	}
	var r register.Request
	open := func(tx *store.Tx) (err error) {
		if dry {
			settings := s.Settings()
			_, err = s.begin(tx, opens, &settings)
			return err
		}
		r, err = s.open(tx, opens)
		return err
	}
	var err error
	if dry {
		err = s.desk.db.View(open)
	} else {
		_, err = s.change(ctx, act{verb: register.RequestOpen, subjects: some(opens.Delegate)}, open)
	}
	switch register.KindOf(err) {
	case register.Invalid, register.Refused, register.NotFound:
		row.Fate, row.Reason = register.IncomingRefused, err.Error()
		return row, nil
	case register.Internal, register.Conflict, register.Denied, register.Locked:
	}
	if err != nil {
		return row, err
	}
	row.Ref = r.Ref
	known[opens.Sender] = r.Ref
	return row, nil
}

func some(id register.ID) []register.ID {
	if id == "" {
		return nil
	}
	return []register.ID{id}
}

// inputOf is the case a request asks for.
func (s *Seat) inputOf(in *rightsfile.Incoming, name string) register.RequestInput {
	opens := register.RequestInput{
		Right: in.Right, How: "form", Received: s.sentOn(in), Note: s.noteOf(in, name), Sender: s.senderOf(in),
		Name: cmp.Or(strings.TrimSpace(in.Name), in.Email, in.Phone),
	}
	if email, err := register.NormalEmail(in.Email); err == nil {
		if held := s.desk.db.PersonByEmail(email); len(held) == 1 {
			opens.Delegate = held[0]
		}
	}
	if agent := strings.TrimSpace(in.Agent); agent != "" {
		opens.Requester, opens.Relation, opens.AuthorityNeeded = agent, "agent", true
	}
	switch in.Right {
	case calendar.Marketing, calendar.Withdrawal, calendar.Enquiry: // a no is acted on whoever brings it
	default:
		opens.IdentityNeeded, opens.Identity = true, "It came by machine: what the sender calls verified is the sender's word."
	}
	return opens
}

// sentOn is the day the clock may run from: the sender's, where it has come.
func (s *Seat) sentOn(in *rightsfile.Incoming) calendar.Date {
	if in.Received.IsZero() {
		return s.Today()
	}
	if on := calendar.LondonDate(in.Received); !on.After(s.Today()) {
		return on
	}
	return s.Today()
}

// senderOf tells a request apart from every other: by the sender's reference, or
// where there is none by what it says. It is a keyed hash and gives nothing of
// that away.
func (s *Seat) senderOf(in *rightsfile.Incoming) string {
	said := []string{in.Agent, in.Reference}
	if in.Reference == "" {
		said = append(said, in.Raw, in.Name, in.Email, in.Phone, in.Address, in.Received.UTC().String())
	}
	sum := s.desk.db.LookupHash("sender", strings.Join(said, "\x00"))
	return hex.EncodeToString(sum[:])
}

// noteOf keeps what was sent and has no place of its own in a case.
func (s *Seat) noteOf(in *rightsfile.Incoming, name string) string {
	lines := []string{fmt.Sprintf("Read from %s, line %s; the sender calls it %q.", name, strconv.Itoa(in.Line), in.Raw)}
	for _, x := range [][2]string{
		{"Reference there", in.Reference}, {"Law named", in.Regime}, {"Name", in.Name}, {"Email", in.Email}, {"Phone", in.Phone},
		{"Address", in.Address}, {"Relationship", strings.Join(in.Relationships, ", ")},
	} {
		if x[1] != "" {
			lines = append(lines, x[0]+": "+x[1])
		}
	}
	for _, n := range in.NotesAt(s.desk.now()) {
		lines = append(lines, "Note: "+n)
	}
	return strings.Join(lines, "\n")
}
