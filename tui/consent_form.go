package tui

import (
	"context"
	"strings"
	"time"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/tui/widget"
)

// consentDesk keeps the ledger of consents.
type consentDesk interface {
	personDesk
	RecordConsent(ctx context.Context, in register.ConsentInput) (register.ConsentEvent, error)
	ConsentHistory(who register.ID) ([]register.ConsentEvent, error)
}

// consentForm records one act in the ledger.
type consentForm struct {
	kit  *kit
	desk consentDesk
	who  register.ID
}

func newConsentForm(k *kit, who register.ID) Screen {
	f := &consentForm{k, k.desk, who}
	return newForm(k, formSpec{
		id: "consent:" + string(who), title: "Consent", subject: who, load: f.load, submit: f.submit,
		intro: "The wording in force on the day is kept with the record. Nothing in the ledger is ever changed: a mistake is " +
			"put right by a later event.",
	})
}

func (f *consentForm) load() ([]widget.Field, error) {
	page, err := f.desk.Person(f.who)
	if err != nil {
		return nil, err
	}
	if len(page.Consents) == 0 {
		return nil, register.Errorf(register.Refused, "", "the profile of this office asks nobody for consent")
	}
	var questions, acts, methods []widget.Option
	for _, c := range page.Consents {
		questions = append(questions, widget.Option{Value: questionKey(c), Label: consentWords(c)})
	}
	for _, a := range register.ConsentActs() {
		acts = append(acts, widget.Option{Value: string(a), Label: string(a)})
	}
	for _, m := range register.ConsentMethods() {
		methods = append(methods, widget.Option{Value: m, Label: m})
	}
	return []widget.Field{
		{
			ID: "purpose", Label: "For what, and how it stands", Kind: widget.Choice, Options: questions, Required: true,
			Below: f.wording,
		},
		{ID: "state", Label: "What happened", Kind: widget.Choice, Options: acts, Required: true},
		{ID: "on", Label: "When", Kind: widget.Date, Value: f.kit.desk.Today().String(), Required: true, Validate: f.past},
		{ID: "method", Label: "How", Kind: widget.Choice, Options: methods, Required: true},
		{ID: "evidence", Label: "Where the proof is", Note: "A file, a form's number, a note of the call."},
		{ID: "given_by", Label: "Given by somebody else", Note: "Leave empty where the person spoke for themselves."},
		{ID: "authority", Label: "On whose authority", Note: "Needed where somebody else gave it."},
	}, nil
}

// wording is what the record will keep: the words of the purpose and the notice in force on the day.
func (f *consentForm) wording(v widget.Values) []string {
	if v["purpose"] == "" {
		return []string{"The wording that is kept with the record is shown here."}
	}
	profile := f.kit.desk.Settings().Profile
	purpose, _ := profile.Purpose(strings.SplitN(v["purpose"], "|", 2)[0])
	on, err := calendar.ParseDate(widget.Field{Kind: widget.Date}.Final(v["on"]))
	if err != nil {
		on = f.kit.desk.Today()
	}
	kept := []string{"Kept as the wording: " + purpose.Wording}
	if n, ok := profile.Notice(purpose.Notice, on); ok {
		return append(kept, "Kept as the notice: "+n.Title+", version "+n.Version)
	}
	return []string{"No notice held here was in force on " + day(on) + ": no wording is kept."}
}

// past refuses a day that has not come.
func (f *consentForm) past(day string) error {
	d, err := calendar.ParseDate(day)
	if err == nil && d.After(f.kit.desk.Today()) {
		return register.Errorf(register.Invalid, "", "that day has not come yet")
	}
	return err
}

func questionKey(c register.ConsentLine) string {
	return strings.Join([]string{c.Purpose, c.Channel, c.Brand}, "|")
}

func (f *consentForm) submit(ctx context.Context, v widget.Values) (formDone, error) {
	key := strings.SplitN(v["purpose"]+"||", "|", 4)
	on, err := calendar.ParseDate(v["on"])
	if err != nil {
		return formDone{}, register.Errorf(register.Invalid, "on", "this is not a date")
	}
	in := register.ConsentInput{
		Delegate: f.who, Purpose: key[0], Channel: key[1], Brand: key[2], Act: register.ConsentAct(v["state"]),
		Method: v["method"], Evidence: v["evidence"], GivenBy: v["given_by"], Authority: v["authority"],
	}
	if on != f.kit.desk.Today() {
		in.At = time.Date(on.Year(), on.Month(), on.Day(), 12, 0, 0, 0, calendar.London())
	}
	if _, err := f.desk.RecordConsent(ctx, in); err != nil {
		return formDone{}, err
	}
	return formDone{said: "Recorded: " + v["state"] + "."}, nil
}
