package cli

import (
	"strings"
	"time"

	"custos/internal/calendar"

	"github.com/spf13/cobra"
)

// dateFlag is a flag that holds a day.
type dateFlag struct{ on *calendar.Date }

func (f dateFlag) String() string {
	if f.on == nil {
		return ""
	}
	return f.on.String()
}

func (f dateFlag) Set(s string) (err error) {
	*f.on, err = calendar.ParseDate(s)
	return err
}

func (f dateFlag) Type() string { return "DATE" }

// instantFlag is a flag that holds an instant.
type instantFlag struct{ at *time.Time }

func (f instantFlag) String() string {
	if f.at == nil || f.at.IsZero() {
		return ""
	}
	return f.at.UTC().Format(time.RFC3339)
}

func (f instantFlag) Set(s string) (err error) {
	*f.at, err = calendar.ParseInstant(s)
	return err
}

func (f instantFlag) Type() string { return "INSTANT" }

// momentFlag is a flag that holds an instant, or a day where no more is known.
type momentFlag struct {
	at *time.Time
	on *calendar.Date
}

func (f momentFlag) String() string { return "" }

func (f momentFlag) Set(s string) error {
	if day, err := calendar.ParseDate(s); err == nil {
		*f.at, *f.on = time.Time{}, day
		return nil
	}
	*f.on = calendar.Date{}
	return instantFlag{f.at}.Set(s)
}

func (f momentFlag) Type() string { return "DATE|INSTANT" }

// waitFlag is a flag for something that was asked for: the day it came, ASKED..RECEIVED, or ASKED.. while it is
// awaited.
type waitFlag struct{ wait *calendar.Wait }

func (f waitFlag) String() string { return "" }

func (f waitFlag) Set(s string) (err error) {
	asked, received, span := strings.Cut(s, "..")
	if !span {
		asked, received = "", s
	}
	if f.wait.Asked, err = optionalDate(asked); err != nil {
		return err
	}
	f.wait.Received, err = optionalDate(received)
	return err
}

func (f waitFlag) Type() string { return "DATE" }

// pauseFlag is a flag that may be repeated, each a question and its answer: ASKED..ANSWERED, or ASKED.. while none
// came.
type pauseFlag struct{ list *[]calendar.Pause }

func (f pauseFlag) String() string { return "" }

func (f pauseFlag) Set(s string) error {
	from, to, _ := strings.Cut(s, "..")
	asked, err := calendar.ParseDate(from)
	if err != nil {
		return err
	}
	answered, err := optionalDate(to)
	*f.list = append(*f.list, calendar.Pause{Asked: asked, Answered: answered})
	return err
}

func (f pauseFlag) Type() string { return "ASKED..ANSWERED" }

func optionalDate(s string) (calendar.Date, error) {
	if s == "" {
		return calendar.Date{}, nil
	}
	return calendar.ParseDate(s)
}

// date declares a flag that holds a day.
func date(cmd *cobra.Command, on *calendar.Date, name, usage string) {
	cmd.Flags().Var(dateFlag{on}, name, usage)
}

// choice declares a text flag with the values a shell offers for it. Whether a value may stand is the desk's to say.
func choice(cmd *cobra.Command, value *string, name, usage string, among ...string) {
	cmd.Flags().StringVar(value, name, *value, usage+": "+strings.Join(among, ", "))
	// It fails for a flag that does not exist, and this one was declared a line above.
	_ = cmd.RegisterFlagCompletionFunc(name, cobra.FixedCompletions(among, cobra.ShellCompDirectiveNoFileComp))
}

// texts turns the members of one of our lists of words into plain strings.
func texts[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, word := range list {
		out[i] = string(word)
	}
	return out
}
