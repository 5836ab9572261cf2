package letter

import (
	"fmt"
	"html/template"
	"io"
	"strings"
	"time"

	"custos/internal/calendar"
	"custos/internal/register"
)

// WithdrawalReply is the letter to a person who took consent back or objected
// to direct marketing (UK GDPR Art 7(3), Art 21(2)): what was recorded, that it
// is acted on, what is still held and why, and how to complain.
type WithdrawalReply struct {
	Settings   register.Settings
	Person     string // as the letter addresses them
	Code       register.ID
	At         time.Time // of writing, UTC
	Withdrawal register.Withdrawal
	Audit      register.AuditMark
}

// PDF writes the letter to print. The same input gives the same bytes.
func (r WithdrawalReply) PDF(w io.Writer) error {
	p, err := newPaper(r.title(), language(r.Settings.Profile.Language), r.At)
	if err != nil {
		return err
	}
	p.begin(foot("Letter "+string(r.Code), r.Audit, r.Settings.Office))
	p.print(full(officeFace), r.Settings.Office)
	p.print(full(smallFace), "Letter "+string(r.Code)+", "+calendar.LondonDate(r.At).Long())
	p.gap(9)
	p.print(full(bodyFace), "To "+r.Person)
	p.gap(7)
	p.print(full(titleFace), r.title())
	p.gap(1)
	for _, x := range r.passages() {
		p.said(x)
	}
	p.gap(9)
	p.room(2 * bodyFace.lead)
	p.print(full(bodyFace), r.Settings.Office)
	return p.write(w)
}

// HTML writes the same letter as a page that needs nothing else. An error is
// the writer's.
func (r WithdrawalReply) HTML(w io.Writer) error {
	css, err := layout.ReadFile("page.css")
	if err != nil {
		return fmt.Errorf("reading the style of the letter: %w", err)
	}
	t, err := template.ParseFS(layout, "withdrawal.html")
	if err != nil {
		return fmt.Errorf("reading the layout of the letter: %w", err)
	}
	on := calendar.LondonDate(r.At)
	var page strings.Builder
	err = t.Execute(&page, map[string]any{
		"Lang": language(r.Settings.Profile.Language), "Title": r.title(), "Office": r.Settings.Office, "Person": r.Person,
		"Code": r.Code, "Audit": r.Audit.String(), "On": on.String(), "Day": on.Long(), "Passages": r.passages(),
		"CSS": template.CSS(css), // a file of ours
	})
	if err != nil {
		return fmt.Errorf("filling in the letter: %w", err)
	}
	_, err = io.WriteString(w, visible(page.String()))
	return err
}

func (r *WithdrawalReply) title() string {
	if r.objected() {
		return "We have recorded your objection"
	}
	return "We have recorded that you withdrew your consent"
}

func (r *WithdrawalReply) objected() bool {
	for _, e := range r.Withdrawal.Events {
		if e.Act == register.Objected {
			return true
		}
	}
	return false
}

func (r *WithdrawalReply) passages() []passage {
	return []passage{r.taken(), r.stopped(), r.held(), r.complaint()}
}

// taken says what was withdrawn and when, in London time.
func (r *WithdrawalReply) taken() passage {
	p := passage{Heading: "What you told us"}
	if len(r.Withdrawal.Events) == 0 {
		p.Paras = []string{"There was no consent of yours left to take back."}
		return p
	}
	p.Paras = []string{"You no longer want us to use your details for:"}
	var events []told
	for i := range r.Withdrawal.Events {
		events = r.tell(events, &r.Withdrawal.Events[i])
	}
	for _, t := range events {
		p.Points = append(p.Points, point{t.purpose, strings.Join(t.by, "; ") + ". " + t.when})
	}
	return p
}

// told is what a person told the office about one purpose at one time.
type told struct {
	purpose string
	by      []string // channels
	when    string
}

// tell adds an event, to one about the same purpose and time where there is one.
func (r *WithdrawalReply) tell(all []told, e *register.ConsentEvent) []told {
	t := told{r.purpose(e.Purpose), []string{r.by(e)}, "You told us on "}
	if e.GivenBy != "" {
		t.when = e.GivenBy + " told us for you on "
	}
	t.when += e.At.In(calendar.London()).Format("2 January 2006 at 15:04") + "."
	for i := range all {
		if all[i].purpose == t.purpose && all[i].when == t.when {
			all[i].by = append(all[i].by, t.by...)
			return all
		}
	}
	return append(all, t)
}

func (r *WithdrawalReply) purpose(id string) string {
	if id == register.AnyMarketing {
		return "All direct marketing"
	}
	if x, ok := r.Settings.Profile.Purpose(id); ok {
		return x.Title
	}
	return id
}

func (r *WithdrawalReply) by(e *register.ConsentEvent) string {
	by := channelTitle(&r.Settings.Profile, e.Channel)
	if e.Channel == register.AnyChannel {
		by = "every channel"
	}
	if e.Brand != "" {
		by = brandTitle(&r.Settings.Profile, e.Brand) + ", " + by
	}
	return by
}

func (r *WithdrawalReply) stopped() passage {
	p := passage{Heading: "What happens now", Paras: []string{
		"We have stopped: your details are not used for this any more, and nothing more is sent to you for it. " +
			"You need do nothing else, and it has no disadvantage for you. What was done before you told us stays lawful.",
		"We keep the record of what you told us, so that we can go by it and show that we do.",
	}}
	if r.objected() {
		p.Paras = append(p.Paras, "We do not write to you for marketing again. Your address stays on a list "+
			"of addresses not to be used, in a form that cannot be read, and for nothing else.")
	}
	return p
}

// held says what is still held and why, or offers erasure where consent was
// the only reason.
func (r *WithdrawalReply) held() passage {
	if r.Withdrawal.OfferErasure {
		return passage{Heading: "What we hold about you", Paras: []string{
			"Your consent was the only reason for us to hold your details. We offer to erase them: tell us that you wish it, " +
				"and we do it free of charge and confirm it to you.",
		}}
	}
	p := passage{Heading: "What we still hold, and why"}
	if len(r.Withdrawal.Grounds) == 0 {
		p.Paras = []string{"We know of no reason to hold your details any longer."}
		return p
	}
	p.Paras = []string{"You may ask for a copy of what we hold, or for it to be put right, at any time. " +
		"We hold it for these reasons, none of which rests on what you took back:"}
	for _, g := range r.Withdrawal.Grounds {
		text := g.Basis.Title() + " (" + g.Basis.Article() + ")."
		if x, ok := r.Settings.Profile.Purpose(g.Purpose); ok && g.Basis != register.Consent {
			text += " " + x.Wording
		}
		p.Points = append(p.Points, point{g.Title, text})
	}
	return p
}

// complaint says where to complain, the office first: DPA 2018 s.164A.
func (r *WithdrawalReply) complaint() passage {
	p := complaint(&r.Settings.Profile)
	if !strings.Contains(r.Settings.Profile.Complaint, "30 days") {
		p.Paras = append(p.Paras, "We acknowledge a complaint within 30 days.")
	}
	p.Paras = append(p.Paras, "You reach us here:")
	p.Points = offices(&r.Settings.Profile)
	return p
}
