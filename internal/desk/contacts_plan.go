package desk

import (
	"cmp"
	"slices"
	"strings"

	"custos/internal/register"
)

// enter plans one row and adds it to the plan.
func (j *contactJudge) enter(i int) {
	row := register.PlannedContact{ContactRow: j.rows[i], Fate: register.FateSame}
	j.so = register.ContactTally{}
	problem := row.Refused
	if problem == nil {
		problem = j.refusal(&row)
	}
	if problem == nil {
		problem = j.decide(i, &row)
	}
	if problem != nil {
		told := *problem
		told.Line = row.Line
		row = register.PlannedContact{ContactRow: j.rows[i], Fate: register.FateRefused, Why: "refused: " + told.Reason}
		row.Refused = &told
		j.plan.Problems = append(j.plan.Problems, told)
	} else {
		j.tally(&row)
	}
	j.plan.Counts.Tally(row.Fate)
	j.plan.Rows = append(j.plan.Rows, row)
}

// refusal says what keeps a row out whoever it is about.
func (j *contactJudge) refusal(row *register.PlannedContact) *register.Problem {
	if problem := erasedProblem(j.stops.of(row.Email, row.Phone)); problem != nil {
		return problem
	}
	switch {
	case row.At.After(j.asks.now):
		return &register.Problem{Field: "at", Reason: "the date lies in the future"}
	case row.SaysNo() && !j.src.MapConsent:
		return &register.Problem{Field: "consent",
			Reason: "the row says no: name the purpose and the channel it is about, so that the no is kept"}
	}
	return nil
}

func (j *contactJudge) decide(i int, row *register.PlannedContact) *register.Problem {
	if len(j.parties[i].who) > 0 {
		return j.known(i, row)
	}
	return j.unknown(i, row)
}

// known plans the answers of a row about people held.
func (j *contactJudge) known(i int, row *register.PlannedContact) *register.Problem {
	at := &j.parties[i]
	if len(at.who) > 1 && row.Answer.Yes() {
		return &register.Problem{Field: register.FieldName,
			Reason: "several people are held under this address: say who by name"}
	}
	why := sentences{}
	leads := false
	for n, held := range at.who {
		row.Who = append(row.Who, held.ID)
		leads = leads || j.first[at.keys[n]] == i && len(j.channels(i)) == 0
		p, ok := j.seat.desk.db.Contactee(held.ID)
		if !ok {
			return &register.Problem{Reason: "the person was changed while the plan was made; plan again"}
		}
		p.Suppressed = append(p.Suppressed, j.stops.of(row.Email, row.Phone)...)
		for _, channel := range j.channels(i) {
			if line, other := j.outdone(i, asking{at.keys[n], channel}); other {
				why.add(line)
				continue
			}
			leads = true
			if problem := j.take(row, held.ID, &p, channel, &why); problem != nil {
				return problem
			}
		}
	}
	row.Fate = register.FateSame
	switch {
	case len(row.Record)+len(row.Suppress) > 0:
		row.Fate = register.FateChanged
	case !leads:
		row.Fate = register.FateDuplicate
		if len(why) == 0 {
			why.add("duplicate: about the same person as line " + itoa(j.rows[j.first[at.keys[0]]].Line))
		}
	}
	row.Why = j.explain(row, why, "same: held as "+idsOf(row.Who))
	return nil
}

// unknown plans a row about an address nobody is held for. A no makes no person.
func (j *contactJudge) unknown(i int, row *register.PlannedContact) *register.Problem {
	key := j.parties[i].keys[0]
	why := sentences{}
	main, answered := j.lead[asking{key, j.src.Channel}]
	no := answered && j.answer(main, j.src.Channel).No()
	maker := j.first[key]
	if answered && !no {
		maker = main
	}
	p := register.Contactee{Kind: j.kind, Status: register.Active, Email: row.Email, Phone: row.Phone,
		Suppressed: j.stops.of(row.Email, row.Phone)}
	leads := j.first[key] == i && len(j.channels(i)) == 0
	if maker == i && !no && j.worthKeeping(row) {
		if problem := j.add(row, &why); problem != nil {
			return problem
		}
	}
	for _, channel := range j.channels(i) {
		if line, other := j.outdone(i, asking{key, channel}); other {
			why.add(line)
			continue
		}
		leads = true
		if row.Person == nil {
			if problem := j.suppress(row, &p, channel, &why); problem != nil {
				return problem
			}
			continue
		}
		if problem := j.take(row, "", &p, channel, &why); problem != nil {
			return problem
		}
	}
	switch {
	case row.Person != nil:
		row.Fate = register.FateNew
	case len(row.Suppress) > 0:
		row.Fate = register.FateChanged
	case !leads:
		row.Fate = register.FateDuplicate
		if len(why) == 0 {
			why.add("duplicate: the same address stands in line " + itoa(j.rows[j.first[key]].Line))
		}
	}
	row.Why = j.explain(row, why, "same: nobody is held under the address")
	return nil
}

// worthKeeping: an address mail came back from reaches nobody, and a number that
// must not be used is no reason to hold somebody.
func (j *contactJudge) worthKeeping(row *register.PlannedContact) bool {
	return row.Answer.Yes() || !row.Bounced && (row.Email != "" || !row.SaysNo())
}

// channels lists the channels a row answers for.
func (j *contactJudge) channels(i int) []string {
	r := &j.rows[i]
	if !j.src.MapConsent {
		return nil
	}
	var all []string
	if r.Answer != "" {
		all = append(all, j.src.Channel)
	}
	return append(all, r.Stops...)
}

