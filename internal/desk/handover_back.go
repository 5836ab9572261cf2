package desk

import (
	"context"
	"io"
	"strings"

	"custos/internal/exchange/handover"
	"custos/internal/exchange/sealed"
	"custos/internal/register"
	"custos/store"
)

// HandBack writes what was done here about another office's case as a sealed
// file: notes, findings, the decision. Errors: Refused for a case of this
// office's own, one with nothing to send, or a decision that waits for approval.
func (s *Seat) HandBack(ctx context.Context, ref string, in register.HandOverInput) (register.Disclosure, error) {
	var d register.Disclosure
	if err := s.allow(register.RequestAdvise); err != nil {
		return d, err
	}
	r, err := s.request(ref)
	if err != nil {
		return d, err
	}
	if err := mayHandBack(&r); err != nil {
		return d, err
	}
	if err := in.Validate(); err != nil {
		return d, err
	}
	a := register.Advice{
		Office: r.Visit.Office, Ref: r.Visit.Ref, Digest: r.Visit.Digest, From: s.Settings().Office, By: s.operator.Name,
		At: s.desk.now(), Events: r.Advised(), Audit: s.auditMark(),
	}
	d = register.Disclosure{
		What: "advice on another office's case", Recipient: "the office it came from", Fields: []string{"decision, findings, notes"},
		Format: "custos", Encryption: in.Encryption(), Request: r.Ref, AuditSeq: a.Audit.Sequence, AuditHead: a.Audit.Hash,
	}
	e := register.RequestEvent{Kind: register.HandedOver, On: s.Today(), Text: "advice sent back", To: r.Visit.Office, Covers: r.Visit.Digest}
	return s.disclose(ctx, leaving{
		record: d, verb: register.RequestAdvise,
		write: func(w io.Writer) error { return handover.WriteAdvice(w, a, sealKey(in)) },
		also:  func(tx *store.Tx) error { return s.enter(tx, r.Ref, e) },
	}, in.To)
}

func mayHandBack(r *register.Request) error {
	_, decided := r.Last(register.Decided)
	_, approved := r.Approval()
	switch {
	case r.Visit == nil:
		return register.Errorf(register.Refused, "", "%s is a case of this office: there is nobody to send it back to", r.Ref)
	case len(r.Advised()) == 0:
		return register.Errorf(register.Refused, "", "nothing was done about %s yet: decide it, or write down what you found", r.Ref)
	case decided && !approved:
		return register.Errorf(register.Refused, "", "the decision waits for another operator's approval")
	}
	return nil
}

// TakeBack takes advice on a case of this office in: its notes and findings,
// and the decision, which waits here for an operator's approval. What happened
// here since the case was handed over is listed, and nothing of it is written
// over: where it contradicts the advice, the advice is Refused and the plan
// names the conflicts. With dry nothing is taken in.
func (s *Seat) TakeBack(ctx context.Context, data []byte, with sealed.Key, dry bool) (register.AdvicePlan, error) {
	var plan register.AdvicePlan
	if err := s.allow(register.RequestHandOver); err != nil {
		return plan, err
	}
	a, err := handover.ReadAdvice(data, with)
	if err != nil {
		return plan, err
	}
	r, err := s.request(a.Ref)
	if err != nil {
		return plan, err
	}
	plan = a.Plan(&r)
	switch {
	case dry:
		return plan, nil
	case len(plan.Conflicts) > 0:
		return plan, register.Errorf(register.Refused, "", "%s: %s", r.Ref, strings.Join(plan.Conflicts, "; "))
	}
	_, err = s.step(ctx, r.Ref, act{verb: register.RequestHandOver, note: "advice taken in, SHA-256 " + a.Digest},
		func(now *register.Request, _ *store.Tx) error {
			if plan = a.Plan(now); len(plan.Conflicts) > 0 {
				return register.Errorf(register.Refused, "", "%s: %s", now.Ref, strings.Join(plan.Conflicts, "; "))
			}
			return s.advise(now, &a, plan.Events)
		})
	plan.Taken = err == nil
	return plan, err
}

// advise adds what the advice brings. Each event keeps who did it there, and
// the decision counts here once somebody here approves it.
func (s *Seat) advise(r *register.Request, a *register.Advice, events []register.RequestEvent) error {
	received := register.RequestEvent{
		Kind: register.AdviceReceived, On: s.Today(), Covers: a.Digest, To: a.From,
		Text: "from " + a.By + ", " + a.From + "; audit entry there: " + a.Audit.Hash,
	}
	if err := s.add(r, received); err != nil {
		return err
	}
	for _, e := range events {
		by := e.By
		if err := s.add(r, e); err != nil {
			return err
		}
		r.Events[len(r.Events)-1].By = by
	}
	return nil
}
