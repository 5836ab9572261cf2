package cli

import (
	"slices"
	"strings"

	"custos/internal/register"

	"github.com/spf13/cobra"
)

// elsewhereToo are the commands that somebody may also use who came in from elsewhere, each noun with its verbs. They
// work at an open desk, and name files of the seat's.
var elsewhereToo = map[string]string{
	"": "", "due": "", "export": "", "help": "", "today": "", "undo": "", "version": "", "exit-codes": "",
	"audit":        "anchor export list verify",
	"backup":       "forget list", // into the office's own folder; the desk refuses another
	"booking":      "add mark",
	"breach":       "add change close list report show",
	"check":        "",
	"consent":      "history import list matrix may reach record refresh sheet state withdraw",
	"contact":      "import",
	"course":       "add change list show",
	"delegate":     "add change deactivate import list many merge reactivate show",
	"disclosure":   "list show",
	"exemption":    "list remove set",
	"hold":         "list release set",
	"import":       "list undo",
	"membership":   "add end",
	"notice":       "diff list publish show told",
	"office":       "backup exports holidays keep-backups lock rename set show terms", // another folder for backups is the desk's to refuse
	"operator":     "add change list remove",
	"operator key": "add list remove",
	"organisation": "add change import list show",
	"passphrase":   "change",
	"profile":      "adopt check copy list show",
	"purpose":      "change judgements list",
	"request": "acknowledge approve assign attach authority balance calendar choose clarify close correct decide duplicate " +
		"erase extend fee figures findings found hand-back hand-over hints identity import keep letter lift lifting-told list " +
		"many match note open pack progress recipients rectify redact reply residue restrict return show stop take-back take-in " +
		"task tell text unredact withdraw",
	"suppression": "add lift list",
	"template":    "list reset save show",
}

// atTheOffice are the commands for the office's own machine alone, with the reason.
var atTheOffice = map[string]string{
	"init":                  "it makes a store",
	"demo":                  "it makes a store",
	"serve":                 "it opens the store to others",
	"serve unit":            "it is for the machine that serves",
	"restore":               "it makes a store of a backup",
	"repair":                "it makes a store of a damaged one",
	"compact":               "it replaces the file that others work with",
	"info":                  "it tells of the machine's own paths",
	"man":                   "it writes to the machine's own folders",
	"completion bash":       shells,
	"completion fish":       shells,
	"completion powershell": shells,
	"completion zsh":        shells,
	"passphrase recovery":   "its key is for paper and a locked drawer, not for a line",
	"passphrase rekey":      "it makes a recovery key, which is for paper and a locked drawer",
	"passphrase reset":      "it opens the store with the recovery key",
}

const shells = "it is for the shell of the machine"

// mayBeUsed refuses from elsewhere what concerns the machine itself; a command nobody has decided about is refused too.
func (a *app) mayBeUsed(cmd *cobra.Command, _ []string) error {
	if a.env.Seat == nil {
		return nil
	}
	name := spoken(cmd)
	if why, ok := atTheOffice[name]; ok {
		return a.hereAlone("'custos "+name+"'", why)
	}
	if !isElsewhereToo(name) {
		return a.hereAlone("'custos "+name+"'", "nothing else was decided")
	}
	for _, flag := range machineFlags() {
		if f := cmd.Flag(flag); f != nil && f.Changed {
			return a.hereAlone("--"+flag, "here the store is open, and you are known by your key")
		}
	}
	return nil
}

// machineFlags are those of every command that say how a store is opened.
func machineFlags() []string {
	return []string{"store", "operator", "passphrase-file", "read-only", "salvage", "accept-older"}
}

// hideMachine leaves out of every help what would be refused from elsewhere.
func (a *app) hideMachine(root *cobra.Command) {
	if a.env.Seat == nil {
		return
	}
	for _, flag := range machineFlags() {
		root.PersistentFlags().Lookup(flag).Hidden = true
	}
	root.CompletionOptions.HiddenDefaultCmd = true
	hideAlone(root)
}

func hideAlone(cmd *cobra.Command) {
	for _, sub := range cmd.Commands() {
		_, sub.Hidden = atTheOffice[spoken(sub)]
		hideAlone(sub)
	}
}

// hereAlone refuses from elsewhere what is for the office's own machine alone.
func (a *app) hereAlone(what, why string) error {
	if a.env.Seat == nil {
		return nil
	}
	return register.Errorf(register.Refused, "", "%s is for the office's own machine: %s", what, why)
}

// spoken is how a command is called, without the name of the program.
func spoken(cmd *cobra.Command) string {
	_, name, _ := strings.Cut(cmd.CommandPath(), " ")
	return name
}

func isElsewhereToo(name string) bool {
	if _, noun := elsewhereToo[name]; noun {
		return true
	}
	cut := strings.LastIndex(name, " ")
	return cut > 0 && slices.Contains(strings.Fields(elsewhereToo[name[:cut]]), name[cut+1:])
}
