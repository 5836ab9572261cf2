package tui

import (
	"path/filepath"
	"slices"
	"strings"

	"custos/tui/widget"
)

// elsewhere reports whether the operator works over a line, with files of the one folder alone.
func (k *kit) elsewhere() bool { return k.env.Folder != "" }

// notThere says of a folder for exports that it counts for nothing where files go to the one folder.
func (k *kit) notThere() string {
	if !k.elsewhere() {
		return ""
	}
	return "It counts at the office's own machine: what you export from here goes to " + k.env.Folder + "."
}

// filed has the questions for a file ask for one of the drop folder, where somebody works from elsewhere.
func (k *kit) filed(fields []widget.Field) []widget.Field {
	if !k.elsewhere() {
		return fields
	}
	fields = slices.Clone(fields)
	for i, f := range fields {
		if f.File {
			fields[i].Note = strings.Replace(f.Note, "ith its path", "ith its name in "+k.env.Folder, 1)
		}
	}
	return fields
}

// introOf is what a form says first: from elsewhere also where files come from and go to, where it asks for one.
func (k *kit) introOf(intro string, fields []widget.Field) string {
	asks := slices.ContainsFunc(fields, func(f widget.Field) bool { return f.File })
	if !k.elsewhere() || !asks {
		return intro
	}
	return strings.TrimSpace(intro + " Files lie in " + k.env.Folder + ": sftp brings and fetches them.")
}

// inFolder says in which folder a file is, and nothing of one that was named without.
func inFolder(name string) string {
	if dir := filepath.Dir(name); dir != "." {
		return ", in " + dir
	}
	return ""
}
