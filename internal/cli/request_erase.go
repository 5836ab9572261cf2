package cli

import (
	"context"
	"strconv"

	"custos/internal/desk"
	"custos/internal/register"

	"github.com/spf13/cobra"
)

const eraseHelp = `Erase a person whose request is decided and approved. Read the plan first: what
is removed, what is masked, what stays and under which duty. Then their records
go, and with them the key that opens them; freed pages of the store are
overwritten, and every record and byte is searched for anything left behind.

  --plan         show what would be done, and do nothing
  --certificate  write the certificate for the person, before anything is erased
  --confirm REF  the number of the case, typed again`

func (a *app) eraseRequest() *cobra.Command {
	var in register.EraseInput
	var plan bool
	var confirm string
	cmd := &cobra.Command{
		Use: "erase REF", Short: "Erase a person, with a plan first and a proof after", Long: eraseHelp,
		Args: takes(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			if plan {
				return a.reads(func(ctx context.Context, s *desk.Seat, args []string) error {
					return a.showErasurePlan(ctx, s, ref(args))
				})(cmd, args)
			}
			return a.changes(func(ctx context.Context, s *desk.Seat, args []string) error {
				if err := a.sure(ctx, ref(args), confirm); err != nil {
					return err
				}
				shown := a.progress()
				report, err := s.Erase(ctx, ref(args), in, shown.step("searching"))
				shown.end()
				if err != nil {
					return err
				}
				return a.show(report, func(p *page) { p.erasure(&report) })
			})(cmd, args)
		},
	}
	f := cmd.Flags()
	f.BoolVar(&plan, "plan", false, "show what would be done, and do nothing")
	f.StringVar(&in.Certificate, "certificate", "", "a new .pdf, .docx, .html or .txt for the person")
	f.StringArrayVar(&in.Values, "value", nil, "to finish one that was interrupted: a name, address or number of the person")
	f.StringVar(&confirm, "confirm", "", "the number of the case, typed again")
	return cmd
}

// sure asks a person at the terminal to type the case number. A script that
// names the case has said so already.
func (a *app) sure(ctx context.Context, ref, confirm string) error {
	if confirm == "" && a.mayAsk() {
		typed, err := a.ask(ctx, "This cannot be undone. Type "+ref+" to erase: ")
		if err != nil {
			return err
		}
		confirm = typed
		if confirm == "" {
			return register.Errorf(register.Refused, "", "nothing was erased")
		}
	}
	if confirm != "" && confirm != ref {
		return register.Errorf(register.Refused, "confirm", "that is not %s: nothing was erased", ref)
	}
	return nil
}

func (a *app) showErasurePlan(ctx context.Context, s *desk.Seat, ref string) error {
	shown := a.progress()
	plan, err := s.ErasurePlan(ctx, ref, shown.step("searching"))
	shown.end()
	if err != nil {
		return err
	}
	return a.show(plan, func(p *page) { p.erasurePlan(&plan) })
}

func (p *page) erasurePlan(plan *register.ErasurePlan) {
	p.line("What erasing for %s would do to %s (%s):", plan.Ref, plan.Name, plan.Delegate)
	for _, fate := range []struct {
		is   register.ErasureFate
		head string
	}{
		{register.ErasureRemoves, "Removed:"}, {register.ErasureMasks, "Masked in records of others:"}, {register.ErasureKeeps, "Kept:"},
	} {
		var rows [][]string
		for _, l := range plan.Lines {
			if l.Fate == fate.is {
				rows = append(rows, []string{"  " + l.Title, strconv.Itoa(l.Count), l.What, lawful(l.Why, l.Law), l.Until})
			}
		}
		if len(rows) > 0 {
			p.heading(fate.head)
			p.columns(rows)
		}
	}
	p.erasureRest(plan)
}

func (p *page) erasureRest(plan *register.ErasurePlan) {
	p.list("Suppressed from now on:", each(plan.Suppress, func(x register.ErasureSuppression) string {
		return x.Kind + ", " + x.Scope + ": " + x.Why
	}))
	p.list("To be told, Art 19:", each(plan.Recipients, func(x register.ErasureRecipient) string {
		return x.Name + ": " + x.What
	}))
	p.list("Others who share a value; theirs stays:", each(plan.Namesakes, func(x register.Namesake) string {
		return string(x.Delegate)
	}))
	p.list("To know:", append(plan.Notes, plan.Backups))
	p.list("It cannot run now:", plan.Blocked)
	p.line("")
	if plan.Approved {
		p.line("This plan is approved.")
		return
	}
	p.line("This plan is not approved.")
}

