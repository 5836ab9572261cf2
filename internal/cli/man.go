package cli

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
)

// manDate dates the manual pages where SOURCE_DATE_EPOCH does not, so that they come out the same every time.
const manDate = "2026-01-01"

func (a *app) manCommand() *cobra.Command {
	return &cobra.Command{
		Use: "man DIR", Short: "Write the manual pages to a folder", Args: takes(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			at, err := a.manTime()
			if err != nil {
				return err
			}
			if err := os.MkdirAll(args[0], 0o755); err != nil {
				return err
			}
			h := doc.GenManHeader{Section: "1", Source: "Custos " + a.env.Build.Version, Manual: "Custos manual", Date: &at}
			root := cmd.Root()
			root.Long += "\n\n" + a.manSections()
			return errors.Join(manPages(root, h, args[0]), a.guidePages(at, args[0]))
		},
	}
}

// manPages writes the page of a command and of those below it to new files that everybody may read.
func manPages(cmd *cobra.Command, h doc.GenManHeader, dir string) error {
	for _, c := range cmd.Commands() {
		if !c.IsAvailableCommand() || c.IsAdditionalHelpTopicCommand() {
			continue
		}
		if err := manPages(c, h, dir); err != nil {
			return err
		}
	}
	var page bytes.Buffer
	if err := doc.GenMan(cmd, &h, &page); err != nil {
		return err
	}
	name := strings.ReplaceAll(cmd.CommandPath(), " ", "-") + ".1"
	return writePage(filepath.Join(dir, name), page.Bytes())
}

func (a *app) manTime() (time.Time, error) {
	epoch := a.env.Getenv("SOURCE_DATE_EPOCH")
	if epoch == "" {
		return time.Parse(time.DateOnly, manDate)
	}
	seconds, err := strconv.ParseInt(epoch, 10, 64)
	if err != nil {
		return time.Time{}, usagef("SOURCE_DATE_EPOCH is not a number of seconds")
	}
	return time.Unix(seconds, 0).UTC(), nil
}

// manSections is what the page of the program itself says beyond its flags, in Markdown.
func (a *app) manSections() string {
	s := "# EXIT CODES\n\n" + strings.ReplaceAll(exitHelp, "\n  ", "\n"+asItStands+"  ")
	if a.env.Keys != "" {
		s += "\n\n# KEYS\n\n" + asItStands + strings.ReplaceAll(a.env.Keys, "\n", "\n"+asItStands)
	}
	return s
}

// asItStands before a line keeps Markdown from filling it up with others.
const asItStands = "    "
