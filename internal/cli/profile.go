package cli

import (
	"strings"

	"custos/internal/desk"
	"custos/internal/profile"
	"custos/internal/register"

	"github.com/spf13/cobra"
)

func (a *app) profileCommand() *cobra.Command {
	return a.noun("profile", "The privacy notices an office can be set up by",
		&cobra.Command{
			Use: "list", Short: "List the built-in profiles", Args: takes(cobra.NoArgs),
			RunE: func(*cobra.Command, []string) error { return a.listProfiles() },
		},
		&cobra.Command{
			Use: "show NAME|FILE.toml", Short: "Tell what a profile demands", Args: takes(cobra.ExactArgs(1)),
			ValidArgsFunction: cobra.FixedCompletions(profile.Names(), cobra.ShellCompDirectiveDefault),
			RunE: func(_ *cobra.Command, args []string) error {
				p, err := loadProfile(a.files(), args[0])
				if err != nil {
					return err
				}
				return a.show(p, func(out *page) { out.text(profile.Describe(p)) })
			},
		},
		a.checkProfile(), a.copyProfile(), a.adoptProfile())
}

// profileRow is a profile in a list.
type profileRow struct {
	Name    string `json:"name"`
	Title   string `json:"title"`
	Version string `json:"version"`
	Summary string `json:"summary"`
}

func (a *app) listProfiles() error {
	var list []profileRow
	var rows [][]string
	for _, name := range profile.Names() {
		p, err := profile.Load(name)
		if err != nil {
			return err
		}
		list = append(list, profileRow{p.Name, p.Title, p.Version, p.Summary})
		rows = append(rows, []string{p.Name, p.Version, p.Title})
	}
	return a.show(list, func(p *page) { p.table("no profiles", []string{"NAME", "VERSION", "TITLE"}, rows) })
}

// loadProfile takes a built-in profile by name, or reads one from a file named .toml.
func loadProfile(files desk.Files, name string) (register.Profile, error) {
	if !strings.HasSuffix(name, ".toml") {
		return profile.Load(name)
	}
	data, err := files.Read(name, smallFile)
	if err != nil {
		return register.Profile{}, err
	}
	return profile.Parse(data, baseName(name))
}
