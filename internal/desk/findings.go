package desk

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/store"
)

// Findings returns everything the store holds on the person of a case, and
// every text of somebody else's record, or of nobody's, that seems to name
// them, with what was judged of each. told may be nil; it hears how many
// records were looked through. Errors: Refused for a case without a person or
// one that gathers no data, Denied, NotFound.
func (s *Seat) Findings(ctx context.Context, ref string, told func(done, total int)) (register.Findings, error) {
	if err := s.allow(register.RequestRead); err != nil {
		return register.Findings{}, err
	}
	r, err := s.gathering(ref)
	if err != nil {
		return register.Findings{}, err
	}
	return s.findings(ctx, &r, told)
}

// gathering returns a case that gathers what is held on a person.
func (s *Seat) gathering(ref string) (register.Request, error) {
	r, err := s.request(ref)
	switch {
	case err != nil:
	case r.Delegate == "":
		err = register.Errorf(register.Refused, "", "%s: nobody is matched to the case yet", r.Ref)
	case r.Right != calendar.Access && r.Right != calendar.Portability && r.Right != calendar.EducationalRecord &&
		r.Right != calendar.Complaint:
		kind, _ := register.KindOfCase(r.Right)
		err = register.Errorf(register.Refused, "", "%s gathers no data: its kind is %s", r.Ref, strings.ToLower(kind.Title))
	}
	return r, err
}

func (s *Seat) findings(ctx context.Context, r *register.Request, told func(done, total int)) (register.Findings, error) {
	var f register.Findings
	err := s.desk.db.View(func(tx *store.Tx) error {
		d, err := tx.Delegates().Get(r.Delegate)
		if err != nil {
			return err
		}
		held, err := s.held(tx, d.ID)
		if err != nil {
			return err
		}
		mentions, err := s.mentions(ctx, tx, &d, told)
		if err != nil {
			return err
		}
		f = r.Found(held, mentions)
		return nil
	})
	return f, err
}

// mentions searches everything but the person's own records for them.
func (s *Seat) mentions(
	ctx context.Context, tx *store.Tx, d *register.Delegate, told func(done, total int),
) ([]register.Mention, error) {
	needles := register.MentionNeedles(d)
	ready, err := readyNeedles(needles)
	if err != nil {
		return nil, err
	}
	hits, err := tx.Search(ctx, ready, told)
	if err != nil {
		return nil, err
	}
	var all []register.Mention
	for i := range hits {
		h := &hits[i]
		title, ok := mentionTitles[h.Bucket]
		if !ok || h.Subject == d.ID || strings.HasSuffix(h.Field, "{}") {
			continue
		}
		last := len(all) - 1
		if last >= 0 && all[last].Collection == h.Bucket && all[last].Record == h.Key && all[last].Field == h.Field {
			if what := needles[h.Needle].What; !slices.Contains(all[last].Found, what) {
				all[last].Found = append(all[last].Found, what)
			}
			continue
		}
		all = append(all, register.Mention{
			Collection: h.Bucket, Title: title, Record: h.Key, Subject: h.Subject, Field: h.Field,
			Label: register.FieldLabel(h.Field), Text: h.Value, Found: []string{needles[h.Needle].What},
			Passage: register.Quote(h.Value, func(sentence string) bool { return len(ready.In(sentence)) > 0 }),
		})
	}
	return all, nil
}

// mentionTitles are the collections in which somebody may be mentioned, in
// words. What is there for undoing, the audit trail, unfinished forms, the
// settings and the staff are not among them: they say nothing that is kept on
// the person beside what is found elsewhere.
var mentionTitles = map[string]string{
	"delegates": "Record of somebody else", "memberships": "Somebody else's organisation", "bookings": "Somebody else's training",
	"consents": "Somebody else's consents", "requests": "Another case", "organisations": "Organisation", "courses": "Course",
	"disclosures": "Disclosure", "disclosed": "Disclosure about somebody else", "batches": "Import", "suppressions": "Suppression list",
	"holds": "Hold on somebody else's data", "breaches": "Breach",
}

// Choose says of findings whether the pack takes them in: what is held is in
// unless it is left out with a reason, a mention only where it is taken in. An
// approved release waits for its approval again. Errors: Invalid naming what is
// missing, NotFound for a record that is not held on the person, Refused after
// the reply.
func (s *Seat) Choose(ctx context.Context, ref string, choices []register.FindingChoice) (register.RequestPage, error) {
	if len(choices) == 0 {
		return register.RequestPage{}, register.Errorf(register.Invalid, "record", "say of which finding")
	}
	return s.reselect(ctx, ref, fmt.Sprintf("%d findings judged", len(choices)), func(r *register.Request) error {
		for _, c := range choices {
			c.Reason, c.Code = strings.TrimSpace(c.Reason), strings.TrimSpace(c.Code)
			c.By, c.At = s.operator.Name, s.desk.now()
			if err := s.knownCode(c.Code); err != nil {
				return err
			}
			if err := s.foundOn(r.Delegate, &c); err != nil {
				return err
			}
			if err := r.Choose(c); err != nil {
				return err
			}
		}
		return nil
	})
}

// foundOn refuses a choice of a record that is not held on the person: left out
// under a mistyped name, it would go out. A mention is told by its digest.
func (s *Seat) foundOn(id register.ID, c *register.FindingChoice) error {
	if c.Field != "" {
		return nil
	}
	return s.desk.db.View(func(tx *store.Tx) error {
		held, err := s.held(tx, id)
		if err != nil {
			return err
		}
		for i := range held {
			for j := range held[i].Entries {
				if held[i].Collection == c.Collection && register.RecordKey(&held[i].Entries[j]) == c.Record {
					return nil
				}
			}
		}
		return register.Errorf(register.NotFound, "record", "no such record is held on the person: list the findings")
	})
}

// knownCode refuses an exemption that is not on the office's list.
func (s *Seat) knownCode(code string) error {
	settings := s.Settings()
	if _, ok := settings.Exemption(code); code != "" && !ok {
		return register.Errorf(register.Invalid, "code", "the office's list has no exemption %q", code)
	}
	return nil
}
