package tui

import (
	"context"
	"strings"

	"custos/internal/register"
	"custos/tui/widget"
)

// suppressionDesk keeps addresses from being used.
type suppressionDesk interface {
	Suppressions() ([]register.Suppression, error)
	Suppress(ctx context.Context, in register.SuppressionInput) (register.Suppression, error)
	LiftSuppression(ctx context.Context, id register.ID, because string) error
}

// newSuppression asks which address is kept from what.
func newSuppression(k *kit) Screen {
	desk := suppressionDesk(k.desk)
	profile := k.desk.Settings().Profile
	return newForm(k, formSpec{
		id: "suppression:new", title: "Suppress",
		intro: "The address or number is turned into a hash, which outlives every record. Give one of the two.",
		load: asked(
			widget.Field{ID: "email", Label: "Email address"},
			widget.Field{ID: "phone", Label: "Phone number", Note: "A number without a country code is taken as British."},
			widget.Field{
				ID: "scope", Label: "What it keeps out", Kind: widget.Choice, Required: true, Value: register.ScopeMarketing,
				Options: scopeOptions(&profile),
			},
			widget.Field{
				ID: "channel", Label: "By which channel", Kind: widget.Choice, Note: "None: by every channel of the address.",
				Options: []widget.Option{{Value: "email", Label: "email"}, {Value: "phone", Label: "phone"}, {Value: "sms", Label: "sms"}},
			},
			widget.Field{ID: "reason", Label: "Why", Required: true, Note: "Without the address itself: this is kept as it is."},
		),
		submit: func(ctx context.Context, v widget.Values) (formDone, error) {
			made, err := desk.Suppress(ctx, register.SuppressionInput{
				Email: strings.TrimSpace(v["email"]), Phone: strings.TrimSpace(v["phone"]), Channel: v["channel"], Scope: v["scope"],
				Reason: strings.TrimSpace(v["reason"]),
			})
			return formDone{said: "Suppressed: " + string(made.ID) + "."}, err
		},
	})
}

func scopeOptions(p *register.Profile) []widget.Option {
	all := []widget.Option{
		{Value: register.ScopeMarketing, Label: "All direct marketing"},
		{Value: register.ScopeAll, Label: "Everything, service messages too"},
		{Value: register.ScopeErased, Label: "Everything, and no import adds them again"},
	}
	for _, x := range p.Purposes {
		all = append(all, widget.Option{Value: x.ID, Label: x.Title + " only"})
	}
	return all
}

// newLifting asks why an address may be used again.
func newLifting(k *kit, id register.ID) Screen {
	desk := suppressionDesk(k.desk)
	return newForm(k, formSpec{
		id: "suppression:lift:" + string(id), title: "Lift",
		intro: "The entry stays in the list as lifted, with the reason. A refusal or withdrawal in the ledger stands all the same.",
		load: asked(widget.Field{
			ID: "because", Label: "Why it is lifted", Required: true, Note: "Such as: they asked in writing to be written to again.",
		}),
		confirm: func(widget.Values) widget.Question {
			return widget.Question{
				Title: "Lift " + string(id), Yes: "Lift it",
				Text: "The address may be used again wherever nothing else forbids it.",
			}
		},
		submit: func(ctx context.Context, v widget.Values) (formDone, error) {
			return formDone{said: "Lifted: " + string(id) + "."}, desk.LiftSuppression(ctx, id, v["because"])
		},
	})
}
