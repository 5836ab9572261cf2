package tui

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"custos/internal/register"
	"custos/tui/widget"
)

// newOperator is the form that adds a member of staff.
func newOperator(k *kit) Screen {
	desk := officeDesk(k.desk)
	return newForm(k, formSpec{
		id: "operator:new", title: "New operator",
		load:   func() ([]widget.Field, error) { return operatorFields(k) },
		remark: func(v widget.Values) string { return strength(k, v) },
		submit: func(ctx context.Context, v widget.Values) (formDone, error) {
			if v["passphrase"] != v["again"] {
				return formDone{}, register.Errorf(register.Invalid, "again", "this is not the same passphrase")
			}
			op := register.Operator{Name: strings.TrimSpace(v["operator"])}
			op.Roles, op.Organisation = rolesIn(v)
			pass := []byte(v["passphrase"])
			defer clear(pass)
			if err := desk.AddOperator(ctx, op, pass); err != nil {
				return formDone{}, err
			}
			return firstKey(ctx, k, op.Name, strings.TrimSpace(v["line"])), nil
		},
	})
}

// firstKey gives a new operator their SSH key. They are in already: a key that is refused is said, and can be given on
// their page.
func firstKey(ctx context.Context, k *kit, name, line string) formDone {
	done := formDone{said: name + " may open the store now."}
	if line == "" {
		return done
	}
	if _, err := operatorDesk(k.desk).AddKey(ctx, name, []byte(line), ""); err != nil {
		done.said = name + " may open the store now, but the SSH key was not taken: " + problem(err)
		done.next = newOperatorPage(k, name)
		return done
	}
	done.said = name + " may open the store now, and come in with the SSH key."
	return done
}

// roleOffer is a role as the form words it.
type roleOffer struct {
	role  register.Role
	label string
}

func roleOffers() []roleOffer {
	return []roleOffer{
		{register.Viewer, "Viewer: reads, without special category data"},
		{register.Officer, "Officer: does the day's work and prepares decisions"},
		{register.DPO, "Data protection officer: decides, approves, sees everything"},
		{register.Admin, "Admin: operators and settings, no special category data"},
		{register.Lead, "Lead: sees the people of one organisation"},
	}
}

// roleFields ask what an operator may do, and whose people a lead sees.
func roleFields(k *kit, op *register.Operator) ([]widget.Field, error) {
	organisations, err := organisationOptions(k.desk)
	var roles []widget.Option
	for _, r := range roleOffers() {
		roles = append(roles, widget.Option{Value: string(r.role), Label: r.label})
	}
	held := make([]string, len(op.Roles))
	for i, r := range op.Roles {
		held[i] = string(r)
	}
	return []widget.Field{
		{
			ID: "role", Label: "Roles", Kind: widget.Several, Required: true, Options: roles,
			Value: strings.Join(held, ","), Note: "Space ticks.",
		},
		{
			ID: "organisation", Label: "Organisation of a lead", Kind: widget.Choice, Options: organisations,
			Value: string(op.Organisation), Note: "Only for a lead.",
		},
	}, err
}

// rolesIn is what the questions for the roles were answered with: the organisation counts for a lead alone.
func rolesIn(v widget.Values) ([]register.Role, register.ID) {
	var roles []register.Role
	for _, r := range widget.Chosen(v["role"]) {
		roles = append(roles, register.Role(r))
	}
	if !slices.Contains(roles, register.Lead) {
		return roles, ""
	}
	return roles, register.ID(v["organisation"])
}

func operatorFields(k *kit) ([]widget.Field, error) {
	roles, err := roleFields(k, &register.Operator{})
	fields := []widget.Field{{ID: "operator", Label: "Login name", Required: true, Validate: loginName}}
	return append(append(fields, roles...),
		widget.Field{
			ID: "passphrase", Label: "First passphrase", Kind: widget.Secret, Required: true,
			Note: "Several words are best. They choose another as they first sit down.",
		},
		widget.Field{ID: "again", Label: "First passphrase again", Kind: widget.Secret, Required: true},
		widget.Field{
			ID: "line", Label: "SSH key", Validate: keyLine,
			Note: "The line of the file ending in .pub, pasted. Empty: they do not come in from elsewhere.",
		},
	), err
}

// keyLine refuses at once what is no public key at all; the desk reads the rest.
func keyLine(text string) error {
	words := strings.Fields(text)
	if len(words) == 0 || len(words) > 1 && strings.Contains(words[0], "-") {
		return nil
	}
	return errors.New("this is no public key: it begins with ssh-ed25519, or another kind")
}

// strength words how good a passphrase is.
func strength(k *kit, v widget.Values) string {
	if k.env.Strength == nil || v["passphrase"] == "" {
		return ""
	}
	score, words := k.env.Strength([]byte(v["passphrase"]), k.desk.Settings().Office, v["operator"])
	return fmt.Sprintf("Strength of the passphrase: %s (%d of 4)", words, score)
}
