package cli

import (
	"bytes"
	_ "embed"
	"path/filepath"
	"strconv"
	"strings"
	"text/template"

	"github.com/spf13/cobra"
)

//go:embed serve_unit.tmpl
var unitText string

// unit is what a service is filled with.
type unit struct {
	Program, Passphrase, User string
	Parent                    string // of the store: it and the server's folder lie in it
	Home                      bool   // the store lies in somebody's home
	Command                   string
}

const serveUnitHelp = `Print a systemd service that serves the store with the flags given: without rights,
with the passphrase handed over by systemd (LoadCredential), and with write access
to the folder the store lies in, and nothing else. A backup folder elsewhere needs
a ReadWritePaths of its own.

  custos serve unit --store /srv/office/store --operator alex > /etc/systemd/system/custos.service
  install -m 0600 passphrase /etc/custos/passphrase
  systemctl enable --now custos`

func (a *app) serveUnit(f *serveFlags) *cobra.Command {
	u := unit{Passphrase: "/etc/custos/passphrase"}
	cmd := &cobra.Command{
		Use: "unit", Short: "Print a systemd service that serves the store", Long: serveUnitHelp, Args: takes(cobra.NoArgs),
		RunE: func(*cobra.Command, []string) error {
			if err := a.fill(&u, f); err != nil {
				return err
			}
			var out bytes.Buffer
			t, err := template.New("unit").Parse(unitText)
			if err != nil {
				return err
			}
			if err := t.Execute(&out, u); err != nil {
				return err
			}
			_, err = a.env.Stdout.Write(out.Bytes())
			return err
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&u.User, "user", "custos", "account the server runs as, which the store belongs to")
	flags.StringVar(&u.Program, "program", "/usr/local/bin/custos", "where the program lies")
	flags.StringVar(&u.Passphrase, "credential", u.Passphrase, "file systemd takes the passphrase from, readable to root alone")
	return cmd
}

// fill completes a unit from the flags. What it names is in full: a service has no folder it is in.
func (a *app) fill(u *unit, f *serveFlags) error {
	dir, err := a.storeDir()
	if err != nil {
		return err
	}
	operator, err := a.operatorName()
	if err != nil {
		return err
	}
	if operator == "" {
		return usagef("say who opens the store: --operator NAME")
	}
	if dir, err = filepath.Abs(dir); err != nil {
		return err
	}
	for _, text := range []string{dir, u.Program, u.Passphrase, u.User, f.listen} {
		if strings.ContainsAny(text, " \t\n\"'\\%$") {
			return usagef("%q cannot stand in a service: it holds a space, a quotation mark or one of \\ %% $", text)
		}
	}
	u.Parent, u.Home = filepath.Dir(dir), strings.HasPrefix(dir, "/home/") || strings.HasPrefix(dir, "/root/")
	args := []string{
		u.Program, "serve", "--listen", f.listen, "--sessions", strconv.Itoa(f.sessions), "--grace", f.grace.String(),
		"--store", dir, "--operator", operator, "--passphrase-file", "%d/passphrase", "--no-input",
	}
	if f.beyond {
		args = append(args, "--beyond-this-machine")
	}
	if f.quiet {
		args = append(args, "--quiet")
	}
	u.Command = strings.Join(args, " ")
	return nil
}
