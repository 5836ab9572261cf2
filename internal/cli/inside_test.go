package cli

import (
	"maps"
	"slices"
	"strings"
)

// Decided tells what was decided about a command.
func Decided(name string) (too, alone bool) {
	_, alone = atTheOffice[name]
	return isElsewhereToo(name), alone
}

// AllDecided are the commands that were decided about.
func AllDecided() []string {
	all := slices.Collect(maps.Keys(atTheOffice))
	for noun, verbs := range elsewhereToo {
		all = append(all, noun)
		for _, verb := range strings.Fields(verbs) {
			all = append(all, noun+" "+verb)
		}
	}
	return all
}
