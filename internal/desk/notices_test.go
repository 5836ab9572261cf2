package desk_test

import (
	"testing"

	"custos/internal/register"
)

func TestMaterialNoticeTellsAndAsksAgain(t *testing.T) {
	o := newAskingOffice(t)
	ctx := t.Context()
	student := o.somebody(t, "student", register.FieldEmail, "a@example.org")
	teacher := o.somebody(t, "teacher", register.FieldEmail, "b@example.org")
	gone := o.somebody(t, "teacher", register.FieldEmail, "c@example.org")
	o.put(t, gone, register.Deactivated)
	o.says(t, student, learn, register.Given)
	in := register.NoticeInput{ID: "main", Version: "2", Text: "What we do now.", From: date(t, "2026-04-01"), Material: true}
	dry, err := o.PublishNotice(ctx, in, true)
	if err != nil || dry.Published || dry.Replaces != "1" || len(dry.Purposes) != 4 {
		t.Fatalf("%+v, %v", dry, err)
	}
	if len(dry.Tell) != 1 || dry.Tell[0].ID != teacher { // by contract; whoever is only asked is not told
		t.Errorf("told: %+v", dry.Tell)
	}
	if len(dry.AskAgain) != 1 || dry.AskAgain[0].Delegate != student || dry.AskAgain[0].Brand != "learn" {
		t.Errorf("asked again: %+v", dry.AskAgain)
	}
	if p := o.Settings().Profile; len(p.NoticeVersions("main")) != 1 {
		t.Fatal("looking published it")
	}
	done, err := o.PublishNotice(ctx, in, false)
	if err != nil || !done.Published || len(done.AskAgain) != 1 {
		t.Fatalf("%+v, %v", done, err)
	}
	if a, _ := o.MayContact(student, learn, date(t, "2026-03-31")); !a.Allowed {
		t.Errorf("until it begins the consent counts: %+v", a)
	}
	if a, _ := o.MayContact(student, learn, in.From); a.Allowed || a.Rule != register.RuleWording {
		t.Errorf("%+v", a)
	}
	_, err = o.PublishNotice(ctx, in, true)
	wantRefusal(t, err, register.Invalid, "version")
	in.Version, in.Text, in.From, in.Material = "3", "What we do soon.", date(t, "2026-05-01"), false
	minor, err := o.PublishNotice(ctx, in, false)
	if err != nil || len(minor.Tell)+len(minor.AskAgain) != 0 || minor.Tell == nil || minor.AskAgain == nil {
		t.Errorf("a minor change tells nobody: %+v, %v", minor, err)
	}
}

func TestTellingIsRecorded(t *testing.T) {
	o := newAskingOffice(t)
	ctx := t.Context()
	good := register.Telling{Notice: "news", Version: "1", How: "email", People: 12, By: "somebody else"}
	for field, spoil := range map[string]func(*register.Telling){
		"version": func(in *register.Telling) { in.Version = "9" },
		"on":      func(in *register.Telling) { in.On = date(t, "2026-03-17") },
		"how":     func(in *register.Telling) { in.How = " " },
		"people":  func(in *register.Telling) { in.People = 0 },
	} {
		in := good
		spoil(&in)
		wantRefusal(t, o.NoticeTold(ctx, in), register.Invalid, field)
	}
	if err := o.NoticeTold(ctx, good); err != nil {
		t.Fatal(err)
	}
	told := o.Settings().Told
	if len(told) != 1 || told[0].By != "office" || told[0].On != o.Today() {
		t.Errorf("%+v", told)
	}
}

func judged(compatible bool) register.Judgement {
	return register.Judgement{
		Link: "close", Context: "a course", Nature: "contact details", Consequences: "one more letter",
		Safeguards: "anybody may object", Compatible: compatible, Reason: "they would expect it",
	}
}

func TestPurposeChangesOnAJudgementAlone(t *testing.T) {
	o := newAskingOffice(t)
	ctx := t.Context()
	p := o.Settings().Profile
	x, _ := p.Purpose("offers")
	was := x.Wording
	x.Wording = "We write to managers and to readers."
	wantRefusal(t, o.ChangePurpose(ctx, register.PurposeChange{Purpose: x}), register.Invalid, "link")
	wantRefusal(t, o.ChangePurpose(ctx, register.PurposeChange{Purpose: x, Judgement: judged(false)}), register.Refused, "purpose")
	now := o.Settings()
	if still, _ := now.Profile.Purpose("offers"); still.Wording != was || len(now.Judgements) != 1 || now.Judgements[0].Made {
		t.Fatalf("an incompatible change: %q, %+v", still.Wording, now.Judgements)
	}
	if err := o.ChangePurpose(ctx, register.PurposeChange{Purpose: x, Judgement: judged(true)}); err != nil {
		t.Fatal(err)
	}
	now = o.Settings()
	changed, _ := now.Profile.Purpose("offers")
	if changed.Wording != x.Wording || len(now.Judgements) != 2 {
		t.Fatalf("%+v, %+v", changed, now.Judgements)
	}
	if j := now.Judgements[1]; !j.Made || j.Was != was || j.Becomes != x.Wording || j.By != "office" || !j.At.Equal(noon) || j.Purpose != "offers" {
		t.Errorf("%+v", j)
	}
}

func TestIncompatiblePurposeIsAskedForAfresh(t *testing.T) {
	o := newAskingOffice(t)
	ctx := t.Context()
	who := o.somebody(t, "student", register.FieldEmail, "a@example.org")
	o.says(t, who, newsByEmail, register.Given)
	p := o.Settings().Profile
	x, _ := p.Purpose("news")
	x.Wording = "May we send you news of our partners?"
	in := register.PurposeChange{Purpose: x, Judgement: judged(false)}
	wantRefusal(t, o.ChangePurpose(ctx, in), register.Refused, "notice")
	o.now = o.now.AddDate(0, 0, 1)
	in.Notice = register.NoticeInput{Version: "2", Text: "What we and they send.", From: o.Today()}
	if err := o.ChangePurpose(ctx, in); err != nil {
		t.Fatal(err)
	}
	if a := mayContact(t, o.Seat, who, newsByEmail); a.Allowed || a.Rule != register.RuleWording {
		t.Errorf("a former consent counts: %+v", a)
	}
}

func TestChangedPurposeMustFitTheProfile(t *testing.T) {
	o := newAskingOffice(t)
	for field, spoil := range map[string]func(*register.Purpose){
		"title":       func(x *register.Purpose) { x.Title = "" },
		"basis":       func(x *register.Purpose) { x.Bases = nil },
		"channels":    func(x *register.Purpose) { x.Channels = []string{"pigeon"} },
		"brands":      func(x *register.Purpose) { x.Brands = []string{"none"} },
		"notice":      func(x *register.Purpose) { x.Notice = "none" },
		"service":     func(x *register.Purpose) { x.Service = true },
		"soft_opt_in": func(x *register.Purpose) { x.SoftOptIn = "anything" },
		"period":      func(x *register.Purpose) { x.Lasts = "for ever" },
	} {
		p := o.Settings().Profile
		x, _ := p.Purpose("news")
		x.Wording = "Otherwise."
		spoil(&x)
		err := o.ChangePurpose(t.Context(), register.PurposeChange{Purpose: x, Judgement: judged(true)})
		wantRefusal(t, err, register.Invalid, field)
	}
	err := o.ChangePurpose(t.Context(), register.PurposeChange{Purpose: register.Purpose{ID: "party"}, Judgement: judged(true)})
	wantKind(t, err, register.NotFound)
}
