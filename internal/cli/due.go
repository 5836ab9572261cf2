package cli

import (
	"slices"
	"strings"
	"time"

	"custos/internal/calendar"
	"custos/internal/register"

	"github.com/charmbracelet/x/ansi"
	"github.com/spf13/cobra"
)

// dueInput is the command line of "custos due".
type dueInput struct {
	clock, right, nation, terms, holidays string
	received, announced                   calendar.Date
	aware                                 time.Time
	identity, authority, fee              calendar.Wait
	pauses                                []calendar.Pause
	extended                              bool
}

// clock is one way of counting. Flags are those that mean something to it, the needed ones first.
type clock struct {
	name   string
	needed int
	flags  []string
	count  func(*app, *dueInput, *calendar.Holidays) error
}

const rightsClock = "rights"

func clocks() []clock {
	return []clock{
		{rightsClock, 1, []string{
			"received", "right", "identity", "authority", "fee", "paused", "extended", "nation",
		}, (*app).dueRights},
		{"complaint", 1, []string{"received", "nation"}, (*app).dueComplaint},
		{"breach", 1, []string{"aware"}, (*app).dueBreach},
		{"exam-results", 1, []string{"received", "announced"}, (*app).dueExam},
		{"foi-school", 2, []string{"received", "terms", "nation"}, (*app).dueFOISchool},
		{"foi-council", 1, []string{"received"}, (*app).dueFOICouncil},
		{"educational-record", 2, []string{"received", "terms", "nation"}, (*app).dueRecord},
	}
}

const dueHelp = `Work out when a reply is due, with every step and the law behind it. No store
is needed and nothing is kept.

The rights clock is the default. --identity, --authority and --fee take the day
something asked for arrived, ASKED..RECEIVED, or ASKED.. while it is awaited;
--paused takes ASKED..ANSWERED and may be repeated. A date that would need bank
holidays the program does not know is refused (exit code 4); --holidays adds
years from a file.`

func (a *app) dueCommand() *cobra.Command {
	in := dueInput{clock: rightsClock, right: string(calendar.Access), nation: string(calendar.EnglandAndWales)}
	cmd := &cobra.Command{
		Use: "due", Short: "When is a reply due?", Long: dueHelp, Args: takes(cobra.NoArgs),
		Example: "  custos due --received 2026-01-31\n" +
			"  custos due --received 2026-03-02 --paused 2026-03-05..2026-03-12 --nation scotland\n" +
			"  custos due --clock breach --aware 2026-03-27T16:00",
		RunE: func(cmd *cobra.Command, _ []string) error { return a.due(cmd, &in) },
	}
	var names []string
	for _, c := range clocks() {
		names = append(names, c.name)
	}
	choice(cmd, &in.clock, "clock", "what is counted", names...)
	choice(cmd, &in.right, "right", "the right that is used", texts(calendar.Rights())...)
	choice(cmd, &in.nation, "nation", "whose bank holidays count", texts(calendar.Nations())...)
	date(cmd, &in.received, "received", "day it reached anyone in the office")
	date(cmd, &in.announced, "announced", "day the exam results came out")
	f := cmd.Flags()
	f.Var(instantFlag{&in.aware}, "aware", "when the office became aware of the breach")
	f.Var(waitFlag{&in.identity}, "identity", "proof of who is asking")
	f.Var(waitFlag{&in.authority}, "authority", "proof that somebody may ask for another")
	f.Var(waitFlag{&in.fee}, "fee", "a fee the law allows")
	f.Var(pauseFlag{&in.pauses}, "paused", "a question about an access request and its answer")
	f.BoolVar(&in.extended, "extended", false, "the person was told in time that it takes longer")
	f.StringVar(&in.terms, "terms", "", "CSV of the school's terms: from,to per line")
	f.StringVar(&in.holidays, "holidays", "", "file of bank holidays beyond those built in")
	return cmd
}

func (a *app) due(cmd *cobra.Command, in *dueInput) error {
	at := slices.IndexFunc(clocks(), func(c clock) bool { return c.name == in.clock })
	if at < 0 {
		return usagef("there is no clock %q", in.clock)
	}
	c := clocks()[at]
	if err := needs(cmd, c.flags[:c.needed]...); err != nil {
		return err
	}
	for _, other := range clocks() {
		for _, flag := range other.flags {
			if cmd.Flags().Changed(flag) && !slices.Contains(c.flags, flag) {
				return usagef("--%s means nothing to the clock %s", flag, c.name)
			}
		}
	}
	h, err := a.holidays(in.holidays)
	if err != nil {
		return err
	}
	return c.count(a, in, h)
}

func (a *app) holidays(file string) (*calendar.Holidays, error) {
	if file == "" {
		return calendar.Builtin(), nil
	}
	f, err := a.files().Open(file)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	return calendar.Builtin().WithOverride(f, baseName(file))
}

func (a *app) dueRights(in *dueInput, h *calendar.Holidays) error {
	d, err := h.RightsDue(calendar.RightsCase{
		Right: calendar.Right(in.right), Nation: calendar.Nation(in.nation), Received: in.received,
		Identity: in.identity, Authority: in.authority, Fee: in.fee, Pauses: in.pauses, Extended: in.extended,
	})
	if err != nil {
		return register.ClockError(err)
	}
	return a.show(d, func(p *page) {
		if d.Stopped {
			p.line("The clock stands: there is no date to work to.")
		}
		p.pairs([2]string{"Due", long(d.Due)}, [2]string{"Last lawful day", long(d.LastLawful)},
			[2]string{"Tell of an extension by", long(d.ExtensionNoticeBy)})
		p.steps(d.Steps)
	})
}

// long is a date as people read it, beside the form scripts use.
func long(d calendar.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.Weekday().String() + " " + d.Long() + " (" + d.String() + ")"
}

// ruleWidth is how many columns the sentences of a count take, so that they stay beside their dates.
const ruleWidth = 66

// steps writes how a date came about.
func (p *page) steps(steps []calendar.Step) {
	if len(steps) > 0 {
		p.heading("How it is counted:")
	}
	for _, s := range steps {
		when := s.Date.String()
		for _, line := range strings.Split(ansi.Wordwrap(s.Rule, ruleWidth, "")+"\n("+s.Source+")", "\n") {
			p.line("  %-10s  %s", when, line)
			when = ""
		}
	}
}
