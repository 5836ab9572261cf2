package cli

import (
	"context"
	"strconv"

	"custos/internal/desk"
	"custos/internal/profile"
	"custos/internal/register"

	"github.com/spf13/cobra"
)

func (a *app) checkProfile() *cobra.Command {
	return &cobra.Command{
		Use: "check FILE", Short: "Check a profile: every mistake with its line", Args: takes(cobra.ExactArgs(1)),
		RunE: func(_ *cobra.Command, args []string) error {
			data, err := a.readSmall(args[0])
			if err != nil {
				return err
			}
			found := missingLast(profile.Check(data))
			result := struct {
				File     string    `json:"file"`
				Good     bool      `json:"good"`
				Problems []problem `json:"problems"`
			}{baseName(args[0]), len(found) == 0, problems(found)}
			err = a.show(result, func(p *page) {
				if result.Good {
					p.line("%s is a profile an office can work by.", result.File)
				}
				p.allProblems(result.Problems)
			})
			if err != nil || result.Good {
				return err
			}
			return register.Errorf(register.Invalid, "", "%s has %s", result.File, numbered(len(found), "mistake"))
		},
	}
}

// missingLast puts the mistakes that have a line first, in their order: what is missing is often only misspelt there.
func missingLast(found []register.Problem) []register.Problem {
	var placed, missing []register.Problem
	for _, x := range found {
		if x.Line > 0 {
			placed = append(placed, x)
		} else {
			missing = append(missing, x)
		}
	}
	return append(placed, missing...)
}

// allProblems lists every problem: a file is put right in one go.
func (p *page) allProblems(list []problem) {
	var rows [][]string
	for _, x := range list {
		where := "missing"
		if x.Line > 0 {
			where = "line " + strconv.Itoa(x.Line)
		}
		rows = append(rows, []string{where, x.Field, x.Reason})
	}
	p.columns(rows)
}

const copyProfileHelp = `Write a profile to a new file, to be changed, checked and adopted: a built-in one
by its name, or the one this store works by without a name.`

func (a *app) copyProfile() *cobra.Command {
	var to string
	cmd := &cobra.Command{
		Use: "copy [NAME] --to FILE.toml", Short: "Write a profile to a file to change it", Long: copyProfileHelp,
		Args: takes(cobra.MaximumNArgs(1)), ValidArgsFunction: cobra.FixedCompletions(profile.Names(), cobra.ShellCompDirectiveNoFileComp),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := needs(cmd, "to"); err != nil {
				return err
			}
			if len(args) == 1 {
				source, err := profile.Source(args[0])
				if err != nil {
					return err
				}
				return a.writeProfile(to, source)
			}
			return a.atDesk(cmd.Context(), func(s *desk.Seat) error {
				source, err := profile.Marshal(s.Settings().Profile)
				if err != nil {
					return err
				}
				return a.writeProfile(to, source)
			})
		},
	}
	cmd.Flags().StringVar(&to, "to", "", "the file; it must not exist; - for the output")
	return cmd
}

func (a *app) writeProfile(to string, source []byte) error {
	if err := a.files().Create(to, source); err != nil {
		return err
	}
	result := struct {
		File string `json:"file"`
	}{to}
	return a.show(result, func(p *page) {
		p.line("%s written. Change it, then:", to)
		p.line("  custos profile check %s", to)
		p.line("  custos profile adopt %s --dry-run", to)
	})
}

const adoptHelp = `Work by another profile: a built-in one by its name, or a file. --dry-run lists
what it means for the people already held and changes nothing: mandatory fields
that are missing, lawful bases that change, consents to be asked for again, and
what stands in the way.`

func (a *app) adoptProfile() *cobra.Command {
	var dry bool
	cmd := &cobra.Command{
		Use: "adopt NAME|FILE.toml", Short: "Go over to a changed profile", Long: adoptHelp, Args: takes(cobra.ExactArgs(1)),
		ValidArgsFunction: cobra.FixedCompletions(profile.Names(), cobra.ShellCompDirectiveDefault),
		RunE: a.changes(func(ctx context.Context, s *desk.Seat, args []string) error {
			next, err := loadProfile(a.files(), args[0])
			if err != nil {
				return err
			}
			was := s.Settings().Profile.Name
			adoption, err := s.Adopt(ctx, next, dry)
			if err != nil && len(adoption.Blocking) == 0 {
				return err
			}
			if shown := a.show(adoption, func(p *page) { p.adoption(&adoption, was) }); shown != nil {
				return shown
			}
			return err
		}),
	}
	cmd.Flags().BoolVar(&dry, "dry-run", false, "say what it means and change nothing")
	return cmd
}

// adoption tells what a profile means that comes in place of the one of the name was.
func (p *page) adoption(a *register.Adoption, was string) {
	if a.Profile == was {
		p.line("%s: version %s instead of %s, %s held.", a.Profile, a.Becomes, a.Was, people(a.People))
	} else {
		p.line("%s %s instead of %s %s, %s held.", a.Profile, a.Becomes, was, a.Was, people(a.People))
	}
	if blocked := a.Blocked(); len(blocked) > 0 {
		p.heading("In the way:")
		p.adoptionRows(blocked)
	}
	if len(a.Rows) > 0 {
		p.heading("Changes:")
		p.adoptionRows(a.Rows)
	}
	if a.Adopted {
		p.heading("The store works by it now.")
		return
	}
	p.heading("Nothing was changed.")
}

func (p *page) adoptionRows(list []register.AdoptionRow) {
	var rows [][]string
	for _, r := range list {
		touched := ""
		if r.People > 0 {
			touched = people(r.People)
		}
		if r.AskAgain {
			touched += ", ask again"
		}
		rows = append(rows, []string{"  " + touched, r.Words, r.Law})
	}
	p.columns(rows)
}
