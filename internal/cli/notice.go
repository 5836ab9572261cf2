package cli

import (
	"context"
	"strconv"
	"strings"

	"custos/internal/calendar"
	"custos/internal/desk"
	"custos/internal/register"

	"github.com/spf13/cobra"
)

func (a *app) noticeCommand() *cobra.Command {
	return a.noun("notice", "The wordings people were shown",
		a.listNotices(), a.showNotice(), a.diffNotice(), a.publishNotice(), a.noticeTold())
}

func (a *app) listNotices() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "List every version of every notice", Args: takes(cobra.NoArgs),
		RunE: a.reads(func(_ context.Context, s *desk.Seat, _ []string) error {
			p := s.Settings().Profile
			versions := p.NoticeVersions("")
			return a.show(versions, func(p *page) { p.notices(versions) })
		}),
	}
}

func (p *page) notices(versions []register.Notice) {
	var rows [][]string
	for _, n := range versions {
		to, change := "", "minor"
		if !n.To.IsZero() {
			to = n.To.String()
		}
		if n.Material {
			change = "material"
		}
		rows = append(rows, []string{n.ID, n.Version, n.From.String(), to, change, n.Digest()[:12], n.Title})
	}
	heads := []string{"NOTICE", "VERSION", "FROM", "TO", "CHANGE", "DIGEST", "TITLE"}
	p.table("the profile has no notice", heads, rows)
}

func (a *app) showNotice() *cobra.Command {
	var version string
	cmd := &cobra.Command{
		Use: "show NOTICE", Short: "Show the wording of a notice", Args: takes(cobra.ExactArgs(1)),
		RunE: a.reads(func(_ context.Context, s *desk.Seat, args []string) error {
			n, err := versionOf(s, args[0], version)
			if err != nil {
				return err
			}
			return a.show(n, func(p *page) {
				p.notices([]register.Notice{n})
				p.line("")
				p.text(n.Text)
			})
		}),
	}
	cmd.Flags().StringVar(&version, "version", "", "the version; the one in force today unless given")
	return cmd
}

// versionOf returns a version of a notice, the one in force today for none.
func versionOf(s *desk.Seat, id, version string) (register.Notice, error) {
	p := s.Settings().Profile
	if version == "" {
		if n, ok := p.Notice(id, s.Today()); ok {
			return n, nil
		}
	}
	for _, n := range p.NoticeVersions(id) {
		if n.ID == id && n.Version == version {
			return n, nil
		}
	}
	return register.Notice{}, register.Errorf(register.NotFound, "notice", "the profile %s has no such version of %q", p.Name, id)
}

func (a *app) diffNotice() *cobra.Command {
	var from, to string
	cmd := &cobra.Command{
		Use: "diff NOTICE --from VERSION [--to VERSION]", Short: "Show what changed between two versions",
		Args: takes(cobra.ExactArgs(1)),
		RunE: a.reads(func(_ context.Context, s *desk.Seat, args []string) error {
			before, err := versionOf(s, args[0], from)
			if err != nil {
				return err
			}
			after, err := versionOf(s, args[0], to)
			if err != nil {
				return err
			}
			parts := register.NoticeDiff(before.Text, after.Text)
			return a.show(parts, func(p *page) { p.diff(parts) })
		}, "from"),
	}
	cmd.Flags().StringVar(&from, "from", "", "the version before")
	cmd.Flags().StringVar(&to, "to", "", "the version after; the one in force today unless given")
	return cmd
}

// diff marks what went [-like this-] and what came {+like this+}.
func (p *page) diff(parts []register.DiffPart) {
	var b strings.Builder
	for _, part := range parts {
		switch part.Kind {
		case register.DiffOut:
			b.WriteString("[-" + part.Text + "-]")
		case register.DiffIn:
			b.WriteString("{+" + part.Text + "+}")
		default:
			b.WriteString(part.Text)
		}
	}
	p.text(b.String())
}

const publishHelp = `Publish a version of a notice with the wording in a text file. The version in
force before ends the day before. --dry-run says whom a material change
concerns and changes nothing: those to be told, and those who consented to
another wording and have to be asked again before it counts.`

func (a *app) publishNotice() *cobra.Command {
	var in register.NoticeInput
	var file string
	var dry bool
	cmd := &cobra.Command{
		Use: "publish NOTICE", Short: "Publish a new version of a notice", Long: publishHelp, Args: takes(cobra.ExactArgs(1)),
		RunE: a.changes(func(ctx context.Context, s *desk.Seat, args []string) error {
			text, err := a.readWording(file)
			if err != nil {
				return err
			}
			in.ID, in.Text = args[0], text
			effect, err := s.PublishNotice(ctx, in, dry)
			if err != nil {
				return err
			}
			return a.show(effect, func(p *page) { p.noticeEffect(&effect) })
		}, "version", "text", "from"),
	}
	f := cmd.Flags()
	f.StringVar(&in.Version, "version", "", "what the new version is called")
	f.StringVar(&file, "text", "", "the file with the wording")
	f.StringVar(&in.Title, "title", "", "its title; as before unless given")
	date(cmd, &in.From, "from", "the day it comes into force")
	f.BoolVar(&in.Material, "material", false, "the change is material")
	f.BoolVar(&dry, "dry-run", false, "say what it would mean and publish nothing")
	return cmd
}

func (p *page) noticeEffect(e *register.NoticeEffect) {
	state := "Nothing was published."
	if e.Published {
		state = "Published."
	}
	p.line("%s %s from %s, instead of %s; purposes: %s. %s", e.Notice.ID, e.Notice.Version, e.Notice.From, e.Replaces,
		strings.Join(e.Purposes, ", "), state)
	p.line("%s to be told, %s to be asked again.", people(len(e.Tell)), people(len(e.AskAgain)))
	if len(e.AskAgain) > 0 {
		p.heading("To be asked again:")
		p.refreshes(e.AskAgain)
	}
	if len(e.Tell) > 0 {
		p.heading("To be told:")
		p.people(e.Tell)
	}
}

func people(n int) string {
	if n == 1 {
		return "1 person"
	}
	return strconv.Itoa(n) + " people"
}

func (a *app) noticeTold() *cobra.Command {
	var in register.Telling
	var on calendar.Date
	cmd := &cobra.Command{
		Use: "told NOTICE --version VERSION --how TEXT", Short: "Record that people were told of a change",
		Args: takes(cobra.ExactArgs(1)),
		RunE: a.changes(func(ctx context.Context, s *desk.Seat, args []string) error {
			in.Notice, in.On = args[0], on
			if err := s.NoticeTold(ctx, in); err != nil {
				return err
			}
			return a.show(in, func(p *page) { p.line("%s %s: %s told", in.Notice, in.Version, people(in.People)) })
		}, "version", "how"),
	}
	f := cmd.Flags()
	f.StringVar(&in.Version, "version", "", "the version they were told of")
	f.StringVar(&in.How, "how", "", "how they were told")
	f.IntVar(&in.People, "people", 0, "how many")
	date(cmd, &on, "on", "the day; today unless given")
	return cmd
}
