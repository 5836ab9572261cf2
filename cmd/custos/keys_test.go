package main

import (
	"regexp"
	"strings"
	"testing"

	"custos/internal/cli"
	"custos/tui"
)

func TestEveryCommandAKeyNamesExists(t *testing.T) {
	root := cli.New(cli.Env{})
	root.InitDefaultHelpCmd() // which cobra adds as it runs
	named := regexp.MustCompile("`custos ([^`]+)`").FindAllStringSubmatch(tui.BindingsMarkdown(), -1)
	if len(named) == 0 {
		t.Fatal("the table of keys names no command")
	}
	for _, match := range named {
		var words []string
		for _, word := range strings.Fields(match[1]) {
			if strings.HasPrefix(word, "-") || strings.ToUpper(word) == word {
				break // flags and what the person fills in
			}
			words = append(words, word)
		}
		cmd, rest, err := root.Find(words)
		group := err == nil && cmd.HasSubCommands() && !strings.Contains(match[1], " --") // one that does something has a flag
		if err != nil || len(rest) > 0 || !cmd.Runnable() || group {
			t.Errorf("there is no command custos %s", strings.Join(words, " "))
		}
		for _, flag := range regexp.MustCompile(`--([a-z-]+)`).FindAllStringSubmatch(match[1], -1) {
			if cmd.Flags().Lookup(flag[1]) == nil && root.PersistentFlags().Lookup(flag[1]) == nil {
				t.Errorf("custos %s has no flag --%s", strings.Join(words, " "), flag[1])
			}
		}
	}
}
