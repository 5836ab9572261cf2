package desk

import (
	"context"
	"slices"
	"strings"

	"custos/internal/register"
	"custos/store"
)

// ChangeOperator gives a member of staff other roles and, for a lead, the organisation whose people they see. It counts
// from their next step on, wherever they are at work. Errors: those of Operator.Validate; NotFound; Conflict where
// nothing would change, and where was is given and the roles are others by now; Refused for the last admin, and for
// one's own admin role, which another admin takes away.
func (s *Seat) ChangeOperator(
	ctx context.Context, name string, roles []register.Role, organisation register.ID, was ...register.Operator,
) (register.Operator, error) {
	var op register.Operator
	roles = slices.Clone(roles)
	slices.SortFunc(roles, func(a, b register.Role) int {
		return slices.Index(register.Roles(), a) - slices.Index(register.Roles(), b)
	})
	roles = slices.Compact(roles)
	a := act{verb: register.OperatorChange, note: strings.TrimSpace(name + " " + joined(roles) + " " + string(organisation))}
	_, err := s.change(ctx, a, func(tx *store.Tx) error {
		held, err := operator(tx, name)
		if err != nil {
			return err
		}
		if len(was) > 0 {
			if err := asRead("the roles", mandate(&held), []string{mandate(&was[0])}); err != nil {
				return err
			}
		}
		op = held
		op.Roles, op.Organisation = roles, organisation
		if err := op.Validate(); err != nil {
			return err
		}
		if err := s.mayBecome(tx, &held, &op); err != nil {
			return err
		}
		return tx.Operators().Put(op)
	})
	return op, err
}

// mayBecome says what keeps an operator from being changed.
func (s *Seat) mayBecome(tx *store.Tx, was, op *register.Operator) error {
	if slices.Equal(was.Roles, op.Roles) && was.Organisation == op.Organisation {
		return register.Errorf(register.Conflict, "role", "nothing of %s would change", op.Name)
	}
	if op.Organisation != "" {
		if _, err := tx.Organisations().Get(op.Organisation); err != nil {
			return err
		}
	}
	if !was.Is(register.Admin) || op.Is(register.Admin) {
		return nil
	}
	if others, err := otherAdmins(tx, op.Name); err != nil || others == 0 {
		return lastAdmin(op.Name, err)
	}
	if op.Name == s.operator.Name {
		return register.Errorf(register.Refused, "role", "nobody takes the admin role from themselves: another admin does")
	}
	return nil
}

// mandate is what an operator may do, in a line.
func mandate(op *register.Operator) string { return joined(op.Roles) + " " + string(op.Organisation) }

// operator is a member of staff who is one still.
func operator(tx *store.Tx, name string) (register.Operator, error) {
	op, err := tx.Operators().Get(name)
	if err == nil && !op.Removed.IsZero() {
		return op, noOperator
	}
	return op, knownOperator(err)
}

var noOperator = register.Errorf(register.NotFound, "operator", "no operator of that name works with this store")

// knownOperator says of an operator who is looked for in vain that there is none.
func knownOperator(err error) error {
	if register.KindOf(err) == register.NotFound {
		return noOperator
	}
	return err
}

// otherAdmins counts the admins but one.
func otherAdmins(tx *store.Tx, but string) (int, error) {
	n := 0
	for op, err := range tx.Operators().All() {
		if err != nil {
			return 0, err
		}
		if op.Name != but && op.Removed.IsZero() && op.Is(register.Admin) {
			n++
		}
	}
	return n, nil
}

func lastAdmin(name string, err error) error {
	if err != nil {
		return err
	}
	return register.Errorf(register.Refused, "operator", "%s is the last admin: add another first", name)
}

func joined(roles []register.Role) string {
	var all []string
	for _, r := range roles {
		all = append(all, string(r))
	}
	return strings.Join(all, ",")
}
