package cli

import (
	"strings"

	"custos/internal/register"

	"github.com/spf13/cobra"
)

// question declares the flags that name a question of the profile.
func question(cmd *cobra.Command, purpose, channel, brand *string) {
	cmd.Flags().StringVar(purpose, "purpose", "", "a purpose of the profile")
	choice(cmd, channel, "channel", "the way to reach them", register.ChannelIDs()...)
	cmd.Flags().StringVar(brand, "brand", "", "a brand of the profile")
}

func questionKey(cmd *cobra.Command, key *register.ConsentKey) {
	question(cmd, &key.Purpose, &key.Channel, &key.Brand)
}

// questionFlag is a flag that may be repeated, each a question: PURPOSE:CHANNEL, or PURPOSE:CHANNEL:BRAND.
type questionFlag struct{ keys *[]register.ConsentKey }

func (f questionFlag) String() string { return "" }

func (f questionFlag) Set(s string) error {
	part := strings.Split(s, ":")
	if len(part) < 2 || len(part) > 3 {
		return usagef("a question is PURPOSE:CHANNEL or PURPOSE:CHANNEL:BRAND")
	}
	key := register.ConsentKey{Purpose: part[0], Channel: part[1]}
	if len(part) == 3 {
		key.Brand = part[2]
	}
	*f.keys = append(*f.keys, key)
	return nil
}

func (f questionFlag) Type() string { return "PURPOSE:CHANNEL[:BRAND]" }

// inWords names a question in a table.
func inWords(purpose, channel, brand string) string {
	words := purpose + " by " + channel
	if brand != "" {
		words += ", " + brand
	}
	return words
}

// aboutWhat is a question in words: a use of data has no channel but the one it is asked by.
func aboutWhat(use bool, purpose, channel, brand string) string {
	if use {
		return purpose
	}
	return inWords(purpose, channel, brand)
}

// delegateFlag is a flag that holds a person's id.
type delegateFlag struct{ id *register.ID }

func (f delegateFlag) String() string {
	if f.id == nil {
		return ""
	}
	return string(*f.id)
}

func (f delegateFlag) Set(s string) (err error) {
	*f.id, err = register.ParseID(register.DelegatePrefix, s)
	return err
}

func (f delegateFlag) Type() string { return "ID" }

// person declares the flag that names a person.
func person(cmd *cobra.Command, id *register.ID) {
	cmd.Flags().Var(delegateFlag{id}, "delegate", "id of the person")
}
