package desk

import (
	"slices"
	"strings"

	"custos/internal/register"
	"custos/store"
)

// answers plans what a row says to the questions its columns are mapped to, by
// the rule every import follows.
func (j *peopleJudge) answers(planned *register.PlannedRow, p *register.Contactee) *register.Problem {
	for _, f := range planned.Answers {
		v, problem := j.asks.judge(p, f)
		if problem != nil {
			return problem
		}
		if v.Record != nil {
			planned.Record = append(planned.Record, register.PlannedAnswer{Who: p.Delegate, FileAnswer: *v.Record})
		}
		if v.Kept != "" || v.Record != nil && v.Record.At != f.At && !f.At.IsZero() {
			j.tell(planned.Line, "consent", v.Why)
		}
	}
	return nil
}

// gather brings the noes of all rows about one person into the first of them,
// which is the one that is planned: a no further down the file is not lost, and
// counts before a yes.
func gather(rows []register.Incoming) {
	noes := map[string][]register.FileAnswer{}
	for i := range rows {
		who := rowIdentity(&rows[i])
		for _, f := range rows[i].Answers {
			if f.Act.No() && !answered(noes[who], f.Key) {
				noes[who] = append(noes[who], f)
			}
		}
	}
	if len(noes) == 0 {
		return
	}
	seen := map[string]bool{}
	for i := range rows {
		if rows[i].Delegate == nil {
			continue
		}
		who := rowIdentity(&rows[i])
		all := slices.Clone(noes[who])
		if seen[who] {
			all = nil
		}
		for _, f := range rows[i].Answers {
			if !answered(noes[who], f.Key) {
				all = append(all, f)
			}
		}
		rows[i].Answers, seen[who] = all, true
	}
}

func answered(answers []register.FileAnswer, key register.ConsentKey) bool {
	return slices.ContainsFunc(answers, func(f register.FileAnswer) bool { return f.Key == key })
}

// rowIdentity names the person of a row before anything is compared.
func rowIdentity(row *register.Incoming) string {
	if row.Delegate == nil {
		return ""
	}
	email, _ := register.NormalEmail(row.Delegate.Email)
	parts := []string{email, store.Fold(row.Delegate.Name)}
	if email == "" {
		parts = append(parts, row.EmployerURN, row.EmployerName)
	}
	return strings.Join(parts, "\x00")
}

// splitNo refuses a row that says no where another row is the one planned for
// the person, so that the no is not lost.
func splitNo(planned *register.PlannedRow, line int) *register.Problem {
	if !slices.ContainsFunc(planned.Answers, func(f register.FileAnswer) bool { return f.Act.No() }) {
		return nil
	}
	return &register.Problem{Field: "consent",
		Reason: "says no, and line " + itoa(line) + " is about the same person: put both in one row"}
}
