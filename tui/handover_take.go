package tui

import (
	"context"
	"strings"

	"custos/internal/exchange/sealed"
	"custos/internal/register"
	"custos/tui/widget"
)

// The ways a sealed file is opened.
const (
	openPassword = "password"
	openIdentity = "identity"
)

// newTakeIn asks for the file of another office's case and what opens it.
func newTakeIn(k *kit) Screen {
	desk := handoverDesk(k.desk)
	return newForm(k, formSpec{
		id: "request:take-in", title: "Take in a case", doing: "Opening the file",
		intro: "A case that another office handed over is decided here and sent back. The person is nobody's record here.",
		load:  asked(opening()...),
		submit: func(ctx context.Context, v widget.Values) (formDone, error) {
			data, key, err := openSealed(k, v)
			if err != nil {
				return formDone{}, err
			}
			defer forget(key)
			page, err := desk.TakeIn(ctx, data, key)
			if err != nil {
				return formDone{}, err
			}
			return formDone{said: page.Ref + " is taken in from " + page.Visit.Office + ".", next: newCase(k, page.Ref)}, nil
		},
	})
}

// newTakeBack asks for the file of the advice on a case of this office and what opens it, and shows the plan.
func newTakeBack(k *kit) Screen {
	desk := handoverDesk(k.desk)
	return newForm(k, formSpec{
		id: "request:take-back", title: "Take advice back", doing: "Opening the file",
		intro: "You see what the advice brings, and what happened here since, before anything is taken in.",
		load:  asked(opening()...),
		submit: func(ctx context.Context, v widget.Values) (formDone, error) {
			data, key, err := openSealed(k, v)
			if err != nil {
				return formDone{}, err
			}
			a := &advice{kit: k, desk: desk, data: data, key: key, pane: widget.NewPane(k.theme)}
			if a.plan, err = desk.TakeBack(ctx, data, key, true); err == nil {
				a.page, err = desk.Request(a.plan.Ref)
			}
			if err != nil {
				forget(key)
				return formDone{}, err
			}
			return formDone{next: a}, nil
		},
	})
}

func opening() []widget.Field {
	return []widget.Field{
		{ID: "file", Label: "File", File: true, Required: true, Note: "The sealed file, with its path."},
		{
			ID: "opens", Label: "What opens it", Kind: widget.Choice, Required: true, Value: openPassword,
			Options: []widget.Option{
				{Value: openPassword, Label: "The password they told you, typed below"},
				{Value: openIdentity, Label: "Your own age or SSH key, in a file"},
			},
		},
		{ID: "password", Label: "Password", Kind: widget.Secret, Note: "It is kept nowhere."},
		{ID: "identity", Label: "File of your key", File: true, Note: "With its path. The key is read to open the file and kept nowhere."},
	}
}

// openSealed reads the file and what opens it.
func openSealed(k *kit, v widget.Values) (data []byte, key sealed.Key, err error) {
	byKey, identity := v["opens"] == openIdentity, strings.TrimSpace(v["identity"])
	switch {
	case !byKey && v["password"] == "":
		return nil, key, register.Errorf(register.Invalid, "password", "type the password")
	case byKey && v["password"] != "":
		return nil, key, register.Errorf(register.Invalid, "opens", "a password is typed, but it is not what opens the file")
	case byKey && identity == "":
		return nil, key, register.Errorf(register.Invalid, "identity", "say which file holds your key")
	}
	if data, err = readOf(k, v, "file"); err != nil {
		return nil, key, err
	}
	if byKey {
		key.Identities, err = readOf(k, v, "identity")
	} else {
		key.Password = []byte(v["password"])
	}
	return data, key, err
}

// forget wipes what opened a file.
func forget(key sealed.Key) {
	clear(key.Password)
	clear(key.Identities)
}
