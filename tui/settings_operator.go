package tui

import (
	"context"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/theme"
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

// What can be done with an operator, beside the keys that can be removed.
const (
	operatorRoles  = "roles"
	operatorKeyAdd = "key"
	operatorGone   = "remove"
)

// openOperator lists what can be done with an operator, their SSH keys among it.
func (s *settings) openOperator(op register.Operator) tea.Cmd {
	var offers []widget.Option
	add := func(v register.Verb, value, label string) {
		if s.kit.may(v) {
			offers = append(offers, widget.Option{Value: value, Label: label})
		}
	}
	add(register.OperatorChange, operatorRoles, "Change the roles: "+roleWords(op.Roles))
	add(register.OperatorKey, operatorKeyAdd, "Add an SSH key")
	for _, k := range op.Keys {
		add(register.OperatorKey, k.Fingerprint, "Remove the key "+strings.TrimSpace(k.Label+" "+k.Fingerprint)+", since "+when(k.Added))
	}
	add(register.OperatorRemove, operatorGone, "Remove "+op.Name)
	return choose(widget.NewPicker(s.kit.theme, op.Name, offers, ""), func(o widget.Option) tea.Cmd {
		switch o.Value {
		case operatorRoles:
			return push(newRoles(s.kit, op))
		case operatorKeyAdd:
			return push(newOperatorKey(s.kit, op.Name))
		case operatorGone:
			return s.askRemoval(op.Name, "enter")
		}
		return s.askKeyRemoval(op.Name, o.Value)
	})
}

// newRoles changes what an operator may do, and whose people a lead sees.
func newRoles(k *kit, op register.Operator) Screen {
	desk := operatorDesk(k.desk)
	return newForm(k, formSpec{
		id: "operator:" + op.Name, title: "Roles of " + op.Name,
		intro: "They count from the next thing " + op.Name + " does. Somebody has to stay admin.",
		load: func() ([]widget.Field, error) {
			organisations, err := organisationOptions(k.desk)
			var roles []widget.Option
			for _, r := range roleOffers() {
				roles = append(roles, widget.Option{Value: string(r.role), Label: r.label})
			}
			roles = append(roles, widget.Option{
				Value: string(register.Lead), Label: "Lead: sees the people of one organisation",
			})
			held := make([]string, len(op.Roles))
			for i, r := range op.Roles {
				held[i] = string(r)
			}
			return []widget.Field{
				{ID: "role", Label: "Roles", Kind: widget.Several, Required: true, Options: roles, Value: strings.Join(held, ","), Note: "Space ticks."},
				{
					ID: "organisation", Label: "Organisation of a lead", Kind: widget.Choice, Options: organisations,
					Value: string(op.Organisation), Note: "Only for a lead.",
				},
			}, err
		},
		submit: func(ctx context.Context, v widget.Values) (formDone, error) {
			var roles []register.Role
			for _, r := range widget.Chosen(v["role"]) {
				roles = append(roles, register.Role(r))
			}
			organisation := register.ID(v["organisation"])
			if !slices.Contains(roles, register.Lead) {
				organisation = ""
			}
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
			widget.Field{ID: "file", Label: "Or a file with it", Note: "With its path."},
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

func (s *settings) askKeyRemoval(name, fingerprint string) tea.Cmd {
	desk := operatorDesk(s.kit.desk)
	return ask(widget.Question{
		Title: "Remove a key of " + name, Yes: "Remove it", AskedBy: "enter",
		Text: name + " can no longer come in from elsewhere with the key " + fingerprint + ". Their passphrase stays.",
	}, func() tea.Msg {
		if err := desk.RemoveKey(context.Background(), name, fingerprint); err != nil {
			return fail(err)()
		}
		return officeDoneMsg{"The key is removed."}
	})
}

// themeOffers are the colours with a word for whom they are.
func themeOffers() []widget.Option {
	words := map[string]string{
		theme.Auto: "as the terminal suggests", theme.Light: "for dark letters on a pale ground",
		theme.Dark: "for pale letters on a dark ground", theme.Mono: "no colours; bold and reversed only",
		theme.HighContrast: "the brightest colours, for eyes that need them",
	}
	var all []widget.Option
	for _, name := range theme.Names() {
		all = append(all, widget.Option{Value: name, Label: name + ": " + words[name]})
	}
	return all
}