// outdone names the other row of the file whose answer counts instead.
func (j *contactJudge) outdone(i int, a asking) (why string, other bool) {
	lead := j.lead[a]
	if lead == i {
		return "", false
	}
	line := itoa(j.rows[lead].Line)
	if j.answer(lead, a.channel).No() && j.answer(i, a.channel).Yes() {
		return "not taken: line " + line + " says no for the same address", true
	}
	return "duplicate: line " + line + " says it for the same address", true
}

// take judges what a row says by a channel of somebody held, or being added.
func (j *contactJudge) take(row *register.PlannedContact, who register.ID, p *register.Contactee, channel string,
	why *sentences,
) *register.Problem {
	f := register.FileAnswer{
		Key: register.ConsentKey{Purpose: j.src.Purpose, Channel: channel, Brand: j.src.Brand},
		Act: row.Answer, At: row.At, Notice: j.src.Notice, Evidence: row.Evidence,
	}
	if channel != j.src.Channel {
		f.Act = register.Objected
		if _, err := j.asks.question(f.Key); err != nil {
			return j.suppress(row, p, channel, why) // not a channel of the purpose, and still a no
		}
	}
	v, problem := j.asks.judge(p, f)
	if problem != nil {
		return problem
	}
	why.add(v.Why)
	if v.Record != nil {
		row.Record = append(row.Record, register.PlannedAnswer{Who: who, FileAnswer: *v.Record})
	}
	switch v.Kept {
	case register.RuleOptedOut:
		j.so.KeptNo++
	case register.RuleSuppressed:
		j.so.Suppressed++
	default:
	}
	return nil
}

// add makes the person a row is about. A contact export often has no names: the
// address stands in, and the plan says so.
func (j *contactJudge) add(row *register.PlannedContact, why *sentences) *register.Problem {
	if j.kind == "" {
		return &register.Problem{Field: "kind", Reason: "nobody is held under this address: name the kind of person to add"}
	}
	d := register.Delegate{
		Kind: j.kind, Status: register.Active, Email: row.Email, Phone: row.Phone,
		Name: row.Name, Given: row.Given, Family: row.Family,
	}
	why.add("new")
	if d.Name == "" {
		if d.Name = row.Email; d.Name == "" {
			d.Name = row.Phone
		}
		why.add("the file gives no name, so the address stands in")
		j.so.Nameless++
	}
	if stops := j.stops.of(row.Email, row.Phone); len(stops) > 0 {
		why.add("is suppressed and will not be contacted")
	}
	row.Person = &d
	return register.ProblemOf(d.Validate(&j.settings.Profile))
}

// suppress keeps an address from use for which there is nobody to record a no.
func (j *contactJudge) suppress(row *register.PlannedContact, p *register.Contactee, channel string, why *sentences,
) *register.Problem {
	kind, address := "email", cmp.Or(row.Email, p.Email)
	if channel == "phone" || channel == "sms" {
		kind, address = "phone", cmp.Or(row.Phone, p.Phone)
	}
	normal, err := normalOf(kind, address)
	switch none := err != nil || channel == "post"; {
	case none && channel == j.src.Channel:
		return &register.Problem{Field: stopField(kind),
			Reason: "the row says no by " + channel + ", and has no address of that sort to keep it under; add the person"}
	case none:
		why.add("says no by " + channel + ", and no number is known to keep that under")
		return nil
	}
	stop := register.PlannedStop{Kind: kind, Normal: normal, Channel: channel, Scope: register.ScopeMarketing}
	if !j.purpose.Marketing && channel == j.src.Channel {
		stop.Scope = j.purpose.ID
	}
	kept := func(s register.Suppression) bool {
		return s.Kind == kind && (s.Channel == channel || s.Channel == register.AnyChannel) &&
			(s.Scope == stop.Scope || s.Scope == register.ScopeAll)
	}
	if j.stopped[stop] || slices.ContainsFunc(j.stops.of(row.Email, row.Phone), kept) {
		why.add("same: the address is suppressed already")
		return nil
	}
	j.stopped[stop] = true
	row.Suppress = append(row.Suppress, stop)
	why.add("suppressed: says no by " + channel)
	return nil
}

func (j *contactJudge) tally(row *register.PlannedContact) {
	t := &j.plan.Answers
	t.KeptNo, t.Suppressed, t.Nameless = t.KeptNo+j.so.KeptNo, t.Suppressed+j.so.Suppressed, t.Nameless+j.so.Nameless
	for _, a := range row.Record {
		if a.Act.Yes() {
			t.Yes++
		} else {
			t.No++
		}
	}
	t.Suppresses += len(row.Suppress)
	if row.Bounced {
		t.Bounced++
	}
	if row.Answer.Yes() && !j.src.MapConsent {
		t.Unrecorded++
	}
}

// explain makes one sentence of what was found out about a row.
func (j *contactJudge) explain(row *register.PlannedContact, why sentences, nothing string) string {
	if row.Bounced {
		why.add("mail to it came back, which is no answer")
	}
	if row.Answer.Yes() && !j.src.MapConsent {
		why.add("the yes is not recorded: no consent is mapped")
	}
	if len(why) == 0 {
		return nothing
	}
	return strings.Join(why, "; ")
}

// sentences are distinct and in order.
type sentences []string

func (s *sentences) add(text string) {
	if text != "" && !slices.Contains(*s, text) {
		*s = append(*s, text)
	}
}

func idsOf(who []register.ID) string {
	ids := make([]string, len(who))
	for i, id := range who {
		ids[i] = string(id)
	}
	return strings.Join(ids, ", ")
}
