package tui

import (
	"context"
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// Trouble is the error of a store that cannot be worked at as it is. It wraps what the store said.
type Trouble struct {
	Kind     TroubleKind
	Problems []register.StoreProblem // by record, where they are known
	Err      error
}

// TroubleKind is what is the matter with a store.
type TroubleKind string

// The kinds of trouble.
const (
	TroubleHeld    TroubleKind = "held"    // somebody else has it open
	TroubleNewer   TroubleKind = "newer"   // a newer program made it
	TroubleOlder   TroubleKind = "older"   // it lacks changes that were made
	TroubleDamaged TroubleKind = "damaged" // it is not as it was written
)

// Error is the store's sentence.
func (t *Trouble) Error() string { return problem(t.Err) }

// Unwrap returns what the store said.
func (t *Trouble) Unwrap() error { return t.Err }

// Opening opens the store for an operator. The console clears the passphrase afterwards.
type Opening func(ctx context.Context, operator string, passphrase []byte, tell Tell) (Session, error)

// Rescue is what can be done with a store in trouble; what is nil is not offered.
type Rescue struct {
	Look        Opening // for reading only, and of a damaged store what is intact
	AcceptOlder Opening // although changes are missing
	// Restore makes a store of a backup, and Repair one of what is intact; they tell in lines what came of it.
	Restore func(ctx context.Context, in RescueInput, tell Tell) ([]string, error)
	Repair  func(ctx context.Context, in RescueInput, tell Tell) ([]string, error)
}

// RescueInput says what a store is made anew from, where, and who may.
type RescueInput struct {
	Backup        string // a manifest, a data file or a folder of backups, whose newest is taken
	To            string // a new folder or an empty one
	Operator      string // empty: Passphrase is the recovery key
	Passphrase    []byte
	WithoutLedger bool // although nothing tells what was refused or erased since
}

// inTrouble says what is the matter with a store and what can be done about it now.
type inTrouble struct {
	kit      *kit
	what     *Trouble
	operator string
	pane     *widget.Pane
	table    *widget.Table
	rows     cures
}

// cure is one thing to be done.
type cure struct {
	label, note string
	open        func() tea.Cmd
}

func newTrouble(k *kit, what *Trouble, operator string) Screen {
	s := &inTrouble{kit: k, what: what, operator: operator, pane: widget.NewPane(k.theme), table: widget.NewTable(k.theme,
		widget.Column{Title: "What can be done now", Min: 28, Weight: 1},
		widget.Column{Title: "", Min: 30, Weight: 2, Priority: 1},
	)}
	s.rows = s.cures()
	s.table.SetRows(s.rows)
	return s
}

func (s *inTrouble) cures() cures {
	all := cures{{"Try again", "when what is in the way is gone", pop}}
	if s.what.Kind == TroubleHeld || s.what.Kind == TroubleNewer {
		return all
	}
	r := s.kit.env.Rescue
	if r.Look != nil {
		all = append(all, cure{"Look at it, for reading only", "nothing is written; what is lost is listed", func() tea.Cmd {
			return push(newOpening(s.kit, s.operator, "Look", r.Look))
		}})
	}
	if r.Restore != nil {
		all = append(all, cure{"Restore a backup", "into a new folder; this store stays as it is", func() tea.Cmd {
			return push(newRestore(s.kit, s.operator))
		}})
	}
	if r.Repair != nil && s.what.Kind == TroubleDamaged {
		all = append(all, cure{"Repair", "what is intact goes into a new folder; this store stays as it is", func() tea.Cmd {
			return push(newRepair(s.kit, s.operator))
		}})
	}
	if r.AcceptOlder != nil && s.what.Kind == TroubleOlder {
		all = append(all, cure{"Accept the older state", "what is missing is lost for good", s.askOlder})
	}
	return all
}

func (s *inTrouble) askOlder() tea.Cmd {
	open := s.kit.env.Rescue.AcceptOlder
	return ask(widget.Question{
		Title: "Accept the older state", Word: "OLDER",
		Text: s.what.Error() + "\n\nWhat is missing is lost: refusals and erasures among it would not be known any more. Restore the " +
			"newest backup if there is one. The audit trail will say that the older state was accepted.",
	}, push(newOpening(s.kit, s.operator, "Accept the older state", open)))
}

func (s *inTrouble) Init() tea.Cmd { return nil }

func (s *inTrouble) Title() string { return "Trouble" }

func (s *inTrouble) At() widget.Where {
	return widget.Where{Scope: scopeTrouble, Off: func(a widget.Action) bool {
		switch a {
		case widget.OpenFilter, widget.MarkOne, widget.MarkUp, widget.MarkDown, widget.MarkAll:
			return true
		default:
			return false
		}
	}}
}

func (s *inTrouble) Update(msg tea.Msg) (Screen, tea.Cmd) {
	act, ok := msg.(actMsg)
	if !ok {
		return s, nil
	}
	switch act.action {
	case widget.Back:
		return s, pop()
	case widget.Open:
		return s, s.rows[s.table.Cursor()].open()
	case widget.Up, widget.Down:
		s.table.Act(act.action)
	default:
		s.pane.Act(act.action)
	}
	return s, nil
}

func (s *inTrouble) View(width, height int) string {
	th := s.kit.theme
	t := &text{th: th, width: width}
	t.add("", theme.Bad, troubleWords(s.what.Kind))
	t.add("", theme.Plain, s.what.Error()+".")
	if len(s.what.Problems) > 0 {
		t.head(count(len(s.what.Problems), "finding"))
		t.problems(s.what.Problems)
	}
	choices := min(len(s.rows)+1, max(2, height/2))
	room := max(1, height-choices-1)
	out := splitLines(fit(th, scrolled(th, s.pane, t.lines, width, room), width, room))
	s.table.SetSize(width, choices)
	return fit(th, append(append(out, ""), splitLines(s.table.View())...), width, height)
}

func troubleWords(k TroubleKind) string {
	switch k {
	case TroubleHeld:
		return "The store is in use."
	case TroubleNewer:
		return "A newer version of this program made the store. Nothing was changed; use that version."
	case TroubleOlder:
		return "The store is OLDER than it should be. Nothing was changed."
	case TroubleDamaged:
		return "The store is DAMAGED. Nothing was changed. Keep a copy of its folder before anything else."
	}
	return ""
}

// credentials ask who it is.
func credentials(operator string) []widget.Field {
	return []widget.Field{
		{ID: "operator", Label: "Operator", Value: operator, Note: "Empty: the recovery key is typed below."},
		{ID: "passphrase", Label: "Passphrase, or the recovery key", Kind: widget.Secret, Required: true},
	}
}

// newRestore asks which backup becomes a store again, and where.
func newRestore(k *kit, operator string) Screen {
	return newForm(k, formSpec{
		title: "Restore a backup",
		intro: "What was erased, refused or withdrawn since the backup is done again before anybody can look.",
		load: asked(append([]widget.Field{
			{ID: "backup", Label: "Backup", Required: true, Note: "A folder, whose newest backup is taken, or a file of one."},
			{ID: "to", Label: "New folder", Required: true, Value: k.env.Store + "-restored", Note: "Nothing that exists is written over."},
			{
				ID: "without", Label: "Go on even where nothing tells what was refused or erased since", Kind: widget.YesNo,
				Note: "Only where the ledger beside the backup is lost.",
			},
		}, credentials(operator)...)...),
		submit: func(_ context.Context, v widget.Values) (formDone, error) {
			return formDone{next: rescuing(k, "Restore a backup", "Reading the backup", v, k.env.Rescue.Restore)}, nil
		},
	})
}

// newRepair asks where what is intact goes.
func newRepair(k *kit, operator string) Screen {
	return newForm(k, formSpec{
		title: "Repair", intro: "Everything that is intact goes into a new store; what is lost is listed by its number. The damaged folder is only read.",
		load: asked(append([]widget.Field{
			{ID: "to", Label: "New folder", Required: true, Value: k.env.Store + "-repaired", Note: "Nothing that exists is written over."},
			{ID: "backup", Label: "Folder of backups", Note: "Only where nobody can sign in: their key ring opens the store too."},
		}, credentials(operator)...)...),
		submit: func(_ context.Context, v widget.Values) (formDone, error) {
			return formDone{next: rescuing(k, "Repair", "Reading what is intact", v, k.env.Rescue.Repair)}, nil
		},
	})
}

func rescuing(
	k *kit, title, label string, v widget.Values, work func(context.Context, RescueInput, Tell) ([]string, error),
) Screen {
	in := RescueInput{
		Backup: strings.TrimSpace(v["backup"]), To: strings.TrimSpace(v["to"]), Operator: strings.TrimSpace(v["operator"]),
		Passphrase: []byte(v["passphrase"]), WithoutLedger: v["without"] == widget.Yes,
	}
	return newDoing(k, title, label, func(ctx context.Context, tell Tell) (report, error) {
		defer clear(in.Passphrase)
		lines, err := work(ctx, in, tell)
		return func(t *text) {
			t.head("Done")
			for _, l := range lines {
				t.add("", theme.Plain, l)
			}
			t.head("To go on with it")
			t.add("  ", theme.Plain, fmt.Sprintf("custos --store %s", in.To))
			t.add("  ", theme.Muted, "Leave with Ctrl+C first. When all is well with it, move it to where the old store lies, and that one away.")
		}, err
	})
}

// cures shows them in a table.
type cures []cure

func (c cures) Len() int           { return len(c) }
func (c cures) ID(i int) string    { return c[i].label }
func (c cures) Row(i int) []string { return []string{c[i].label, c[i].note} }
