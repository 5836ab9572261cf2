package register

import (
	"slices"
	"strings"

	"custos/internal/calendar"
)

// GroundHold is the ground of a choice that rests on a hold on the person's data.
const GroundHold = "hold"

// KeepGrounds are the codes under which an erasure may keep something: those an erasure may be refused on, and a hold.
func KeepGrounds() []string {
	kind, _ := KindOfCase(calendar.Erasure)
	var codes []string
	for _, g := range kind.Refusals {
		codes = append(codes, g.Code)
	}
	return append(codes, GroundHold)
}

// KeepInErasure puts choices in place of earlier ones on the same thing; one whose fate is to remove takes the earlier
// one back. Each is about the person's own records of a collection, or about a record of others that names them, and is
// about a line of the plan. Errors: Invalid naming what is missing, NotFound for what the plan does not speak of; the
// request is then as it was.
func (r *Request) KeepInErasure(plan *ErasurePlan, choices []ErasureChoice) error {
	kept := slices.Clone(r.Keeps)
	for _, c := range choices {
		c.Reason, c.Until = strings.TrimSpace(c.Reason), strings.TrimSpace(c.Until)
		kept = slices.DeleteFunc(kept, func(x ErasureChoice) bool { return x.Collection == c.Collection && x.Record == c.Record })
		if c.Fate == ErasureRemoves {
			continue
		}
		if err := c.validate(plan); err != nil {
			return err
		}
		kept = append(kept, c)
	}
	r.Keeps = kept
	return nil
}

func (c *ErasureChoice) validate(plan *ErasurePlan) error {
	var line *ErasureLine
	for i := range plan.Lines {
		l := &plan.Lines[i]
		if l.Collection == c.Collection && l.Record == c.Record {
			line = l
		}
	}
	switch {
	case c.Fate != ErasureKeeps && c.Fate != ErasureMasks:
		return Errorf(Invalid, "fate", "say keep, mask, or remove to take a choice back")
	case c.Reason == "":
		return Errorf(Invalid, "reason", "say why: the approver reads it")
	case line == nil:
		return Errorf(NotFound, "record", "the plan says nothing about %s %s", c.Collection, c.Record)
	case c.Record == "" && !slices.Contains(Keepable(), c.Collection):
		return Errorf(Refused, "collection", "only %s of the person may be kept", strings.Join(Keepable(), ", "))
	case slices.Contains([]string{"requests", "audit", "undo"}, c.Collection) && (line.Field == "" || c.Collection != "requests"):
		return Errorf(Refused, "collection", "nothing can be chosen about %s", c.Collection)
	case c.Record == "" && c.Fate == ErasureMasks:
		return Errorf(Invalid, "fate", "the person's own records are kept or removed, not masked")
	case c.Fate == ErasureKeeps && !slices.Contains(KeepGrounds(), c.Ground):
		return Errorf(Invalid, "ground", "%q is no ground to keep data on; grounds are %s", c.Ground, strings.Join(KeepGrounds(), ", "))
	}
	return nil
}
