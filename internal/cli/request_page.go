package cli

import (
	"strconv"
	"strings"

	"custos/internal/register"
)

func (p *page) request(r *register.RequestPage) {
	who := r.Name
	if r.Delegate != "" {
		who += " (" + string(r.Delegate) + ")"
	}
	p.pairs([2]string{"Case", r.Ref}, [2]string{"Right", string(r.Right)}, [2]string{"Person", who},
		[2]string{"Requester", r.Requester}, [2]string{"Came by", r.How}, [2]string{"State", string(r.State)},
		[2]string{"Received", long(r.Received)}, [2]string{"Due", long(r.Due)}, [2]string{"Pressure", string(r.Pressure)},
		[2]string{"Last lawful day", long(r.LastLawful)}, [2]string{"Tell of an extension by", long(r.NoticeBy)},
		[2]string{"Owner", r.Owner})
	p.steps(r.Steps)
	p.caseWarnings(r)
	p.heading("What happened:")
	var rows [][]string
	for _, e := range r.Events {
		what := string(e.Kind)
		if e.Outcome != "" {
			what += " " + string(e.Outcome)
		}
		if e.Unchecked {
			what += " (not second-checked)"
		}
		if e.Corrects != 0 {
			what += " (instead of " + strconv.Itoa(e.Corrects) + ")"
		}
		rows = append(rows, []string{"  " + strconv.Itoa(e.Seq), e.On.String(), what, e.By, evidenced(e)})
	}
	p.columns(rows)
	p.tasks(r.Tasks)
	if len(r.Next) > 0 {
		p.heading("What may come next:")
	}
	for _, n := range r.Next {
		p.line("  %s", n.Text)
	}
}

// caseWarnings say what whoever works on the case should not miss.
func (p *page) caseWarnings(r *register.RequestPage) {
	if r.Recount != nil {
		p.line("By the rules of today it would be due %s; the case keeps its date.", long(r.Recount.Due))
	}
	for _, f := range r.Former {
		if f.Deadline.Due.IsZero() {
			p.line("Until entry %d the clock stood still.", f.Until)
			continue
		}
		p.line("Until entry %d it was due %s.", f.Until, long(f.Deadline.Due))
	}
	if r.Competence != "" {
		p.line("%s", r.Competence)
	}
	for _, e := range r.Pending {
		p.line("Entry %d (%s) by %s waits for another operator's approval.", e.Seq, e.Kind, e.By)
	}
	for _, x := range r.Alike {
		p.line("Perhaps the same: %s, %s, received %s.", x.Ref, x.Right, x.Received)
	}
	for _, x := range r.Others {
		p.line("Of the same person: %s, %s, %s.", x.Ref, x.Right, x.State)
	}
}

func (p *page) tasks(list []register.Task) {
	p.heading("Tasks:")
	var rows [][]string
	for _, t := range list {
		box, when := "  [ ]", ""
		if t.Finished {
			box, when = "  [x]", t.On.String()+" "+t.By
		}
		rows = append(rows, []string{box, t.ID, t.Text, when})
	}
	p.columns(rows)
}

// evidenced is what an entry says, and the kind of proof that was seen.
func evidenced(e register.RequestEvent) string {
	if e.Evidence == "" {
		return e.Text
	}
	return strings.TrimSpace(e.Text + " (" + e.Evidence + ")")
}
