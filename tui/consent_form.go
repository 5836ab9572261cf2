package tui

import (
	"context"
	"slices"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/tui/widget"
)

// consentDesk keeps the ledger of consents.
type consentDesk interface {
	personDesk
	RecordConsent(ctx context.Context, in register.ConsentInput) (register.ConsentEvent, error)
	ConsentHistory(who register.ID) ([]register.ConsentEvent, error)
	ConsentsAsOf(who register.ID, on, known calendar.Date) ([]register.ConsentLine, error)
}

// consentForm records one act in the ledger.
type consentForm struct {
	kit  *kit
	desk consentDesk
	who  register.ID
	// corrects is the event that the new one puts right; its zero value: none.
	corrects register.ConsentEvent
}

// newCorrection records what an event should have said, in a later event that names it.
func newCorrection(k *kit, wrong register.ConsentEvent) Screen {
	f := &consentForm{kit: k, desk: k.desk, who: wrong.Delegate, corrects: wrong}
	return newForm(k, formSpec{
		id: "correct:" + string(wrong.ID), title: "Correct", subject: wrong.Delegate, load: f.load, submit: f.submit,
		intro: "Say what should have been recorded instead of " + string(wrong.Act) + " of " + moment(wrong.At) +
			". Both stay in the ledger; only the new one counts.",
	})
}

func newConsentForm(k *kit, who register.ID) Screen {
	f := &consentForm{kit: k, desk: k.desk, who: who}
	return newForm(k, formSpec{
		id: "consent:" + string(who), title: "Consent", subject: who, load: f.load, submit: f.submit, of: []string{string(who)},
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
	profile := f.kit.desk.Settings().Profile
	for _, c := range page.Consents {
		if x, ok := profile.Purpose(c.Purpose); ok && x.Service {
			continue // nobody is asked
		}
		questions = append(questions, widget.Option{Value: keyText(lineKey(&c)), Label: consentWords(c)})
	}
	for _, a := range register.ConsentActs() {
		acts = append(acts, widget.Option{Value: string(a), Label: string(a)})
	}
	for _, m := range register.ConsentMethods() {
		methods = append(methods, widget.Option{Value: m, Label: m})
	}
	was := &f.corrects
	fields := []widget.Field{
		{
			ID: "purpose", Label: "For what, and how it stands", Kind: widget.Choice, Options: questions, Required: true,
			Below: f.wording, Value: heldKey(was),
		},
		{ID: "state", Label: "What happened", Kind: widget.Choice, Options: acts, Required: true},
		{ID: "on", Label: "When", Kind: widget.Date, Value: f.day(), Required: true, Validate: f.past},
		{ID: "method", Label: "How", Kind: widget.Choice, Options: methods, Required: true, Value: was.Method},
		{ID: "evidence", Label: "Where the proof is", Note: "A file, a form's number, a note of the call."},
		{ID: "given_by", Label: "Given by somebody else", Note: "Leave empty where the person spoke for themselves."},
		{ID: "authority", Label: "On whose authority", Note: "Needed where somebody else gave it."},
	}
	if slices.ContainsFunc(profile.Purposes, func(x register.Purpose) bool { return x.SoftOptIn != "" }) {
		fields = append(fields, widget.Field{
			ID: "collected", Label: "How their details were come by", Kind: widget.Choice, Options: options(register.Collections()),
			Note: "Only where they could say no there and then: a soft opt-in rests on it.",
		})
	}
	return fields, nil
}

// heldKey is the question an event is about, empty where there is none.
func heldKey(e *register.ConsentEvent) string {
	if e.ID == "" {
		return ""
	}
	return keyText(e.Key())
}

// day is when it happened: as the event said that is corrected, or else today.
func (f *consentForm) day() string {
	if f.corrects.ID == "" {
		return f.kit.desk.Today().String()
	}
	return calendar.LondonDate(f.corrects.At).String()
}

// wording is what the record will keep: the words of the purpose and the notice in force on the day.
func (f *consentForm) wording(v widget.Values) []string {
	if v["purpose"] == "" {
		return []string{"The wording that is kept with the record is shown here."}
	}
	profile := f.kit.desk.Settings().Profile
	purpose, _ := profile.Purpose(textKey(v["purpose"]).Purpose)
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

func lineKey(c *register.ConsentLine) register.ConsentKey {
	return register.ConsentKey{Purpose: c.Purpose, Channel: c.Channel, Brand: c.Brand}
}

func (f *consentForm) submit(ctx context.Context, v widget.Values) (formDone, error) {
	key := textKey(v["purpose"])
	on, err := calendar.ParseDate(v["on"])
	if err != nil {
		return formDone{}, register.Errorf(register.Invalid, "on", "this is not a date")
	}
	in := register.ConsentInput{
		Delegate: f.who, Purpose: key.Purpose, Channel: key.Channel, Brand: key.Brand, Act: register.ConsentAct(v["state"]),
		Method: v["method"], Evidence: v["evidence"], GivenBy: v["given_by"], Authority: v["authority"],
		Collected: v["collected"], Corrects: f.corrects.ID,
	}
	switch {
	case f.corrects.ID != "" && on == calendar.LondonDate(f.corrects.At):
		in.At = f.corrects.At
	case on != f.kit.desk.Today():
		in.On = on
	}
	if _, err := f.desk.RecordConsent(ctx, in); err != nil {
		return formDone{}, err
	}
	return formDone{said: "Recorded: " + v["state"] + "."}, nil
}
