package tui

import (
	"context"
	"strings"

	"custos/internal/register"
	"custos/tui/widget"
)

// operatorDesk changes what an operator may do and how they come in.
type operatorDesk interface {
	ChangeOperator(
		ctx context.Context, name string, roles []register.Role, organisation register.ID, was ...register.Operator,
	) (register.Operator, error)
	AddKey(ctx context.Context, name string, line []byte, label string) (register.SSHKey, error)
	RemoveKey(ctx context.Context, name, fingerprint string) error
}

// operatorLine is what the list says of an operator.
func operatorLine(op *register.Operator) string {
	words := op.Name + ": " + roleWords(op.Roles)
	if n := len(op.Keys); n > 0 {
		words += ", " + count(n, "SSH key")
	}
	return words
}

// newRoles changes what an operator may do, and whose people a lead sees.
func newRoles(k *kit, op register.Operator) Screen {
	desk := operatorDesk(k.desk)
	return newForm(k, formSpec{
		id: "operator:" + op.Name, title: "Roles of " + op.Name,
		intro: "They count from the next thing " + op.Name + " does. Somebody has to stay admin.",
		load:  func() ([]widget.Field, error) { return roleFields(k, &op) },
		submit: func(ctx context.Context, v widget.Values) (formDone, error) {
			roles, organisation := rolesIn(v)
			now, err := desk.ChangeOperator(ctx, op.Name, roles, organisation, op)
			return formDone{said: now.Name + ": " + roleWords(now.Roles) + "."}, err
		},
	})
}

// newOperatorKey takes the public key an operator comes in with from elsewhere: pasted, or in a file.
func newOperatorKey(k *kit, name string) Screen {
	desk := operatorDesk(k.desk)
	return newForm(k, formSpec{
		title: "SSH key of " + name,
		intro: "The public key, as the file ending in .pub on their own machine has it. The other one stays there.",
		load: asked(
			widget.Field{ID: "line", Label: "The line", Note: "It begins with ssh-ed25519, or another kind. Paste it."},
			widget.Field{ID: "file", Label: "Or a file with it", File: true, Note: "With its path."},
			widget.Field{ID: "label", Label: "Label", Note: "Tells keys apart, such as: laptop."},
		),
		submit: func(ctx context.Context, v widget.Values) (formDone, error) {
			line, at := []byte(strings.TrimSpace(v["line"])), "line"
			if len(line) == 0 {
				data, err := readOf(k, v, "file")
				if err != nil {
					return formDone{}, err
				}
				line, at = data, "file"
			}
			key, err := desk.AddKey(ctx, name, line, strings.TrimSpace(v["label"]))
			return formDone{said: name + " may come in with " + key.Fingerprint + "."}, atQuestion(err, at)
		},
	})
}
