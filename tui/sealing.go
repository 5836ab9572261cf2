package tui

import (
	"strings"

	"custos/internal/register"
	"custos/tui/widget"
)

// The ways a file is protected.
const (
	sealNone     = "none"
	sealPassword = "password"
	sealKeys     = "keys"
)

// sealing are the questions of how a file is protected. The password is typed twice, hidden, and stands in no draft.
func sealing() []widget.Field {
	return []widget.Field{
		{
			ID: "protection", Label: "Protection", Kind: widget.Choice, Required: true, Value: sealPassword,
			Options: []widget.Option{
				{Value: sealPassword, Label: "A password, typed below"},
				{Value: sealKeys, Label: "The key of whoever reads it (age or SSH)"},
			},
		},
		{
			ID: "password", Label: "Password", Kind: widget.Secret,
			Note: "10 characters or more. It is kept nowhere; tell it to them by another way.",
		},
		{ID: "again", Label: "Password again", Kind: widget.Secret},
		{
			ID: "recipient", Label: "Keys of the recipients",
			Note: "Each begins with age1 or ssh-; put a comma between them.",
		},
	}
}

// sealedWith reads how a file, named as in "the pack", is protected. A password or a key that the chosen way does not use
// is an answer to the wrong question, not something to pass over.
func sealedWith(v widget.Values, what string) (password []byte, recipients []string, err error) {
	byPassword, byKeys := v["protection"] == sealPassword, v["protection"] == sealKeys
	wrong := func(field, text string) ([]byte, []string, error) {
		return nil, nil, register.Errorf(register.Invalid, field, "%s", text)
	}
	switch {
	case byPassword && v["password"] == "":
		return wrong("password", "type the password")
	case byPassword && v["password"] != v["again"]:
		return wrong("again", "this is not the same password")
	case !byPassword && v["password"]+v["again"] != "":
		return wrong("protection", "a password is typed, but it is not what protects "+what)
	case byKeys && strings.TrimSpace(v["recipient"]) == "":
		return wrong("recipient", "give the key of whoever receives "+what)
	case !byKeys && strings.TrimSpace(v["recipient"]) != "":
		return wrong("protection", "a key is given, but it is not what protects "+what)
	}
	if byPassword {
		password = []byte(v["password"])
	}
	for _, key := range strings.Split(v["recipient"], ",") {
		if key = strings.TrimSpace(key); key != "" {
			recipients = append(recipients, key)
		}
	}
	return password, recipients, nil
}
