package cli

import (
	"context"
	"strconv"

	"custos/internal/calendar"
	"custos/internal/desk"
	"custos/internal/register"

	"github.com/spf13/cobra"
)

// asOf declares the two days of "the state on date D as known on date E".
func asOf(cmd *cobra.Command, on, known *calendar.Date) {
	date(cmd, on, "on", "the day; today unless given")
	date(cmd, known, "known", "by what was recorded until the end of this day; by all of it unless given")
}

func (a *app) consentState() *cobra.Command {
	var who register.ID
	var on, known calendar.Date
	cmd := &cobra.Command{
		Use: "state", Short: "Tell how every question stood for a person on a day", Args: takes(cobra.NoArgs),
		RunE: a.reads(func(_ context.Context, s *desk.Seat, _ []string) error {
			lines, err := s.ConsentsAsOf(who, on, known)
			if err != nil {
				return err
			}
			return a.show(lines, func(p *page) { p.consentLines(lines) })
		}, "delegate"),
	}
	person(cmd, &who)
	asOf(cmd, &on, &known)
	return cmd
}

func (p *page) consentLines(lines []register.ConsentLine) {
	var rows [][]string
	for _, l := range lines {
		may := "no"
		if l.May {
			may = "yes"
		}
		rows = append(rows, []string{
			l.Purpose, l.Channel, l.Brand, string(l.Basis), string(l.State), onTheClock(l.Since), may, l.Rule.Words(),
		})
	}
	heads := []string{"PURPOSE", "CHANNEL", "BRAND", "BASIS", "STATE", "SINCE", "MAY WE", "WHY"}
	p.table("the profile asks nothing", heads, rows)
}

func (a *app) listConsents() *cobra.Command {
	var on, known calendar.Date
	cmd := &cobra.Command{
		Use: "list", Short: "Count how every question of the profile stands", Args: takes(cobra.NoArgs),
		RunE: a.reads(func(ctx context.Context, s *desk.Seat, _ []string) error {
			counts, err := s.PurposeCounts(ctx, on, known)
			if err != nil {
				return err
			}
			return a.show(counts, func(p *page) { p.purposeCounts(counts) })
		}),
	}
	asOf(cmd, &on, &known)
	return cmd
}

func (p *page) purposeCounts(counts []register.PurposeCount) {
	var rows [][]string
	for _, c := range counts {
		row := []string{c.Purpose, c.Channel, c.Brand}
		for _, state := range register.VisibleStates() {
			row = append(row, strconv.Itoa(c.Visible[state]))
		}
		rows = append(rows, append(row, strconv.Itoa(c.May)))
	}
	heads := []string{"PURPOSE", "CHANNEL", "BRAND", "GIVEN", "REFUSED", "WITHDRAWN", "NEVER ASKED", "MAY"}
	p.table("the profile asks nothing", heads, rows)
}

func (a *app) consentMatrix() *cobra.Command {
	var list listFlags
	var keys []register.ConsentKey
	cmd := &cobra.Command{
		Use: "matrix", Short: "Show how questions stand person by person", Args: takes(cobra.NoArgs),
		RunE: a.reads(func(_ context.Context, s *desk.Seat, _ []string) error {
			ids, err := list.ids(s)
			if err != nil {
				return err
			}
			if len(keys) == 0 {
				keys = s.ConsentKeys()
			}
			rows, err := s.Matrix(ids, keys)
			if err != nil {
				return err
			}
			return a.show(matrixResult(rows, keys), func(p *page) { p.matrix(rows, keys) })
		}),
	}
	list.declare(cmd)
	list.declarePeople(cmd)
	cmd.Flags().Var(questionFlag{&keys}, "question", "a question; may be repeated; all of the profile unless given")
	return cmd
}

// ids are the people the flags ask for.
func (l *listFlags) ids(s *desk.Seat) ([]register.ID, error) {
	q, err := l.people()
	if err != nil {
		return nil, err
	}
	rows, err := s.Delegates(q)
	if err != nil {
		return nil, err
	}
	ids := []register.ID{}
	for _, row := range collect(rows, l.limit) {
		ids = append(ids, row.ID)
	}
	return ids, nil
}

// personAnswers are a person's answers in a result, each with its question.
type personAnswers struct {
	Delegate  register.ID      `json:"delegate"`
	Name      string           `json:"name"`
	Questions []answerStanding `json:"questions"`
}

// answerStanding is how a question stands for a person, and whether we may contact them.
type answerStanding struct {
	Purpose string              `json:"purpose"`
	Channel string              `json:"channel"`
	Brand   string              `json:"brand"`
	State   register.ConsentAct `json:"state"`
	May     bool                `json:"may"`
}

func matrixResult(list []register.MatrixRow, keys []register.ConsentKey) []personAnswers {
	result := make([]personAnswers, len(list))
	for i, m := range list {
		result[i] = personAnswers{Delegate: m.Delegate, Name: m.Name}
		for j, k := range keys {
			answer := answerStanding{k.Purpose, k.Channel, k.Brand, m.States[j], m.Allowed[j]}
			result[i].Questions = append(result[i].Questions, answer)
		}
	}
	return result
}

func (p *page) matrix(list []register.MatrixRow, keys []register.ConsentKey) {
	heads := []string{"ID", "NAME"}
	for _, k := range keys {
		heads = append(heads, inWords(k.Purpose, k.Channel, k.Brand))
	}
	var rows [][]string
	for _, m := range list {
		row := []string{string(m.Delegate), m.Name}
		for i, state := range m.States {
			may := "may not"
			if m.Allowed[i] {
				may = "may"
			}
			row = append(row, string(state)+", "+may)
		}
		rows = append(rows, row)
	}
	p.table("no people", heads, rows)
}

func (a *app) refreshConsents() *cobra.Command {
	return &cobra.Command{
		Use: "refresh", Short: "List who should be asked again, and why", Args: takes(cobra.NoArgs),
		RunE: a.reads(func(ctx context.Context, s *desk.Seat, _ []string) error {
			queue, err := s.RefreshQueue(ctx)
			if err != nil {
				return err
			}
			return a.show(queue, func(p *page) { p.refreshes(queue) })
		}),
	}
}

func (p *page) refreshes(queue []register.RefreshRow) {
	var rows [][]string
	for _, r := range queue {
		due := ""
		if !r.Due.IsZero() {
			due = r.Due.String()
		}
		rows = append(rows, []string{string(r.Delegate), r.Name, inWords(r.Purpose, r.Channel, r.Brand), string(r.Reason), due})
	}
	p.table("nobody need be asked again", []string{"ID", "NAME", "QUESTION", "WHY", "DUE"}, rows)
}