func lawful(why, law string) string {
	if law == "" {
		return why
	}
	return why + " (" + law + ")"
}

func (p *page) erasure(r *register.ErasureReport) {
	p.line("%s", r.Words)
	p.pairs([2]string{"Records removed", strconv.Itoa(r.Removed)}, [2]string{"Records masked", strconv.Itoa(r.Masked)},
		[2]string{"Kept", strconv.Itoa(r.Kept)}, [2]string{"Pages overwritten", strconv.Itoa(r.Pages)},
		[2]string{"Records searched", strconv.Itoa(r.Residue.Records)}, [2]string{"Certificate", string(r.Certificate)})
	p.residue(&r.Residue)
	if r.Backups != "" {
		p.line("%s", r.Backups)
	}
	p.list("Not at hand, where the person can still be read:", r.Waiting)
	if !r.Complete {
		p.line("NOT COMPLETE")
	}
}

func (p *page) residue(r *register.ResidueReport) {
	find := func(x register.ResidueFind) string {
		if x.File != "" {
			return x.File + " at byte " + strconv.FormatInt(x.Offset, 10) + ": " + x.What
		}
		return x.Collection + " " + x.Record + " " + x.Field + ": " + lawful(x.What, x.Why)
	}
	p.list("Left behind:", each(r.Residue, find))
	p.list("Found, and explained:", each(r.Explained, find))
}

const keepHelp = `Depart from what the plan of an erasure proposes: keep a record, or mask the
person in it, with the ground and until when. The plan has to be approved anew.`

func (a *app) keepInErasure() *cobra.Command {
	var c register.ErasureChoice
	cmd := a.step("keep", "Keep something in an erasure, or mask it, with the ground",
		func(ctx context.Context, s *desk.Seat, args []string) (register.RequestPage, error) {
			return s.KeepInErasure(ctx, ref(args), []register.ErasureChoice{c})
		}, "collection", "fate", "reason")
	cmd.Long = keepHelp
	f := cmd.Flags()
	f.StringVar(&c.Collection, "collection", "", "the collection, as the plan calls it")
	f.StringVar(&c.Record, "record", "", "one record of it; all of them unless given")
	choice(cmd, (*string)(&c.Fate), "fate", "what becomes of it",
		string(register.ErasureKeeps), string(register.ErasureMasks), string(register.ErasureRemoves))
	f.StringVar(&c.Ground, "ground", "", "a ground to refuse an erasure on, such as legal-duty or claims")
	f.StringVar(&c.Reason, "reason", "", "why")
	f.StringVar(&c.Until, "until", "", "a day, or what it waits for")
	return cmd
}

func (a *app) residueScan() *cobra.Command {
	var in register.ResidueInput
	cmd := &cobra.Command{
		Use: "residue [REF]", Short: "Search the whole store for a person's values", Args: takes(cobra.MaximumNArgs(1)),
		Long: "Search every record, every former version and every byte of the store for a person's\nvalues: names, addresses, numbers. With a case the outcome is noted in it.",
		RunE: a.changes(func(ctx context.Context, s *desk.Seat, args []string) error {
			if len(args) == 1 {
				in.Ref = ref(args)
			}
			shown := a.progress()
			found, err := s.ResidueScan(ctx, in, shown.step("searching"))
			shown.end()
			if err != nil {
				return err
			}
			return a.show(found, func(p *page) {
				p.line("%s looked for in %s.", numbered(found.Looked, "value"), numbered(found.Records, "record"))
				p.residue(&found)
			})
		}, "value"),
	}
	cmd.Flags().StringArrayVar(&in.Values, "value", nil, "a name, an address or a number; may be repeated")
	return cmd
}

// list writes a heading and a line for each of a list that is not empty.
func (p *page) list(heading string, lines []string) {
	if len(lines) == 0 {
		return
	}
	p.heading(heading)
	for _, line := range lines {
		p.line("  %s", line)
	}
}

// each words every member of a list.
func each[T any](list []T, words func(T) string) []string {
	out := make([]string, len(list))
	for i, x := range list {
		out[i] = words(x)
	}
	return out
}
