package cli

import (
	"context"
	"slices"
	"time"

	"custos/internal/calendar"
	"custos/internal/desk"
	"custos/internal/register"

	"github.com/spf13/cobra"
)

func (a *app) operatorKeys() *cobra.Command {
	return a.noun("key", "The SSH keys staff come in with from elsewhere", a.addKey(), a.listKeys(), a.removeKey())
}

const addKeyHelp = `Let a member of staff come in over SSH with a key of theirs. FILE holds the public
half, which ssh-keygen writes beside the other with the ending .pub: one key to a
line. Nothing else lets anybody in from elsewhere: no password does, and a key
belongs to one person.

Taken are ed25519, ecdsa, keys on a token (sk-) and RSA from 3072 bits; not
certificates.`

func (a *app) addKey() *cobra.Command {
	var label string
	cmd := &cobra.Command{
		Use: "add NAME FILE", Short: "Let a member of staff come in with a key", Long: addKeyHelp, Args: takes(cobra.ExactArgs(2)),
		RunE: a.changes(func(ctx context.Context, s *desk.Seat, args []string) error {
			keys, err := a.keysOf(args[1])
			if err != nil {
				return err
			}
			if label != "" && len(keys) > 1 {
				return usagef("--label names one key, and there are %d in %s", len(keys), args[1])
			}
			for i := range keys {
				keys[i].Label = first(label, keys[i].Label)
			}
			added, err := addKeys(ctx, s, args[0], keys)
			if err != nil {
				return err
			}
			return a.show(added, func(p *page) { keyLines(p, added) })
		}),
	}
	cmd.Flags().StringVar(&label, "label", "", "a word to tell their keys apart (what stands behind the key)")
	return cmd
}

// keysOf reads the keys of a file; no file, no keys.
func (a *app) keysOf(file string) ([]register.SSHKey, error) {
	if file == "" {
		return nil, nil
	}
	data, err := a.readSmall(file)
	if err != nil {
		return nil, err
	}
	return desk.ReadSSHKeys(file, data)
}

func addKeys(ctx context.Context, s *desk.Seat, name string, keys []register.SSHKey) ([]keyRow, error) {
	var added []register.SSHKey
	for _, k := range keys {
		k, err := s.AddKey(ctx, name, []byte(k.Key), k.Label)
		if err != nil {
			return nil, err
		}
		added = append(added, k)
	}
	return keyRows(added), nil
}

// keyRow is an SSH key in a result.
type keyRow struct {
	Operator    string    `json:"operator,omitempty"` // in a list of everybody's
	Fingerprint string    `json:"fingerprint"`
	Key         string    `json:"key"`
	Label       string    `json:"label,omitempty"`
	Added       time.Time `json:"added"`
	AddedBy     string    `json:"added_by"`
}

func keyRows(keys []register.SSHKey) []keyRow {
	var rows []keyRow
	for _, k := range keys {
		rows = append(rows, keyRow{"", k.Fingerprint, k.Key, k.Label, k.Added, k.AddedBy})
	}
	return rows
}

func keyLines(p *page, rows []keyRow) {
	for _, k := range rows {
		p.line("key added: %s %s", k.Fingerprint, k.Label)
	}
}

func (a *app) listKeys() *cobra.Command {
	return &cobra.Command{
		Use: "list [NAME]", Short: "List the keys of everybody, or of one", Args: takes(cobra.MaximumNArgs(1)),
		RunE: a.reads(func(_ context.Context, s *desk.Seat, args []string) error {
			all, err := s.Operators()
			if err != nil {
				return err
			}
			if len(args) == 1 && !slices.ContainsFunc(all, func(op register.Operator) bool { return op.Name == args[0] }) {
				return register.Errorf(register.NotFound, "operator", "there is no operator %s", args[0])
			}
			var list []keyRow
			var rows [][]string
			for _, op := range all {
				if len(args) == 1 && op.Name != args[0] {
					continue
				}
				for _, k := range keyRows(op.Keys) {
					k.Operator = op.Name
					list = append(list, k)
					rows = append(rows, []string{op.Name, k.Fingerprint, k.Label, calendar.LondonDate(k.Added).String()})
				}
			}
			return a.show(list, func(p *page) { p.table("no keys", []string{"NAME", "KEY", "LABEL", "SINCE"}, rows) })
		}),
	}
}

func (a *app) removeKey() *cobra.Command {
	return &cobra.Command{
		Use: "remove NAME FINGERPRINT", Short: "Take a key away: whoever is inside with it is put out",
		Args: takes(cobra.ExactArgs(2)),
		RunE: a.changes(func(ctx context.Context, s *desk.Seat, args []string) error {
			if err := s.RemoveKey(ctx, args[0], args[1]); err != nil {
				return err
			}
			return a.show(struct {
				Operator    string `json:"operator"`
				Fingerprint string `json:"fingerprint"`
			}{args[0], args[1]}, func(p *page) { p.line("%s removed from %s", args[1], args[0]) })
		}),
	}
}
