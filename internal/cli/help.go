package cli

import (
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"custos/internal/guide"
)

const helpHelp = `Explain a command, or how a job of the office is done. Without a name it lists
both.`

// helpCommand explains commands and shows the pages of the guide.
func (a *app) helpCommand() *cobra.Command {
	return &cobra.Command{
		Use: "help [COMMAND | TOPIC]", Short: "Explain a command, or how a job is done", Long: helpHelp,
		ValidArgsFunction: topics,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 1 {
				if p, ok := guide.Find(args[0]); ok {
					return a.topic(p)
				}
			}
			named, rest, err := cmd.Root().Find(args)
			if err != nil || len(rest) > 0 {
				return usagef("there is no command and no topic %q", strings.Join(args, " "))
			}
			named.InitDefaultHelpFlag()
			if err := named.Help(); err != nil || named.HasParent() {
				return err
			}
			return a.listTopics()
		},
	}
}

func topics(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	var names []string
	for _, p := range guide.Pages() {
		names = append(names, p.Name+"\t"+p.Title)
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}

// topicRow is a page of the guide in JSON.
type topicRow struct {
	Name  string `json:"name"`
	Title string `json:"title"`
	Text  string `json:"text"` // Markdown
}

// topic writes a page as wide as the terminal, and no wider than is easily read.
func (a *app) topic(g guide.Page) error {
	return a.show(topicRow(g), func(p *page) { p.text(guide.Text(g.Text, a.columns())) })
}

func (a *app) listTopics() error {
	rows := make([][]string, 0, len(guide.Pages()))
	for _, g := range guide.Pages() {
		rows = append(rows, []string{"  " + g.Name, g.Title})
	}
	var p page
	p.line("")
	p.line("Topics, each shown by 'custos help TOPIC':")
	p.columns(rows)
	_, err := a.env.Stdout.Write(p.out.Bytes())
	return err
}

// columns is how wide text is written: as the terminal is, at most 100, and 80 where nobody knows.
func (a *app) columns() int {
	const usual, most = 80, 100
	if a.env.Terminal.Width <= 0 {
		return usual
	}
	return min(a.env.Terminal.Width, most)
}

// guidePages writes a page of the manual for each topic, in section 7.
func (a *app) guidePages(at time.Time, dir string) error {
	for _, g := range guide.Pages() {
		text := guide.Manual(g, at.Format("Jan 2006"), "Custos "+a.env.Build.Version)
		if err := writePage(filepath.Join(dir, "custos-"+g.Name+".7"), []byte(text)); err != nil {
			return err
		}
	}
	return nil
}
